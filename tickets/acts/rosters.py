"""Who is on duty, who stands in, whose work goes to whom, and how somebody leaves."""

from dataclasses import dataclass
from datetime import datetime

from storage import people, rosters, tasks, tickets, webchat
from storage.outbox import Kind
from storage.people import Held, Person, Role, Speaker
from storage.rosters import Absence, Shift
from storage.tickets import Ticket
from tickets import access, notices
from tickets.acts import coordinating
from tickets.destinations import contact_for
from tickets.moment import Moment

KEEPERS = (Role.COORDINATOR, Role.ADMIN)
"""Who keeps the rosters of every unit."""


def may_manage(who: Speaker, unit: str) -> bool:
    """Whether somebody decides about the people of a unit: its head, coordinator, administrator."""
    return unit in who.units(Role.HEAD) or who.holds(*KEEPERS)


async def units_of(moment: Moment, person: Person) -> frozenset[str]:
    """The units in which a person works, of their own."""
    held = await people.duties_of(moment.session, [person.id or 0], moment.now)
    duties, lent = held.get(person.id or 0, Held())
    return frozenset(unit for unit, _ in duties[: len(duties) - len(lent)])


async def candidates(moment: Moment, who: Speaker) -> list[Person]:
    """The active people whom somebody may mean by a name: those of the own units, or all."""
    session = moment.session
    if who.holds(*KEEPERS):
        ids = await people.people_with(session, *Role)
    else:
        units = {unit for unit, _ in who.duties}
        found = [await people.people_of(session, unit, *Role) for unit in sorted(units)]
        ids = list(dict.fromkeys(person for some in found for person in some))
    everybody = [await session.get(Person, person) for person in ids]
    return [person for person in everybody if person is not None]


def _tell(moment: Moment, person: Person, text: str) -> None:
    notices.post(moment, Kind.NOTICE, text, person=person.id)


async def _tell_alone(moment: Moment, person: Person, text: str) -> None:
    """Say something about a person's own time to that person, and to no deputy."""
    if contact := await contact_for(moment, person.id or 0):
        notices.post(moment, Kind.NOTICE, text, contact=contact.id)


async def set_shift(
    moment: Moment, unit: str, person: Person, begins: datetime, ends: datetime
) -> None:
    """Put a person on duty for a unit (UTC instants); the person hears."""
    shift = Shift(unit=unit, person_id=person.id or 0, starts_at=begins, ends_at=ends)
    moment.session.add(shift)
    await moment.session.flush()
    say = notices.texts(moment, person.language)
    _tell(moment, person, say.you_are_on_duty(unit, begins, ends, moment.now))


async def drop_shift(moment: Moment, shift: Shift) -> None:
    """Take a shift out of the roster."""
    await moment.session.delete(shift)
    await moment.session.flush()


async def set_absence(
    moment: Moment,
    who: Speaker,
    person: Person,
    deputy: Person | None,
    begins: datetime,
    ends: datetime,
) -> None:
    """Somebody is away (UTC instants); the deputy acts with the same rights, and hears."""
    assert who.person is not None
    absence = Absence(
        person_id=person.id or 0,
        deputy_id=deputy.id if deputy else None,
        starts_at=begins,
        ends_at=ends,
    )
    moment.session.add(absence)
    await moment.session.flush()
    if deputy is not None and deputy.id != who.person.id:
        say = notices.texts(moment, deputy.language)
        _tell(moment, deputy, say.you_stand_in(person.name, begins, ends, moment.now))
    if person.id != who.person.id:
        say = notices.texts(moment, person.language)
        name = deputy.name if deputy else ""
        text = say.you_are_away(who.person.name, name, begins, ends, moment.now)
        await _tell_alone(moment, person, text)


async def end_absences(moment: Moment, person: Person) -> bool:
    """Somebody is back, or does not go: what runs ends, what lies ahead is dropped."""
    found = await rosters.absences_of(moment.session, [person.id or 0], moment.now)
    for absence in found:
        if absence.starts_at <= moment.now:
            absence.ends_at = moment.now
        else:
            await moment.session.delete(absence)
    await moment.session.flush()
    return bool(found)


@dataclass(frozen=True, slots=True)
class Work:
    """What a person has in hand, and how much of it belongs to units that are not the other's."""

    tickets: int = 0
    tasks: int = 0
    kept: int = 0


async def work_of(moment: Moment, person: Person, to: Person | None = None) -> Work:
    """How much would go from a person to another, or lies with the person at all."""
    units = await units_of(moment, to) if to else None
    held = await tickets.assigned_to(moment.session, person.id or 0)
    taken = await tasks.taken_by(moment.session, person.id or 0)
    moves = [ticket.lead for ticket in held if units is None or ticket.lead in units]
    moves_too = [task.unit for task in taken if units is None or task.unit in units]
    kept = len(held) + len(taken) - len(moves) - len(moves_too)
    return Work(len(moves), len(moves_too), kept)


async def hand_over(moment: Moment, who: Speaker, person: Person, to: Person | None) -> Work:
    """Everything that a person has in hand goes to another, one event each; or back to the unit.

    What belongs to a unit in which the other does not work stays.
    """
    units = await units_of(moment, to) if to else None
    taken = await tasks.taken_by(moment.session, person.id or 0)
    held = await tickets.assigned_to(moment.session, person.id or 0)
    counts = [0, 0]
    for ticket_id in sorted({*(t.id or 0 for t in held), *(t.ticket_id for t in taken)}):
        moved = await _hand_one(moment, who, ticket_id, person, to, units)
        counts = [counts[0] + moved[0], counts[1] + moved[1]]
    if to is not None and any(counts) and who.person is not None and to.id != who.person.id:
        say = notices.texts(moment, to.language)
        _tell(moment, to, say.you_were_handed(person.name, *counts))
    return Work(*counts)


async def _hand_one(
    moment: Moment,
    who: Speaker,
    ticket_id: int,
    person: Person,
    to: Person | None,
    units: frozenset[str] | None,
) -> tuple[int, int]:
    """One ticket and its tasks, as they stand under the ticket's lock; how many went over."""
    ticket = await tickets.by_id(moment.session, ticket_id, lock=True)
    assert ticket is not None
    goes = ticket.assignee_id == person.id and (units is None or ticket.lead in units)
    if goes:
        _hand_ticket(moment, who, ticket, to)
    theirs = [
        task
        for task in await tasks.taken_by(moment.session, person.id or 0)
        if task.ticket_id == ticket_id and (units is None or task.unit in units)
    ]
    for task in theirs:
        coordinating.hand_over(moment, ticket, task, to.id if to else None, who)
    await moment.session.flush()
    if goes or theirs:
        await notices.refresh_cards(moment, ticket)
    return int(goes), len(theirs)


def _hand_ticket(moment: Moment, who: Speaker, ticket: Ticket, to: Person | None) -> None:
    former, ticket.assignee_id = ticket.assignee_id, to.id if to else None
    tickets.log(
        moment.session,
        ticket,
        "handed_over",
        at=moment.now,
        actor=who.actor,
        former=former,
        to=ticket.assignee_id,
    )


async def leave(moment: Moment, who: Speaker, person: Person, to: Person | None) -> Work:
    """Somebody leaves: their work goes on, every session and link of theirs ends at once."""
    work = await hand_over(moment, who, person, to)
    await hand_over(moment, who, person, None)  # what the other's unit does not keep
    deputised = await rosters.deputised(moment.session, person.id or 0, moment.now)
    for absence in deputised:
        absent = await moment.session.get(Person, absence.person_id)
        if absent is not None:
            say = notices.texts(moment, absent.language)
            text = say.absence(absent.name, "", absence.starts_at, absence.ends_at, moment.now)
            _tell(moment, absent, text)
    await rosters.drop(moment.session, person.id or 0, moment.now)
    await end_absences(moment, person)
    say = notices.texts(moment, person.language)
    await _tell_alone(moment, person, say.you_have_left())
    person.active = False
    await webchat.revoke(moment.session, person.id or 0, moment.now)
    await moment.session.flush()
    return work


async def may_let_go(moment: Moment, who: Speaker, person: Person) -> bool:
    """Whether somebody decides about all the units of a person; a deputy not about the absent."""
    units = await units_of(moment, person)
    is_deputy = any(whose == person.id for _, _, whose in who.lent)
    return bool(units) and not is_deputy and all(may_manage(who, unit) for unit in units)


def desk_units(who: Speaker) -> list[str]:
    """The units whose roster somebody sees first: those where they work."""
    return sorted(who.units(*access.DESK, Role.COORDINATOR, Role.REPORTER))

"""Once a week each commune hears where its tickets stand and is asked what difficulties it has."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage import check_ins as heard_of
from storage import contacts, people, queues, rounds
from storage.outbox import Kind
from storage.people import Person, Role, Speaker
from storage.rounds import Round
from tickets import check_ins, notices, quiet, standing_in
from tickets.access import NotAllowed
from tickets.buttons import Press, button
from tickets.check_ins import (
    GAP,
    asked_at,
    closing,
    is_silent,
    pulled_back,
    weekly,
)
from tickets.destinations import contact_for
from tickets.moment import Moment

CHECK_IN = check_ins.CHECK_IN
LOOKS = timedelta(days=1)
"""How often it is looked whether somebody has to be asked earlier."""
LATE = timedelta(hours=1)
"""After that a question was missed, and comes when people work."""
VALID = timedelta(days=2)
"""After that a question that could not be delivered is not asked any more."""
SHOWN = 5
"""Tickets of a commune that are named; the rest stands in its list."""


class Answer(StrEnum):
    """What became of a press on "Không có"."""

    NOTED = "noted"
    OLD = "old"
    """The question is not the commune's newest."""
    GIVEN = "given"
    """Somebody of the commune has answered before."""


def communes(moment: Moment) -> Iterable[str]:
    """Each is asked by itself."""
    return [commune.code for commune in moment.rules.pack.communes]


def first_look(moment: Moment) -> datetime:
    """At once: to find out when it is asked first."""
    return moment.now


async def ask(moment: Moment, row: Round) -> datetime | None:
    """Ask a commune if its time has come; when to look again (UTC), or None for a former commune.

    In time before a channel closes, else on the pack's day; late, after an outage, as offices open.
    """
    if moment.rules.units.commune(row.subject) is None:
        return None
    reporters = await people.people_of(moment.session, row.subject, Role.REPORTER)
    check_in, calendar = moment.rules.pack.policies.check_in, moment.rules.calendar
    if not check_in.asks or not reporters:
        row.kept = {"from": moment.now.isoformat()}
        return weekly(moment.now, check_in, calendar)
    ordinary, early = await _due(moment, row, reporters)
    soonest = min([ordinary, *early])
    if soonest > moment.now:
        return min(soonest, moment.now + LOOKS)
    if soonest == ordinary and moment.now - ordinary > LATE:
        opens = calendar.next_office_opening(moment.now)
        if opens > moment.now:
            return opens
    if (morning := quiet.ends(moment.now, moment.rules.zone)) is not None:
        return morning
    await _ask(moment, row, reporters)
    return moment.now + LOOKS


async def _due(
    moment: Moment, row: Round, reporters: Iterable[int]
) -> tuple[datetime, list[datetime]]:
    """When it is asked next by the pack, and when at the latest because of a closing window."""
    asked, begun = asked_at(row), row.kept.get("from")
    if asked is None and begun is None:
        row.kept = {"from": moment.now.isoformat()}
    since = asked + GAP if asked else datetime.fromisoformat(begun) if begun else moment.now
    rules = moment.rules
    known = await contacts.contacts_of(moment.session, reporters)
    theirs = {person: found for person, (_, found) in known.items()}
    early = pulled_back(closing(theirs, asked, moment.now), moment)
    return weekly(since, rules.pack.policies.check_in, rules.calendar), early


async def _ask(moment: Moment, row: Round, reporters: Iterable[int]) -> None:
    """One message to each of the commune's people who can be reached; the first answer counts."""
    session, commune = moment.session, row.subject
    heard = (await heard_of.heard(session, commune)).get(commune)
    silent = int(row.kept.get("silent", 0)) + 1 if is_silent(row, heard) else 0
    row.kept = {"asked": moment.now.isoformat(), "silent": silent, "answer": None}
    page = await queues.of_office(session, [commune], 0, SHOWN)
    mine = page.tickets[: page.open]
    for person in await _hearing(moment, list(reporters)):
        say = await notices.texts_of(moment, person)
        press = Press("nothing", more=f"{commune}.{moment.today.isoformat()}")
        notices.post(
            moment,
            Kind.DIGEST,
            say.check_in(commune, mine, page.open, moment.now),
            person=person,
            buttons=[[button(say.label("nothing"), press)]],
            expires_at=moment.now + VALID,
        )


async def _hearing(moment: Moment, reporters: list[int]) -> list[int]:
    """Whom a message reaches, each once: a deputy who reports as well hears it as their own."""
    found = []
    for person in reporters:
        hearing = await standing_in.receivers(moment, [person])
        is_told_anyway = person not in hearing and set(reporters).issuperset(hearing)
        reached = [who for who in hearing if await contact_for(moment, who) is not None]
        if reached and not is_told_anyway:
            found.append(person)
    return found


async def nothing(
    moment: Moment, who: Speaker, commune: str, day: str
) -> tuple[Answer, Person | None, datetime | None]:
    """Somebody says that their commune has no difficulties; who answered first, and when (UTC).

    Raises NotAllowed for anybody who does not report for the commune.
    """
    if who.person is None or commune not in who.units(Role.REPORTER):
        raise NotAllowed
    row = await rounds.named(moment.session, CHECK_IN, commune, lock=True)
    asked = asked_at(row) if row is not None else None
    if row is None or asked is None or _day(moment, asked).isoformat() != day:
        return Answer.OLD, None, None
    if given := row.kept.get("answer"):
        first = await moment.session.get(Person, given["by"])
        return Answer.GIVEN, first, datetime.fromisoformat(given["at"])
    answer = {"by": who.person.id, "at": moment.now.isoformat()}
    row.kept = {**row.kept, "answer": answer}
    return Answer.NOTED, who.person, moment.now


def _day(moment: Moment, instant: datetime) -> date:
    return moment.rules.calendar.local_date(instant)

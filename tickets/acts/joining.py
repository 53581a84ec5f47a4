"""Strangers become people, groups become desks, and both can be undone."""

from datetime import timedelta

from storage import invitations, outbox, people
from storage.people import Contact, Duty, Invitation, Person, Role, Speaker
from storage.tickets import next_number
from tickets import notices
from tickets.acts import guessing
from tickets.buttons import Press, button
from tickets.moment import Moment

AGAIN = timedelta(days=1)
"""A stranger is told once a day that the line is closed."""
STRANGERS_A_DAY = 50
DESK_MAKERS = (Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.ADMIN)


async def join(moment: Moment, who: Speaker, invitation: Invitation) -> Person:
    """Use an invitation up: the contact's person holds its duty from now on."""
    session = moment.session
    person = who.person
    if person is None:
        person = Person(
            name=invitation.name,
            phone=invitation.phone,
            made_up=invitation.made_up,
            joined_at=moment.now,
        )
        session.add(person)
        await session.flush()
        who.contact.person_id = person.id
        who.contact.reachable = True
    assert person.id is not None
    if await session.get(Duty, (person.id, invitation.unit, invitation.role)) is None:
        duty = Duty(
            person_id=person.id,
            unit=invitation.unit,
            role=invitation.role,
            post=invitation.post,
            since=moment.now,
        )
        session.add(duty)
    invitation.used_at, invitation.used_by = moment.now, person.id
    who.contact.wrong_codes, who.contact.wrong_since = 0, None
    return person


async def try_code(moment: Moment, who: Speaker, code: str) -> Invitation | str:
    """The invitation behind a typed code, or why there is none: `wrong` or `too_many`."""
    if not await invitations.may_try(moment.session, who.contact, moment.now):
        return "too_many"
    invitation = await invitations.find(moment.session, code, moment.now)
    if invitation is None:
        await guessing.count(moment, who.contact)
        return "wrong"
    return invitation


async def turn_away(moment: Moment, contact: Contact) -> bool:
    """Whether a stranger is to be told now that the line is closed; once a day.

    All strangers of a channel together get so many answers a day: each counts for its quota.
    """
    told = contact.turned_away_at
    if told is not None and moment.now - told < AGAIN:
        return False
    contact.turned_away_at = moment.now
    today = f"strangers {contact.channel} {moment.today.isoformat()}"
    return await next_number(moment.session, today) <= STRANGERS_A_DAY


def may_bind(who: Speaker, unit: str) -> bool:
    """Whether a person may make a group the desk of a unit: one of its own, or an administrator."""
    return unit in who.units(*DESK_MAKERS) or who.holds(Role.ADMIN)


async def bind_desk(moment: Moment, who: Speaker, group: Contact, invitation: Invitation) -> None:
    """Make a group the desk of the invitation's unit; the coordinator hears and can undo."""
    assert who.person is not None
    group.desk_of, group.reachable = invitation.unit, True
    invitation.used_at, invitation.used_by = moment.now, who.person.id
    say = notices.texts(moment)
    undo = button(say.label("unbind"), Press("unbind", 0, 0, f"{group.id}.{invitation.unit}"))
    text = say.desk_bound_told(invitation.unit, who.person.name)
    await notices.tell_role(moment, Role.COORDINATOR, text, buttons=[[undo]])


async def move(moment: Moment, group: Contact, address: str) -> None:
    """A group lives at another address now; what waits for the old one goes there."""
    other = await people.move(moment.session, group, address)
    if other is not None and other.id is not None and group.id is not None:
        await outbox.readdress(moment.session, other.id, group.id)


async def unbind_desk(moment: Moment, group: Contact) -> None:
    """A group is no desk any more; the coordinator hears."""
    unit = group.desk_of
    group.desk_of = None
    if unit is not None:
        text = notices.texts(moment).desk_unbound(unit)
        await notices.tell_role(moment, Role.COORDINATOR, text)

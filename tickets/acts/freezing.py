"""A person is shut out at once, everywhere, and can be let in again."""

from collections.abc import Sequence

from storage import deeds, people, tickets, webchat
from storage.deeds import Deed
from storage.people import Person, Role, Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment


def may_freeze(who: Speaker, held: Sequence[tuple[str, Role]], person: Person) -> bool:
    """Whether somebody may shut a person out: never oneself, administrators only by their like."""
    if who.person is None or who.person.id == person.id:
        return False
    if who.holds(Role.ADMIN):
        return True
    return who.holds(Role.COORDINATOR) and not any(role is Role.ADMIN for _, role in held)


async def assigned_to(moment: Moment, person: Person) -> Sequence[Ticket]:
    """The open tickets that a person has in hand."""
    assert person.id is not None
    return await tickets.assigned_to(moment.session, person.id)


async def freeze(moment: Moment, who: Speaker, person: Person) -> None:
    """From now on a stranger: browsers signed out, links dead, nothing more is sent there."""
    assert person.id is not None and who.person is not None
    person.active = False
    deeds.about(moment.session, person, who.actor, Deed.FROZEN, moment.now)
    await webchat.revoke(moment.session, person.id, moment.now)
    await people.set_reachable(moment.session, person.id, reachable=False)
    text = notices.texts(moment).frozen_told(person.name, who.person.name)
    await notices.tell_role(moment, Role.ADMIN, text)


async def thaw(moment: Moment, who: Speaker, person: Person) -> None:
    """Let a person in again; browsers sign in anew."""
    assert person.id is not None and who.person is not None
    person.active = True
    deeds.about(moment.session, person, who.actor, Deed.THAWED, moment.now)
    await people.set_reachable(moment.session, person.id, reachable=True)
    text = notices.texts(moment).thawed_told(person.name, who.person.name)
    await notices.tell_role(moment, Role.ADMIN, text)

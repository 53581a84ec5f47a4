"""Where a notice is delivered: a group, who is on duty, deputies, colleagues, the coordinator."""

from collections.abc import Sequence

from storage import people
from storage.outbox import Notice
from storage.people import Contact, Person, Role
from storage.tickets import Ticket
from tickets import standing_in
from tickets.moment import Moment
from tickets.notices import texts


async def route(moment: Moment, notice: Notice) -> tuple[list[Contact], str]:
    """The contacts that a notice goes to now, and a line to add when it had to go elsewhere.

    A desk is its bound group; without one who is on duty, else its staff, each a copy; without
    them the coordinator. Deputies hear in place of people who are away, colleagues in place of
    those who have left.
    """
    session = moment.session
    if notice.contact_id is not None:
        contact = await session.get(Contact, notice.contact_id)
        if contact and await _has_left(moment, contact.person_id):
            # Only the closed door still answers, and says nothing of tickets.
            return [contact] if notice.ticket_id is None else [], ""
        if contact and (contact.reachable or contact.person_id is None):
            return [contact], ""
        person = contact.person_id if contact else None
        return await _private(moment, [person] if person else []), ""
    if notice.person_id is not None:
        found = await _private(moment, [notice.person_id])
        if not found and await _has_left(moment, notice.person_id):
            found = await _colleagues(moment, notice)
        return found, ""
    assert notice.desk is not None
    if groups := await people.desk_contacts(session, notice.desk):
        return list(groups), ""
    staff = await people.people_of(session, notice.desk, *standing_in.AT_DESK)
    for chosen in (await standing_in.desk_people(moment, notice.desk), staff):
        if found := await _private(moment, chosen):
            return found, ""
    return await _coordinators(moment), texts(moment).no_desk(notice.desk)


async def _private(moment: Moment, person_ids: Sequence[int]) -> list[Contact]:
    """Where these people hear, or who stands in for them; they themselves when no deputy does."""
    chosen = await standing_in.receivers(moment, person_ids)
    found = await people.contacts_of(moment.session, {*chosen, *person_ids})
    heard = [found[person] for person in chosen if person in found]
    return heard or [found[person] for person in person_ids if person in found]


async def _has_left(moment: Moment, person_id: int | None) -> bool:
    person = await moment.session.get(Person, person_id) if person_id is not None else None
    return person is not None and not person.active


async def _colleagues(moment: Moment, notice: Notice) -> list[Contact]:
    """Whom a ticket's news concerns when its reporter, or its officer, has left."""
    ticket = await moment.session.get(Ticket, notice.ticket_id) if notice.ticket_id else None
    if ticket is None:
        return []
    unit = ticket.commune if notice.person_id == ticket.reporter_id else ticket.lead
    return await _private(moment, await standing_in.desk_people(moment, unit))


async def _coordinators(moment: Moment) -> list[Contact]:
    session = moment.session
    if groups := await people.desk_contacts(session, moment.rules.pack.coordinator):
        return list(groups)
    for role in (Role.COORDINATOR, Role.ADMIN):
        if found := await _private(moment, await people.people_with(session, role)):
            return found
    return []

"""Where a notice is delivered: a group, who is on duty, deputies, colleagues, the coordinator."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from storage import contacts, people, rosters
from storage.outbox import Kind, Notice
from storage.people import Contact, Person, Role
from storage.tickets import Ticket
from tickets import reach, standing_in, usage
from tickets.moment import Moment
from tickets.notices import texts


async def route(
    moment: Moment,
    notice: Notice,
    *,
    among: Collection[str] | None = None,
    without: Collection[int] = (),
) -> tuple[list[Contact], str]:
    """The contacts that a notice goes to now, and a line to add when it had to go elsewhere.

    A desk is its bound group; without one who is on duty, else its staff, each a copy; without
    them the coordinator. Deputies hear in place of people who are away, colleagues in place of
    those who have left. The card of an emergency goes to whoever is on duty on all their channels,
    beside the group: it is the one message that must not wait for its failing. `among` are the
    channels that there are, `without` the contacts that were tried already.
    """
    choice = _Choice(moment, among, frozenset(without), notice.kind == Kind.EMERGENCY)
    if notice.contact_id is not None:
        return await choice.where_it_was_said(notice), ""
    if notice.person_id is not None:
        found = await choice.private([notice.person_id])
        if not found and await _has_left(moment, notice.person_id):
            found = await choice.colleagues(notice)
        return found, ""
    assert notice.desk is not None
    is_first = notice.kind == Kind.EMERGENCY and (notice.replace_key or "").startswith("card:")
    if groups := await choice.groups(notice.desk):
        on_duty = await rosters.on_duty(moment.session, notice.desk, moment.now) if is_first else ()
        return [*groups, *(await choice.everywhere(on_duty) if on_duty else ())], ""
    people_there = await standing_in.desk_people(moment, notice.desk)
    if found := await choice.private(people_there):
        return (await choice.everywhere(people_there) if is_first else found), ""
    if found := await choice.private(await at_desk(moment, notice.desk)):
        return found, ""
    return await choice.coordinators(), texts(moment).no_desk(notice.desk)


async def at_desk(moment: Moment, unit: str) -> Sequence[int]:
    """Everybody who hears what is for a unit, on duty or not."""
    return await moment.once(
        ("at desk", unit), lambda: people.people_of(moment.session, unit, *standing_in.AT_DESK)
    )


async def is_its_own(moment: Moment, unit: str, contact: Contact) -> bool:
    """Whether a contact is a unit's own, and not somebody's who hears in place of its desk."""
    if contact.desk_of == unit:
        return True
    return contact.person_id is not None and contact.person_id in await at_desk(moment, unit)


async def contact_for(moment: Moment, person_id: int) -> Contact | None:
    """The contact on which a person would hear a notice now."""
    return (await _Choice(moment, None, frozenset()).own([person_id])).get(person_id)


async def scarce_bots(moment: Moment) -> Collection[str]:
    """The Zalo bots whose messages will not last until the month's end; asked once for a look."""
    return await moment.once(
        "scarce bots", lambda: usage.scarce(moment.session, moment.now, moment.rules.zone)
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a contact must be to hear a notice now."""

    moment: Moment
    among: Collection[str] | None
    without: frozenset[int]
    is_emergency: bool = False

    def fits(self, contact: Contact, *, stranger: bool = False) -> bool:
        if contact.id in self.without or not (self.among is None or contact.channel in self.among):
            return False
        if contact.channel == "sms" and not self.is_emergency:
            return False
        return stranger or reach.is_open(contact, self.moment.now)

    async def where_it_was_said(self, notice: Notice) -> list[Contact]:
        contact = await self.moment.session.get(Contact, notice.contact_id)
        if contact and await _has_left(self.moment, contact.person_id):
            # Only the closed door still answers, and says nothing of tickets.
            is_said = notice.ticket_id is None and self.fits(contact, stranger=True)
            return [contact] if is_said else []
        if contact and self.fits(contact, stranger=contact.person_id is None):
            return [contact]
        person = contact.person_id if contact else None
        return await self.private([person] if person else [])

    async def groups(self, unit: str) -> list[Contact]:
        session = self.moment.session
        bound = await self.moment.once(
            ("groups", unit), lambda: people.desk_contacts(session, unit)
        )
        return [group for group in bound if self.fits(group)]

    async def own(self, person_ids: Iterable[int]) -> dict[int, Contact]:
        """Of each of these people the best of their own contacts."""
        known = await contacts.contacts_of(self.moment.session, person_ids)
        chosen = {}
        for person, (prefers, all_of_them) in known.items():
            fitting = [contact for contact in all_of_them if self.fits(contact)]
            has_choice = len(fitting) > 1 and any(one.channel == usage.BOT for one in fitting)
            contact = reach.best(
                fitting,
                self.moment.now,
                prefers=prefers,
                scarce=await scarce_bots(self.moment) if has_choice else (),
                spares=not self.is_emergency,
            )
            if contact is not None:
                chosen[person] = contact
        return chosen

    async def private(self, person_ids: Sequence[int]) -> list[Contact]:
        """Where these people hear, or who stands in for them; they themselves when nobody does."""
        chosen = await standing_in.receivers(self.moment, person_ids)
        found = await self.own({*chosen, *person_ids})
        heard = [found[person] for person in chosen if person in found]
        return heard or [found[person] for person in person_ids if person in found]

    async def everywhere(self, person_ids: Sequence[int]) -> list[Contact]:
        """All the open contacts of these people, or of who stands in for them."""
        chosen = await standing_in.receivers(self.moment, person_ids)
        known = await contacts.contacts_of(self.moment.session, {*chosen, *person_ids})
        every = {id_: [one for one in own if self.fits(one)] for id_, (_, own) in known.items()}
        heard = [one for person in chosen for one in every.get(person, ())]
        return heard or [one for person in person_ids for one in every.get(person, ())]

    async def colleagues(self, notice: Notice) -> list[Contact]:
        """Whom a ticket's news concerns when its reporter, or its officer, has left."""
        session = self.moment.session
        ticket = await session.get(Ticket, notice.ticket_id) if notice.ticket_id else None
        if ticket is None:
            return []
        unit = ticket.commune if notice.person_id == ticket.reporter_id else ticket.lead
        return await self.private(await standing_in.desk_people(self.moment, unit))

    async def coordinators(self) -> list[Contact]:
        if groups := await self.groups(self.moment.rules.pack.coordinator):
            return groups
        for role in (Role.COORDINATOR, Role.ADMIN):
            who = await people.people_with(self.moment.session, role)
            if found := await self.private(who):
                return found
        return []


async def _has_left(moment: Moment, person_id: int | None) -> bool:
    person = await moment.session.get(Person, person_id) if person_id is not None else None
    return person is not None and not person.active

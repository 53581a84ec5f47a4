"""A person gets a further channel, or loses one that is theirs no more."""

from datetime import timedelta

from storage import contacts, conversations, invitations, linking, tickets, webchat
from storage.outbox import Kind
from storage.people import Contact, Person, Role, Speaker
from tickets import notices
from tickets.acts import guessing
from tickets.buttons import Press, button
from tickets.moment import Moment

JUST_NOW = timedelta(hours=2)
"""So long ago a ticket may have been spoken of elsewhere for a fresh page to name it."""
NEW = timedelta(hours=24)
"""So long a chat that was just linked drops none of the older ones."""


async def try_code(moment: Moment, who: Speaker, code: str) -> Person | str:
    """Join a contact to the person whose code it is; or why not: `wrong` or `too_many`."""
    if not await invitations.may_try(moment.session, who.contact, moment.now, is_short=True):
        return "too_many"
    person_id = await linking.use_code(moment.session, code, moment.now)
    person = await moment.session.get(Person, person_id) if person_id is not None else None
    if person is None or not person.active:
        await guessing.count(moment, who.contact, is_short=True)
        return "wrong"
    await link(moment, who.contact, person)
    return person


async def link(moment: Moment, contact: Contact, person: Person) -> None:
    """Join a contact to a person; the channels they had hear of it, and can undo it."""
    assert person.id is not None
    others = await contacts.private_contacts(moment.session, person.id)
    contact.person_id, contact.reachable, contact.linked_at = person.id, True, moment.now
    contact.wrong_codes, contact.wrong_since = 0, None
    person.linked = True
    say = await notices.texts_of(moment, person.id)
    undo = button(say.drop_channel(contact.channel), Press("unlink", 0, 0, f"c{contact.id}"))
    for other in others:
        told = say.linked_told(contact.channel)
        notices.post(moment, Kind.NOTICE, told, contact=other.id, buttons=[[undo]])


def may_drop(moment: Moment, here: Contact, chosen: Contact) -> bool:
    """Whether a chat may drop another: a new one none that was there before it, for a day.

    Else whoever glimpsed a code would shut its owner out before they read that it was used.
    """
    if here.id == chosen.id or here.linked_at is None or moment.now - here.linked_at >= NEW:
        return True
    return chosen.linked_at is not None and chosen.linked_at > here.linked_at


async def drop(moment: Moment, here: Contact, chosen: Contact) -> None:
    """Take a chat away from its person, who is told there if it was done from another."""
    await unlink(moment, chosen)
    if here.id != chosen.id:
        told = notices.texts(moment).dropped_told(here.channel)
        notices.post(moment, Kind.NOTICE, told, contact=chosen.id)


async def unlink(moment: Moment, contact: Contact) -> None:
    """A contact belongs to nobody from now on: what waits for its person goes elsewhere."""
    person = await moment.session.get(Person, contact.person_id) if contact.person_id else None
    assert contact.id is not None
    contact.person_id = contact.linked_at = None
    chat = await moment.session.get(conversations.Conversation, contact.id)
    if chat is not None:
        chat.state, chat.draft, chat.ticket_id, chat.spoke_at = "", {}, None, None
    await webchat.sign_out_everywhere(moment.session, contact.id, moment.now)
    if person is None or person.id is None:
        return
    await moment.session.flush()
    left = await contacts.private_contacts(moment.session, person.id)
    person.linked = len(left) > 1
    if person.prefers not in {other.channel for other in left}:
        person.prefers = ""


async def change_phone(moment: Moment, person: Person, phone: str) -> None:
    """Note another number; text messages to the old one end, as it may be somebody else's by now.

    Administrators hear of it: to send them to the new number is theirs to decide.
    """
    assert person.id is not None
    person.phone = phone
    stopped = False
    for contact in await contacts.private_contacts(moment.session, person.id):
        if contact.channel == "sms" and contact.address != _as_written(phone):
            await unlink(moment, contact)
            stopped = True
    if stopped:
        text = notices.texts(moment).number_changed_told(person.name)
        await notices.tell_role(moment, Role.ADMIN, text)


def _as_written(phone: str) -> str:
    """A number as gateways are given it: 0912345678."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"0{digits[2:]}" if digits.startswith("84") else digits


async def follow(moment: Moment, who: Speaker, here: conversations.Conversation) -> None:
    """Let a person's talk go on here that was begun on another of their channels.

    What was asked there is answered here, and not asked again.
    """
    if who.person is None or not who.person.linked or here.state:
        return
    assert who.person.id is not None
    there = await conversations.latest_elsewhere(moment.session, who.person.id, here.contact_id)
    if there is None or there.spoke_at is None:
        return
    if here.spoke_at is not None and there.spoke_at <= here.spoke_at:
        return
    here.state, here.draft = there.state, there.draft
    here.ticket_id, here.spoke_at = there.ticket_id, there.spoke_at
    there.state, there.draft = "", {}


async def name_what_is_open(moment: Moment, person_id: int, contact_id: int) -> None:
    """Say on a page that was just opened which ticket goes on there; see `follow`.

    Whoever could not send a file on their phone would else find an empty page.
    """
    await moment.session.flush()
    here = await moment.session.get(conversations.Conversation, contact_id)
    there = await conversations.latest_elsewhere(moment.session, person_id, contact_id)
    if here is None or here.state or there is None or there.spoke_at is None:
        return
    is_newer = here.spoke_at is None or here.spoke_at < there.spoke_at
    if not is_newer or moment.now - there.spoke_at > JUST_NOW or there.ticket_id is None:
        return
    ticket = await tickets.by_id(moment.session, there.ticket_id)
    phone = await moment.session.get(Contact, there.contact_id)
    if ticket is None or phone is None or ticket.reporter_id != person_id:
        return
    if tickets.Status(ticket.status) in tickets.OPEN:
        say = await notices.texts_of(moment, person_id)
        text = say.goes_on_here(ticket, phone.channel)
        notices.post(moment, Kind.ANSWER, text, contact=contact_id, ticket=ticket)

"""A person is made nameless: unit and post stay, name, numbers, addresses and talk go."""

import json
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import col

from province.text import fold
from storage.conversations import Conversation
from storage.inbox import Received
from storage.outbox import Delivery, Notice
from storage.outbox import Fate as Told
from storage.people import Contact, Invitation, Person, Speaker
from storage.tickets import Ticket, TicketEvent
from storage.webchat import BrowserSession, Line, OneTimeLink
from tickets import notices
from tickets.acts import rosters
from tickets.acts.indexing import index
from tickets.moment import Moment

SHORTEST = 6
"""Letters or digits of a name or number that is told from other words."""
GONE = "[…]"
"""What stands in place of the person's name and number in what they wrote."""


async def anonymise(moment: Moment, who: Speaker, person: Person) -> None:
    """Hand the person's work back to the units, then take away all that tells who it was.

    Duties stay, so that histories still say which unit and post acted.
    """
    assert person.id is not None
    await rosters.leave(moment, who, person, None)
    names = _telling(person)
    person.name, person.phone, person.prefers = notices.texts(moment).nameless(), "", ""
    contacts = list(
        (
            await moment.session.execute(select(Contact).where(col(Contact.person_id) == person.id))
        ).scalars()
    )
    await _forget_talk(moment, person.id, contacts)
    for contact in contacts:
        contact.address, contact.reachable = f"erased-{contact.id}", False
    await moment.session.execute(
        update(Invitation)
        .where(col(Invitation.used_by) == person.id)
        .values(name="", phone="")
        .execution_options(synchronize_session=False)
    )
    await _forget_in_tickets(moment, person.id, names)
    for name in names:
        await _forget_in_messages(moment, name)


def _telling(person: Person) -> list[str]:
    """The words that tell who it was; a single name is everybody's and would tear texts apart."""
    found = [person.phone, "".join(filter(str.isdecimal, person.phone))]
    found += [person.name] if len(person.name.split()) > 1 else []
    return sorted({text for text in found if len(text) >= SHORTEST}, key=len, reverse=True)


async def _forget_talk(moment: Moment, person: int, contacts: list[Contact]) -> None:
    """What was said to and by the person, on every channel; of the inbox only the keys stay."""
    session, ids = moment.session, [contact.id or 0 for contact in contacts]
    quietly = {"synchronize_session": False}
    to_them = or_(col(Notice.person_id) == person, col(Notice.contact_id).in_(ids))
    for table, which in ((Notice, to_them), (Delivery, col(Delivery.contact_id).in_(ids))):
        await session.execute(
            update(table)
            .where(which, col(table.fate) == Told.PENDING)
            .values(fate=Told.CANCELLED)
            .execution_options(**quietly)
        )
    for statement in (
        update(Notice).where(to_them).values(text="", buttons=[]),
        update(Delivery).where(col(Delivery.contact_id).in_(ids)).values(part={}),
        update(Conversation)
        .where(col(Conversation.contact_id).in_(ids))
        .values(state="", draft={}, ticket_id=None),
        delete(Line).where(col(Line.contact_id).in_(ids)),
        delete(OneTimeLink).where(col(OneTimeLink.person_id) == person),
        delete(BrowserSession).where(
            or_(col(BrowserSession.contact_id).in_(ids), col(BrowserSession.person_id) == person)
        ),
    ):
        await session.execute(statement.execution_options(**quietly))
    for contact in contacts:
        await session.execute(
            update(Received)
            .where(
                col(Received.channel) == contact.channel, col(Received.address) == contact.address
            )
            .values(address="", payload=None)
            .execution_options(**quietly)
        )


async def _forget_in_messages(moment: Moment, name: str) -> None:
    """Take a name out of what others were told; what lies on their phones is theirs."""
    told = select(col(Notice.id)).where(col(Notice.text).contains(name, autoescape=True))
    for statement in (
        update(Delivery)
        .where(col(Delivery.notice_id).in_(told), col(Delivery.fate) == Told.DELIVERED)
        .values(part={}),
        update(Notice)
        .where(col(Notice.text).contains(name, autoescape=True))
        .values(text=func.replace(col(Notice.text), name, GONE)),
    ):
        await moment.session.execute(statement.execution_options(synchronize_session=False))


async def _forget_in_tickets(moment: Moment, person: int, names: list[str]) -> None:
    """Take the person's name and number out of what they reported, and out of its history."""
    if not names:
        return
    reported = await moment.session.execute(
        select(Ticket).where(col(Ticket.reporter_id) == person).order_by(col(Ticket.id))
    )
    for ticket in reported.scalars():
        ticket.text, ticket.place = _without(ticket.text, names), _without(ticket.place, names)
        ticket.answers = _without_any(ticket.answers, names)
        ticket.search = ""
        index(moment, ticket)
        events = await moment.session.execute(
            select(TicketEvent).where(col(TicketEvent.ticket_id) == ticket.id)
        )
        for event in events.scalars():
            event.inputs = _without_any(event.inputs, names, ticket.search)


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, GONE)
    return text


def _without_any(value: Any, names: list[str], search: str = "") -> Any:
    """The same of everything inside; the folded words of a snapshot become the ticket's."""
    told = json.dumps(value, ensure_ascii=False)
    folded = [fold(name) for name in names]
    if not any(name in told for name in (*names, *folded)):
        return value
    kept = json.loads(_without(told, names))
    if isinstance(kept, dict) and isinstance(kept.get("set"), dict) and "search" in kept["set"]:
        kept["set"]["search"] = search
    return kept

"""A line of the web chat that no page has shown is told on another chat of its reader as well."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from storage import contacts, rounds
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.people import Contact, Person
from storage.rounds import Round
from storage.tickets import Status, Ticket
from storage.webchat import Line
from tickets import notices, reach
from tickets.moment import Moment
from tickets.moves import ENDED

UNSEEN = "unseen"
"""The round that looks whether a line was seen; its subject is notice and contact by id."""
WEB = "web"
WITHIN, WITHIN_URGENT = timedelta(minutes=10), timedelta(minutes=1)
"""As long as another channel that fails is tried before the next one is."""
SAID_TO_WHOEVER_IS_THERE = frozenset({Kind.ANSWER, Kind.EDIT})
ASKS_TO_ACT = frozenset({Kind.CARD, Kind.EMERGENCY, Kind.REMINDER})


async def look_after(moment: Moment, notice: Notice, told: Iterable[Contact]) -> None:
    """Look again later whether a page has shown it to those who have other channels too.

    A page rings no phone: who once opened the web chat, and closed it, would hear nothing any more.
    """
    if notice.kind in SAID_TO_WHOEVER_IS_THERE:
        return
    wait = WITHIN_URGENT if notice.kind == Kind.EMERGENCY else WITHIN
    for contact in told:
        if contact.channel != WEB or contact.person_id is None:
            continue
        person = await moment.session.get(Person, contact.person_id)
        if person is not None and person.linked:
            row = Round(name=UNSEEN, subject=f"{notice.id}:{contact.id}")
            row.next_due_at = moment.now + wait
            if await rounds.named(moment.session, UNSEEN, row.subject) is None:
                moment.session.add(row)


async def look(moment: Moment, row: Round) -> datetime | None:
    """The time is over: nothing where a page has shown it, else it is said elsewhere too."""
    await moment.session.delete(row)
    notice_id, _, contact_id = row.subject.partition(":")
    notice = await moment.session.get(Notice, int(notice_id))
    contact = await moment.session.get(Contact, int(contact_id))
    if notice is None or contact is None or contact.person_id is None:
        return None
    if not await is_unseen(moment, notice, contact) or await _is_over(moment, notice):
        return None
    if await was_told_elsewhere(moment, notice, contact):
        return None
    known = await contacts.contacts_of(moment.session, [contact.person_id])
    prefers, others = known.get(contact.person_id, ("", []))
    is_emergency = notice.kind == Kind.EMERGENCY
    chats = [
        one
        for one in others
        if one.channel != WEB and (is_emergency or one.channel not in reach.ONE_WAY)
    ]
    other = reach.best(chats, moment.now, prefers=prefers, spares=False)
    if other is not None:
        await _say_there(moment, notice, other)
    return None


async def is_unseen(moment: Moment, notice: Notice, contact: Contact) -> bool:
    """Whether a line was written for a contact that no page has shown yet."""
    found = await moment.session.execute(
        select(Line)
        .join(Delivery, col(Delivery.id) == col(Line.delivery_id))
        .where(
            col(Delivery.notice_id) == notice.id,
            col(Delivery.contact_id) == contact.id,
            col(Delivery.fate) == Fate.DELIVERED,
            col(Line.contact_id) == contact.id,
            col(Line.seen_at).is_(None),
        )
        .limit(1)
    )
    return found.first() is not None


async def was_told_elsewhere(moment: Moment, notice: Notice, contact: Contact) -> bool:
    """Whether it has been delivered on another chat of the same person, with it or since."""
    found = await moment.session.execute(
        select(col(Delivery.id))
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .join(Contact, col(Contact.id) == col(Delivery.contact_id))
        .where(
            col(Notice.id) >= notice.id,
            col(Notice.kind) == notice.kind,
            col(Notice.ticket_id) == notice.ticket_id,
            col(Contact.person_id) == contact.person_id,
            col(Contact.channel) != WEB,
            col(Delivery.fate) == Fate.DELIVERED,
        )
        .limit(1)
    )
    return found.first() is not None


async def _is_over(moment: Moment, notice: Notice) -> bool:
    """Whether it is out of date, or asks for what has been done since."""
    if notice.expires_at is not None and notice.expires_at <= moment.now:
        return True
    if notice.ticket_id is None or notice.kind not in ASKS_TO_ACT:
        return False
    ticket = await moment.session.get(Ticket, notice.ticket_id)
    if ticket is None or Status(ticket.status) in ENDED:
        return True
    return ticket.acknowledged_at is not None and ticket.acknowledged_at >= notice.created_at


async def _say_there(moment: Moment, notice: Notice, other: Contact) -> None:
    say = await notices.texts_of(moment, other.person_id or 0)
    ticket = await moment.session.get(Ticket, notice.ticket_id) if notice.ticket_id else None
    notices.post(
        moment,
        Kind(notice.kind),
        f"{notice.text}\n{say.page_not_open()}",
        contact=other.id,
        ticket=ticket,
        buttons=notice.buttons,
        numbered=notice.numbered,
        media_ids=notice.media,
        replace_key=notice.replace_key,
        expires_at=notice.expires_at,
    )

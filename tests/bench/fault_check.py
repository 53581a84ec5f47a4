"""What must hold after everything that went wrong, read from the database and from the channels."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.life.expected import Outages
from bot.life.ledger import Books, Ledger, read_books
from storage import inbox
from storage.inbox import Received
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.people import Contact
from storage.shortfalls import shortfalls
from storage.tickets import OPEN, Ticket
from tests.bench.fault_load import Load, Talker
from tests.replay import check_histories

PLACE_IS_SAID = 2
"""The answer to the second question is a talker's third message."""
DOUBLES = ("step skipped or told twice", "told what is not owed", "step missing", "said twice")
"""What of the ledger's findings no fault excuses, whatever the clock did."""


@dataclass
class Verdict:
    """What was found; every list but `twice` must be empty."""

    updates: int = 0
    tickets: int = 0
    messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    ladder: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    """Messages that a channel took, whose sender died before it heard so: sent once more."""
    unknown: list[str] = field(default_factory=list)
    """Messages that are there, though nobody was told whether the channel took them."""

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.disordered, *self.ladder]


async def unfinished(load: Load, now: datetime) -> str:
    """What is still under way; '' when everything that may happen now has happened."""
    said = sum(talker.said for talker in load.talkers)
    async with load.database.reading() as session:
        taken = await session.scalar(select(func.count()).select_from(Received)) or 0
        waits = await session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(
                col(Notice.fate).in_([Fate.PENDING, Fate.SENDING]), col(Notice.not_before) <= now
            )
        )
        due = await session.scalar(
            select(func.count()).select_from(Ticket).where(col(Ticket.next_due_at) <= now)
        )
    left = {"updates": said - taken, "notices": waits, "steps": due}
    return ", ".join(f"{count} {name}" for name, count in left.items() if count)


async def judge(load: Load, spans: Sequence[tuple[datetime, datetime]], now: datetime) -> Verdict:
    """Compare what was said with what is written down, and that with what stands in the chats.

    `spans` are the times (UTC, by the clock of the processes) in which nothing could happen.
    """
    found = Verdict(updates=sum(talker.said for talker in load.talkers))
    books = await read_books(load.database)
    found.tickets = len(books.tickets)
    async with load.database.reading() as session:
        rows = (await session.execute(select(Received))).scalars().all()
        contacts = (await session.execute(select(Contact))).scalars().all()
        late = await shortfalls(session, now)
    _updates(load, rows, found)
    _tickets(load, books, found)
    _messages(load, books, {c.id or 0: c for c in contacts}, found)
    ledger = Ledger(load.pack, Outages(spans), now, books)
    found.ladder += [line for line in ledger.violations() if line.startswith(DOUBLES)]
    found.lost += [f"{one.count} {one.kind} since {one.since}" for one in late]
    try:
        await check_histories(load.database)
    except AssertionError as error:
        found.ladder.append(str(error))
    return found


def _updates(load: Load, rows: Sequence[Received], found: Verdict) -> None:
    taken = Counter((row.channel, row.address) for row in rows)
    for talker in load.talkers:
        count = taken[talker.channel, talker.address]
        if count < talker.said:
            found.lost.append(f"{talker.said - count} updates of {talker.address}")
        if count > talker.said:
            found.doubled.append(f"{count - talker.said} updates of {talker.address}")
    aside = [row for row in rows if row.fate != inbox.Fate.DONE]
    found.lost += [f"set aside: {row.key} of {row.address}: {row.error}" for row in aside]


def _tickets(load: Load, books: Books, found: Verdict) -> None:
    """One ticket for each report, with the answer that was given to its question, once."""
    by_reporter = defaultdict(list)
    for ticket in books.tickets:
        by_reporter[ticket.reporter_id].append(ticket)
    for talker in load.talkers:
        own = by_reporter[talker.number]
        if not own and talker.said:
            found.lost.append(f"ticket of {talker.address}")
        if len(own) > 1:
            found.doubled.append(f"{len(own)} tickets of {talker.address}")
        _words(talker, own, books, found)
    unfinished = [t.code for t in books.tickets if t.status in OPEN and t.next_due_at is None]
    found.lost += [f"next step of {code}" for code in unfinished]


def _words(talker: Talker, own: Sequence[Ticket], books: Books, found: Verdict) -> None:
    """The report stands in the ticket, the answer once in its history."""
    if own and not any(talker.mark in ticket.text for ticket in own):
        found.lost.append(f"report of {talker.address}")
    if not talker.place or talker.said <= PLACE_IS_SAID or not own:
        return
    events = [event for ticket in own for event in books.events[ticket.id or 0]]
    given = sum(talker.place in str(event.inputs.get("text", "")) for event in events)
    if given != 1:
        (found.doubled if given else found.lost).append(f"answer of {talker.address}: {given}")


def _messages(load: Load, books: Books, contacts: dict[int, Contact], found: Verdict) -> None:
    """Each notice stands in its chat, once, and in the order in which it was decided."""
    dead = [notice for notice in books.notices if notice.fate == Fate.DEAD]
    found.lost += [f"notice {notice.id} is dead: {notice.error}" for notice in dead]
    of: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in sorted(books.deliveries, key=lambda each: each.id or 0):
        if delivery.edits is None and delivery.fate in {Fate.DELIVERED, Fate.UNKNOWN}:
            of[delivery.contact_id].append(delivery)
    for contact_id, own in of.items():
        contact = contacts[contact_id]
        chat(contact, own, _standing(load, contact), found)


def _standing(load: Load, contact: Contact) -> list[str]:
    if contact.channel == "telegram":
        return [str(message.id) for message in load.telegram.in_chat(int(contact.address))]
    return [message.id for message in load.zalo.in_chat(contact.address)]


def chat(contact: Contact, calls: list[Delivery], there: list[str], found: Verdict) -> None:
    """Compare the calls to a contact, in the order of their making, with what is there."""
    found.messages += len(there)
    own = [delivery for delivery in calls if delivery.fate == Fate.DELIVERED]
    unsure = len(calls) - len(own)
    receipts = Counter(delivery.receipt for delivery in own)
    missing = [delivery for delivery in own if delivery.receipt not in there]
    found.lost += [f"message {delivery.id} to {contact.address}" for delivery in missing]
    tried = sum(delivery.attempts - 1 for delivery in calls)
    over = [receipt for receipt in there if receipt not in receipts]
    found.lost += [f"unknown message to {contact.address}"] * (unsure - len(over))
    found.unknown += [f"{contact.address}: {receipt}" for receipt in over[:unsure]]
    over = over[unsure:]
    found.twice += [f"{contact.address}: {receipt}" for receipt in over[:tried]]
    found.doubled += [f"message {receipt} at {contact.address}" for receipt in over[tried:]]
    found.doubled += [f"receipt {receipt}" for receipt, n in receipts.items() if n > 1]
    found.disordered += _out_of_order(contact, own, there)


def _out_of_order(contact: Contact, own: list[Delivery], there: list[str]) -> Iterator[str]:
    """Within a kind, what was decided earlier came earlier; emergencies stand outside."""
    place: dict[Any, int] = {receipt: n for n, receipt in enumerate(there)}
    for kind in set(Kind) - {Kind.EMERGENCY, Kind.EDIT}:
        order = [place[d.receipt] for d in own if d.kind == kind and d.receipt in place]
        if order != sorted(order):
            yield f"{Kind(kind).name} at {contact.address}: {order}"

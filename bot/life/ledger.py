"""The books of a life, read at its end: what must never happen, checked from the rows alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from bot.life.expected import ON_LADDER, SLACK, Outages, Watch
from bot.life.hours import Hours
from province.pack import Pack
from storage.engine import Database
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.tickets import OPEN, Ticket, TicketEvent

ENDS_WITHIN = timedelta(hours=2, minutes=15)
"""A notice that has not ended so long after it was due is lost: it is tried for two hours."""
AT_MOST_A_DAY = 2
"""Merged reminders to one reader."""
ORDINARY = 6
"""Messages that an ordinary ticket sends its commune."""
TOLD_OF = 1
"""Updates, promises and answers for later of an ordinary ticket."""
SAID = (Kind.EMERGENCY, Kind.CARD, Kind.NOTICE, Kind.REMINDER)


@dataclass(slots=True)
class Books:
    """Everything that was written down."""

    tickets: Sequence[Ticket]
    events: dict[int, list[TicketEvent]]
    notices: Sequence[Notice]
    deliveries: Sequence[Delivery]


@dataclass(slots=True)
class Ledger:
    """Reads the books and says what was violated, one line each."""

    pack: Pack
    outages: Outages
    now: datetime
    books: Books

    def violations(self) -> list[str]:
        """Every broken invariant, in words."""
        return [
            *self._ladders(),
            *self._after_the_end(),
            *self._unexplained(),
            *self._doubled(),
            *self._never_ended(),
            *self._forgotten(),
            *self._bursts(),
            *self._over_budget(),
        ]

    def _ladders(self) -> Iterator[str]:
        """No step skipped, none told twice, early or late."""
        opened = [ticket.opened_at for ticket in self.books.tickets] or [self.now]
        first = min(opened).date() - timedelta(days=2)
        hours = Hours(self.pack.calendar, first, first + timedelta(days=1500))
        for ticket in self.books.tickets:
            watch = Watch(self.pack, hours, self.outages)
            for what, at, seen in watch.read(self.books.events[ticket.id or 0], self.now):
                yield f"{what}: {ticket.code} at {at:%Y-%m-%d %H:%M} UTC: {seen}"

    def _after_the_end(self) -> Iterator[str]:
        """Nobody is reminded of what has ended."""
        for ticket in self.books.tickets:
            ended = False
            for event in self.books.events[ticket.id or 0]:
                if ended and "of" in event.inputs and event.kind in ON_LADDER:
                    yield f"reminded after the end: {ticket.code} at {event.at}"
                status = event.inputs.get("set", {}).get("status")
                ended = status in {"closed", "cancelled", "resolved"} if status else ended

    def _unexplained(self) -> Iterator[str]:
        """Each reminder stands on an event with a rule, at the instant at which it was decided.

        What a commune hears of a shared ticket stands in that ticket's history, also where the
        commune has left it since.
        """
        carried = {ticket.id: ticket.merged_id or ticket.linked_id for ticket in self.books.tickets}
        ground = {
            (event.ticket_id, event.at)
            for events in self.books.events.values()
            for event in events
            if event.rule
        }
        for notice in self.books.notices:
            if notice.kind == Kind.REMINDER and notice.ticket_id is not None:
                told_of = (notice.ticket_id, carried.get(notice.ticket_id))
                if not any((number, notice.created_at) in ground for number in told_of):
                    yield f"reminder without a reason: notice {notice.id}"

    def _doubled(self) -> Iterator[str]:
        """No two notices decided at one instant say the same to the same; no call is made twice.

        Unless people did as much at that instant: after an outage they say again what they said.
        """
        acts = Counter(
            (event.ticket_id, event.at)
            for own in self.books.events.values()
            for event in own
            if event.actor.startswith("person")
        )
        seen = Counter(
            (n.person_id, n.desk, n.kind, n.ticket_id, n.text, n.created_at)
            for n in self.books.notices
            if n.kind in SAID and n.contact_id is None  # two presses get two answers
        )
        for same, count in seen.items():
            if count > max(1, acts[same[3] or 0, same[5]]):
                yield f"said twice: ticket {same[3]} at {same[5]}: {same[4][:40]!r}"
        taken = Counter(
            (d.notice_id, d.contact_id, str(d.part))
            for d in self.books.deliveries
            if d.fate == Fate.DELIVERED
        )
        yield from (f"delivered twice: notice {same[0]}" for same, n in taken.items() if n > 1)

    def _never_ended(self) -> Iterator[str]:
        for notice in self.books.notices:
            if notice.fate in {Fate.PENDING, Fate.SENDING}:
                if self.outages.first_after(notice.not_before) + ENDS_WITHIN < self.now:
                    yield f"never ended: notice {notice.id} of {notice.not_before}"

    def _forgotten(self) -> Iterator[str]:
        """Every open ticket has exactly one lead and a next step that is not overdue."""
        for ticket in self.books.tickets:
            if ticket.status not in OPEN:
                continue
            if not ticket.lead:
                yield f"no lead: {ticket.code}"
            if ticket.next_due_at is None:
                yield f"no next step: {ticket.code} ({ticket.status})"
            elif ticket.next_due_at + SLACK < self.now:
                yield f"next step overdue: {ticket.code} since {ticket.next_due_at}"

    def _bursts(self) -> Iterator[str]:
        """At most two merged reminders a day for each reader; what presses comes at once."""
        days: Counter[tuple[Any, ...]] = Counter()
        for notice in self.books.notices:
            waited = notice.kind == Kind.REMINDER and notice.not_before > notice.created_at
            if waited and notice.fate == Fate.DELIVERED and notice.ended_at:
                local = notice.ended_at + timedelta(hours=7)
                days[notice.person_id, notice.desk, local.date()] += 1
        for who, count in days.items():
            if count > AT_MOST_A_DAY:
                yield f"{count} reminders in a day: {who[0] or who[1]} on {who[2]}"

    def _over_budget(self) -> Iterator[str]:
        for number, count in self.to_communes().items():
            if count > ORDINARY:
                yield f"{count} messages to the commune of an ordinary ticket: id {number}"

    def to_communes(self) -> dict[int, int]:
        """How many messages each ordinary ticket that has ended sent its commune, by its id.

        Receipt and first question count, and all that comes by itself; answers to what they then
        say or press do not.
        """
        told: defaultdict[int, int] = defaultdict(int)
        of = {t.id: t for t in self.books.tickets}
        for notice in self.books.notices:
            ticket = of.get(notice.ticket_id)
            if ticket is None or notice.fate != Fate.DELIVERED or notice.kind == Kind.EDIT:
                continue
            is_first = notice.contact_id and notice.created_at == ticket.opened_at
            if notice.person_id == ticket.reporter_id or is_first:  # not what they asked for
                told[ticket.id or 0] += 1
        ordinary = [t.id or 0 for t in self.books.tickets if self._is_ordinary(t)]
        return {number: told[number] for number in ordinary}

    def _is_ordinary(self, ticket: Ticket) -> bool:
        """Alone, taken, told of once, solved and confirmed: nothing went wrong, nobody asked."""
        kinds = Counter(event.kind for event in self.books.events[ticket.id or 0])
        rare = {
            "reopened", "rerouted", "information_requested", "promise_broken", "raised",
            "clustered",
        }  # fmt: skip
        told = kinds["updated"] + kinds["promised"] + kinds["planned"]
        is_plain = not rare & set(kinds) and told <= TOLD_OF and ticket.urgency != "emergency"
        return ticket.outcome == "confirmed" and is_plain


async def read_books(database: Database) -> Books:
    """Read everything at once; for lives of some thousand tickets."""
    async with database.reading() as session:
        tickets = (await session.execute(select(Ticket).order_by(col(Ticket.id)))).scalars().all()
        rows = await session.execute(select(TicketEvent).order_by(col(TicketEvent.id)))
        events: dict[int, list[TicketEvent]] = defaultdict(list)
        for event in rows.scalars():
            events[event.ticket_id].append(event)
        notices = (await session.execute(select(Notice).order_by(col(Notice.id)))).scalars().all()
        deliveries = (await session.execute(select(Delivery))).scalars().all()
    return Books(tickets, events, notices, deliveries)

"""What people corrected, and how matters really ended: what a province's classifier learns from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Person
from storage.tickets import Outcome, Status, Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class Corrected:
    """A ticket that went elsewhere, or is called something else, than the program said."""

    ticket_id: int
    text: str
    sender: int
    category: str
    """The ticket's own now."""
    lead: str
    alternatives: tuple[tuple[str, str], ...]
    """(category, lead) that were likely too."""
    is_named: bool
    """Whether a coordinator named the category; else only the department is known."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A ticket whose commune confirmed the end: its department was the right one."""

    ticket_id: int
    text: str
    category: str
    lead: str


async def corrected(session: AsyncSession) -> list[Corrected]:
    """Categories that a coordinator corrected, and reroutes that were accepted; oldest first.

    Accepted is what the receiving department acknowledged and the commune confirmed as done.
    Never what is restricted or cancelled.
    """
    last = func.max(col(TicketEvent.at)).label("last")
    kinds = (
        select(col(TicketEvent.ticket_id), col(TicketEvent.kind), last)
        .where(col(TicketEvent.kind).in_(["recategorised", "rerouted"]))
        .group_by(col(TicketEvent.ticket_id), col(TicketEvent.kind))
        .subquery()
    )
    rows = await session.execute(
        select(Ticket, kinds.c.kind, kinds.c.last)
        .join(kinds, kinds.c.ticket_id == col(Ticket.id))
        .where(
            col(Ticket.restricted).is_(False),
            col(Ticket.text) != "",
            col(Ticket.status) != Status.CANCELLED,
        )
        .order_by(col(Ticket.id))
    )
    found: dict[int, Corrected] = {}
    for ticket, kind, at in rows:
        if kind == "recategorised" or _is_accepted(ticket, at):
            known = found.get(ticket.id)
            is_named = kind == "recategorised" or (known is not None and known.is_named)
            found[ticket.id] = _corrected(ticket, is_named=is_named)
    return list(found.values())


def _is_accepted(ticket: Ticket, rerouted_at: datetime) -> bool:
    at = ticket.acknowledged_at
    return ticket.outcome == Outcome.CONFIRMED and at is not None and at >= rerouted_at


def _corrected(ticket: Ticket, *, is_named: bool) -> Corrected:
    likely: Sequence[Any] = ticket.verdict.get("alternatives", [])
    return Corrected(
        ticket.id or 0,
        ticket.text,
        ticket.reporter_id,
        ticket.category,
        ticket.lead,
        tuple((str(category), str(lead)) for category, lead in likely),
        is_named,
    )


async def ended(session: AsyncSession, most: int) -> list[Ended]:
    """The newest tickets that their communes confirmed, without restricted ones."""
    rows = await session.execute(
        select(col(Ticket.id), col(Ticket.text), col(Ticket.category), col(Ticket.lead))
        .where(
            col(Ticket.status) == Status.CLOSED,
            col(Ticket.outcome) == Outcome.CONFIRMED,
            col(Ticket.restricted).is_(False),
            col(Ticket.shared).is_(False),
            col(Ticket.text) != "",
            col(Ticket.category) != "",
        )
        .order_by(col(Ticket.id).desc())
        .limit(most)
    )
    return [Ended(number or 0, text, category, lead) for number, text, category, lead in rows]


async def names(session: AsyncSession) -> list[str]:
    """The names of everybody who is known, the longest first."""
    found = (await session.execute(select(col(Person.name)))).scalars()
    return sorted({name for name in found if name}, key=len, reverse=True)

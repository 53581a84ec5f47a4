"""Many tickets one after another, for lists that leave as files: never all of them at once."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.queues import Scope, Wanted, wanting, within
from storage.tickets import Ticket

BATCH = 1000
COLUMNS = tuple(
    col(getattr(Ticket, name))
    for name in (
        "id", "code", "opened_at", "commune", "place", "urgency", "summary", "text", "lead",
        "coordinating", "status", "outcome", "assignee_id", "acknowledge_by", "answer_by",
        "result_by", "promised_at", "answered_at", "resolved_at", "resolution", "document",
        "reopened", "restricted",
    )
)  # fmt: skip
"""What a list tells of a ticket; rows, as objects would cost three times as much."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one UTC instant to another, both in it."""

    since: datetime
    until: datetime


async def every(
    session: AsyncSession, scope: Scope, wanted: Wanted, now: datetime, most: int
) -> AsyncIterator[Sequence[Row[Any]]]:
    """The COLUMNS of a queue's tickets in the order of their numbers, in batches; at most `most`.

    Each batch begins after the last one's id: by the primary key, or a scope's own index.
    """
    last, left = 0, most
    conditions = [within(scope), *wanting(wanted, now)]
    while left > 0:
        found = await session.execute(
            select(*COLUMNS)
            .where(*conditions, col(Ticket.id) > last)
            .order_by(col(Ticket.id))
            .limit(min(BATCH, left))
        )
        rows = found.all()
        if not rows:
            return
        yield rows
        last, left = int(rows[-1].id), left - len(rows)


async def last_id(session: AsyncSession) -> int:
    """The newest ticket's id, 0 where there is none: how far a list may have to look."""
    return (await session.execute(select(func.max(col(Ticket.id))))).scalar_one() or 0


async def opened_between(
    session: AsyncSession, scope: Scope, since: datetime, until: datetime, most: int
) -> tuple[Sequence[Ticket], int]:
    """The tickets opened in a period, oldest first, at most `most`; and how many there were.

    By `ix_tickets_opened_at`, or a commune's or desk's own index.
    """
    conditions: list[ColumnElement[bool]] = [
        within(scope),
        col(Ticket.opened_at) >= since,
        col(Ticket.opened_at) < until,
    ]
    counted = await session.execute(select(func.count()).select_from(Ticket).where(*conditions))
    found = await session.execute(
        select(Ticket).where(*conditions).order_by(col(Ticket.id)).limit(most)
    )
    return found.scalars().all(), counted.scalar_one()


async def newest(
    session: AsyncSession,
    scope: Scope,
    period: Period,
    categories: Sequence[str],
    statuses: Sequence[str],
    most: int,
) -> Sequence[Ticket]:
    """The tickets of a period, newest first; empty categories and statuses narrow nothing."""
    conditions: list[ColumnElement[bool]] = [
        within(scope),
        col(Ticket.opened_at) >= period.since,
        col(Ticket.opened_at) <= period.until,
    ]
    if categories:
        conditions.append(col(Ticket.category).in_(categories))
    if statuses:
        conditions.append(col(Ticket.status).in_(statuses))
    order = (col(Ticket.opened_at).desc(), col(Ticket.id).desc())
    found = await session.execute(select(Ticket).where(*conditions).order_by(*order).limit(most))
    return found.scalars().all()

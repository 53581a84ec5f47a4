"""Lists that were taken in as tickets: what kind of list, from which document, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.queues import overdue
from storage.rows import Row
from storage.tickets import OPEN, Ticket

KINDS = ("handed_over", "notice", "petition")


class Import(Row, table=True):
    """One list."""

    __tablename__ = "imports"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: str
    """handed_over (left by the former districts), notice (a leader's), petition (voters')."""
    title: str
    """The document that it comes from, in the words of whoever took it in."""
    by: int = Field(foreign_key="people.id", sa_type=Key)
    at: datetime = Field(sa_type=Instant)
    count: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list is."""

    row: Import
    open: int
    late: int


async def newest(session: AsyncSession, now: datetime, limit: int = 30) -> Sequence[Progress]:
    """The newest lists, how many of their tickets are open and overdue; by `ix_tickets_import`."""
    rows = await session.execute(select(Import).order_by(col(Import.id).desc()).limit(limit))
    found = rows.scalars().all()
    is_open = col(Ticket.status).in_(OPEN)
    counted = await session.execute(
        select(
            col(Ticket.import_id),
            func.sum(case((is_open, 1), else_=0)),
            func.sum(case((overdue(now), 1), else_=0)),
        )
        .where(col(Ticket.import_id).in_([row.id for row in found]))
        .group_by(col(Ticket.import_id))
    )
    counts = {number: (still_open, late) for number, still_open, late in counted}
    return [Progress(row, *counts.get(row.id, (0, 0))) for row in found]

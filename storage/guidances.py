"""Answers published by a department for all communes: how long they hold, whom they helped."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row


class Guidance(Row, table=True):
    """One answer with its legal basis; a preview until it is published."""

    __tablename__ = "guidances"
    __table_args__ = (Index("ix_guidances_category", "category", "last"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    unit: str
    """The department that answers for it."""
    category: str
    ticket_id: int = Field(foreign_key="tickets.id", sa_type=Key)
    """The solved ticket that it comes from; none of its reporter's words are kept here."""
    by: int = Field(foreign_key="people.id", sa_type=Key)
    question: str
    answer: str
    basis: str
    first: date
    last: date
    """The last local day on which it holds."""
    search: str
    """Folded question, matter and answer."""
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    flagged_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the department was told that it has expired."""
    shown: int = 0
    """How often it was shown with a ticket or found by /hoi."""
    helped: int = 0
    """How many tickets it made needless."""
    thanked: list[Any] = Field(default_factory=list, sa_type=Document)
    """The people who said that it was of use; replaced as a whole, never changed inside."""


async def by_id(session: AsyncSession, number: int) -> Guidance | None:
    """One answer, its row locked until the commit: whoever asks is going to change it."""
    return await session.get(Guidance, number, with_for_update=True)


def _in_force(today: date) -> Select[Guidance]:
    return select(Guidance).where(
        col(Guidance.published_at).is_not(None),
        col(Guidance.withdrawn_at).is_(None),
        col(Guidance.first) <= today,
        col(Guidance.last) >= today,
    )


async def in_force(session: AsyncSession, today: date, *, category: str = "") -> Sequence[Guidance]:
    """What holds on a local day, of one category or of all; the newest first."""
    wanted = _in_force(today)
    if category:
        wanted = wanted.where(col(Guidance.category) == category)
    return (await session.execute(wanted.order_by(col(Guidance.id).desc()))).scalars().all()


async def expired(session: AsyncSession, today: date) -> Sequence[Guidance]:
    """What was in force until before a local day, and nobody was told of that yet; locked."""
    found = await session.execute(
        select(Guidance)
        .where(
            col(Guidance.published_at).is_not(None),
            col(Guidance.withdrawn_at).is_(None),
            col(Guidance.flagged_at).is_(None),
            col(Guidance.last) < today,
        )
        .order_by(col(Guidance.id))
        .with_for_update(skip_locked=True)
    )
    return found.scalars().all()


async def count(session: AsyncSession, numbers: Sequence[int], *, helped: bool = False) -> None:
    """Count that some answers were shown, or that they made a ticket needless."""
    counted = {"helped": col(Guidance.helped) + 1} if helped else {"shown": col(Guidance.shown) + 1}
    await session.execute(
        update(Guidance)
        .where(col(Guidance.id).in_(list(numbers)))
        .values(counted)
        .execution_options(synchronize_session=False)
    )

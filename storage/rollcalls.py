"""Roll-calls: each time a commune in a storm was asked how it is, and what its people answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row


class RollCall(Row, table=True):
    """One question to one commune; everybody who reports for it may answer."""

    __tablename__ = "roll_calls"
    __table_args__ = (Index(None, "storm_id", "commune", "id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    storm_id: int = Field(foreign_key="storms.id", sa_type=Key)
    commune: str
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    """When somebody of the commune answered last."""
    counted_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was looked at who is silent."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """{states, words, at, ticket} by the person's id; replaced as a whole, never changed inside."""


async def by_id(session: AsyncSession, number: int) -> RollCall | None:
    """A roll-call, its row locked until the commit: whoever asks is going to answer it."""
    return await session.get(RollCall, number, with_for_update=True, populate_existing=True)


async def newest(session: AsyncSession, storm_id: int, commune: str) -> RollCall | None:
    """What a commune was asked last in a storm."""
    found = await session.execute(
        select(RollCall)
        .where(col(RollCall.storm_id) == storm_id, col(RollCall.commune) == commune)
        .order_by(col(RollCall.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def of_storm(session: AsyncSession, storm_id: int) -> Sequence[RollCall]:
    """All roll-calls of a storm, oldest first."""
    await session.flush()
    found = await session.execute(
        select(RollCall).where(col(RollCall.storm_id) == storm_id).order_by(col(RollCall.id))
    )
    return found.scalars().all()


async def first_uncounted(session: AsyncSession, storm_id: int) -> datetime | None:
    """When the oldest roll-call was asked at which nobody has looked yet."""
    await session.flush()
    found = await session.execute(
        select(func.min(RollCall.asked_at)).where(
            col(RollCall.storm_id) == storm_id, col(RollCall.counted_at).is_(None)
        )
    )
    return found.scalar_one_or_none()


async def count(session: AsyncSession, storm_id: int, until: datetime, now: datetime) -> None:
    """Note that the roll-calls asked until an instant have been looked at."""
    await session.execute(
        update(RollCall)
        .where(
            col(RollCall.storm_id) == storm_id,
            col(RollCall.counted_at).is_(None),
            col(RollCall.asked_at) <= until,
        )
        .values(counted_at=now)
    )

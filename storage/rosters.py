"""Who is on duty for a unit, and who stands in for somebody who is away."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Index, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row


class Shift(Row, table=True):
    """That a person is on duty for a unit from one instant to another."""

    __tablename__ = "shifts"
    __table_args__ = (Index(None, "unit", "ends_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    unit: str
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)


class Absence(Row, table=True):
    """That a person is away, and who acts in their place with the same rights."""

    __tablename__ = "absences"
    __table_args__ = (
        Index(None, "person_id", "ends_at"),
        Index(None, "deputy_id", "ends_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    deputy_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)


# Who is on duty and whether anybody is away is asked for every notice, so built once.

_ON_DUTY = (
    select(col(Shift.person_id))
    .where(
        col(Shift.unit) == bindparam("unit"),
        col(Shift.ends_at) > bindparam("now"),
        col(Shift.starts_at) <= bindparam("now"),
    )
    .distinct()
    .order_by(col(Shift.person_id))
)
_ANYBODY_AWAY = (
    select(col(Absence.id))
    .where(col(Absence.ends_at) > bindparam("now"), col(Absence.starts_at) <= bindparam("now"))
    .limit(1)
)


async def on_duty(session: AsyncSession, unit: str, now: datetime) -> Sequence[int]:
    """The people on duty for a unit at this moment."""
    found = await session.execute(_ON_DUTY, {"unit": unit, "now": now})
    return found.scalars().all()


async def shifts_of(session: AsyncSession, unit: str, now: datetime) -> Sequence[Shift]:
    """A unit's shifts that have not ended, in order."""
    found = await session.execute(
        select(Shift)
        .where(col(Shift.unit) == unit, col(Shift.ends_at) > now)
        .order_by(col(Shift.starts_at), col(Shift.id))
        .limit(30)
    )
    return found.scalars().all()


async def away(session: AsyncSession, people: Iterable[int], now: datetime) -> dict[int, Absence]:
    """Of these people those who are away at this moment."""
    found = await session.execute(
        select(Absence)
        .where(
            col(Absence.person_id).in_(list(people)),
            col(Absence.ends_at) > now,
            col(Absence.starts_at) <= now,
        )
        .order_by(col(Absence.id))
    )
    return {absence.person_id: absence for absence in found.scalars()}


async def anybody_away(session: AsyncSession, now: datetime) -> bool:
    """Whether anybody at all is away at this moment."""
    return (await session.execute(_ANYBODY_AWAY, {"now": now})).first() is not None


async def stood_in_for(session: AsyncSession, deputy: int, now: datetime) -> dict[int, Absence]:
    """The people for whom somebody stands in at this moment."""
    found = await session.execute(
        select(Absence)
        .where(
            col(Absence.deputy_id) == deputy,
            col(Absence.ends_at) > now,
            col(Absence.starts_at) <= now,
        )
        .order_by(col(Absence.id))
    )
    return {absence.person_id: absence for absence in found.scalars()}


async def absences_of(
    session: AsyncSession, people: Iterable[int], now: datetime
) -> Sequence[Absence]:
    """The absences of some people that have not ended, in order."""
    found = await session.execute(
        select(Absence)
        .where(col(Absence.person_id).in_(list(people)), col(Absence.ends_at) > now)
        .order_by(col(Absence.starts_at), col(Absence.id))
        .limit(30)
    )
    return found.scalars().all()


async def deputised(session: AsyncSession, deputy: int, now: datetime) -> Sequence[Absence]:
    """The absences in which somebody stands in or is going to."""
    found = await session.execute(
        select(Absence).where(col(Absence.deputy_id) == deputy, col(Absence.ends_at) > now)
    )
    return found.scalars().all()


async def drop(session: AsyncSession, person: int, now: datetime) -> None:
    """Take a person who leaves out of every shift and absence that has not ended."""
    await session.execute(
        delete(Shift).where(col(Shift.person_id) == person, col(Shift.ends_at) > now)
    )
    await session.execute(
        update(Absence)
        .where(col(Absence.deputy_id) == person, col(Absence.ends_at) > now)
        .values(deputy_id=None)
        .execution_options(synchronize_session=False)
    )

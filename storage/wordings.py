"""Wordings for answers, kept by departments for their categories and used at the desk's forms."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row


class Wording(Row, table=True):
    """One wording; it is never sent by itself."""

    __tablename__ = "wordings"
    __table_args__ = (Index("ix_wordings_unit", "unit", "category"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    unit: str
    """Whose desk uses it; '' for every department, kept by the coordinator."""
    category: str
    """What it fits; '' for whatever the unit leads."""
    title: str
    text: str
    """May hold {số phiếu}, {xã}, {việc} and {ngày}."""
    by: int = Field(foreign_key="people.id", sa_type=Key)
    """Who changed it last."""
    version: int = 1
    changed_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


async def by_id(session: AsyncSession, number: int, *, lock: bool = False) -> Wording | None:
    """One wording that was not removed; with `lock` for whoever is going to change it."""
    row = await session.get(Wording, number, with_for_update=lock)
    return row if row is not None and row.removed_at is None else None


async def of_units(session: AsyncSession, units: Iterable[str] | None) -> Sequence[Wording]:
    """The wordings of some units, of all for None; by unit, category and title."""
    wanted = select(Wording).where(col(Wording.removed_at).is_(None))
    if units is not None:
        wanted = wanted.where(col(Wording.unit).in_(sorted(units)))
    order = (col(Wording.unit), col(Wording.category), col(Wording.title), col(Wording.id))
    return (await session.execute(wanted.order_by(*order))).scalars().all()


async def fitting(
    session: AsyncSession, unit: str, category: str, limit: int = 12
) -> Sequence[Wording]:
    """What fits a ticket of a unit: for its category first, the unit's own before everybody's."""
    found = await session.execute(
        select(Wording)
        .where(
            col(Wording.unit).in_(["", unit]),
            col(Wording.category).in_(["", category]),
            col(Wording.removed_at).is_(None),
        )
        .order_by(col(Wording.category).desc(), col(Wording.unit).desc(), col(Wording.title))
        .limit(limit)
    )
    return found.scalars().all()

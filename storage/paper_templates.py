"""Templates of Word that offices have put in; where there is none, the program's own is used."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row


class PaperTemplate(Row, table=True):
    """One version; the newest of a kind and unit is in force."""

    __tablename__ = "paper_templates"
    __table_args__ = (Index("ix_paper_templates_kind", "kind", "unit"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: str
    unit: str
    """Whose papers it makes; '' for every unit that has none of its own."""
    content: str
    """The .docx in base64, so that exports hold it; '' for "back to the one before ours"."""
    name: str
    """What the file was called."""
    by: int = Field(foreign_key="people.id", sa_type=Key)
    put_at: datetime = Field(sa_type=Instant)


async def in_force(session: AsyncSession, kind: str, unit: str) -> PaperTemplate | None:
    """What makes a unit's papers: its own, else the province's; None for the program's own."""
    for owner in dict.fromkeys([unit, ""]):
        row = await newest(session, kind, owner)
        if row is not None and row.content:
            return row
    return None


async def newest(
    session: AsyncSession, kind: str, unit: str, *, lock: bool = False
) -> PaperTemplate | None:
    """The last version that was put in or taken back, for one owner alone."""
    wanted = _of(kind, unit).limit(1)
    found = await session.execute(wanted.with_for_update() if lock else wanted)
    return found.scalar_one_or_none()


async def versions(
    session: AsyncSession, kind: str, unit: str, limit: int
) -> Sequence[PaperTemplate]:
    """The last versions of one owner, newest first."""
    return (await session.execute(_of(kind, unit).limit(limit))).scalars().all()


async def by_id(session: AsyncSession, number: int) -> PaperTemplate | None:
    """One version."""
    return await session.get(PaperTemplate, number)


async def newest_of_units(
    session: AsyncSession, units: Sequence[str]
) -> dict[tuple[str, str], datetime]:
    """Since when which templates of some units are in force, by kind and unit."""
    wanted = (
        select(
            col(PaperTemplate.kind), col(PaperTemplate.unit), col(PaperTemplate.put_at),
            col(PaperTemplate.content) != "",
        )
        .where(col(PaperTemplate.unit).in_(sorted(units)))
        .order_by(col(PaperTemplate.id))
    )  # fmt: skip
    last = {(row[0], row[1]): row for row in (await session.execute(wanted)).all()}
    return {key: row[2] for key, row in last.items() if row[3]}


async def keep_newest(session: AsyncSession, kind: str, unit: str, count: int) -> None:
    """Remove all but the last versions of one owner."""
    kept = _of(kind, unit).with_only_columns(col(PaperTemplate.id)).limit(count)
    await session.execute(
        delete(PaperTemplate).where(
            col(PaperTemplate.kind) == kind,
            col(PaperTemplate.unit) == unit,
            col(PaperTemplate.id).not_in([number for (number,) in await session.execute(kept)]),
        )
    )


def _of(kind: str, unit: str) -> Select[PaperTemplate]:
    return (
        select(PaperTemplate)
        .where(col(PaperTemplate.kind) == kind, col(PaperTemplate.unit) == unit)
        .order_by(col(PaperTemplate.id).desc())
    )

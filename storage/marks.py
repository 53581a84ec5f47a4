"""What a channel must remember between two starts: where it is called, and its sealed tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant
from storage.rows import Row


class Mark(Row, table=True):
    """One thing by its name; what is secret stands here sealed."""

    __tablename__ = "channel_marks"
    name: str = Field(primary_key=True)
    value: str
    changed_at: datetime = Field(sa_type=Instant)


async def read(session: AsyncSession, name: str) -> str | None:
    """What is remembered under a name."""
    mark = await session.get(Mark, name)
    return mark.value if mark is not None else None


async def locked(session: AsyncSession, name: str, now: datetime) -> str:
    """The same, empty where nothing is, and nobody else changes it until the commit.

    The row is made first: a lock on one that is not there yet would let two through.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert: Any = sqlite_insert if is_sqlite else postgresql_insert
    fresh = insert(Mark.metadata.tables["channel_marks"]).values(
        name=name, value="", changed_at=now
    )
    await session.execute(fresh.on_conflict_do_nothing())
    found = await session.execute(
        select(Mark)
        .where(col(Mark.name) == name)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one().value


async def write(session: AsyncSession, name: str, value: str, now: datetime) -> None:
    """Remember something in place of what stood under its name."""
    mark = await session.get(Mark, name)
    if mark is None:
        session.add(Mark(name=name, value=value, changed_at=now))
    else:
        mark.value, mark.changed_at = value, now
    await session.flush()

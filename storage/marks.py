"""What a channel must remember between two starts: where it is called, and its sealed tokens."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from storage.engine import Instant


class Mark(SQLModel, table=True):
    """One thing by its name; what is secret stands here sealed."""

    __tablename__ = "channel_marks"
    name: str = Field(primary_key=True)
    value: str
    changed_at: datetime = Field(sa_type=Instant)


async def read(session: AsyncSession, name: str, *, lock: bool = False) -> str | None:
    """What is remembered under a name; with `lock` nobody else changes it until the commit."""
    asked = select(Mark).where(col(Mark.name) == name).execution_options(populate_existing=True)
    found = await session.execute(asked.with_for_update() if lock else asked)
    mark = found.scalar_one_or_none()
    return mark.value if mark is not None else None


async def write(session: AsyncSession, name: str, value: str, now: datetime) -> None:
    """Remember something in place of what stood under its name."""
    mark = await session.get(Mark, name)
    if mark is None:
        session.add(Mark(name=name, value=value, changed_at=now))
    else:
        mark.value, mark.changed_at = value, now
    await session.flush()

"""Changes of the province's pack that an administrator has made, at once or for a later day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row


class PackChange(Row, table=True):
    """Some fields with their new values; put on the pack that is in force when its time comes."""

    __tablename__ = "pack_changes"
    __table_args__ = (Index(None, "due_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    edits: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """By the path of a field: policies.urgent.acknowledge."""
    due_at: datetime = Field(sa_type=Instant)
    by: int = Field(foreign_key="people.id", sa_type=Key)
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    version: int | None = Field(default=None, sa_type=Key)
    """The version that it became; None while it waits, and when it was withdrawn or failed."""
    error: str = ""
    """Why it could not be put in force when its time came."""


async def waiting(session: AsyncSession) -> Sequence[PackChange]:
    """What is still to come, the next one first."""
    found = await session.execute(
        select(PackChange)
        .where(col(PackChange.ended_at).is_(None))
        .order_by(col(PackChange.due_at), col(PackChange.id))
    )
    return found.scalars().all()


async def failed(session: AsyncSession, limit: int = 5) -> Sequence[PackChange]:
    """What could not be put in force, the newest first."""
    found = await session.execute(
        select(PackChange)
        .where(col(PackChange.error) != "")
        .order_by(col(PackChange.id).desc())
        .limit(limit)
    )
    return found.scalars().all()

"""Photos, voice, documents: pending until fetched, then kept by content hash, or lost."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row, partial_index


class Fate(StrEnum):
    """Whether a file is here yet."""

    PENDING = "pending"
    KEPT = "kept"
    LOST = "lost"


FATES = ", ".join(f"'{fate}'" for fate in Fate)


class Media(Row, table=True):
    """One file that came with a report; `hash` names it under the data folder once it is kept."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint(f"fate in ({FATES})", name="fate"),
        partial_index("ix_media_pending", "fate = 'pending'", "not_before", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    ticket_id: int | None = Field(default=None, foreign_key="tickets.id", sa_type=Key, index=True)
    contact_id: int = Field(foreign_key="contacts.id", sa_type=Key)
    channel: str
    kind: str
    """photo, voice, video or document."""
    source: str = ""
    """What the channel fetches it by: a file id or an address; emptied once kept."""
    name: str = ""
    mime: str = ""
    size: int = 0
    hash: str | None = Field(default=None, index=True)
    taken_at: datetime | None = Field(default=None, sa_type=Instant)
    lat: float | None = None
    lon: float | None = None
    fate: str = Fate.PENDING
    attempts: int = 0
    not_before: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    error: str = ""


async def of_ticket(session: AsyncSession, ticket_id: int) -> Sequence[Media]:
    """A ticket's files, oldest first."""
    found = await session.execute(
        select(Media).where(col(Media.ticket_id) == ticket_id).order_by(col(Media.id))
    )
    return found.scalars().all()


async def waiting(session: AsyncSession, now: datetime, limit: int) -> Sequence[Media]:
    """Files that are to be fetched now, locked until the commit."""
    found = await session.execute(
        select(Media)
        .where(
            col(Media.fate) == Fate.PENDING,
            col(Media.not_before) <= now,
            (col(Media.lease_until).is_(None)) | (col(Media.lease_until) <= now),
        )
        .order_by(col(Media.not_before), col(Media.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.scalars().all()

"""What people asked about their own data, by when it must be answered, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row, partial_index

KINDS = ("delete", "restrict", "correct")
OPEN_ROWS = "ended_at is null"


class DataRequest(Row, table=True):
    """One request of one person; instants are UTC."""

    __tablename__ = "data_requests"
    __table_args__ = (
        CheckConstraint("kind in ('delete', 'restrict', 'correct')", name="kind"),
        CheckConstraint("outcome in ('', 'done', 'refused', 'withdrawn')", name="outcome"),
        partial_index("ix_data_requests_open", OPEN_ROWS, "answer_by"),
        Index(None, "person_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    kind: str
    words: str = ""
    made_at: datetime = Field(sa_type=Instant)
    answer_by: datetime = Field(sa_type=Instant)
    stop_by: datetime = Field(sa_type=Instant)
    """By when it must be done once it is accepted."""
    extended_at: datetime | None = Field(default=None, sa_type=Instant)
    """When `stop_by` was put off; that happens once."""
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the person was told that it is accepted, or refused."""
    answer: str = ""
    outcome: str = ""
    """'' while it is open, else done, refused or withdrawn."""
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    """Which administrator acted last."""
    version: int = 1


async def by_id(session: AsyncSession, number: int, *, lock: bool = False) -> DataRequest | None:
    """One request; with `lock` for whoever is going to change it."""
    return await session.get(DataRequest, number, with_for_update=lock, populate_existing=lock)


async def open_of(session: AsyncSession, person: int, kind: str) -> DataRequest | None:
    """The request of a kind that a person has made and that has not ended."""
    found = await session.execute(
        select(DataRequest)
        .where(
            col(DataRequest.person_id) == person,
            col(DataRequest.kind) == kind,
            col(DataRequest.ended_at).is_(None),
        )
        .limit(1)
    )
    return found.scalar_one_or_none()


async def of_person(session: AsyncSession, person: int) -> Sequence[DataRequest]:
    """Everything that a person has asked, newest first."""
    found = await session.execute(
        select(DataRequest)
        .where(col(DataRequest.person_id) == person)
        .order_by(col(DataRequest.id).desc())
    )
    return found.scalars().all()


async def listed(session: AsyncSession, *, ended: int = 30) -> Sequence[DataRequest]:
    """Open requests, the first to answer first; then as many of the newest that have ended."""
    still_open = await session.execute(
        select(DataRequest)
        .where(text(f"data_requests.{OPEN_ROWS}"))
        .order_by(col(DataRequest.answer_by), col(DataRequest.id))
    )
    past = await session.execute(
        select(DataRequest)
        .where(col(DataRequest.ended_at).is_not(None))
        .order_by(col(DataRequest.ended_at).desc())
        .limit(ended)
    )
    return [*still_open.scalars(), *past.scalars()]

"""Keys of other programs: each acts for one unit, in the name of one of its people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row

RENEWED = timedelta(minutes=5)
"""How often the use of a key is written down."""


class Scope(StrEnum):
    """What a key lets a program do, within what its person may do for its unit."""

    READ = "read"
    REPORT = "report"
    ACT = "act"


class ApiToken(Row, table=True):
    """One key; the key itself is kept nowhere, only its hash."""

    __tablename__ = "api_tokens"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    name: str
    """Which program has it."""
    unit: str
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    """Who answers for what the program does; without their duty the key opens nothing."""
    scopes: list[str] = Field(default_factory=list, sa_type=Document)
    hash: str = Field(unique=True)
    made_at: datetime = Field(sa_type=Instant)
    made_by: int | None = Field(default=None, sa_type=Key)
    """The administrator; None for the command line."""
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


async def by_hash(session: AsyncSession, digest: str) -> ApiToken | None:
    """The key of a hash, unless it was revoked."""
    found = await session.execute(
        select(ApiToken).where(col(ApiToken.hash) == digest, col(ApiToken.revoked_at).is_(None))
    )
    return found.scalar_one_or_none()


async def listed(session: AsyncSession) -> Sequence[ApiToken]:
    """Every key: those that count, then the revoked ones, each the newest first."""
    order = (col(ApiToken.revoked_at).is_not(None), col(ApiToken.id).desc())
    return (await session.execute(select(ApiToken).order_by(*order))).scalars().all()


async def note_use(session: AsyncSession, token: ApiToken, now: datetime) -> None:
    """Write down that a key is in use."""
    await session.execute(
        update(ApiToken)
        .where(col(ApiToken.id) == token.id)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )

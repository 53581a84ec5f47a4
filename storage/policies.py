"""The province packs that have been put in force, each a version that stays."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row


class PackVersion(Row, table=True):
    """One pack as it was put in force; the newest is the one that counts."""

    __tablename__ = "pack_versions"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    province: str
    digest: str
    content: str
    """The pack as JSON."""
    applied_at: datetime = Field(sa_type=Instant)
    applied_by: str


_IN_FORCE = select(func.max(col(PackVersion.id)))


async def in_force(session: AsyncSession) -> int | None:
    """The id of the pack in force, cheap enough to be asked in every transaction."""
    return (await session.execute(_IN_FORCE)).scalar_one()


async def version(session: AsyncSession, version_id: int) -> PackVersion | None:
    """One version with its content."""
    return await session.get(PackVersion, version_id)

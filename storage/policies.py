"""The province packs that have been put in force, each a version that stays."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from province.load import pack_to_json
from province.pack import Pack
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


async def newest(session: AsyncSession, limit: int) -> Sequence[PackVersion]:
    """The versions that were put in force last, newest first."""
    found = await session.execute(
        select(PackVersion).order_by(col(PackVersion.id).desc()).limit(limit)
    )
    return found.scalars().all()


async def put_in_force(session: AsyncSession, pack: Pack, *, by: str, now: datetime) -> bool:
    """Make a pack the one that counts; False when it is already."""
    content = pack_to_json(pack)
    digest = hashlib.sha256(content.encode()).hexdigest()
    current = await in_force(session)
    if current is not None:
        row = await version(session, current)
        if row is not None and row.digest == digest:
            return False
    session.add(
        PackVersion(
            province=pack.code, digest=digest, content=content, applied_at=now, applied_by=by
        )
    )
    return True

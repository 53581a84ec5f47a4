"""Addresses under which a channel's servers get a kept file from us: random, and for a while."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant
from storage.rows import Row

VALID = timedelta(days=1)
"""Zalo gets a picture several times over minutes; a person may open a link in the evening."""


class HostedFile(Row, table=True):
    """A file that is given to whoever has its address; only the address's hash is kept."""

    __tablename__ = "hosted_files"
    token_hash: str = Field(primary_key=True)
    hash: str
    mime: str
    name: str = ""
    expires_at: datetime = Field(sa_type=Instant, index=True)


async def host(session: AsyncSession, *, content: str, mime: str, name: str, now: datetime) -> str:
    """Make an address's last part for a kept file (its content hash); old ones are forgotten."""
    await session.execute(delete(HostedFile).where(col(HostedFile.expires_at) <= now))
    token = secrets.token_urlsafe(24)
    session.add(
        HostedFile(
            token_hash=_hash(token), hash=content, mime=mime, name=name, expires_at=now + VALID
        )
    )
    return token


async def hosted(session: AsyncSession, token: str, now: datetime) -> HostedFile | None:
    """The file behind an address, as often as it is asked for until it expires."""
    found = await session.get(HostedFile, _hash(token))
    return found if found is not None and found.expires_at > now else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

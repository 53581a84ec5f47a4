"""One-time links that sign a person in on another browser."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.webchat import OneTimeLink

CHAT = "chat"
"""The purpose of links that open a person's conversation."""
VALID = timedelta(minutes=10)


def hash_of(secret: str) -> str:
    """What is kept of a random secret; 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def make_link(session: AsyncSession, person_id: int, purpose: str, now: datetime) -> str:
    """A new link's token, for `/in/<token>`; it works once within ten minutes."""
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        token_hash=hash_of(token), purpose=purpose, person_id=person_id, expires_at=now + VALID
    )
    session.add(link)
    return token


async def use_link(session: AsyncSession, token: str, purpose: str, now: datetime) -> int | None:
    """Use a link up; the person it was made for, or None when it opens nothing (any more)."""
    used = await session.execute(
        update(OneTimeLink)
        .where(
            col(OneTimeLink.token_hash) == hash_of(token),
            col(OneTimeLink.purpose) == purpose,
            col(OneTimeLink.used_at).is_(None),
            col(OneTimeLink.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(OneTimeLink.person_id))
    )
    return used.scalar_one_or_none()

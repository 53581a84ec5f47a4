"""The web chat's numbered lines, its browser sessions, and the one-time links that begin them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.conversations import Conversation
from storage.engine import Document, Instant, Key
from storage.people import Contact
from storage.rows import Row

CHAT = "chat"
"""The purpose of links that open a person's conversation."""
CONSOLE = "console"
"""The purpose of links that open a person's console."""
LETTER = "letter"
STORM = "storm"
"""What the purposes of links to draft letters begin with: letter:<ticket>:<kind>."""
LINK_VALID = timedelta(minutes=10)
LETTER_VALID = timedelta(hours=24)


class Line(Row, table=True):
    """One line of a web conversation, numbered in the order in which it was settled."""

    __tablename__ = "web_lines"
    __table_args__ = (UniqueConstraint("delivery_id"), Index(None, "contact_id", "changed"))
    contact_id: int = Field(primary_key=True, foreign_key="contacts.id", sa_type=Key)
    number: int = Field(primary_key=True)
    changed: int
    """The number it counts as for a browser that catches up: its own, or that of its last edit."""
    mine: bool = False
    """True for what the person wrote."""
    at: datetime = Field(sa_type=Instant)
    body: dict[str, Any] = Field(sa_type=Document)
    """{text, buttons, media}; for the person's own lines {text, media, press}."""
    delivery_id: int | None = Field(default=None, sa_type=Key)
    ticket_id: int | None = Field(default=None, sa_type=Key)
    seen_at: datetime | None = Field(default=None, sa_type=Instant)
    """When an open stream or page first took it; until then the person was not reached."""


class BrowserSession(Row, table=True):
    """A signed-in browser; the cookie holds a random id of which only the hash is here."""

    __tablename__ = "web_sessions"
    id_hash: str = Field(primary_key=True)
    contact_id: int = Field(foreign_key="contacts.id", sa_type=Key, index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key, index=True)
    """Whose console it opens; empty for the chat, which goes with its contact."""
    csrf: str
    created_at: datetime = Field(sa_type=Instant)
    used_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class OneTimeLink(Row, table=True):
    """A link that opens one thing once; only its hash is kept."""

    __tablename__ = "one_time_links"
    token_hash: str = Field(primary_key=True)
    purpose: str
    person_id: int = Field(foreign_key="people.id", sa_type=Key)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


async def lines_after(
    session: AsyncSession, contact_id: int, after: int, limit: int = 200
) -> Sequence[Line]:
    """What a browser that has seen everything up to `after` has missed, edits included."""
    found = await session.execute(
        select(Line)
        .where(col(Line.contact_id) == contact_id, col(Line.changed) > after)
        .order_by(col(Line.changed))
        .limit(limit)
    )
    return found.scalars().all()


async def last_lines(session: AsyncSession, contact_id: int, limit: int = 60) -> Sequence[Line]:
    """The newest lines of a conversation, oldest first."""
    found = await session.execute(
        select(Line)
        .where(col(Line.contact_id) == contact_id)
        .order_by(col(Line.number).desc())
        .limit(limit)
    )
    return list(reversed(found.scalars().all()))


async def add_line(
    session: AsyncSession,
    conversation: Conversation,
    body: dict[str, Any],
    *,
    at: datetime,
    mine: bool = False,
    delivery_id: int | None = None,
    ticket_id: int | None = None,
) -> Line:
    """Put the next line into a conversation whose row the caller has locked."""
    conversation.lines += 1
    line = Line(
        contact_id=conversation.contact_id,
        number=conversation.lines,
        changed=conversation.lines,
        mine=mine,
        at=at,
        body=body,
        delivery_id=delivery_id,
        ticket_id=ticket_id,
        seen_at=at if mine else None,
    )
    session.add(line)
    return line


async def change_line(
    session: AsyncSession, conversation: Conversation, number: int, body: dict[str, Any]
) -> Line | None:
    """Give a line other words; browsers that catch up see the change as the newest thing."""
    line = await session.get(Line, (conversation.contact_id, number))
    if line is not None:
        conversation.lines += 1
        line.changed, line.body = conversation.lines, body
    return line


_OF_DELIVERY = select(Line).where(col(Line.delivery_id) == bindparam("delivery_id"))


async def line_of_delivery(session: AsyncSession, delivery_id: int) -> Line | None:
    """The line that a delivery became, if it was settled before a crash."""
    found = await session.execute(_OF_DELIVERY, {"delivery_id": delivery_id})
    return found.scalar_one_or_none()


def make_link(
    session: AsyncSession,
    person_id: int,
    purpose: str,
    now: datetime,
    *,
    valid: timedelta = LINK_VALID,
) -> str:
    """A token that opens one thing until `valid` has passed; it cannot be read again."""
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_hash=hash_token(token),
            purpose=purpose,
            person_id=person_id,
            expires_at=now + valid,
        )
    )
    return token


async def use_link(session: AsyncSession, token: str, purpose: str, now: datetime) -> int | None:
    """Use a link up; the person it was made for, or None when it opens nothing (any more)."""
    used = await session.execute(
        update(OneTimeLink)
        .where(
            col(OneTimeLink.token_hash) == hash_token(token),
            col(OneTimeLink.purpose) == purpose,
            col(OneTimeLink.used_at).is_(None),
            col(OneTimeLink.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(OneTimeLink.person_id))
    )
    return used.scalar_one_or_none()


async def whose_link(
    session: AsyncSession, token: str, purpose: str, now: datetime
) -> tuple[int | None, bool]:
    """The person a link was made for, None for no such link; and whether it still opens anything.

    Asking does not use it up.
    """
    link = await session.get(OneTimeLink, hash_token(token))
    if link is None or link.purpose != purpose:
        return None, False
    return link.person_id, link.used_at is None and link.expires_at > now


async def standing_link(
    session: AsyncSession, token: str, prefix: str, now: datetime
) -> OneTimeLink | None:
    """A link that may be opened again and again, since chats look into links before people do."""
    link = await session.get(OneTimeLink, hash_token(token))
    is_good = link is not None and link.expires_at > now and link.used_at is None
    return link if link is not None and is_good and link.purpose.startswith(f"{prefix}:") else None


async def revoke(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Sign a person's browsers out, and let the links made for them open nothing."""
    contacts = select(col(Contact.id)).where(col(Contact.person_id) == person_id)
    await session.execute(
        update(BrowserSession)
        .where(
            or_(
                col(BrowserSession.contact_id).in_(contacts),
                col(BrowserSession.person_id) == person_id,
            ),
            col(BrowserSession.revoked_at).is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(OneTimeLink)
        .where(col(OneTimeLink.person_id) == person_id, col(OneTimeLink.used_at).is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def hash_token(token: str) -> str:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def sign_out_everywhere(session: AsyncSession, contact_id: int, now: datetime) -> None:
    """End every browser's session of a contact."""
    await session.execute(
        update(BrowserSession)
        .where(
            col(BrowserSession.contact_id) == contact_id, col(BrowserSession.revoked_at).is_(None)
        )
        .values(revoked_at=now)
    )

"""Received updates: the key that makes a repeat harmless, and those set aside or parked."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.rows import Row


class Fate(StrEnum):
    """What became of an update."""

    DONE = "done"
    PARKED = "parked"
    SET_ASIDE = "set_aside"


CLOCK_WENT_BACK = timedelta(minutes=1)
"""No piece waits so long: one that seems to was parked before the clock was set back."""
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
FATES = ", ".join(f"'{fate}'" for fate in Fate)


class Received(Row, table=True):
    """One update of one channel; the payload is kept only while somebody still needs it."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        CheckConstraint(f"fate in ({FATES})", name="fate"),
        Index(None, "fate", "due_at"),
        Index(None, "channel", "group_key"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    channel: str
    key: str
    fate: str = Fate.DONE
    received_at: datetime = Field(sa_type=Instant)
    address: str = ""
    group_key: str | None = None
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    ticket_id: int | None = Field(default=None, sa_type=Key)
    """The ticket an album became, so that a late piece finds it."""
    payload: dict[str, Any] | None = Field(default=None, sa_type=Document)
    error: str = ""


async def take(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """Note these updates as received; the (channel, key) pairs that are new come back."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    taken = await session.execute(_TAKE[is_sqlite], list(rows))
    return {(channel, key) for channel, key in taken}


def _take(insert: Any) -> Any:
    """The statement of `take`: into the table, so that a batch's size is no part of it."""
    table = Received.metadata.tables["inbox"]
    return insert(table).on_conflict_do_nothing().returning(table.c.channel, table.c.key)


_TAKE = {True: _take(sqlite_insert), False: _take(postgresql_insert)}


async def park(
    session: AsyncSession,
    channel: str,
    key: str,
    *,
    group_key: str,
    due_at: datetime,
    payload: dict[str, Any],
) -> None:
    """Keep a piece of an album until its group is closed; each piece renews the due time."""
    await session.execute(
        update(Received)
        .where(col(Received.channel) == channel, col(Received.key) == key)
        .values(fate=Fate.PARKED, group_key=group_key, payload=payload)
    )
    await session.execute(
        update(Received)
        .where(
            col(Received.channel) == channel,
            col(Received.group_key) == group_key,
            col(Received.fate) == Fate.PARKED,
        )
        .values(due_at=due_at)
    )


async def album_ticket(session: AsyncSession, channel: str, group_key: str) -> int | None:
    """The ticket that this album's earlier pieces became, if they did."""
    found = await session.execute(
        select(func.max(col(Received.ticket_id))).where(
            col(Received.channel) == channel,
            col(Received.group_key) == group_key,
            col(Received.fate) == Fate.DONE,
        )
    )
    return found.scalar_one()


_DUE_ALBUMS = (
    select(col(Received.channel), col(Received.group_key))
    .where(
        col(Received.fate) == Fate.PARKED,
        or_(
            col(Received.due_at) <= bindparam("now"), col(Received.due_at) > bindparam("after_now")
        ),
    )
    .distinct()
    .limit(bindparam("most"))
)
"""Built once, as every tick asks it."""


async def due_albums(session: AsyncSession, now: datetime, limit: int) -> list[tuple[str, str]]:
    """The parked albums (channel and group key) whose last piece is old enough."""
    given = {"now": now, "after_now": now + CLOCK_WENT_BACK, "most": limit}
    found = await session.execute(_DUE_ALBUMS, given)
    return [(channel, group_key) for channel, group_key in found if group_key]


async def claim_album(
    session: AsyncSession, channel: str, group_key: str, now: datetime
) -> Sequence[Received]:
    """An album's pieces in order of arrival, locked; none when it is not due any more.

    Who comes second waits for the lock and finds nothing: to skip what is locked would take the
    later pieces while the first are being locked, and make two reports of one album.
    """
    found = await session.execute(
        select(Received)
        .where(
            col(Received.channel) == channel,
            col(Received.group_key) == group_key,
            col(Received.fate) == Fate.PARKED,
        )
        .order_by(col(Received.id))
        .with_for_update()
    )
    pieces = found.scalars().all()
    return pieces if all(_is_whole(piece.due_at, now) for piece in pieces) else []


def _is_whole(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and (due_at <= now or due_at > now + CLOCK_WENT_BACK)


async def set_aside(
    session: AsyncSession, row: dict[str, Any], payload: dict[str, Any] | None, error: str
) -> None:
    """Keep an update that failed alone, so that the next is not blocked and a person can look."""
    try:
        kept = _storable(payload)
    except RecursionError:
        kept = None
    fields = {**row, "payload": kept, "error": _storable(error[:2000]), "fate": Fate.SET_ASIDE}
    session.add(Received(**fields))


def _storable(value: Any) -> Any:
    """A value without what no database stores: NUL, halves of characters, NaN."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {_storable(name): _storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value if not isinstance(value, float) or math.isfinite(value) else None


async def all_set_aside(session: AsyncSession, limit: int = 50) -> Sequence[Received]:
    """The updates that were set aside, newest first."""
    found = await session.execute(
        select(Received)
        .where(col(Received.fate) == Fate.SET_ASIDE)
        .order_by(col(Received.id).desc())
        .limit(limit)
    )
    return found.scalars().all()


async def known_keys(session: AsyncSession, channel: str, keys: Iterable[str]) -> set[str]:
    """Which of these keys have been received already."""
    found = await session.execute(
        select(col(Received.key)).where(
            col(Received.channel) == channel, col(Received.key).in_(list(keys))
        )
    )
    return set(found.scalars())


async def received_since(session: AsyncSession, channel: str, among: str, since: datetime) -> int:
    """How many updates came since an instant, of those whose key begins so."""
    found = await session.execute(
        select(func.count())
        .select_from(Received)
        .where(
            col(Received.channel) == channel,
            col(Received.key).startswith(among, autoescape=True),
            col(Received.received_at) >= since,
        )
    )
    return found.scalar_one()


async def received_by_address(
    session: AsyncSession, channel: str, since: datetime, until: datetime
) -> dict[str, int]:
    """How many updates came on a channel in a span, from each address."""
    found = await session.execute(
        select(col(Received.address), func.count())
        .where(
            col(Received.channel) == channel,
            col(Received.received_at) >= since,
            col(Received.received_at) < until,
        )
        .group_by(col(Received.address))
    )
    return {address or "": count for address, count in found}

"""What failed and waits for a person: notices nobody got, updates nobody could handle."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.inbox import Fate as InboxFate
from storage.inbox import Received
from storage.outbox import Delivery, Fate, Kind, Notice

AGAIN = "again"
"""How the group keys of single updates begin that are handled once more."""
DROPPED = "dropped"


async def dead_notices(session: AsyncSession, *, offset: int, limit: int) -> Sequence[Notice]:
    """The notices that reached nobody, newest first; a change to an old message is no loss."""
    found = await session.execute(
        select(Notice)
        .where(col(Notice.fate) == Fate.DEAD, col(Notice.kind) != Kind.EDIT)
        .order_by(col(Notice.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return found.scalars().all()


async def aside(session: AsyncSession, *, offset: int, limit: int) -> Sequence[Received]:
    """The updates that were set aside, newest first."""
    found = await session.execute(
        select(Received)
        .where(col(Received.fate) == InboxFate.SET_ASIDE)
        .order_by(col(Received.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return found.scalars().all()


async def reason_of(session: AsyncSession, notice: Notice) -> str:
    """Why a notice reached nobody: its own reason, or that of its last call."""
    if notice.error:
        return notice.error
    found = await session.execute(
        select(col(Delivery.error))
        .where(col(Delivery.notice_id) == notice.id)
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or ""


def died(notice: Notice) -> int:
    """Which of a notice's deaths this is: what a button carries, so that it counts once."""
    return int((notice.ended_at or datetime.min.replace(tzinfo=UTC)).timestamp() * 1000)


async def send_again(
    session: AsyncSession, notice_id: int, seen: int, now: datetime
) -> Notice | None:
    """Let a dead notice wait again; None when it is not that dead any more."""
    notice = await session.get(Notice, notice_id, with_for_update=True)
    if notice is None or notice.fate != Fate.DEAD or seen not in {0, died(notice)}:
        return None
    notice.fate, notice.ended_at, notice.error = Fate.PENDING, None, ""
    notice.not_before, notice.expires_at = now, None
    return notice


async def drop(session: AsyncSession, notice_id: int, seen: int) -> Notice | None:
    """Let a dead notice rest; None when it is not that dead any more."""
    notice = await session.get(Notice, notice_id, with_for_update=True)
    if notice is None or notice.fate != Fate.DEAD or seen not in {0, died(notice)}:
        return None
    notice.fate = Fate.CANCELLED
    return notice


async def handle_again(session: AsyncSession, received_id: int, now: datetime) -> bool:
    """Let an update that was set aside be handled once more, its whole album with it.

    It is parked like an album that is complete; whoever claims it first handles it, nobody twice.
    """
    row = await session.get(Received, received_id)
    if row is None or row.payload is None:
        return False
    group = row.group_key or f"{AGAIN}:{row.id}"
    moved = await session.execute(
        update(Received)
        .where(_same(row), col(Received.fate) == InboxFate.SET_ASIDE)
        .values(fate=InboxFate.PARKED, due_at=now, group_key=group)
        .returning(col(Received.id))
        .execution_options(synchronize_session=False)
    )
    return bool(moved.scalars().all())


async def forget(session: AsyncSession, received_id: int) -> bool:
    """Let an update that was set aside rest; what it held is deleted."""
    row = await session.get(Received, received_id)
    if row is None:
        return False
    moved = await session.execute(
        update(Received)
        .where(_same(row), col(Received.fate) == InboxFate.SET_ASIDE)
        .values(fate=InboxFate.DONE, payload=None, error=DROPPED)
        .returning(col(Received.id))
        .execution_options(synchronize_session=False)
    )
    return bool(moved.scalars().all())


def _same(row: Received) -> ColumnElement[bool]:
    """The update itself, or all pieces of its album."""
    if row.group_key is None:
        return col(Received.id) == row.id
    return and_(col(Received.channel) == row.channel, col(Received.group_key) == row.group_key)

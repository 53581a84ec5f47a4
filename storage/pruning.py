"""What has been kept for long enough goes: a limited number of rows at a time, the oldest first.

Tickets, their events and whoever did them are never among it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import media
from storage.inbox import Fate as InboxFate
from storage.inbox import Received
from storage.media import Media
from storage.outbox import Delivery, Fate, Notice
from storage.tickets import Status, Ticket
from storage.viewings import Viewing
from storage.webchat import Line

EXPIRED = "expired"
"""What stands as the error of a file that was kept for long enough."""
ENDED = (Fate.DELIVERED, Fate.EXPIRED, Fate.CANCELLED, Fate.UNKNOWN)
"""Not the dead: they wait for a person."""
OVER = (Status.CLOSED, Status.CANCELLED)
_EXPIRED = text("media.error = 'expired' and media.hash is not null")
"""In the words of `ix_media_expired`."""


async def older(session: AsyncSession, model: Any, at: Any, than: datetime) -> int:
    """The highest id of rows that were made before an instant; 0 where there is none.

    Ids rise with time, so it is found by halving: no index of times is kept for this alone.
    """
    low, high = 0, int((await session.execute(select(func.max(col(model.id))))).scalar() or 0)
    while low < high:
        middle = (low + high + 1) // 2
        row = select(col(model.id), at).where(col(model.id) >= middle).order_by(col(model.id))
        found = (await session.execute(row.limit(1))).one()
        if found[1] < than:
            low = int(found[0])
        else:
            high = middle - 1
    return low


async def forget_payloads(session: AsyncSession, than: datetime, limit: int) -> int:
    """Empty the contents of updates that were received before; their keys stay."""
    last = await older(session, Received, col(Received.received_at), than)
    chosen = (
        select(col(Received.id))
        .where(
            col(Received.id) <= last,
            col(Received.payload).is_not(None),
            col(Received.fate) != InboxFate.PARKED,
        )
        .order_by(col(Received.id))
        .limit(limit)
    )
    numbers = (await session.execute(chosen)).scalars().all()
    await session.execute(
        update(Received)
        .where(col(Received.id).in_(numbers))
        .values(payload=None)
        .execution_options(synchronize_session=False)
    )
    return len(numbers)


async def drop_messages(session: AsyncSession, than: datetime, limit: int) -> int:
    """Delete messages that were decided before, have ended, and belong to no open ticket."""
    last = await older(session, Notice, col(Notice.created_at), than)
    chosen = (
        select(col(Notice.id))
        .outerjoin(Ticket, col(Ticket.id) == col(Notice.ticket_id))
        .where(col(Notice.id) <= last, col(Notice.fate).in_(ENDED), _is_over(than))
        .order_by(col(Notice.id))
        .limit(limit)
    )
    numbers = (await session.execute(chosen)).scalars().all()
    for table, column in ((Delivery, col(Delivery.notice_id)), (Notice, col(Notice.id))):
        await session.execute(
            delete(table).where(column.in_(numbers)).execution_options(synchronize_session=False)
        )
    return len(numbers)


async def drop_looks(session: AsyncSession, than: datetime, limit: int) -> int:
    """Delete what the access log says of looks before an instant."""
    last = await older(session, Viewing, col(Viewing.at), than)
    chosen = select(col(Viewing.id)).where(col(Viewing.id) <= last).order_by(col(Viewing.id))
    numbers = (await session.execute(chosen.limit(limit))).scalars().all()
    gone = delete(Viewing).where(col(Viewing.id).in_(numbers))
    await session.execute(gone.execution_options(synchronize_session=False))
    return len(numbers)


async def drop_lines(
    session: AsyncSession, than: datetime, after: int, limit: int
) -> tuple[int, int]:
    """Delete old lines of some web chats: how many, and the last contact looked at (0: all were).

    `after` is the contact that was looked at last; `limit` is how many are looked at now.
    """
    following = (
        select(col(Line.contact_id))
        .where(col(Line.contact_id) > after)
        .group_by(col(Line.contact_id))
        .order_by(col(Line.contact_id))
        .limit(limit)
    )
    contacts = (await session.execute(following)).scalars().all()
    if not contacts:
        return 0, 0
    open_ones = select(col(Ticket.id)).where(col(Ticket.status).not_in(OVER))
    gone = await session.execute(
        delete(Line)
        .where(
            col(Line.contact_id).in_(contacts),
            col(Line.at) < than,
            or_(col(Line.ticket_id).is_(None), col(Line.ticket_id).not_in(open_ones)),
        )
        .returning(col(Line.number))
        .execution_options(synchronize_session=False)
    )
    return len(gone.all()), contacts[-1] if len(contacts) == limit else 0


async def old_files(session: AsyncSession, than: datetime, limit: int) -> Sequence[Media]:
    """The kept files of tickets that have been over for long enough, locked."""
    last = await older(session, Media, col(Media.created_at), than)
    found = await session.execute(
        select(Media)
        .join(Ticket, col(Ticket.id) == col(Media.ticket_id))
        .where(
            col(Media.id) <= last,
            col(Media.fate) == media.Fate.KEPT,
            col(Ticket.status).in_(OVER),
            func.coalesce(col(Ticket.closed_at), col(Ticket.opened_at)) < than,
        )
        .order_by(col(Media.id))
        .limit(limit)
        .with_for_update(of=Media)
    )
    return found.scalars().all()


async def expired_files(session: AsyncSession, limit: int) -> Sequence[Media]:
    """Files whose contents may leave the disk, locked."""
    found = await session.execute(
        select(Media).where(_EXPIRED).order_by(col(Media.id)).limit(limit).with_for_update()
    )
    return found.scalars().all()


async def is_kept(session: AsyncSession, content_hash: str) -> bool:
    """Whether another report still has this very content."""
    found = await session.execute(
        select(col(Media.id))
        .where(col(Media.hash) == content_hash, col(Media.fate) == media.Fate.KEPT)
        .limit(1)
    )
    return found.scalar() is not None


def _is_over(than: datetime) -> Any:
    """Of no ticket, or of one that has been over for long enough."""
    closed = func.coalesce(col(Ticket.closed_at), col(Ticket.opened_at))
    return or_(col(Notice.ticket_id).is_(None), col(Ticket.status).in_(OVER) & (closed < than))

"""What is asked of the calls behind a notice: who was tried, what waits, what was offered."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.inbox import Received
from storage.outbox import Delivery, Fate, Notice
from storage.people import Contact


async def waiting_behind(
    session: AsyncSession, delivery: Delivery, now: datetime
) -> Sequence[dict[str, Any]]:
    """The parts that the same contact gets right after a delivery."""
    found = await session.execute(
        select(col(Delivery.part))
        .where(
            col(Delivery.contact_id) == delivery.contact_id,
            col(Delivery.id) > delivery.id,
            col(Delivery.fate) == Fate.PENDING,
            col(Delivery.not_before) <= now,
        )
        .limit(10)
    )
    return found.scalars().all()


_TRIED = select(col(Delivery.contact_id), col(Delivery.fate)).where(
    col(Delivery.notice_id) == bindparam("notice_id")
)


async def tried(session: AsyncSession, notice_id: int) -> dict[int, set[str]]:
    """The contacts to which a notice went or was to go, and how its calls to each stand."""
    found = await session.execute(_TRIED, {"notice_id": notice_id})
    stands: dict[int, set[str]] = {}
    for contact, fate in found:
        stands.setdefault(contact, set()).add(fate)
    return stands


async def call_off(session: AsyncSession, notice_id: int, contact_id: int, now: datetime) -> None:
    """End the calls of a notice to a contact that have not been made: it is heard elsewhere."""
    await session.execute(
        update(Delivery)
        .where(
            col(Delivery.notice_id) == notice_id,
            col(Delivery.contact_id) == contact_id,
            col(Delivery.fate) == Fate.PENDING,
        )
        .values(fate=Fate.CANCELLED, ended_at=now, error="heard elsewhere")
        .execution_options(synchronize_session=False)
    )


async def presses_now(session: AsyncSession, ticket_id: int) -> list[str]:
    """What the buttons of a ticket's messages would carry, had all been changed to what is so now.

    Where messages cannot be changed, an old one still shows a button that is offered anew.
    """
    found = await session.execute(
        select(col(Notice.replace_key), col(Notice.buttons))
        .where(col(Notice.ticket_id) == ticket_id, col(Notice.replace_key).is_not(None))
        .order_by(col(Notice.id).desc())
        .limit(30)
    )
    newest: dict[str, list[list[dict[str, str]]]] = {}
    for key, buttons in found:
        newest.setdefault(key or "", buttons)
    return [button["press"] for rows in newest.values() for row in rows for button in row]


async def sent_since(session: AsyncSession, channel: str, among: str, since: datetime) -> int:
    """How many calls were made since an instant to a channel's addresses that begin so."""
    found = await session.execute(
        select(func.count())
        .select_from(Delivery)
        .join(Contact, col(Contact.id) == col(Delivery.contact_id))
        .where(
            col(Delivery.channel) == channel,
            col(Contact.address).startswith(among, autoescape=True),
            col(Delivery.fate).in_([Fate.DELIVERED, Fate.UNKNOWN]),
            col(Delivery.ended_at) >= since,
        )
    )
    return found.scalar_one()


async def sent_by_address(
    session: AsyncSession, channel: str, since: datetime, until: datetime
) -> dict[str, int]:
    """How many calls were made on a channel in a span, to each address."""
    found = await session.execute(
        select(col(Contact.address), func.count())
        .join(Delivery, col(Contact.id) == col(Delivery.contact_id))
        .where(
            col(Delivery.channel) == channel,
            col(Delivery.fate).in_([Fate.DELIVERED, Fate.UNKNOWN]),
            col(Delivery.ended_at) >= since,
            col(Delivery.ended_at) < until,
        )
        .group_by(col(Contact.address))
    )
    return {row[0]: row[1] for row in found}


async def sent_late(
    session: AsyncSession,
    channel: str,
    since: datetime,
    after: timedelta,
    until: datetime | None = None,
) -> tuple[int, int]:
    """How many calls were made on a channel since an instant, and how many of them when the
    person had not written for longer than `after`.
    """
    sent = await session.execute(
        select(col(Contact.address), col(Delivery.ended_at))
        .join(Contact, col(Contact.id) == col(Delivery.contact_id))
        .where(
            col(Delivery.channel) == channel,
            col(Delivery.fate).in_([Fate.DELIVERED, Fate.UNKNOWN]),
            col(Delivery.ended_at) >= since,
        )
    )
    heard = await session.execute(
        select(col(Received.address), col(Received.received_at))
        .where(col(Received.channel) == channel, col(Received.received_at) >= since - after)
        .order_by(col(Received.received_at))
    )
    wrote: dict[str, list[datetime]] = {}
    for address, at in heard:
        wrote.setdefault(address, []).append(at)
    ends = [(address, end) for address, end in sent if end and (until is None or end < until)]
    late = sum(_is_late(wrote.get(address, []), end, after) for address, end in ends)
    return len(ends), late


def _is_late(wrote: Sequence[datetime], end: datetime, after: timedelta) -> bool:
    before = bisect_right(wrote, end)
    return before == 0 or end - wrote[before - 1] > after


async def newest_buttons(session: AsyncSession, contact_id: int) -> list[list[dict[str, str]]]:
    """The buttons of the very last message to a contact, [] where it has none."""
    found = await session.execute(
        select(col(Notice.buttons))
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(
            col(Delivery.contact_id) == contact_id,
            col(Delivery.fate) == Fate.DELIVERED,
            col(Delivery.edits).is_(None),
        )
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or []

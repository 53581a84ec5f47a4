"""Calls that a process has begun and not settled, and what becomes of them when it is gone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.outbox import Delivery, Fate, Notice, under_way


async def begun(session: AsyncSession) -> list[int]:
    """The deliveries that somebody is sending, or was when they died."""
    found = await session.execute(
        select(col(Delivery.id)).where(under_way(), col(Delivery.fate) == Fate.SENDING)
    )
    return [number for number in found.scalars() if number is not None]


async def let_go(session: AsyncSession, deliveries: Collection[int]) -> None:
    """Let these be claimed again at once; only where nobody is sending them any more."""
    await session.execute(
        update(Delivery)
        .where(col(Delivery.id).in_(deliveries), col(Delivery.fate) == Fate.SENDING)
        .values(lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def let_go_but(session: AsyncSession, ours: Collection[int]) -> None:
    """Let everything be claimed again that is not under way here; only for the one who sends."""
    await session.execute(
        update(Delivery)
        .where(under_way(), col(Delivery.fate) == Fate.SENDING, col(Delivery.id).not_in(ours))
        .values(lease_until=None)
        .execution_options(synchronize_session=False)
    )


async def pull_back(session: AsyncSession, now: datetime, before: datetime) -> None:
    """Undo for what waits that the clock was set back from `before` to `now` (UTC).

    What was due is due; a call that rests after a refusal rests as long as it would have. A notice
    with a later hour keeps it: that hour is meant.
    """
    await session.execute(
        update(Notice)
        .where(
            col(Notice.fate) == Fate.PENDING,
            col(Notice.not_before) > now,
            col(Notice.not_before) <= before,
        )
        .values(not_before=now)
        .execution_options(synchronize_session=False)
    )
    resting = await session.execute(
        select(Delivery)
        .where(under_way(), col(Delivery.fate) == Fate.PENDING, col(Delivery.not_before) > now)
        .with_for_update()
    )
    for delivery in resting.scalars():
        delivery.not_before = max(now, delivery.not_before - (before - now))
    await session.flush()

"""When anything last happened: so much longer ago than usual, the program stood still."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.inbox import Received
from storage.outbox import Delivery


async def last_sign(session: AsyncSession) -> datetime | None:
    """When something was last received or sent (UTC); None where nothing ever was."""
    received = await session.execute(
        select(col(Received.received_at)).order_by(col(Received.id).desc()).limit(1)
    )
    sent = await session.execute(
        select(col(Delivery.ended_at), col(Delivery.not_before))
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    found = [received.scalar_one_or_none(), *(sent.one_or_none() or ())]
    return max((at for at in found if at is not None), default=None)


async def heard_last(session: AsyncSession, channel: str) -> datetime | None:
    """When anything last came on a channel (UTC); None where nothing ever did."""
    found = await session.execute(
        select(col(Received.received_at))
        .where(col(Received.channel) == channel)
        .order_by(col(Received.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()

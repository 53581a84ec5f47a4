"""What leaders said on tickets: events of the kind "opinion", the newest of each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tickets import TicketEvent

KIND = "opinion"


async def newest(session: AsyncSession, ticket_ids: Sequence[int]) -> dict[int, datetime]:
    """When the last opinion on each of some tickets was given (UTC); absent where none was."""
    rows = await session.execute(
        select(col(TicketEvent.ticket_id), func.max(col(TicketEvent.at)))
        .where(col(TicketEvent.ticket_id).in_(ticket_ids), col(TicketEvent.kind) == KIND)
        .group_by(col(TicketEvent.ticket_id))
    )
    return {row[0]: row[1] for row in rows}


async def given(session: AsyncSession, ticket_id: int, key: str) -> TicketEvent | None:
    """One opinion on a ticket by the key that its draft bore, None while it was not sent."""
    rows = await session.execute(
        select(TicketEvent)
        .where(col(TicketEvent.ticket_id) == ticket_id, col(TicketEvent.kind) == KIND)
        .order_by(col(TicketEvent.id).desc())
    )
    return next((row for row in rows.scalars() if row.inputs.get("key") == key), None)

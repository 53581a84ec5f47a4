"""Addresses of other programs that hear what happens to the tickets of a key's unit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.outbox import Delivery, Fate, Notice
from storage.rows import Row
from storage.tickets import Ticket, TicketEvent

CHANNEL = "webhook"
"""The channel of the contacts by which the outbox knows these addresses."""


class Webhook(Row, table=True):
    """One address; what signs its calls is worked out from THAOGO_SECRET_KEY and kept nowhere."""

    __tablename__ = "webhooks"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    token_id: int = Field(foreign_key="api_tokens.id", sa_type=Key, index=True)
    """The key whose rights decide what is told."""
    url: str
    contact_id: int = Field(foreign_key="contacts.id", sa_type=Key)
    made_at: datetime = Field(sa_type=Instant)
    made_by: int | None = Field(default=None, sa_type=Key)
    stopped_at: datetime | None = Field(default=None, sa_type=Instant)


async def listed(session: AsyncSession) -> Sequence[Webhook]:
    """Every address that is still told, the newest first."""
    wanted = select(Webhook).where(col(Webhook.stopped_at).is_(None))
    return (await session.execute(wanted.order_by(col(Webhook.id).desc()))).scalars().all()


async def of_token(session: AsyncSession, token_id: int) -> Sequence[Webhook]:
    """The addresses of a key that are still told."""
    found = await session.execute(
        select(Webhook).where(col(Webhook.token_id) == token_id, col(Webhook.stopped_at).is_(None))
    )
    return found.scalars().all()


async def news_after(
    session: AsyncSession, event: int, limit: int
) -> Sequence[tuple[TicketEvent, Ticket]]:
    """What has been noted since a fact, oldest first, each with its ticket."""
    found = await session.execute(
        select(TicketEvent, Ticket)
        .join(Ticket, col(Ticket.id) == col(TicketEvent.ticket_id))
        .where(col(TicketEvent.id) > event)
        .order_by(col(TicketEvent.id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in found]


async def call_off(session: AsyncSession, contact_id: int, now: datetime) -> None:
    """Let nothing more go to an address, not even what waits already."""
    for table in (Notice, Delivery):
        await session.execute(
            update(table)
            .where(
                col(table.contact_id) == contact_id,
                col(table.fate).in_([Fate.PENDING, Fate.SENDING]),
            )
            .values(fate=Fate.CANCELLED, ended_at=now)
            .execution_options(synchronize_session=False)
        )

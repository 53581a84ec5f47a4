"""The tickets of one reporter that are still to be asked about once more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.rounds import Round
from storage.tickets import Ticket

PROMPT = "prompt"
"""The round that asks once more; its subject is the ticket's id."""


async def waiting(
    session: AsyncSession, reporter_id: int, since: datetime
) -> Sequence[tuple[Round, Ticket]]:
    """The prompts of the tickets that a reporter has opened since an instant, the newest first.

    Locked, but for those that another process has in hand.
    """
    found = await session.execute(
        select(Ticket)
        .where(col(Ticket.reporter_id) == reporter_id, col(Ticket.opened_at) > since)
        .order_by(col(Ticket.id).desc())
    )
    opened = {str(ticket.id): ticket for ticket in found.scalars()}
    rows = await session.execute(
        select(Round)
        .where(col(Round.name) == PROMPT, col(Round.subject).in_(opened))
        .with_for_update(skip_locked=True)
    )
    rounds = {row.subject: row for row in rows.scalars()}
    return [(rounds[subject], ticket) for subject, ticket in opened.items() if subject in rounds]


async def drop(session: AsyncSession, ticket_id: int) -> None:
    """Ask no more about a ticket."""
    await session.execute(
        delete(Round).where(col(Round.name) == PROMPT, col(Round.subject) == str(ticket_id))
    )


async def has_second(session: AsyncSession, ticket: Ticket) -> int | None:
    """The ticket that was opened for the second matter of another, if one was."""
    found = await session.execute(
        select(col(Ticket.id))
        .where(col(Ticket.reporter_id) == ticket.reporter_id, col(Ticket.linked_id) == ticket.id)
        .limit(1)
    )
    return found.scalar_one_or_none()

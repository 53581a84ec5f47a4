"""One run that claims what is due, acts on it, and leaves the rest for the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import tickets
from storage.people import Role
from storage.tickets import Ticket
from tickets import notices
from tickets.acts import clock
from tickets.agenda import plan_touched
from tickets.moment import Moment, Rules

BATCH = 50
"""Tickets taken in one transaction."""


AGAIN = timedelta(minutes=30)
"""When a step that failed is tried once more."""


async def sweep(
    session: AsyncSession, now: datetime, rules: Rules, *, only: int | None = None
) -> int:
    """Take one batch of due tickets, or one of them, through their step; how many there were.

    Runs inside the caller's transaction: claim, act, event and notices commit together.
    """
    moment = Moment(session, now, rules)
    claimed = await tickets.claim_due(session, now, BATCH, only=only)
    for ticket_id in claimed:
        ticket = await session.get(Ticket, ticket_id, with_for_update=True)
        if ticket is not None and ticket.next_step:
            await clock.act(moment, ticket, ticket.next_step)
    plan_touched(moment)
    return len(claimed)


async def due(session: AsyncSession, now: datetime) -> Sequence[int]:
    """The tickets of the next batch."""
    return await tickets.due(session, now, BATCH)


async def put_off(session: AsyncSession, now: datetime, rules: Rules, ticket_id: int) -> None:
    """Let a ticket whose step fails hold no other up; the administrators hear of it."""
    moment = Moment(session, now, rules)
    await tickets.put_off(session, ticket_id, now + AGAIN)
    ticket = await session.get(Ticket, ticket_id)
    if ticket is not None:
        told = notices.texts(moment).step_failed_told(ticket.code)
        await notices.tell_role(moment, Role.ADMIN, told)

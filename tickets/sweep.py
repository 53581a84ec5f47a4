"""One run that claims what is due, acts on it, and leaves the rest for the next."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import tickets
from storage.tickets import Ticket
from tickets.acts import clock
from tickets.moment import Moment, Rules

BATCH = 50
"""Tickets taken in one transaction."""


async def sweep(session: AsyncSession, now: datetime, rules: Rules) -> int:
    """Take one batch of due tickets through their step; how many there were.

    Runs inside the caller's transaction: claim, act, event and notices commit together.
    """
    moment = Moment(session, now, rules)
    claimed = await tickets.claim_due(session, now, BATCH)
    for ticket_id in claimed:
        ticket = await session.get(Ticket, ticket_id, with_for_update=True)
        if ticket is not None and ticket.next_step:
            await clock.act(moment, ticket, ticket.next_step)
    return len(claimed)

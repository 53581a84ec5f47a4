"""One run that claims what is due, acts on it, and leaves the rest for the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from storage import rounds, tasks, tickets
from storage.people import Role
from storage.rounds import Round
from storage.tickets import Ticket
from tickets import notices
from tickets.acts import clock, coordinating
from tickets.agenda import plan_touched
from tickets.moment import Moment, Rules
from tickets.rounds import come_round

BATCH = 50
"""Tickets, tasks and rounds taken in one transaction, of each."""
AGAIN = timedelta(minutes=30)
"""When a step that failed is tried once more."""


class Due(NamedTuple):
    """A step that is due: a ticket's own, the reminder of one of its tasks, or a round."""

    ticket: int = 0
    task: int | None = None
    round: int | None = None


async def sweep(
    session: AsyncSession,
    now: datetime,
    rules: Rules,
    *,
    only: Due | None = None,
    address: str = "",
) -> int:
    """Take one batch of what is due, or one step of it; how many steps there were.

    Runs inside the caller's transaction: claim, act, event and notices commit together. `address`
    is where phones reach the pages.
    """
    moment = Moment(session, now, rules, address=address)
    done = 0
    if only is None or (only.ticket and only.task is None):
        done += await _sweep_tickets(moment, only)
    if only is None or only.task is not None:
        done += await _sweep_tasks(moment, only)
    if only is None or only.round is not None:
        done += await come_round(moment, BATCH, only=only.round if only else None)
    plan_touched(moment)
    return done


async def _sweep_tickets(moment: Moment, only: Due | None) -> int:
    ticket_id = only.ticket if only else None
    claimed = await tickets.claim_due(moment.session, moment.now, BATCH, only=ticket_id)
    for ticket_id in claimed:
        ticket = await moment.session.get(Ticket, ticket_id, with_for_update=True)
        if ticket is not None and ticket.next_step:
            await clock.act(moment, ticket, ticket.next_step)
    return len(claimed)


async def _sweep_tasks(moment: Moment, only: Due | None) -> int:
    """Claim each task under its ticket's lock: a press takes the same one first."""
    found = await tasks.due(moment.session, moment.now, BATCH)
    wanted = [(ticket, task) for task, ticket in found if only in {None, Due(ticket, task)}]
    for ticket_id, task_id in sorted(wanted):
        ticket = await tickets.by_id(moment.session, ticket_id, lock=True)
        task = await tasks.by_id(moment.session, task_id)
        if ticket is None or task is None or task.next_due_at is None:
            continue
        if task.next_due_at <= moment.now:
            task.next_due_at = None
            await coordinating.remind(moment, ticket, task)
    return len(wanted)


async def due(session: AsyncSession, now: datetime) -> Sequence[Due]:
    """What the next batch would take."""
    waiting = [Due(ticket_id) for ticket_id in await tickets.due(session, now, BATCH)]
    found = await tasks.due(session, now, BATCH)
    waiting += (Due(ticket_id, task_id) for task_id, ticket_id in found)
    return waiting + [Due(round=number) for number in await rounds.due(session, now, BATCH)]


async def put_off(session: AsyncSession, now: datetime, rules: Rules, failed: Due) -> None:
    """Let what fails hold no other up; the administrators hear of it."""
    moment = Moment(session, now, rules)
    say = notices.texts(moment)
    if failed.round is not None:
        await rounds.put_off(session, failed.round, now + AGAIN)
        row = await session.get(Round, failed.round)
        await notices.tell_role(moment, Role.ADMIN, say.round_failed_told(row.name if row else ""))
        return
    if failed.task is None:
        await tickets.put_off(session, failed.ticket, now + AGAIN)
    else:
        await tasks.put_off(session, failed.task, now + AGAIN)
    ticket = await session.get(Ticket, failed.ticket)
    if ticket is not None:
        await notices.tell_role(moment, Role.ADMIN, say.step_failed_told(ticket.code))

"""What a department owes a ticket next, and by when: pure, from the ticket's row alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from storage.tickets import Status, Ticket

What = Literal["acknowledge", "answer", "update", "result", "promise"]
UPDATE_EVERY = timedelta(hours=2)
"""In an emergency the commune hears at least so often, until the danger is over."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, the UTC instant by which, and since when it is the next thing."""

    what: What
    by: datetime
    since: datetime | None = field(default=None, compare=False)


def owed(ticket: Ticket) -> Owed | None:
    """What the lead owes now; None while the ticket has ended, waits, or no desk has it yet.

    A promise stands in place of the result's deadline. Waiting for the commune pauses answer and
    result, never an emergency.
    """
    is_emergency = ticket.urgency == "emergency"
    match Status(ticket.status):
        case Status.NEW:
            carded = ticket.carded_at
            return _by("acknowledge", ticket.acknowledge_by, carded) if carded else None
        case Status.WAITING if not is_emergency:
            return None
        case Status.ACKNOWLEDGED | Status.IN_PROGRESS | Status.WAITING:
            return _at_work(ticket, is_emergency=is_emergency)
        case Status.PLANNED:
            return _by("promise", ticket.promised_at)
        case _:
            return None


def _at_work(ticket: Ticket, *, is_emergency: bool) -> Owed | None:
    if ticket.answered_at is None:
        return _by("answer", ticket.answer_by, ticket.acknowledged_at)
    if ticket.promised_at is not None:
        return Owed("promise", ticket.promised_at)
    if is_emergency and ticket.told_at is not None:
        return Owed("update", ticket.told_at + UPDATE_EVERY)
    return _by("result", ticket.result_by, ticket.answered_at)


def _by(what: What, by: datetime | None, since: datetime | None = None) -> Owed | None:
    return Owed(what, by, since) if by is not None else None

"""What a department owes a ticket next, and by when: pure, from the ticket's row alone."""

from dataclasses import dataclass, field, replace
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
    due = _owed(ticket)
    kept = ticket.owed
    if due is None or (kept.get("what"), kept.get("by")) != (due.what, due.by.isoformat()):
        return due
    return replace(due, since=datetime.fromisoformat(kept["since"]))


def note(ticket: Ticket, now: datetime) -> Owed | None:
    """Keep on the row what is owed since `now`, unless that was owed before; give it back."""
    due = owed(ticket)
    if due is None:
        ticket.owed = {}
    elif due.since is None:
        due = replace(due, since=now)
        ticket.owed = {"what": due.what, "by": due.by.isoformat(), "since": now.isoformat()}
    return due


def _owed(ticket: Ticket) -> Owed | None:
    is_emergency = ticket.urgency == "emergency"
    match Status(ticket.status):
        case Status.NEW:
            return _by("acknowledge", ticket.acknowledge_by) if ticket.carded_at else None
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
        return _by("answer", ticket.answer_by)
    if ticket.promised_at is not None:
        return Owed("promise", ticket.promised_at)
    if is_emergency and ticket.told_at is not None:
        return Owed("update", ticket.told_at + UPDATE_EVERY)
    return _by("result", ticket.result_by)


def _by(what: What, by: datetime | None) -> Owed | None:
    return Owed(what, by) if by is not None else None

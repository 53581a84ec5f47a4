"""Which status may follow which, and the only place that assigns one."""

from datetime import datetime

from storage.tickets import Outcome, Status, Ticket

ALIVE = frozenset(
    {
        Status.NEW,
        Status.ACKNOWLEDGED,
        Status.IN_PROGRESS,
        Status.WAITING,
        Status.PLANNED,
        Status.AWAITING_GUIDANCE,
    }
)
"""The statuses in which somebody still has to do something."""

MOVES: dict[str, tuple[frozenset[Status], Status]] = {
    "acknowledge": (frozenset({Status.NEW}), Status.ACKNOWLEDGED),
    "resolve": (ALIVE, Status.RESOLVED),
    "confirm": (frozenset({Status.RESOLVED}), Status.CLOSED),
    "reopen": (frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED}), Status.NEW),
    "cancel": (ALIVE, Status.CANCELLED),
}
"""Each move: the statuses it may start from, and the one it ends in."""


class Stale(Exception):
    """The ticket has moved on since the button was shown; the answer is its present state."""


def may(ticket: Ticket, move: str, *, seen: int = 0) -> bool:
    """Whether a move is possible now; `seen` is the version on the button, 0 for typed words."""
    starts, _ = MOVES[move]
    return Status(ticket.status) in starts and seen in {0, ticket.version}


def make(ticket: Ticket, move: str, *, now: datetime, seen: int = 0) -> None:
    """Make a move, or raise Stale; the row must be locked by the caller.

    The version rises with every move, so that each older button is recognised.
    """
    if not may(ticket, move, seen=seen):
        raise Stale
    _, end = MOVES[move]
    ticket.status = end
    ticket.version += 1
    match move:
        case "acknowledge":
            ticket.acknowledged_at = now
        case "resolve":
            ticket.resolved_at = now
        case "confirm":
            ticket.closed_at, ticket.outcome = now, Outcome.CONFIRMED
        case "cancel":
            ticket.closed_at = now
        case "reopen":
            ticket.reopened += 1
            ticket.acknowledged_at = ticket.resolved_at = ticket.closed_at = ticket.outcome = None


def changed(ticket: Ticket) -> None:
    """Note a change that makes older buttons stale without a new status: lead or urgency."""
    ticket.version += 1

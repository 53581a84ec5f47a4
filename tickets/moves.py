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

OPENED = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS})
ENDED = frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED})

MOVES: dict[str, tuple[frozenset[Status], Status]] = {
    "acknowledge": (frozenset({Status.NEW}), Status.ACKNOWLEDGED),
    "update": (OPENED, Status.IN_PROGRESS),
    "promise": (OPENED, Status.IN_PROGRESS),
    "ask": (OPENED | {Status.WAITING}, Status.WAITING),
    "answer": (frozenset({Status.WAITING}), Status.IN_PROGRESS),
    "plan": (ALIVE, Status.PLANNED),
    "await_guidance": (ALIVE, Status.AWAITING_GUIDANCE),
    "reroute": (ALIVE, Status.NEW),
    "alarm": (ALIVE, Status.NEW),
    "resolve": (ALIVE, Status.RESOLVED),
    "confirm": (frozenset({Status.RESOLVED}), Status.CLOSED),
    "expire": (frozenset({Status.RESOLVED}), Status.CLOSED),
    "end_outside": (frozenset({Status.AWAITING_GUIDANCE}), Status.CLOSED),
    "merge": (ALIVE, Status.CLOSED),
    "unmerge": (frozenset({Status.CLOSED}), Status.NEW),
    "settle": (frozenset({Status.CLOSED}), Status.CLOSED),
    "reopen": (ENDED, Status.NEW),
    "cancel": (ALIVE, Status.CANCELLED),
}
"""Each move: the statuses it may start from, and the one it ends in."""

OUTCOMES = {
    "confirm": Outcome.CONFIRMED,
    "expire": Outcome.UNCONFIRMED,
    "end_outside": Outcome.OUT_OF_COMPETENCE,
    "merge": Outcome.MERGED,
    "settle": Outcome.CONFIRMED,
}
"""How a ticket has ended after the moves that close it."""
ANSWERS = frozenset({"update", "promise", "ask", "plan", "await_guidance", "resolve"})
"""Moves by which the department says something of substance."""
STAMPED = {
    "acknowledge": ("acknowledged_at",),
    "resolve": ("resolved_at",),
    "cancel": ("closed_at",),
    **dict.fromkeys(OUTCOMES, ("closed_at",)),
}
"""The instants that a move sets."""
_ANEW = ("acknowledged_at", "answered_at", "promised_at", "resolved_at", "closed_at", "merged_id")
CLEARED = {
    "reroute": ("acknowledged_at", "answered_at", "promised_at", "assignee_id"),
    "alarm": ("acknowledged_at", "answered_at", "promised_at"),
    "reopen": _ANEW,
    "unmerge": _ANEW,
}
"""What a move wipes out; an owner stays through a reopening, not through a reroute."""


class Stale(Exception):
    """The ticket has moved on since the button was shown; the answer is its present state."""


def may(ticket: Ticket, move: str, *, seen: int = 0) -> bool:
    """Whether a move is possible now; `seen` is the version on the button, 0 for typed words.

    What was merged is not reopened but taken out again, or confirmed by itself (`settle`) when
    the shared ticket that carries it is done; and the other way round.
    """
    starts, _ = MOVES[move]
    is_merged = ticket.outcome == Outcome.MERGED
    if move in {"reopen", "unmerge", "settle"} and is_merged == (move == "reopen"):
        return False
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
    ticket.outcome = OUTCOMES.get(move)
    ticket.reopened += move == "reopen"
    for column in STAMPED.get(move, ()):
        setattr(ticket, column, now)
    for column in CLEARED.get(move, ()):
        setattr(ticket, column, None)
    if move in ANSWERS:
        ticket.acknowledged_at = ticket.acknowledged_at or now
        ticket.answered_at = ticket.answered_at or now
        ticket.pressed_at = None
    ticket.waiting_since = (ticket.waiting_since or now) if end is Status.WAITING else None
    if move == "ask":
        ticket.asked_again_at = None
    if end in ENDED or move in {"reroute", "alarm"}:
        ticket.proposal = {}


def changed(ticket: Ticket) -> None:
    """Note a change that makes older buttons stale without a new status: lead, lower urgency."""
    ticket.version += 1

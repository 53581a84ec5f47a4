"""What of a ticket's history everybody may read who sees the ticket, and what stays inside."""

from collections.abc import Sequence

from storage.tickets import TicketEvent

INTERNAL = frozenset({"noted", "proposed", "sent_back", "category_questioned", "task_answered"})
"""What a commune, whoever only helps and other programs do not read."""

UNSEEN = frozenset({"rated"})
"""What nobody reads of one ticket: a rating and its word are shown as aggregates alone."""


def inside(events: Sequence[TicketEvent]) -> list[TicketEvent]:
    """The facts that are for whoever leads the ticket or sees all."""
    return [event for event in events if event.kind not in UNSEEN]


def public(events: Sequence[TicketEvent]) -> list[TicketEvent]:
    """The facts that are for everybody."""
    return [event for event in events if event.kind not in INTERNAL | UNSEEN]

"""What was done to a ticket by rule, told in plain words with inputs and basis."""

from collections.abc import Sequence
from typing import Any

from storage import policies, tickets
from storage.tickets import Ticket, TicketEvent
from tickets.moment import Moment
from tickets.texts import Texts

AUTOMATIC = frozenset({"clock", "triage"})
PAGE = 20
"""Entries of one message."""


def by_rule(events: Sequence[TicketEvent]) -> list[TicketEvent]:
    """The events that a rule made or that a person made by one; never what people wrote."""
    return [event for event in events if event.actor in AUTOMATIC or event.rule]


async def explain(moment: Moment, ticket: Ticket, say: Texts) -> list[str]:
    """The messages that explain a ticket; of a restricted one the details are marked as words."""
    assert ticket.id is not None
    history = await tickets.events_of(moment.session, ticket.id)
    ruled = by_rule(history)
    entries = [
        say.why_entry(n, event, _stood(history, event), moment.now)
        for n, event in enumerate(ruled, 1)
    ]
    pack = await policies.version(moment.session, ticket.pack_version)
    foot = say.why_stands(
        moment.rules.pack.name,
        ticket.pack_version,
        pack.applied_at.astimezone(moment.rules.zone).date() if pack else None,
        moment.rules.pack.policies.issued_by,
    )
    pages = [entries[n : n + PAGE] for n in range(0, len(entries), PAGE)] or [[]]
    last = len(pages) - 1
    return [say.why_page(ticket, page, foot if n == last else "") for n, page in enumerate(pages)]


def _stood(history: Sequence[TicketEvent], event: TicketEvent) -> dict[str, Any]:
    """The ticket's columns as they stood after an event."""
    columns: dict[str, Any] = {}
    for earlier in history:
        columns |= earlier.inputs.get("set", {})
        if earlier is event:
            break
    return columns

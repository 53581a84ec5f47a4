"""A ticket's history played again: every change of its row stands in an event, or this says not."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from storage.engine import Database
from storage.tickets import NOT_REPLAYED, Ticket, TicketEvent, snapshot

AUTOMATIC = frozenset({"clock", "triage"})


async def check_histories(database: Database) -> None:
    """Assert that each ticket is what its events make of it, and each automatic act explained."""
    async with database.reading() as session:
        tickets = list((await session.execute(select(Ticket))).scalars())
        rows = await session.execute(select(TicketEvent).order_by(col(TicketEvent.id)))
        events = list(rows.scalars())
    for ticket in tickets:
        own = [event for event in events if event.ticket_id == ticket.id]
        if any(not event.inputs for event in own if event.kind == "opened"):
            continue  # its inputs were purged: what people wrote may be deleted, the facts stay
        wrong = differences(ticket, own)
        assert not wrong, f"{ticket.code} is not what its events say: {wrong}"
    unexplained = {e.kind for e in events if e.actor in AUTOMATIC and not e.rule}
    assert not unexplained, f"automatic acts without a rule: {unexplained}"


def differences(ticket: Ticket, events: list[TicketEvent]) -> dict[str, tuple[Any, Any]]:
    """Where a row is not what its events make of it: {column: (of the events, of the row)}."""
    replayed = replay(events)
    row = {name: _plain(value) for name, value in snapshot(ticket).items()}
    return {
        name: (replayed.get(name), value)
        for name, value in row.items()
        if replayed.get(name) != value
    }


def replay(events: list[TicketEvent]) -> dict[str, Any]:
    """The columns that a ticket's events lead to."""
    columns: dict[str, Any] = {}
    for event in events:
        columns |= event.inputs.get("set", {})
    return {name: _plain(value) for name, value in columns.items() if name not in NOT_REPLAYED}


def _plain(value: Any) -> Any:
    """An instant in one spelling, whatever database it went through."""
    if isinstance(value, str) and value[:2] == "20":
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            return value
    return value

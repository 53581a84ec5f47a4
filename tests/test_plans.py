"""What is asked again and again is answered by an index, however much has been kept by then."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.life.driving import DUE
from storage import (
    calls,
    decisions,
    ended,
    gauges,
    held,
    inbox,
    leases,
    media,
    outages,
    outbox,
    pruning,
    rounds,
    shortfalls,
    tallies,
    tasks,
    tickets,
    unheard,
)
from storage.engine import Database
from storage.outbox import Kind, Notice
from storage.queues import Remote, Scope, Wanted
from tickets import usage

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REMINDER = Notice(id=1, kind=Kind.REMINDER, desk="so_xay_dung", text="", created_at=NOW)
DESK = Scope(leads=frozenset({"so_xay_dung"}))
GONE = Wanted(statuses=("closed",))
SOUGHT = Wanted(statuses=("closed",), words=("cau", "tran"))
ASKED: dict[str, Callable[[AsyncSession], Awaitable[Any]]] = {
    "news that is held": lambda s: held.held_for(s, [1, 2]),
    "news that is free now": lambda s: held.let_go(s, 1, NOW),
    "notices that may go": lambda s: outbox.waiting_notices(s, NOW, 20),
    "calls that may go": lambda s: outbox.waiting_deliveries(s, NOW, 20, held=[1], resting=["x"]),
    "other reminders": lambda s: outbox.other_reminders(s, REMINDER, NOW),
    "messages to change": lambda s: outbox.is_unsettled(s, "card:1"),
    "what a channel holds back": lambda s: outbox.rest(s, "telegram", NOW),
    "what was begun": leases.begun,
    "what a dead sender left": lambda s: leases.let_go_but(s, [1]),
    "a clock set back": lambda s: leases.pull_back(s, NOW, NOW + timedelta(hours=1)),
    "a month's use": lambda s: calls.sent_by_address(s, "zalo_bot", NOW, NOW),
    "files to fetch": lambda s: media.waiting(s, NOW, 20),
    "albums": lambda s: inbox.due_albums(s, NOW, 20),
    "tickets that are due": lambda s: tickets.claim_due(s, NOW, 20),
    "tasks that are due": lambda s: tasks.due(s, NOW, 20),
    "rounds that are due": lambda s: rounds.due(s, NOW, 20),
    "when a made-up life goes on": lambda s: s.execute(DUE, {"after": NOW}),
    "what the auditor looks for": lambda s: shortfalls.shortfalls(s, NOW),
    "a ticket by its last digits": lambda s: tickets.called(s, "123"),
    "how desks stand": lambda s: tallies.of_desks(s, NOW, NOW),
    "how the province stands": lambda s: tallies.overall(s, NOW, NOW),
    "who is late": lambda s: tallies.overdue_by_lead(s, NOW),
    "what presses": lambda s: tallies.pressing(s, NOW),
    "what climbs": lambda s: tallies.climbing(s, NOW),
    "what whoever watches looks for": lambda s: gauges.gauges(s, NOW),
    "files that have expired": lambda s: pruning.expired_files(s, 20),
    "what nobody heard of a desk": lambda s: unheard.of_leads(s, ["so_y_te"], since=NOW, most=20),
    "what nobody heard": lambda s: unheard.count(s, NOW),
    "who objects": lambda s: outages.objectors(s, 1),
    "a month's use of the account": lambda s: usage.count(s, NOW, NOW),
    "what a commune disputes": decisions.disputes,
    "what waits for a decision": lambda s: decisions.waiting(s, "van_phong", also=[1, 2]),
    "a desk's ended tickets": lambda s: ended.queue(s, DESK, GONE, NOW, Remote(), 0, 30),
    "ended tickets with words": lambda s: ended.queue(s, DESK, SOUGHT, NOW, Remote(), 0, 30),
    "broken promises": lambda s: tallies.broken_promises(s, NOW),
}


@pytest.mark.parametrize("what", ASKED)
async def test_nothing_is_walked(what: str, make_database: Callable[[str], str]) -> None:
    database = Database(make_database("sqlite"))
    asked: list[tuple[str, Any]] = []

    def remember(_conn: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        asked.append((statement, given))

    event.listen(database.writer.sync_engine, "before_cursor_execute", remember)
    async with database.transaction() as session:
        await ASKED[what](session)
    event.remove(database.writer.sync_engine, "before_cursor_execute", remember)
    await database.close()
    with closing(sqlite3.connect(str(database.url.database))) as plain:
        explained = [plain.execute(f"EXPLAIN QUERY PLAN {sql}", given) for sql, given in asked]
        plans = [row[3] for rows in explained for row in rows]
    assert [line for line in plans if walks(line)] == []


def walks(line: str) -> bool:
    """Whether a step of a plan goes through a whole table that grows; small ones may be."""
    words = line.split()
    if words[0] == "SEARCH" and len(words) == 2:
        return True  # min() of a column without an index: all rows are read
    if words[0] != "SCAN" or words[1].startswith(("counters", "CONSTANT", "(subquery-")):
        return False
    return PARTIAL.isdisjoint(words)


PARTIAL = {
    "ix_deliveries_under_way",
    "ix_media_pending",
    "ix_tickets_open",
    "ix_tickets_forgotten",
    "ix_notices_dead",
    "ix_media_expired",
    "ix_contacts_resting",
}
"""Indexes of what is not ended: they may be walked, as they stay small."""

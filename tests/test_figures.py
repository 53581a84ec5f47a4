"""What is counted for the leadership, on both databases, and by which indexes."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import figures, queues
from storage.carriers import Carrier
from storage.engine import Database
from storage.people import Contact, Person
from storage.tickets import Ticket, TicketEvent
from tests.site import rules
from tickets.moment import Moment
from web.console.boards import Boards

NOW = datetime.fromisoformat("2026-11-23T02:00:00+00:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    async with opened.transaction() as session:
        session.add(Person(id=1, name="Lan", joined_at=NOW))
        await session.flush()
        session.add(Contact(id=1, channel="web", address="a", person_id=1))
    yield opened
    await opened.close()


async def tickets(database: Database, *rows: dict[str, object]) -> list[int]:
    made = []
    async with database.transaction() as session:
        for n, row in enumerate(rows, 1):
            fields: dict[str, object] = {
                "code": f"NA-26-{n:06}", "lead": "a", "commune": "x", "category": "c",
                "reporter_id": 1, "contact_id": 1, "opened_at": NOW - 10 * DAY,
                "carded_at": NOW - 10 * DAY,
            }  # fmt: skip
            ticket = Ticket(**{**fields, **row})
            session.add(ticket)
            await session.flush()
            made.append(ticket.id or 0)
    return made


async def test_open_tickets_are_counted_once(database: Database) -> None:
    await tickets(
        database,
        {"acknowledge_by": NOW - HOUR},
        {"urgency": "emergency", "acknowledge_by": NOW + HOUR},
        {"commune": "y", "category": "d", "status": "in_progress", "answered_at": NOW},
        {"status": "closed"},
        {"status": "cancelled"},
    )
    async with database.reading() as session:
        rows = {row.commune: row for row in await figures.standings(session, NOW)}
        matters = await figures.matters(session, NOW)
        late = await figures.late(session, NOW)
    assert (rows["x"].open, rows["x"].late, rows["x"].emergencies) == (2, 1, 1)
    assert (rows["x"].new, rows["x"].unanswered) == (2, 2)
    assert (rows["y"].open, rows["y"].late, rows["y"].unanswered) == (1, 0, 0)
    assert matters == {"c": (2, 1), "d": (1, 0)}
    assert [ticket.code for ticket in late] == ["NA-26-000001"]


async def test_departments_are_counted_for_what_was_theirs(database: Database) -> None:
    card = NOW - 10 * DAY
    in_time = {"answered_at": card + 2 * HOUR, "answer_by": card + 3 * HOUR}
    late = {"answered_at": card + 9 * HOUR, "answer_by": card + 3 * HOUR}
    ended = {"status": "closed", "resolved_at": card + DAY, "result_by": card + 2 * DAY}
    ids = await tickets(
        database,
        {**in_time, **ended, "rating": 5},
        {**late, **ended, "rating": 2, "reopened": 1},
        {"answer_by": NOW - HOUR, "result_by": NOW + DAY},
        {"answer_by": NOW + HOUR},
        {"status": "cancelled"},
        {"status": "closed", "outcome": "merged", "rating": 4},
        {"opened_at": NOW - 400 * DAY, **late},
        # Rerouted from a to b: the clock is that of b, and nothing of it counts for a.
        {"lead": "b", "former": ["a"], "carded_at": NOW - DAY, "answered_at": NOW - 23 * HOUR,
         "answer_by": NOW},
    )  # fmt: skip
    async with database.transaction() as session:
        session.add(
            TicketEvent(ticket_id=ids[0], at=NOW - DAY, kind="promise_broken", actor="clock")
        )
        session.add(TicketEvent(ticket_id=ids[0], at=NOW, kind="noted", actor="clock"))
        for commune, rating in (("c1", 2), ("c2", None), ("c3", 5)):
            session.add(
                Carrier(
                    ticket_id=ids[0], commune=commune, state="carries", asked_at=NOW, rating=rating
                )
            )
    since = NOW - 90 * DAY
    async with database.reading() as session:
        rows = {row.lead: row for row in await figures.works(session, since, NOW + DAY, NOW)}
        waits = await figures.waits(session, since, NOW + DAY)
        broken = await figures.broken(session, since, NOW + DAY)
    a = rows["a"]
    assert (a.volume, a.due, a.in_time) == (4, 3, 1)
    assert (a.result_due, a.result_in_time, a.solved, a.reopened) == (2, 2, 2, 1)
    assert (a.rated, a.stars) == (2 + 1 + 2, 7 + 4 + 7)  # own, of one carried, of two that carry
    assert (rows["b"].volume, rows["b"].due, rows["b"].in_time) == (1, 1, 1)
    medians = {unit: figures.median(steps) for unit, steps in waits.items()}
    assert medians == {"a": 2 * 3600, "b": 3600}
    assert broken == {"a": 1}


async def test_weeks_count_what_came_and_what_was_solved(database: Database) -> None:
    start = NOW - 21 * DAY
    await tickets(
        database,
        {"opened_at": start},
        {"opened_at": start + 6.9 * DAY, "resolved_at": start + 8 * DAY},
        {"opened_at": start - HOUR, "resolved_at": start + 20 * DAY},
        {"opened_at": start + 21 * DAY},
    )
    async with database.reading() as session:
        assert await figures.weeks(session, start, 3) == [(2, 0), (0, 1), (0, 1)]


async def test_a_past_week_is_seldom_counted_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each ticket of a period is counted once; minutes later only the two newest weeks are."""
    await tickets(database, *({"opened_at": NOW - n * DAY, "lead": "a"} for n in range(0, 91, 9)))
    counted: list[datetime] = []
    works = figures.works

    async def noted(session: Any, since: datetime, until: datetime, now: datetime) -> list[Any]:
        counted.append(since)
        return await works(session, since, until, now)

    monkeypatch.setattr(figures, "works", noted)
    boards, seen = Boards(), []
    for later in (timedelta(), timedelta(minutes=4), timedelta(minutes=6), 2 * HOUR, 13 * HOUR):
        async with database.reading() as session:
            board = await boards.of(Moment(session, NOW + later, rules()), 90)
        assert [score.volume for score in board.scores] == [11], later
        seen.append(len(counted))
        counted.clear()
    assert seen == [14, 0, 2, 6, 14]


ALIKE = Ticket(
    lead="a", category="c", code="x", commune="x", reporter_id=1, contact_id=1, opened_at=NOW
)
PLANS: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "ix_tickets_solved (lead=? AND category=?)": lambda s: queues.solved_alike(s, ALIKE),
    "USING INDEX ix_tickets_open": lambda session: figures.late(session, NOW),
    "ix_tickets_open": lambda session: figures.standings(session, NOW),
    "ix_tickets_opened_at": lambda session: figures.works(session, NOW - DAY, NOW, NOW),
    "INDEX ix_tickets_opened_at": lambda session: figures.waits(session, NOW - DAY, NOW),
    "ix_ticket_events_promise_broken": lambda session: figures.broken(session, NOW - DAY, NOW),
    "ix_tickets_resolved_at": lambda session: figures.weeks(session, NOW - DAY, 1),
}


@pytest.mark.parametrize("index", PLANS)
async def test_sqlite_answers_by_the_index(index: str, make_database: Callable[[str], str]) -> None:
    database = Database(make_database("sqlite"))
    asked: list[tuple[str, Any]] = []

    def remember(_conn: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        asked.append((statement, given))

    event.listen(database.reader.sync_engine, "before_cursor_execute", remember)
    async with database.reading() as session:
        await PLANS[index](session)
    await database.close()
    with closing(sqlite3.connect(str(database.url.database))) as plain:
        explained = [plain.execute(f"EXPLAIN QUERY PLAN {sql}", given) for sql, given in asked]
        plans = [str(row) for rows in explained for row in rows]
    assert any(index in line for line in plans), plans

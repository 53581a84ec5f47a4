"""A made-up province lives through the real program: its books are in order, faults are found."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import BUNDLED_PACK
from bot.life.expected import Outages, Watch
from bot.life.faults import FAULTS
from bot.life.hours import Hours
from bot.simulating import Asked, lived
from storage.tickets import TicketEvent
from tests.conftest import Run
from tests.test_calendar import OFFICE
from tests.world import BUNDLED
from tickets.deadlines import after

MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
HOURS = Hours(BUNDLED.calendar, date(2026, 1, 1), date(2029, 12, 31))


async def a_life(
    folder: Path, fault: str = "", *, days: int = 4, communes: int = 14
) -> dict[str, Any]:
    return await lived(BUNDLED_PACK, Asked(days, communes, 7, fault), folder)


async def test_a_few_days_of_a_few_communes(tmp_path: Path) -> None:
    found = await a_life(tmp_path)
    assert found["violations"] == []
    assert found["tickets"] >= 5
    assert found["reminders"] > 3
    assert found["escalations"] > 3
    assert found["closed"] >= 1


SLOW = {"skip-step", "late-step"}
"""Faults that dev.py prove looks for; one in the suite shows that the ledger bites."""


@pytest.mark.parametrize(
    "fault",
    [pytest.param(f, marks=[pytest.mark.prove] if f in SLOW else []) for f in FAULTS],
)
async def test_a_deliberate_fault_is_found(tmp_path: Path, fault: str) -> None:
    short = {} if fault in SLOW else {"days": 2, "communes": 6}
    found = await a_life(tmp_path, fault, **short)
    words = {"skip-step": "skipped", "double-notice": "said twice", "late-step": "missing"}
    assert any(words[fault] in line for line in found["violations"])


@pytest.mark.prove
def test_a_month_of_the_whole_province(run: Run) -> None:
    status, out, _ = run("simulate", "--days", "30", "--communes", "130", "--json")
    found = json.loads(out)
    assert found["violations"] == []
    assert status == 0
    asked = {"days", "reports", "tickets", "notices", "reminders", "escalations", "closed", "open"}
    assert asked | {"violations", "seconds"} <= set(found)


def test_what_cannot_be_lived_is_refused(run: Run) -> None:
    status, _, complaint = run("simulate", "--days", "0")
    assert (status, "--days" in complaint) == (2, True)


@given(
    st.integers(0, 60 * 24 * 1000).map(lambda n: datetime(2026, 1, 5, tzinfo=UTC) + n * MINUTE),
    st.sampled_from(("0 minutes", "5 minutes", "2 hours", "10 hours", "1 days", "15 days")),
    st.booleans(),
)
def test_the_ledger_reads_the_calendar_as_the_program_does(
    since: datetime, period: str, wall: bool
) -> None:
    by_program = after(period, since, "wall" if wall else "office", OFFICE)
    assert HOURS.after(period, since, wall=wall) == by_program


MINUTE = timedelta(minutes=1)


class History:
    """A ticket's events, written by hand."""

    def __init__(self) -> None:
        self.events: list[TicketEvent] = []
        columns = {
            "status": "new",
            "urgency": "normal",
            "lead": "so_tai_chinh",
            "carded_at": MONDAY.isoformat(),
            "acknowledge_by": after("1 days", MONDAY, "office", OFFICE).isoformat(),
            "answer_by": after("5 days", MONDAY, "office", OFFICE).isoformat(),
            "result_by": after("15 days", MONDAY, "office", OFFICE).isoformat(),
        }
        self.adds("opened", MONDAY, set=columns)

    def adds(self, kind: str, at: datetime, **inputs: Any) -> None:
        self.events.append(TicketEvent(ticket_id=1, at=at, kind=kind, actor="clock", inputs=inputs))

    def told(self, at: datetime, step: int, of: str = "acknowledge") -> None:
        kind = "reminded" if step == 1 else "escalated"
        self.adds(kind, at, step=step, post="x", of=of)

    def faults(self, until: datetime) -> list[str]:
        watch = Watch(BUNDLED, HOURS, Outages())
        return [what for what, _, _ in watch.read(self.events, until)]


TUESDAY_END = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
WEDNESDAY_END, THURSDAY_END = TUESDAY_END + timedelta(days=1), TUESDAY_END + timedelta(days=2)


def _right(history: History) -> None:
    history.told(TUESDAY_END, 1)
    history.told(WEDNESDAY_END, 1)
    history.told(THURSDAY_END, 1)
    history.told(THURSDAY_END, 2)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda events: events, None),
        (lambda events: [*events[:1], *events[2:]], "step missing"),
        (lambda events: events[:-1], "step missing"),
        (lambda events: [*events, events[-1]], "step skipped or told twice"),
        (lambda events: [*events[:-1], moved(events[-1], 20)], "step late"),
        (lambda events: [events[0], moved(events[1], -20), *events[2:]], "step too early"),
    ],
)
def test_each_kind_of_fault_has_its_name(
    change: Callable[[list[TicketEvent]], list[TicketEvent]], fault: str | None
) -> None:
    history = History()
    _right(history)
    history.events = change(history.events)
    found = history.faults(THURSDAY_END + timedelta(hours=1))
    assert (fault in found) if fault else not found


def moved(event: TicketEvent, minutes: int) -> TicketEvent:
    at = event.at + timedelta(minutes=minutes)
    return TicketEvent(ticket_id=1, at=at, kind=event.kind, actor="clock", inputs=event.inputs)


def test_what_an_outage_held_up_is_not_late() -> None:
    history = History()
    history.told(TUESDAY_END + timedelta(hours=3), 1)
    until = TUESDAY_END + timedelta(hours=4)
    assert "step late" in history.faults(until)
    watch = replace(
        Watch(BUNDLED, HOURS, Outages(((TUESDAY_END - MINUTE, TUESDAY_END + timedelta(hours=3)),)))
    )
    assert watch.read(history.events, until) == []

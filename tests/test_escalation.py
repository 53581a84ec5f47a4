"""Ladders under random outages: no step is skipped or told twice, and none comes early."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from province.pack import Step
from tests.world import BUNDLED
from tickets.calendar import OfficeCalendar
from tickets.escalation import Ladder, begin, read
from tickets.owed import Owed

CALENDAR = OfficeCalendar(BUNDLED.calendar)
START = datetime(2026, 1, 1, tzinfo=UTC)
BY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CHAINS = [(chain.name, chain.urgency) for chain in BUNDLED.policies.chains]


def ladder(chain: str = "departments", urgency: str = "normal", by: datetime = BY) -> Ladder:
    return begin(BUNDLED.policies, 1, chain, urgency, Owed("acknowledge", by))  # type: ignore[arg-type]  names of the pack


def test_an_emergency_calls_desk_head_and_duty_office_at_once() -> None:
    found = ladder(urgency="emergency")
    assert [found.steps[i].post for i in found.due(BY, CALENDAR)] == [
        "assignee", "head", "ban_chi_huy_ptds",
    ]  # fmt: skip
    told = found.after_telling(found.due(BY, CALENDAR), BY)
    assert told.due(BY + timedelta(minutes=4), CALENDAR) == []
    again = told.due(BY + timedelta(minutes=5), CALENDAR)
    assert [told.steps[i].post for i in again] == ["assignee"]
    later = told.due(BY + timedelta(minutes=10), CALENDAR)
    assert [told.steps[i].post for i in later] == ["assignee", "van_phong_ubnd"]


def test_something_else_that_is_owed_begins_at_the_first_step() -> None:
    told = ladder().after_telling([0, 1], BY)
    assert told.aimed_at(Owed("acknowledge", BY)).done == 2
    assert told.aimed_at(Owed("answer", BY)).done == 0


def test_what_was_overdue_before_it_was_owed_begins_one_pace_later() -> None:
    late = Owed("result", BY, since=BY + timedelta(days=6))  # Monday 30 November, 17:00
    found = replace(ladder(), owed=late)
    first = found.next_due(CALENDAR)
    assert first == BY + timedelta(days=7)  # the desk's pace is a working day
    assert found.due(BY + timedelta(days=6), CALENDAR) == []
    assert found.step_due(1, CALENDAR) > found.step_due(0, CALENDAR)


def test_once_all_have_heard_the_desk_hears_daily_and_in_an_emergency_hourly() -> None:
    told = replace(ladder(urgency="urgent"), told=(BY,) * 5)
    assert told.next_due(CALENDAR) == BY + timedelta(days=1)
    told = replace(ladder(urgency="emergency"), told=(BY,) * 6)
    assert told.next_due(CALENDAR) == BY + timedelta(hours=1)


def test_it_is_kept_as_it_was() -> None:
    told = ladder().after_telling([0], BY)
    assert read(told.as_json()) == told


@pytest.mark.parametrize(("chain", "urgency"), CHAINS)
def test_every_chain_of_the_pack_ends(chain: str, urgency: str) -> None:
    found, now = ladder(chain, urgency), BY
    for _ in range(400):
        due = found.next_due(CALENDAR)
        if due is None or found.done == len(found.steps):
            break
        now = max(now, due)
        found = found.after_telling(found.due(now, CALENDAR), now)
    assert found.done == len(found.steps)


@given(
    st.sampled_from(CHAINS),
    st.integers(0, 60 * 24 * 1095).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.lists(st.integers(1, 60 * 24 * 12), min_size=1, max_size=30),
)
def test_whenever_somebody_looks_no_step_is_skipped_doubled_or_early(
    chain: tuple[str, str], by: datetime, waits: list[int]
) -> None:
    found, now, heard = ladder(*chain, by=by), by - timedelta(days=1), []
    for wait in waits:
        now += timedelta(minutes=wait)
        due = found.due(now, CALENDAR)
        assert len(set(due)) == len(due)
        for index in due:
            assert found.step_due(index, CALENDAR) <= now
            if index >= found.done:
                heard.append(index)
        found = found.after_telling(due, now)
        nxt = found.next_due(CALENDAR)
        assert nxt is None or nxt > now
    assert heard == list(range(len(heard)))
    missing = found.steps[found.done :]
    assert all(found.step_due(found.done + i, CALENDAR) > now for i, _ in enumerate(missing))


def test_steps_never_overtake_each_other() -> None:
    steps = tuple(Step(post="head", after=after, asks="x") for after in ("2 days", "4 hours"))
    found = Ladder(1, "normal", "office", steps, Owed("result", BY))
    assert found.step_due(1, CALENDAR) == found.step_due(0, CALENDAR)

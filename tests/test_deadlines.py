"""Each urgency has its three promises, in office time or by the wall clock."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import province
from province.load import load_pack
from tickets.calendar import OfficeCalendar
from tickets.deadlines import Deadlines, after, deadlines

PACK = load_pack(Path(province.__file__).parent / "nghe_an")
OFFICE = OfficeCalendar(PACK.calendar)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text):
    """Return a local time such as "2026-11-22 22:40" as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


def local(instant):
    assert instant.tzinfo is UTC
    return f"{instant.astimezone(HANOI):%Y-%m-%d %H:%M}"


class TestDeadlines:
    @pytest.mark.parametrize(
        ("urgency", "acknowledge", "answer", "result"),
        [
            ("emergency", "2026-11-22 22:45", "2026-11-22 23:40", "2026-11-23 22:40"),
            ("urgent", "2026-11-23 09:30", "2026-11-23 17:00", "2026-11-30 17:00"),
            ("normal", "2026-11-23 17:00", "2026-11-30 17:00", "2026-12-14 17:00"),
            ("low", "2026-11-25 17:00", "2026-12-07 17:00", "2027-01-05 17:00"),
        ],
    )
    def test_of_a_sunday_night(self, urgency, acknowledge, answer, result):
        due = deadlines(urgency, at("2026-11-22 22:40"), PACK.policies, OFFICE)
        assert due == Deadlines(at(acknowledge), at(answer), at(result))

    @pytest.mark.parametrize(
        ("count", "end"),
        [(1, "2026-11-23"), (2, "2026-11-25"), (5, "2026-11-30"), (15, "2026-12-14")],
    )
    def test_working_days_after_sunday_22_november(self, count, end):
        for hour in ("00:00", "09:00", "23:59"):
            due = OFFICE.end_of_working_day(at(f"2026-11-22 {hour}"), count)
            assert local(due) == f"{end} 17:00"

    def test_the_day_of_receipt_does_not_count(self):
        for hour in ("06:00", "09:00", "23:59"):
            due = OFFICE.end_of_working_day(at(f"2026-11-25 {hour}"), 1)
            assert local(due) == "2026-11-26 17:00"

    @pytest.mark.parametrize(
        ("period", "clock", "due"),
        [
            ("10 minutes", "wall", "2026-11-20 16:55"),
            ("2 hours", "wall", "2026-11-20 18:45"),
            ("1 days", "wall", "2026-11-21 16:45"),
            ("10 minutes", "office", "2026-11-20 16:55"),
            ("20 minutes", "office", "2026-11-23 07:35"),
            ("2 hours", "office", "2026-11-23 09:15"),
            ("2 days", "office", "2026-11-25 17:00"),
            ("0 days", "office", "2026-11-20 16:45"),
            ("0 minutes", "wall", "2026-11-20 16:45"),
        ],
    )
    def test_periods(self, period, clock, due):
        assert local(after(period, at("2026-11-20 16:45"), clock, OFFICE)) == due

    def test_every_delay_of_the_ladder_can_be_reckoned(self):
        since = at("2026-11-20 16:45")
        for chain in PACK.policies.chains:
            clock = PACK.policies.deadlines[chain.urgency].clock
            due = [after(step.after, since, clock, OFFICE) for step in chain.steps]
            assert due == sorted(due)
            assert due[0] == since
            assert all(
                after(step.repeat, since, clock, OFFICE) > since
                for step in chain.steps
                if step.repeat
            )

    @given(
        st.integers(0, 10 * 365 * 1440), st.sampled_from(["emergency", "urgent", "normal", "low"])
    )
    @settings(deadline=None)
    def test_promises_come_in_order_and_after_the_report(self, minute, urgency):
        opened_at = at("2025-01-01 00:00") + timedelta(minutes=minute)
        due = deadlines(urgency, opened_at, PACK.policies, OFFICE)
        assert opened_at < due.acknowledge <= due.answer <= due.result


class TestCost:
    def test_the_library_of_holidays_is_not_imported_before_it_is_needed(self):
        code = "import sys, tickets.deadlines; sys.exit('holidays' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

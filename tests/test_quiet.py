"""Quiet hours, and the two times of a day at which reminders go out."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.world import ZONE, rules
from tickets import quiet


def at(local: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{local}").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("23 20:59", None),
        ("23 21:00", "24 06:30"),
        ("23 23:59", "24 06:30"),
        ("24 00:00", "24 06:30"),
        ("24 06:29", "24 06:30"),
        ("24 06:30", None),
    ],
)
def test_the_night_ends_at_half_past_six(now: str, ends: str | None) -> None:
    assert quiet.ends(at(now), ZONE) == (at(ends) if ends else None)


@pytest.mark.parametrize(
    ("instant", "by_day"),
    [("23 12:00", "23 12:00"), ("23 22:00", "23 20:59"), ("24 03:00", "23 20:59")],
)
def test_the_last_minute_before_a_night(instant: str, by_day: str) -> None:
    assert quiet.by_day(at(instant), ZONE) == at(by_day)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("23 07:00", "23 07:31"),
        ("23 07:30", "23 07:31"),
        ("23 07:31", "23 07:31"),
        ("23 08:00", "23 13:31"),
        ("23 17:30", "25 07:31"),
    ],
)
def test_reminders_go_out_a_minute_after_offices_open(now: str, told: str) -> None:
    assert quiet.next_round(at(now), rules().calendar) == at(told)


def test_what_the_clock_does_a_little_late_still_belongs_to_the_opening() -> None:
    late = at("23 07:30") + timedelta(seconds=20)
    assert quiet.next_round(late, rules().calendar) == at("23 07:31")

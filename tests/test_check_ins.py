"""When communes are asked: from an instant to the next ordinary time, or before a window closes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from province.pack import CheckIn
from storage.people import Contact
from tests.world import ZONE, rules
from tickets.check_ins import closing, weekly


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("after", "asked"),
    [
        ("2026-11-30T09:00", "2026-12-04T14:00"),
        ("2026-12-04T13:59", "2026-12-04T14:00"),
        ("2026-12-04T14:00", "2026-12-11T14:00"),
        ("2026-12-28T09:00", "2026-12-31T14:00"),  # 1 January
        ("2026-12-31T14:00", "2027-01-08T14:00"),
        ("2026-04-29T20:00", "2026-05-08T14:00"),  # 30 April and 1 May are a Thursday, Friday
    ],
)
def test_the_next_friday(after: str, asked: str) -> None:
    assert weekly(at(after), CheckIn(), rules().calendar) == at(asked)


def test_every_week_of_ten_years_has_at_most_one_on_a_working_day() -> None:
    calendar, now, days = rules().calendar, at("2026-01-01T00:00"), []
    while now < at("2036-01-01T00:00"):
        now = weekly(now, CheckIn(), calendar)
        days.append(calendar.local_date(now))
    assert all(calendar.is_working_day(day) for day in days)
    assert len({day.isocalendar()[:2] for day in days}) == len(days)
    assert len(days) > 500
    assert max(later - day for day, later in pairwise(days)) <= timedelta(days=21)


def test_only_a_window_that_closes_hastens() -> None:
    now = at("2026-12-04T14:00")

    def contact(channel: str, days_ago: float) -> Contact:
        heard = now - timedelta(days=days_ago)
        return Contact(channel=channel, address="1", heard_at=heard)

    theirs = {
        1: [contact("zalo_oa", 5)],
        2: [contact("zalo_oa", 5), contact("web", 90)],
        3: [contact("zalo_oa", 8)],
        4: [contact("telegram", 1)],
        5: [contact("zalo_oa", 5), contact("web", 6)],
        6: [contact("zalo_oa", 4), contact("telegram", 90)],
    }
    assert closing(theirs, None, now) == [now + timedelta(days=1)] * 2  # the first and the second
    assert closing(theirs, now - timedelta(days=4), now) == []

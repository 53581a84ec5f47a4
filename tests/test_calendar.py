"""Offices are open when the province says so, checked against a clock that counts every minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import province
from province.load import load_pack
from province.pack import DayOverride
from tickets.calendar import OfficeCalendar

PACK = load_pack(Path(province.__file__).parent / "nghe_an")
OFFICE = OfficeCalendar(PACK.calendar)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE = timedelta(minutes=1)


def at(text):
    """Return a local time such as "2026-11-22 22:40" as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


def local(instant):
    assert instant.tzinfo is UTC
    return f"{instant.astimezone(HANOI):%Y-%m-%d %H:%M}"


class Slow:
    """The reference: it knows one minute at a time, and only the words of the province's notice."""

    vietnam = holidays.country_holidays("VN", years=range(2024, 2037))

    @classmethod
    @cache
    def works(cls, day):
        if day == date(2026, 8, 22):
            return True
        return cls.vietnam.is_working_day(day)

    @classmethod
    @cache
    def hours(cls, day):
        summer = date(day.year, 4, 16) <= day <= date(day.year, 10, 15)
        morning = (time(7), time(11, 30)) if summer else (time(7, 30), time(12))
        return [morning, (time(13, 30), time(17))] if cls.works(day) else []

    @classmethod
    def is_open(cls, instant):
        moment = (instant + timedelta(hours=7)).replace(tzinfo=None)
        return any(opens <= moment.time() < ends for opens, ends in cls.hours(moment.date()))

    @classmethod
    def add_minutes(cls, instant, minutes):
        while minutes:
            minutes -= cls.is_open(instant)
            instant += MINUTE
        return instant

    @classmethod
    def minutes_between(cls, first, last):
        count = 0
        while first < last:
            count += cls.is_open(first)
            first += MINUTE
        return count

    @classmethod
    def end_of_working_day(cls, instant, count):
        day = (instant + timedelta(hours=7)).date()
        while count:
            day += timedelta(days=1)
            count -= cls.works(day)
        return datetime.combine(day, time(10), UTC)


EDGES = [
    *[date(year, month, day) for year in range(2025, 2035) for month, day in ((4, 15), (10, 15))],
    *[day for day, name in Slow.vietnam.items() if 2025 <= day.year <= 2034 and "New Year" in name],
    *[day for day, name in Slow.vietnam.items() if 2025 <= day.year <= 2034 and "substit" in name],
    *(date(2026, 8, 21), date(2026, 8, 22), date(2025, 4, 25), date(2025, 4, 26)),
    *(date(2026, 11, 23), date(2029, 11, 23), date(2026, 12, 31), date(2034, 12, 29)),
]
days = st.one_of(
    st.dates(date(2025, 1, 1), date(2034, 12, 31)),
    st.builds(lambda day, n: day + timedelta(days=n), st.sampled_from(EDGES), st.integers(-2, 2)),
)
minutes_of_day = st.one_of(
    st.integers(0, 1439),
    st.sampled_from([h * 60 + m for h in (7, 11, 12, 13, 17) for m in (0, 29, 30, 31, 59)]),
)
instants = st.builds(
    lambda day, minute: datetime.combine(day, time(), HANOI).astimezone(UTC) + minute * MINUTE,
    days,
    minutes_of_day,
)


class TestAgainstTheSlowClock:
    @given(instants, st.integers(1, 1600))
    @settings(max_examples=60, deadline=None)
    def test_office_minutes(self, since, minutes):
        due = OFFICE.add_office_minutes(since, minutes)
        assert due == Slow.add_minutes(since, minutes)
        assert OFFICE.office_minutes_between(since, due) == minutes

    @given(instants, st.integers(0, 12 * 1440))
    @settings(max_examples=40, deadline=None)
    def test_minutes_between(self, first, length):
        last = first + length * MINUTE
        assert OFFICE.office_minutes_between(first, last) == Slow.minutes_between(first, last)
        assert OFFICE.office_minutes_between(last, first) == 0

    @given(instants, st.integers(1, 40))
    @settings(max_examples=300, deadline=None)
    def test_working_days(self, since, count):
        assert OFFICE.end_of_working_day(since, count) == Slow.end_of_working_day(since, count)

    @given(instants)
    @settings(max_examples=300, deadline=None)
    def test_open_or_closed(self, instant):
        assert OFFICE.is_office_time(instant) == Slow.is_open(instant)
        opening = OFFICE.next_office_opening(instant)
        assert opening == instant or not OFFICE.is_office_time(instant)
        assert OFFICE.is_office_time(opening)
        assert not OFFICE.office_minutes_between(instant, opening)

    def test_every_day_of_ten_years(self):
        day = date(2025, 1, 1)
        while day < date(2035, 1, 1):
            assert OFFICE.is_working_day(day) == Slow.works(day), day
            day += timedelta(days=1)


class TestProperties:
    @given(instants, st.integers(0, 5000), st.integers(0, 5000))
    @settings(deadline=None)
    def test_two_periods_follow_each_other(self, since, first, second):
        both = OFFICE.add_office_minutes(since, first + second)
        assert OFFICE.add_office_minutes(OFFICE.add_office_minutes(since, first), second) == both

    @given(instants, st.integers(0, 3000), st.integers(1, 5000))
    @settings(deadline=None)
    def test_who_reports_later_is_never_due_earlier(self, since, later, minutes):
        due = OFFICE.add_office_minutes(since, minutes)
        assert OFFICE.add_office_minutes(since + later * MINUTE, minutes) >= due
        assert OFFICE.end_of_working_day(since + later * MINUTE, 3) >= OFFICE.end_of_working_day(
            since, 3
        )


class TestTheYear:
    @pytest.mark.parametrize(
        ("day", "working"),
        [
            ("2026-02-13", True),  # the Friday before Tết
            *[(f"2026-02-{day}", False) for day in range(14, 23)],
            ("2026-02-23", True),
            *[(f"2027-02-{day:02}", False) for day in range(4, 11)],
            ("2027-02-11", True),
            ("2026-04-27", False),  # Hùng Kings' day fell on a Sunday
            ("2026-08-22", True),  # a Saturday worked for 31 August
            ("2026-08-29", False),
            ("2026-08-31", False),
            ("2025-04-26", True),  # swapped with 2 May, known to the library alone
            ("2025-05-02", False),
            ("2026-11-24", False),
            ("2025-11-24", True),  # the holiday began in 2026
        ],
    )
    def test_days(self, day, working):
        assert OFFICE.is_working_day(date.fromisoformat(day)) is working

    @pytest.mark.parametrize(
        ("day", "hours"),
        [
            ("2026-04-15", ["07:30", "12:00", "13:30", "17:00"]),
            ("2026-04-16", ["07:00", "11:30", "13:30", "17:00"]),
            ("2026-10-15", ["07:00", "11:30", "13:30", "17:00"]),
            ("2026-10-16", ["07:30", "12:00", "13:30", "17:00"]),
            ("2026-01-05", ["07:30", "12:00", "13:30", "17:00"]),
            ("2026-08-22", ["07:00", "11:30", "13:30", "17:00"]),
            ("2026-08-23", []),
        ],
    )
    def test_seasons(self, day, hours):
        windows = OFFICE.windows(date.fromisoformat(day))
        assert [local(moment)[11:] for window in windows for moment in window] == hours

    def test_the_culture_day_can_be_switched_off_with_its_day_in_lieu(self):
        office = OfficeCalendar(PACK.calendar.model_copy(update={"culture_day": False}))
        assert office.is_working_day(date(2026, 11, 24))
        assert office.is_working_day(date(2029, 11, 26))
        assert not OFFICE.is_working_day(date(2029, 11, 26))

    def test_the_province_overrides_the_library_and_an_agency_the_province(self):
        off = DayOverride(day=date(2026, 12, 1), working=False, why="mất điện")
        worked = DayOverride(day=date(2026, 11, 24), working=True, why="trực")
        province_days = PACK.calendar.model_copy(update={"overrides": (worked, off)})
        office = OfficeCalendar(province_days)
        assert office.is_working_day(date(2026, 11, 24))
        assert not office.is_working_day(date(2026, 12, 1))
        own = OfficeCalendar(province_days, [off.model_copy(update={"working": True})])
        assert own.is_working_day(date(2026, 12, 1))


class TestOfficeMinutes:
    @pytest.mark.parametrize(
        ("since", "minutes", "due"),
        [
            ("2026-11-20 16:30", 120, "2026-11-23 09:00"),  # Friday evening to Monday
            ("2026-11-23 08:00", 120, "2026-11-23 10:00"),
            ("2026-11-23 11:00", 60, "2026-11-23 12:00"),  # ends with the morning
            ("2026-11-23 11:00", 61, "2026-11-23 13:31"),  # over lunch
            ("2026-11-23 12:30", 1, "2026-11-23 13:31"),
            ("2026-11-23 05:00", 30, "2026-11-23 08:00"),
            ("2026-11-23 16:59", 2, "2026-11-25 07:31"),  # over the holiday of 24 November
            ("2026-10-15 16:30", 60, "2026-10-16 08:00"),  # summer hours to winter hours
            ("2026-02-13 16:30", 60, "2026-02-23 08:00"),  # over Tết
            ("2026-08-21 16:30", 60, "2026-08-22 07:30"),  # into the working Saturday
            ("2026-11-22 22:40", 0, "2026-11-22 22:40"),
        ],
    )
    def test_examples(self, since, minutes, due):
        assert local(OFFICE.add_office_minutes(at(since), minutes)) == due

    def test_seconds_are_kept(self):
        since = at("2026-11-20 16:59") + timedelta(seconds=20, microseconds=5)
        due = OFFICE.add_office_minutes(since, 1)
        assert due == at("2026-11-23 07:30") + timedelta(seconds=20, microseconds=5)

    @pytest.mark.parametrize(
        ("instant", "opening"),
        [
            ("2026-11-22 22:40", "2026-11-23 07:30"),
            ("2026-11-23 07:29", "2026-11-23 07:30"),
            ("2026-11-23 07:30", "2026-11-23 07:30"),
            ("2026-11-23 09:12", "2026-11-23 09:12"),
            ("2026-11-23 12:00", "2026-11-23 13:30"),
            ("2026-11-23 17:00", "2026-11-25 07:30"),
            ("2026-02-13 17:00", "2026-02-23 07:30"),
        ],
    )
    def test_next_opening(self, instant, opening):
        assert local(OFFICE.next_office_opening(at(instant))) == opening

    def test_the_date_is_the_provinces(self):
        assert OFFICE.local_date(datetime(2026, 11, 22, 17, tzinfo=UTC)) == date(2026, 11, 23)

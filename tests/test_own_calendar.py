"""An agency's own days and hours, checked against the same clock that counts every minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from province.pack import DayOverride
from tests.test_calendar import HANOI, MINUTE, PACK, Slow, minutes_of_day
from tickets.calendar import OfficeCalendar

OWN = (
    DayOverride(day=date(2026, 2, 17), working=True, why="trực Tết"),
    DayOverride(day=date(2026, 8, 22), working=False, why="nghỉ"),
    DayOverride(day=date(2026, 11, 24), working=True, why="trực"),
    DayOverride(day=date(2026, 11, 28), working=True, why="làm thứ Bảy"),
    DayOverride(day=date(2026, 12, 1), working=False, why="ngày hội của ngành"),
)
STORM = DayOverride(day=date(2026, 12, 2), working=False, why="nghỉ tránh bão")
WITH_STORM = PACK.calendar.model_copy(
    update={"overrides": (*PACK.calendar.overrides, STORM, OWN[4])}
)
OWN_HOURS = ((time(8), time(11)), (time(12, 30), time(16)))
AGENCY = OfficeCalendar(WITH_STORM, OWN, OWN_HOURS)


class OwnSlow(Slow):
    """The same for an agency with days and hours of its own, in a province with a day off."""

    @classmethod
    @cache
    def works(cls, day):
        own = {override.day: override.working for override in (STORM, *OWN)}
        return own[day] if day in own else Slow.works(day)

    @classmethod
    @cache
    def hours(cls, day):
        return list(OWN_HOURS) if cls.works(day) else []

    @classmethod
    def end_of_working_day(cls, instant, count):
        return super().end_of_working_day(instant, count) - timedelta(hours=1)


near_own_days = st.builds(
    lambda day, n, minute: (
        datetime.combine(day + timedelta(days=n), time(), HANOI).astimezone(UTC) + minute * MINUTE
    ),
    st.sampled_from([override.day for override in (STORM, *OWN)]),
    st.integers(-4, 1),
    minutes_of_day,
)


class TestAnAgencysOwnDaysAgainstTheSlowClock:
    @given(near_own_days, st.integers(1, 1200))
    @settings(max_examples=60, deadline=None)
    def test_office_minutes(self, since, minutes):
        due = AGENCY.add_office_minutes(since, minutes)
        assert due == OwnSlow.add_minutes(since, minutes)
        assert AGENCY.office_minutes_between(since, due) == minutes

    @given(near_own_days, st.integers(1, 20))
    @settings(max_examples=200, deadline=None)
    def test_working_days(self, since, count):
        due = AGENCY.end_of_working_day(since, count)
        assert due == OwnSlow.end_of_working_day(since, count)

    def test_a_storm_day_off_closes_every_office_without_days_of_its_own(self):
        storm_day = STORM.day
        assert not OfficeCalendar(WITH_STORM).is_working_day(storm_day)
        assert not AGENCY.is_working_day(storm_day)
        working = OfficeCalendar(WITH_STORM, [STORM.model_copy(update={"working": True})])
        assert working.is_working_day(storm_day)

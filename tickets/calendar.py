"""When the province's offices are open: working days, office minutes, next opening."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from province.pack import Calendar, DayOverride

Window = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_CULTURE_DAY = "Vietnam Cultural Day"
_FRIDAY = 4


class OfficeCalendar:
    """Office time of one province; an agency's `own_days` and `own_hours` win over all others.

    Every instant that goes in or comes out is an aware UTC datetime; dates are local ones.
    """

    def __init__(
        self,
        calendar: Calendar,
        own_days: Iterable[DayOverride] = (),
        own_hours: tuple[tuple[time, time], ...] = (),
    ) -> None:
        self.timezone = ZoneInfo(calendar.timezone)
        self._seasons = sorted((season.start, season.hours) for season in calendar.seasons)
        self._culture_day = calendar.culture_day
        self._overrides = {o.day: o.working for o in (*calendar.overrides, *own_days)}
        self._own_hours = own_hours
        self._windows: dict[date, tuple[Window, ...]] = {}

    def local_date(self, instant: datetime) -> date:
        """Return the province's date at an instant."""
        return instant.astimezone(self.timezone).date()

    def is_working_day(self, day: date) -> bool:
        return bool(self.windows(day))

    def windows(self, day: date) -> tuple[Window, ...]:
        """Return the office windows of a local day as UTC instants, () for a day off."""
        found = self._windows.get(day)
        if found is None:
            found = self._windows[day] = self._open_on(day)
        return found

    def is_office_time(self, instant: datetime) -> bool:
        """Tell whether offices are open; at the closing minute they are no more."""
        return any(start <= instant < end for start, end in self.windows(self.local_date(instant)))

    def next_office_opening(self, instant: datetime) -> datetime:
        """Return `instant` when offices are open then, else the next moment they open."""
        day = self.local_date(instant)
        while True:
            for start, end in self.windows(day):
                if instant < end:
                    return max(start, instant)
            day += _DAY

    def next_window_start(self, instant: datetime) -> datetime:
        """Return when offices next open, in the morning or after lunch; `instant` when they do."""
        day = self.local_date(instant)
        while True:
            for start, _ in self.windows(day):
                if instant <= start:
                    return start
            day += _DAY

    def add_office_minutes(self, instant: datetime, minutes: int) -> datetime:
        """Return the moment at which `minutes` of office time have passed since `instant`.

        What ends exactly with a window ends then (11:30), not when the next one opens.
        """
        left = minutes * _MINUTE
        if not left:
            return instant
        day = self.local_date(instant)
        while True:
            for start, end in self.windows(day):
                since = max(start, instant)
                if since + left <= end:
                    return since + left
                if since < end:
                    left -= end - since
            day += _DAY

    def office_minutes_between(self, first: datetime, last: datetime) -> int:
        """Return the whole office minutes from `first` to `last`, 0 when `last` is not later."""
        passed = timedelta()
        day, final = self.local_date(first), self.local_date(last)
        while day <= final:
            for start, end in self.windows(day):
                passed += max(timedelta(), min(end, last) - max(start, first))
            day += _DAY
        return passed // _MINUTE

    def end_of_working_day(self, instant: datetime, count: int) -> datetime:
        """Return when the `count`-th working day (1 or more) after the day of `instant` ends.

        The day of receipt itself does not count, as in article 147 of the Civil Code.
        """
        day = self.local_date(instant)
        while True:
            day += _DAY
            if windows := self.windows(day):
                count -= 1
                if count <= 0:
                    return windows[-1][1]

    def _open_on(self, day: date) -> tuple[Window, ...]:
        working = self._overrides.get(day)
        if working is None:
            working = self._works_by_law(day)
        return tuple(self._window(day, *hours) for hours in self._hours(day)) if working else ()

    def _works_by_law(self, day: date) -> bool:
        off, worked = _national_days(day.year)
        if day in worked:
            return True
        if day.weekday() > _FRIDAY:
            return False
        name = off.get(day)
        return name is None or (not self._culture_day and name.startswith(_CULTURE_DAY))

    def _hours(self, day: date) -> tuple[tuple[time, time], ...]:
        if self._own_hours:
            return self._own_hours
        month_day = f"{day:%m-%d}"
        begun = [hours for start, hours in self._seasons if start <= month_day]
        return begun[-1] if begun else self._seasons[-1][1]

    def _window(self, day: date, start: time, end: time) -> Window:
        return (
            datetime.combine(day, start, self.timezone).astimezone(UTC),
            datetime.combine(day, end, self.timezone).astimezone(UTC),
        )


@cache
def _national_days(year: int) -> tuple[dict[date, str], frozenset[date]]:
    """Return the days off of a year with their names, and the weekend days worked in exchange.

    The library computes Tết by rule and knows the swapped days announced before its release.
    """
    import holidays  # noqa: PLC0415  # half a second, needed only when a first deadline is set

    days = holidays.country_holidays("VN", years=year, language="en_US", expand=False)
    return dict(days), frozenset(days.weekend_workdays)

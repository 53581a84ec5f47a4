"""Office hours read a second time, plainly, so that the ledger does not trust the first reading."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from province.pack import Calendar

DAY = timedelta(days=1)
LAST_WEEKDAY = 4


class Hours:
    """A list of all open windows of some years, and a walk along it."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        """Know the days from `first` to `last`."""
        self.zone = ZoneInfo(calendar.timezone)
        self.days: list[list[tuple[datetime, datetime]]] = []
        self.first = first
        own = {row.day: row.working for row in calendar.overrides}
        law = holidays.country_holidays("VN", years=range(first.year, last.year + 1))
        day = first
        while day <= last:
            is_open = own.get(day, law.is_working_day(day))
            if day not in own and not calendar.culture_day and (day.month, day.day) == (11, 24):
                is_open = day.weekday() <= LAST_WEEKDAY
            self.days.append(self._windows(calendar, day) if is_open else [])
            day += DAY

    def _windows(self, calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
        key = f"{day:%m-%d}"
        seasons = sorted(calendar.seasons, key=lambda season: season.start)
        season = [one for one in seasons if one.start <= key][-1:] or seasons[-1:]
        return [(self._at(day, opens), self._at(day, ends)) for opens, ends in season[0].hours]

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def of(self, instant: datetime) -> list[tuple[datetime, datetime]]:
        """The windows of an instant's local day."""
        return self.days[(instant.astimezone(self.zone).date() - self.first).days]

    def after(self, period: str, since: datetime, *, wall: bool) -> datetime:
        """The end of "3 days", "2 hours", "5 minutes" since an instant, in office time or not."""
        number, unit = period.split()
        count = int(number)
        if not count:
            return since
        if wall:
            return since + timedelta(**{unit: count})
        start = (since.astimezone(self.zone).date() - self.first).days
        if unit == "days":
            closing = [windows[-1][1] for windows in self.days[start + 1 : start + 400] if windows]
            return closing[count - 1]
        left = timedelta(**{unit: count})
        for windows in self.days[start:]:
            for opens, ends in windows:
                begins = max(opens, since)
                if begins + left <= ends:
                    return begins + left
                left -= max(timedelta(), ends - begins)
        raise LookupError(since)

"""The transaction in which an act happens: its session, its instant and the pack in force."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from province.lookup import Lookup, lookup
from province.pack import Pack, Route
from tickets.calendar import OfficeCalendar


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the pack with what is worked out of it once: names, calendar, time zone."""

    pack: Pack
    version: int
    units: Lookup
    calendar: OfficeCalendar
    zone: ZoneInfo

    @classmethod
    def of(cls, pack: Pack, version: int) -> "Rules":
        """Work out a version's index and calendar; costs milliseconds, so keep the result."""
        return cls(
            pack,
            version,
            lookup(pack),
            OfficeCalendar(pack.calendar),
            ZoneInfo(pack.calendar.timezone),
        )


@dataclass(slots=True)
class Moment:
    """What every act is given. `now` is a UTC instant; acts never look at a clock."""

    session: AsyncSession
    now: datetime
    rules: Rules
    address: str = ""
    """Where phones reach the pages, for links in what comes round; '' where they cannot."""

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(self.rules.zone).date()

    def route(self, category: str) -> Route | None:
        """The routing row in force today for a category."""
        return self.rules.units.route(category, self.today)

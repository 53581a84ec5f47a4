"""The transaction in which an act happens: its session, its instant and the pack in force."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from province.lookup import Lookup, lookup
from province.pack import Pack, Route
from tickets.calendar import OfficeCalendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the pack with what is worked out of it once: names, calendar, time zone."""

    pack: Pack
    version: int
    units: Lookup
    calendar: OfficeCalendar
    zone: ZoneInfo
    own_calendars: Mapping[str, OfficeCalendar] = field(default_factory=dict)
    """By the codes of the agencies that have days or hours of their own."""

    @classmethod
    def of(cls, pack: Pack, version: int) -> "Rules":
        """Work out a version's index and calendar; costs milliseconds, so keep the result."""
        return cls(
            pack,
            version,
            lookup(pack),
            OfficeCalendar(pack.calendar),
            ZoneInfo(pack.calendar.timezone),
            {
                agency.code: OfficeCalendar(pack.calendar, agency.days, agency.hours)
                for agency in pack.agencies
                if agency.days or agency.hours
            },
        )

    def calendar_of(self, unit: str) -> OfficeCalendar:
        """A unit's office time: an agency's own days and hours, else the province's."""
        return self.own_calendars.get(unit, self.calendar)


@dataclass(slots=True)
class Moment:
    """What every act is given. `now` is a UTC instant; acts never look at a clock."""

    session: AsyncSession
    now: datetime
    rules: Rules
    kept: dict[Hashable, Any] | None = None
    """Answers that hold for the whole transaction; None where it changes what they are about."""
    address: str = ""
    """Where phones reach the pages, for links in what comes round; '' where they cannot."""

    async def once(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the database once for a key where answers are kept, else each time."""
        if self.kept is None:
            return await ask()
        if key not in self.kept:
            self.kept[key] = await ask()
        answer: T = self.kept[key]
        return answer

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(self.rules.zone).date()

    def route(self, category: str) -> Route | None:
        """The routing row in force today for a category."""
        return self.rules.units.route(category, self.today)

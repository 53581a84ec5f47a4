"""The weekly question to each commune: when it is asked, and which communes stay silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import get_args

from province.pack import CheckIn, Weekday
from province.text import fold
from storage import check_ins, rounds
from storage.people import Contact
from storage.rounds import Round
from tickets import quiet, reach
from tickets.calendar import OfficeCalendar
from tickets.moment import Moment

CHECK_IN = "check_in"
DAYS: tuple[Weekday, ...] = get_args(Weekday)
A_DAY = timedelta(days=1)
GAP = timedelta(days=5)
"""Never two questions within so many days, however they were moved."""
MARGIN = timedelta(days=1)
"""How long before a channel closes somebody is asked through it."""
WAITS = timedelta(days=3)
"""How long a commune has to answer until it counts as silent."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A commune that has said nothing since it was asked, and how many questions ago it did."""

    commune: str
    weeks: int


def weekly(after: datetime, check_in: CheckIn, calendar: OfficeCalendar) -> datetime:
    """The first ordinary time later than an instant (both UTC).

    On a day off it is the last working day before, in the same week; a week without one has none.
    """
    day = calendar.local_date(after)
    monday = day - timedelta(days=day.weekday())
    while True:
        day_of_week = _day_of(monday, check_in, calendar)
        if day_of_week is not None:
            at = datetime.combine(day_of_week, check_in.at, calendar.timezone).astimezone(UTC)
            if at > after:
                return at
        monday += 7 * A_DAY


def _day_of(monday: date, check_in: CheckIn, calendar: OfficeCalendar) -> date | None:
    days = (monday + n * A_DAY for n in range(DAYS.index(check_in.day), -1, -1))
    return next((day for day in days if calendar.is_working_day(day)), None)


def closing(
    contacts: dict[int, list[Contact]], asked: datetime | None, now: datetime
) -> list[datetime]:
    """When people have to be asked at the latest (UTC), those who hear only where a window closes.

    Whoever has said nothing since they were asked would not be reached longer by asking again. A
    web chat that was opened once, for a file, and closed again is no place where they hear.
    """
    found = []
    for theirs in contacts.values():
        still = [one for one in theirs if reach.is_open(one, now) and reach.is_used(one, now)]
        ends = [reach.closes(contact) for contact in still]
        known = [end for end in ends if end is not None]
        if known and len(known) == len(ends):
            heard = max(contact.heard_at for contact in still if contact.heard_at is not None)
            if asked is None or heard >= asked:
                found.append(max(known) - MARGIN)
    return found


def asked_at(row: Round) -> datetime | None:
    """When a commune was asked last (UTC)."""
    at = row.kept.get("asked")
    return datetime.fromisoformat(at) if at else None


def is_silent(row: Round, heard: datetime | None) -> bool:
    """Whether nobody of the commune has said anything since it was asked."""
    asked = asked_at(row)
    if asked is None or row.kept.get("answer"):
        return False
    return heard is None or heard < asked


async def silences(moment: Moment) -> list[Silence]:
    """The communes that stay silent, by name: never a list of who reports most or least."""
    heard = await check_ins.heard(moment.session)
    units = moment.rules.units
    found = []
    for row in await rounds.all_named(moment.session, CHECK_IN):
        asked = asked_at(row)
        if units.commune(row.subject) is None or asked is None:
            continue
        weeks = int(row.kept.get("silent", 0)) + (moment.now - asked >= WAITS)
        if weeks and is_silent(row, heard.get(row.subject)):
            found.append(Silence(row.subject, weeks))
    return by_name(moment, found)


def by_name(moment: Moment, found: Sequence[Silence]) -> list[Silence]:
    """In the order of the alphabet."""
    return sorted(found, key=lambda silence: fold(moment.rules.units.short_name(silence.commune)))


def pulled_back(instants: Sequence[datetime], moment: Moment) -> list[datetime]:
    """The same instants, those of a night on the evening before."""
    return [quiet.by_day(instant, moment.rules.zone) for instant in instants]

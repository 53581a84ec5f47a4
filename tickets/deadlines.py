"""By when a ticket must be acknowledged, answered and resolved."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

from province.pack import Deadline, Policies, Urgency
from tickets.calendar import OfficeCalendar

Clock = Literal["wall", "office"]


LEVELS: dict[str, Urgency] = {
    "emergency": "emergency",
    "urgent": "urgent",
    "normal": "normal",
    "low": "low",
}
"""From a row's word to the pack's."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The three promises of a ticket, as UTC instants."""

    acknowledge: datetime
    answer: datetime
    result: datetime


def promise_of(policies: Policies, urgency: Urgency, *, in_storm: bool = False) -> Deadline:
    """Return the pack's promises of an urgency level, the storm's where it has its own."""
    storm = policies.storm.deadlines if in_storm else {}
    return storm.get(urgency) or policies.deadlines[urgency]


def deadlines(
    urgency: Urgency,
    opened_at: datetime,
    policies: Policies,
    calendar: OfficeCalendar,
    *,
    in_storm: bool = False,
) -> Deadlines:
    """Return the deadlines of a ticket opened (or raised to `urgency`) at `opened_at`, UTC.

    The periods come from the pack's policies; an emergency, and what the pack says so in a storm,
    runs by the wall clock.
    """
    promise = promise_of(policies, urgency, in_storm=in_storm)
    return Deadlines(
        acknowledge=after(promise.acknowledge, opened_at, promise.clock, calendar),
        answer=after(promise.answer, opened_at, promise.clock, calendar),
        result=after(promise.result, opened_at, promise.clock, calendar),
    )


def after(period: str, since: datetime, clock: Clock, calendar: OfficeCalendar) -> datetime:
    """Return the end of a period such as "5 minutes", "2 hours" or "3 days" that began at `since`.

    By the office clock minutes and hours are office time, and N days end with the N-th working
    day after that of `since`; 0 of anything is `since` itself.
    """
    count, unit = _parsed(period)
    if not count:
        return since
    if clock == "wall":
        return since + timedelta(**{unit: count})
    if unit == "days":
        return calendar.end_of_working_day(since, count)
    return calendar.add_office_minutes(since, count * (60 if unit == "hours" else 1))


def end_of_day(day: date, calendar: OfficeCalendar) -> datetime:
    """Return when a local day ends for an office, as a UTC instant; 17:00 on a day off."""
    windows = calendar.windows(day)
    if windows:
        return windows[-1][1]
    return datetime.combine(day, time(17), calendar.timezone).astimezone(UTC)


def resumed(by: datetime, since: datetime, now: datetime, calendar: OfficeCalendar) -> datetime:
    """Return a deadline moved by the office time that passed while the commune was waited for.

    `by`, `since` and `now` are UTC instants; a deadline that had passed before stays.
    """
    if by <= since:
        return by
    return calendar.add_office_minutes(by, calendar.office_minutes_between(since, now))


@cache
def _parsed(period: str) -> tuple[int, str]:
    count, unit = period.split()
    return int(count), unit

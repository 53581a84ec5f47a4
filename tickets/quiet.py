"""When nobody is reminded: at night; and the two times of a day at which reminders go out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from province.checks import MORNING, NIGHT
from tickets.calendar import OfficeCalendar

FROM, TO = NIGHT, MORNING
"""Local times; emergencies, cards and answers go out all the same."""
GATHERS = timedelta(minutes=1)
"""How long reminders are collected once offices open, so that one reader gets one message."""


def ends(now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours that run at `now` end (a UTC instant); None by day."""
    local = now.astimezone(zone)
    if not is_quiet(local.time()):
        return None
    day = local.date() + timedelta(days=local.time() >= FROM)
    return datetime.combine(day, TO, zone).astimezone(UTC)


def by_day(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant itself by day, else the minute before the night began (UTC)."""
    local = instant.astimezone(zone)
    if not is_quiet(local.time()):
        return instant
    evening = local.date() - timedelta(days=local.time() < TO)
    return datetime.combine(evening, FROM, zone).astimezone(UTC) - GATHERS


def is_quiet(local: time) -> bool:
    """Whether a local time is one at which nobody is reminded."""
    return local >= FROM or local < TO


def next_round(now: datetime, calendar: OfficeCalendar) -> datetime:
    """When reminders are told next: a minute after offices open, and after lunch (UTC).

    In that minute what the clock does as offices open is collected, however many rows it takes.
    """
    return calendar.next_window_start(now - GATHERS) + GATHERS

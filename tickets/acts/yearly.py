"""Each December the administrators are asked for what the pack lacks about the next year."""

from datetime import date, datetime, time, timedelta

from storage.people import Role
from storage.rounds import Round
from tickets import notices
from tickets.calendar import OfficeCalendar
from tickets.moment import Moment

HOLIDAYS = "holidays"
DECEMBER = 12
AGAIN = timedelta(days=7)


def next_look(moment: Moment) -> datetime:
    """When it is looked at next: as offices open in December, the first one or one week on."""
    today = moment.today
    start = max(today, date(today.year, DECEMBER, 1))
    return opening_from(start, moment.rules.calendar, moment.now)


def opening_from(day: date, calendar: OfficeCalendar, now: datetime) -> datetime:
    """When offices open first on a local day or after it, later than `now` (UTC)."""
    midnight = datetime.combine(day, time(), calendar.timezone)
    return calendar.next_window_start(max(midnight, now + timedelta(minutes=1)))


async def ask_for_holidays(moment: Moment, _: Round) -> datetime:
    """Warn that next year's decided days are not in the pack yet; each week of December."""
    today = moment.today
    next_year = today.year + 1
    if today.month == DECEMBER and next_year not in moment.rules.pack.calendar.decided:
        text = notices.texts(moment).holidays_missing(next_year)
        await notices.tell_role(moment, Role.ADMIN, text)
        following = today + AGAIN
        if following.month == DECEMBER:
            return opening_from(following, moment.rules.calendar, moment.now)
    first = date(today.year + (today.month == DECEMBER), DECEMBER, 1)
    return opening_from(first, moment.rules.calendar, moment.now)

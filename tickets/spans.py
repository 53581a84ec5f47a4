"""From when to when, in people's own words: "từ 17:00 25/11 đến 07:00 26/11". Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from province.text import fold
from tickets.dates import read_date

_BEGIN = r"(?=\d|hom|ngay|thu|mai|sang|chieu|toi|trua|chu|cn|nay|bay|t[2-7]|tuan|dau)"
_SPAN = re.compile(
    rf"(?:^|\s)(?:tu {_BEGIN}(?P<begins>.+?) )?(?:den|toi|het) {_BEGIN}"
    r"(?P<ends>.+?)(?=$|[,;]|\s(?:thay|do|cho)\b)"
)
_DEPUTY = re.compile(
    r"\bthay(?: the| mat)?(?: la| bang)?\s*:?\s*(?P<deputy>.+?)(?=$|[,;]| tu (?=\d))"
)
_CLOCK = re.compile(r"\b(\d{1,2})\s?(?:[:h]|gio)\s?(\d{2})?(?!\d)")
_EVENING = re.compile(r"\b(?:chieu|toi)\b")
_NOW = re.compile(r"\b(?:bay gio|luc nay)\b|^nay$")
_WEEKDAY = re.compile(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)\b")
NOON, HOUR = 12, 60


@dataclass(frozen=True, slots=True)
class Span:
    """What a command about somebody's time says: who, from when to when, and who stands in."""

    name: str
    begins: datetime
    ends: datetime
    deputy: str = ""


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span | None:
    """A person's name (folded, '' when none is given) with a time; None without a time.

    `now` and the instants are UTC. Days count as a whole: "đến 27/11" ends with that day.
    """
    words = " ".join(fold(text).split())
    deputy = _DEPUTY.search(words)
    if deputy:
        words = f"{words[: deputy.start()]} {words[deputy.end() :]}".strip(" ,;")
    found = _SPAN.search(words)
    if found is None:
        return None
    local = now.astimezone(zone)
    begins = _instant(found["begins"], local.date(), local) if found["begins"] else local
    ends = _end(found["ends"], local, begins) if begins else None
    if begins is None or ends is None or ends <= begins:
        return None
    name = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,;:")
    named = deputy["deputy"].strip(" .") if deputy else ""
    return Span(name, begins.astimezone(UTC), ends.astimezone(UTC), named)


def _instant(words: str, today: date, else_on: datetime) -> datetime | None:
    """The instant that words name, seen from `today`; a time alone is on the day of `else_on`."""
    if _NOW.search(words):
        return else_on
    clock = _CLOCK.search(words)
    rest = _CLOCK.sub(" ", words)
    day = read_date(rest, today)
    if day is None and clock is None:
        return None
    hour = int(clock[1]) if clock else 0
    minutes = int(clock[2] or 0) if clock else 0
    if _EVENING.search(rest) and 0 < hour < NOON:
        hour += NOON
    if hour > 2 * NOON or minutes >= HOUR:
        return None
    start = datetime.combine(day or else_on.date(), time(), else_on.tzinfo)
    return start + timedelta(hours=hour, minutes=minutes)


def _end(words: str, local: datetime, begins: datetime) -> datetime | None:
    """A day that is named ends with the day; a time alone is the next that comes."""
    today = begins.date() if _WEEKDAY.search(words) else local.date()
    ends = _instant(words, today, begins)
    if ends is None:
        return None
    if _CLOCK.search(words) is None:
        return ends + timedelta(days=1)
    is_bare = read_date(_CLOCK.sub(" ", words), today) is None
    return ends + timedelta(days=1) if is_bare and ends <= begins else ends

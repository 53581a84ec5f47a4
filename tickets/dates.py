"""A date in people's own words: "thứ 6", "25/11", "tuần sau", "cuối tháng", "10 ngày nữa"."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from tickets.daywords import plain

_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
    "bay": 5, "7": 5,
}  # fmt: skip
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEXT = r"(?:sau|toi|tiep|next|ke)"
_YEAR = r"(20\d\d|\d\d)"
_FRIDAY, _SUNDAY, _DECEMBER, _LONGEST = 4, 6, 12, 31
_HALF_DAY, _DAY = 12, 24

Found = Callable[[re.Match[str], date], date | None]


def read_date(text: str, today: date) -> date | None:
    """The date that a text names, seen from `today` (both local); None when it names none.

    Of several days written alike the first that has not passed: "CV ngày 20/11, hẹn 25/12".
    A day and month without a year is this year's, or next year's when it has long passed: what
    passed within two months is given back as passed, for the caller to ask about. A week, month,
    quarter or range means its end, since that is what a promise "trong tuần sau" can be held to.
    Working days are counted from Monday to Friday, without holidays. Days of the moon are not read.
    """
    words = plain(text)
    for pattern, read in _WAYS:
        days = [day for found in pattern.finditer(words) if (day := _valid(read, found, today))]
        if days:
            return next((day for day in days if day >= today), days[0])
    return None


def _valid(read: Found, found: re.Match[str], today: date) -> date | None:
    try:
        return read(found, today)
    except (ValueError, OverflowError):
        return None


def _iso(found: re.Match[str], _: date) -> date | None:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _full(found: re.Match[str], today: date) -> date | None:
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004  25/11/26
    return _this_year_or_next(today, month, day)


def _this_year_or_next(today: date, month: int, day: int) -> date:
    said = date(today.year, month, day)
    return date(today.year + 1, month, day) if today - said > timedelta(days=60) else said


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    """The next month that has such a day, this one until it has passed."""
    day = int(found[1])
    first = today.replace(day=1)
    while day <= _LONGEST and (day > _last_of(first).day or first.replace(day=day) < today):
        first = _months_on(first, 1)
    return first.replace(day=day)


def _day_of_that_month(found: re.Match[str], today: date) -> date | None:
    first = today.replace(day=1)
    return (first if found[2] == "nay" else _months_on(first, 1)).replace(day=int(found[1]))


def _last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months_on(day: date, count: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _in(found: re.Match[str], today: date) -> date | None:
    count, span = int(found[1]), found[2]
    if span in {"thang", "month"}:
        half = timedelta(days=15 if found[4] else 0)
        return _months_on(today, count) + half
    if found[3]:
        return _working_days_on(today, count)
    return today + timedelta(days=count * (7 if span in {"tuan", "week"} else 1))


def _working_days_on(today: date, count: int) -> date:
    weeks, days = divmod(count, 5)
    start = today - timedelta(days=max(0, today.weekday() - _FRIDAY))
    over = start.weekday() + days > _FRIDAY
    return start + timedelta(days=7 * weeks + days + 2 * over)


def _hours(found: re.Match[str], today: date) -> date | None:
    days, rest = divmod(int(found[1] or found[2]), _DAY)
    return today + timedelta(days=days + (rest >= _HALF_DAY))


def _half(found: re.Match[str], today: date) -> date | None:
    return _months_on(today, 6) if found[1] == "nam" else today + timedelta(days=15)


def _years(found: re.Match[str], today: date) -> date | None:
    return _months_on(today, 12 * int(found[1]))


def _weekday(found: re.Match[str], today: date) -> date | None:
    name = found[1] or found[2]
    day = _SUNDAY if name in {"chu nhat", "cn"} else _WEEKDAYS[name]
    return _on_weekday(today, day, found[3])


def _english_weekday(found: re.Match[str], today: date) -> date | None:
    return _on_weekday(today, _ENGLISH.index(found[2]), "tuan sau" if found[1] else None)


def _on_weekday(today: date, day: int, week: str | None) -> date:
    monday = today - timedelta(days=today.weekday())
    if week and not week.endswith(("nay",)):
        return monday + timedelta(days=(14 if week.endswith(" nua") else 7) + day)
    ahead = (day - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if week else 7))


def _week(found: re.Match[str], today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    day = {"dau": 0, "giua": 2}.get(found[1] or "", _FRIDAY)
    later = 14 if (found[2] or "").endswith(" nua") else 7 if found[2] else 0
    friday = monday + timedelta(days=day + later)
    return friday if friday >= today else friday + timedelta(days=7)


def _month(found: re.Match[str], today: date) -> date | None:
    year, month = today.year, today.month
    if found[2] and found[2].isdigit():
        month = int(found[2])
        year = int(found[3]) if found[3] else year + (month < today.month)
    elif found[2]:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004  December
    last = calendar.monthrange(year, month)[1]
    return date(year, month, {"dau": 10, "giua": 20}.get(found[1] or "", last))


def _month_and_year(found: re.Match[str], _: date) -> date | None:
    """The month's end; the number and year of a document are none."""
    return None if found[1] else _last_of(date(int(found[3]), int(found[2]), 1))


def _quarter(found: re.Match[str], today: date) -> date | None:
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(found[1]) or int(found[1])
    month = number * 3
    year = int(found[2]) if found[2] else today.year + (bool(found[3]) or month < today.month)
    return _last_of(date(year, month, 1))


def _that_quarter(found: re.Match[str], today: date) -> date | None:
    ends = today.replace(month=(today.month + 2) // 3 * 3, day=1)
    return _last_of(ends if found[1] == "nay" else _months_on(ends, 3))


def _year(found: re.Match[str], today: date) -> date | None:
    said = found[2] or "nay"
    year = int(said) if said.isdigit() else today.year + (said != "nay")
    return _last_of(date(year, {"dau": 3, "giua": 6}.get(found[1] or "", _DECEMBER), 1))


def _days(count: int) -> Found:
    return lambda _, today: today + timedelta(days=count)


_LATER = rf"{_NEXT}(?: nua)?"
_WEEK = rf"(?: (tuan (?:nay|{_LATER})|nay))?"
_PAPER = r"(?:(?:so|qd|cv|kh|nq|tt|nd|luat|van|ban|dinh|cong|hoach|quyet) )"
_WAYS: tuple[tuple[re.Pattern[str], Found], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})"), read)
    for pattern, read in (
        (r"(20\d\d)-(\d{1,2})-(\d{1,2})\b", _iso),
        (
            rf"(?<![\d/])(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})(?:\s?[/.-]\s?{_YEAR})?(?![\d/])",
            _full,
        ),
        (rf"(\d{{1,2}}) thang (\d{{1,2}})(?:(?: nam |/){_YEAR})?\b", _full),
        (rf"(?:ngay|mung|mong|hom) (\d{{1,2}}) thang ({_NEXT}|nay)\b", _day_of_that_month),
        (r"(\d{1,2}) thang (nay)\b", _day_of_that_month),
        (
            rf"quy (iv|iii|ii|i|[1-4])(?:(?: |/)(?:nam )?(20\d\d)| (nam {_NEXT}|sang nam))?\b",
            _quarter,
        ),
        (rf"({_PAPER})?(?:t|thang )?(?<![\d/])(\d{{1,2}})/(20\d\d)\b(?!/)", _month_and_year),
        (rf"(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7]))\b(?!/){_WEEK}", _weekday),
        (rf"(chu nhat|cn)\b(){_WEEK}", _weekday),
        (rf"(next )?({'|'.join(_ENGLISH)})\b", _english_weekday),
        (r"nua (thang|nam)\b", _half),
        (
            r"(\d{1,3}) (ngay|hom|bua|tuan|thang|day|week|month)s?\b( lam viec)?( ruoi)?",
            _in,
        ),
        (r"(\d{1,2}) nam (?:nua|toi)\b", _years),
        (
            r"(?:hom nay|ngay nay|trong ngay|sang nay|trua nay|chieu nay|toi nay|dem nay|today)\b",
            _days(0),
        ),
        (r"(?:ngay kia|ngay mot)\b", _days(2)),
        (r"(?:ngay mai|sang mai|trua mai|chieu mai|toi mai|mai|tomorrow)\b", _days(1)),
        (rf"(?:(dau|giua|cuoi) )?(?:trong )?tuan (?:nay|({_LATER}))", _week),
        (r"(?:cuoi|het|trong)() tuan()", _week),
        (r"next week\b", lambda _, today: _on_weekday(today, _FRIDAY, "tuan sau")),
        (
            rf"(?:(dau|giua|cuoi|het) )?thang (\d{{1,2}}|{_NEXT})(?:[ /](?:nam )?(20\d\d))?\b",
            _month,
        ),
        (r"(?:(dau|giua|cuoi|het|trong) thang|thang nay)\b(?: nay)?()()", _month),
        (rf"quy ({_NEXT}|nay)\b", _that_quarter),
        (rf"(dau|giua|cuoi|het|trong) nam (20\d\d|{_NEXT}|nay)\b", _year),
        (r"(?:(cuoi|het|trong) nam)\b()", _year),
        (r"(?:sang nam|nam (?:sau|toi))\b", lambda _, today: date(today.year + 1, 12, 31)),
        (r"(?:ngay|mung|mong) (\d{1,2})\b", _day_of_month),
        (r"(?:(?:trong|sau) (\d{1,3}) ?(?:h|gio|tieng)|(\d{1,3}) ?(?:h|gio|tieng) nua)\b", _hours),
    )
)
"""Tried in this order: the more exactly a way of speaking names a day, the earlier."""

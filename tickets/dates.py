"""A date in people's own words: "thứ 6", "25/11", "tuần sau", "cuối tháng", "10 ngày nữa"."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from province.text import fold

_COUNTS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "a": 1, "one": 1, "two": 2, "three": 3, "vai": 3,
}  # fmt: skip
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
    "bay": 5, "7": 5,
}  # fmt: skip
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEXT = r"(?:sau|toi|tiep|next|ke)"
_COUNT = r"(\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|vai|a|one|two|three)"
_YEAR = r"(20\d\d|\d\d)"
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6

Found = Callable[[re.Match[str], date], date | None]


def read_date(text: str, today: date) -> date | None:
    """The first date that a text names, seen from `today` (both local); None when it names none.

    A day and month without a year is this year's, or next year's when it has long passed: what
    passed within two months is given back as passed, for the caller to ask about. A week or month
    means its end, since that is what a promise "trong tuần sau" can be held to.
    """
    words = fold(text)
    for pattern, read in _WAYS:
        if found := pattern.search(words):
            try:
                return read(found, today)
            except (ValueError, OverflowError):
                return None
    return None


def _full(found: re.Match[str], today: date) -> date | None:
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004  25/11/26
    return _this_year_or_next(today, month, day)


def _this_year_or_next(today: date, month: int, day: int) -> date:
    said = date(today.year, month, day)
    return date(today.year + 1, month, day) if today - said > timedelta(days=60) else said


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day = int(found[1])
    month, year = today.month, today.year
    if day < today.day:
        month, year = (1, year + 1) if month == 12 else (month + 1, year)  # noqa: PLR2004  December
    return date(year, month, day)


def _in(found: re.Match[str], today: date) -> date | None:
    count = _COUNTS[found[1]] if found[1] in _COUNTS else int(found[1])
    days = {"ngay": 1, "hom": 1, "day": 1, "tuan": 7, "week": 7, "thang": 30, "month": 30}
    return today + timedelta(days=count * days[found[2]])


def _working_days(found: re.Match[str], today: date) -> date | None:
    day, left = today, _COUNTS[found[1]] if found[1] in _COUNTS else int(found[1])
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def _weekday(found: re.Match[str], today: date) -> date | None:
    name = found[1] or found[2]
    day = _SUNDAY if name in {"chu nhat", "cn"} else _WEEKDAYS[name]
    return _on_weekday(today, day, found[3])


def _english_weekday(found: re.Match[str], today: date) -> date | None:
    return _on_weekday(today, _ENGLISH.index(found[2]), "tuan sau" if found[1] else None)


def _on_weekday(today: date, day: int, week: str | None) -> date:
    monday = today - timedelta(days=today.weekday())
    if week and not week.endswith(("nay",)):
        return monday + timedelta(days=7 + day)
    ahead = (day - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if week else 7))


def _week(found: re.Match[str], today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    day = {"dau": 0, "giua": 2}.get(found[1] or "", _FRIDAY)
    friday = monday + timedelta(days=day + (7 if found[2] else 0))
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


def _quarter(found: re.Match[str], today: date) -> date | None:
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(found[1]) or int(found[1])
    month = number * 3
    year = int(found[2]) if found[2] else today.year + (month < today.month)
    return date(year, month, calendar.monthrange(year, month)[1])


def _year(found: re.Match[str], today: date) -> date | None:
    if found[1]:
        return date(today.year, 12, 31)
    return date(today.year + 1, 12, 31)


def _part_of_year(found: re.Match[str], today: date) -> date | None:
    year = today.year + (bool(found[2]))
    day = date(year, 1, 31) if found[1] == "dau" else date(year, 6, 30)
    return day if day >= today else date(year + 1, day.month, day.day)


def _days(count: int) -> Found:
    return lambda _, today: today + timedelta(days=count)


_WEEK = rf"(?: (tuan (?:nay|{_NEXT})|nay))?"
_WAYS: tuple[tuple[re.Pattern[str], Found], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})"), read)
    for pattern, read in (
        (rf"(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})(?:\s?[/.-]\s?{_YEAR})?(?![\d/])", _full),
        (rf"(\d{{1,2}}) thang (\d{{1,2}})(?:(?: nam |/){_YEAR})?\b", _full),
        (rf"(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7]))\b{_WEEK}", _weekday),
        (rf"(chu nhat|cn)\b(){_WEEK}", _weekday),
        (rf"(next )?({'|'.join(_ENGLISH)})\b", _english_weekday),
        (rf"{_COUNT} ngay lam viec\b", _working_days),
        (rf"{_COUNT} (ngay|hom|tuan|thang|day|week|month)s?\b", _in),
        (r"(?:hom nay|ngay nay|trong ngay|sang nay|chieu nay|toi nay|today)\b", _days(0)),
        (r"(?:ngay kia|ngay mot)\b", _days(2)),
        (r"(?:ngay mai|sang mai|chieu mai|mai|tomorrow)\b", _days(1)),
        (rf"(?:(dau|giua|cuoi) )?(?:trong )?tuan (?:nay|({_NEXT}))", _week),
        (r"(cuoi) tuan()", _week),
        (r"next week\b", lambda _, today: _on_weekday(today, _FRIDAY, "tuan sau")),
        (
            rf"(?:(dau|giua|cuoi|het) )?thang (\d{{1,2}}|{_NEXT})(?:[ /](?:nam )?(20\d\d))?\b",
            _month,
        ),
        (r"(dau|giua|cuoi|het) thang(?: nay)?()()", _month),
        (r"quy (iv|iii|ii|i|[1-4])(?:[ /](?:nam )?(20\d\d))?\b", _quarter),
        (rf"(dau|giua) nam(?: ({_NEXT}))?\b", _part_of_year),
        (r"(?:(cuoi nam|het nam|trong nam)(?: nay)?|sang nam|nam (?:sau|toi))\b", _year),
        (r"ngay (\d{1,2})\b", _day_of_month),
    )
)
"""Tried in this order: the more exactly a way of speaking names a day, the earlier."""

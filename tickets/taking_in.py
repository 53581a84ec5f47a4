"""What the rows of a list of tasks say: each becomes a ticket, or says what is wrong with it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from province.text import fold
from tickets.dates import read_date
from tickets.deadlines import end_of_day
from tickets.moment import Moment

MOST = 500
LONGEST = 4000
EXCEL_BEGINS = date(1899, 12, 30)
HEADS = {
    "noi dung": "text",
    "viec": "text",
    "nhiem vu": "text",
    "kien nghi": "text",
    "xa": "commune",
    "xa, phuong": "commune",
    "dia ban": "commune",
    "don vi chu tri": "lead",
    "chu tri": "lead",
    "don vi": "lead",
    "phoi hop": "helpers",
    "don vi phoi hop": "helpers",
    "han": "due",
    "thoi han": "due",
    "han xu ly": "due",
    "nguon": "origin",
    "van ban": "origin",
    "muc": "origin",
    "linh vuc": "matter",
}
"""What a column's head means."""


class Problem(StrEnum):
    """What is wrong with a row."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    NO_COMMUNE = "no_commune"
    NO_LEAD = "no_lead"
    NO_HELPER = "no_helper"
    NO_MATTER = "no_matter"
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    TWICE = "twice"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read; `number` is the one that a spreadsheet shows."""

    number: int
    said: tuple[str, ...]
    text: str = ""
    commune: str = ""
    """'' for a task of a department that concerns no one commune."""
    lead: str = ""
    helpers: tuple[str, ...] = ()
    due: datetime | None = None
    """The end of the day that was named, as a UTC instant."""
    origin: str = ""
    category: str = ""
    problem: Problem | None = None

    @property
    def key(self) -> str:
        """The same for one matter of a commune and department, whatever list says it."""
        told = repr((fold(self.text), self.commune, self.lead))
        return hashlib.sha256(told.encode()).hexdigest()[:40]


class NoHeads(Exception):
    """The first row does not say which column is what is to be done, or there are too many rows."""


def read(moment: Moment, kind: str, rows: Sequence[Sequence[str]]) -> list[Line]:
    """Each row with what it means or what is wrong. Raises NoHeads. Empty rows are left out."""
    if not rows or len(rows) > MOST + 1:
        raise NoHeads
    places: dict[str, int] = {}
    for n, cell in enumerate(rows[0]):
        what = HEADS.get(fold(cell).strip(" :*"))
        if what is not None:
            places.setdefault(what, n)
    if "text" not in places or not places.keys() & {"lead", "matter"}:
        raise NoHeads
    lines: list[Line] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        said = {what: row[n].strip() if n < len(row) else "" for what, n in places.items()}
        line = _line(moment, kind, number, said)
        if line.problem is None and line.key in seen:
            line = replace(line, problem=Problem.TWICE)
        seen.add(line.key)
        lines.append(line)
    return lines


def _line(moment: Moment, kind: str, number: int, said: Mapping[str, str]) -> Line:
    """One row; the first thing that is wrong is told."""
    told = tuple(said.get(name, "") for name in ("text", "commune", "lead", "helpers", "due"))
    line = Line(number, told, text=said["text"], origin=said.get("origin", "")[:200])
    if not line.text:
        return replace(line, problem=Problem.NO_TEXT)
    if len(line.text) > LONGEST:
        return replace(line, problem=Problem.TOO_LONG)
    for part in (_commune, _lead, _helpers, _due):
        line = part(moment, line, said)
        if line.problem is not None:
            return line
    if not line.commune and kind != "notice":
        return replace(line, problem=Problem.NO_COMMUNE)
    return line


def _commune(moment: Moment, line: Line, said: Mapping[str, str]) -> Line:
    name, units = said.get("commune", ""), moment.rules.units
    if not name:
        return line
    found = [code for code in _called(moment, name) if units.commune(code)]
    if len(found) != 1:
        return replace(line, problem=Problem.NO_COMMUNE)
    return replace(line, commune=found[0])


def _lead(moment: Moment, line: Line, said: Mapping[str, str]) -> Line:
    """The department, by its name or by what the category's row of the routing table says."""
    category = said.get("matter", "")
    if category:
        named = [
            route
            for route in moment.rules.units.routes(moment.today)
            if fold(category) in {fold(route.title), fold(route.label), fold(route.category)}
        ]
        if not named:
            return replace(line, problem=Problem.NO_MATTER)
        line = replace(line, category=named[0].category, lead=named[0].lead)
    name = said.get("lead", "")
    if name:
        found = [code for code in _called(moment, name) if moment.rules.units.agency(code)]
        if len(found) != 1:
            return replace(line, problem=Problem.NO_LEAD)
        line = replace(line, lead=found[0])
    return line if line.lead else replace(line, problem=Problem.NO_LEAD)


def _helpers(moment: Moment, line: Line, said: Mapping[str, str]) -> Line:
    names = [name.strip() for name in said.get("helpers", "").replace(";", ",").split(",")]
    helpers = []
    for name in filter(None, names):
        found = _called(moment, name)
        if len(found) != 1:
            return replace(line, problem=Problem.NO_HELPER)
        helpers.append(found[0])
    others = [code for code in dict.fromkeys(helpers) if code != line.lead]
    return replace(line, helpers=tuple(others))


def _due(moment: Moment, line: Line, said: Mapping[str, str]) -> Line:
    name = said.get("due", "")
    if not name:
        return line
    day = _day_of(name, moment.today)
    if day is None:
        return replace(line, problem=Problem.NO_DAY)
    until = end_of_day(day, moment.rules.calendar)
    if until <= moment.now:
        return replace(line, problem=Problem.PAST_DAY)
    return replace(line, due=until)


def _day_of(text: str, today: date) -> date | None:
    """A day as people write it, as ISO, or as the number that a spreadsheet keeps."""
    number = text.partition(".")[0]
    if number.isascii() and number.isdecimal() and len(number) == 5:  # noqa: PLR2004  1927 to 2173
        return EXCEL_BEGINS + timedelta(days=int(number))
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return read_date(text, today)


def _called(moment: Moment, name: str) -> tuple[str, ...]:
    units = moment.rules.units
    return units.find_units(name) or units.find_units(name.removeprefix("UBND "))

"""A list of people to invite: every row is read and judged before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from province.lookup import Lookup
from province.telephones import telephone
from province.text import fold
from storage.people import Role, Speaker
from tickets.inviting import DUTY_POST, ON_DUTY, ROLE_WORDS, may_invite

MOST = 500
"""Rows of one list: the officials of some dozens of units."""
HEADS: Mapping[str, str] = {
    "ten": "name",
    "ho ten": "name",
    "ho va ten": "name",
    "name": "name",
    "don vi": "unit",
    "co quan": "unit",
    "xa": "unit",
    "xa, phuong": "unit",
    "unit": "unit",
    "vai tro": "role",
    "viec": "role",
    "role": "role",
    "chuc vu": "post",
    "chuc danh": "post",
    "post": "post",
    "dien thoai": "phone",
    "so dien thoai": "phone",
    "phone": "phone",
}
"""What a column's head means."""


class Problem(StrEnum):
    """What is wrong with a row."""

    NO_UNIT = "no_unit"
    SEVERAL_UNITS = "several_units"
    NO_ROLE = "no_role"
    NOT_COMMUNE = "not_commune"
    NOT_YOURS = "not_yours"
    NO_NAME = "no_name"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read; `number` is the one that a spreadsheet shows."""

    number: int
    said: tuple[str, ...]
    unit: str = ""
    role: Role | None = None
    name: str = ""
    post: str = ""
    phone: str = ""
    problem: Problem | None = None


class NoHeads(Exception):
    """The first row does not say which column is the unit's, or there are too many rows."""


def read(units: Lookup, who: Speaker, rows: Sequence[Sequence[str]]) -> list[Line]:
    """Each row with what it means or what is wrong. Raises NoHeads. Empty rows are left out."""
    if not rows or len(rows) > MOST + 1:
        raise NoHeads
    places = {HEADS.get(fold(cell).strip(" :*")): n for n, cell in enumerate(rows[0])}
    if "unit" not in places or "name" not in places:
        raise NoHeads
    seen: set[tuple[str, str, str]] = set()
    lines = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        said = {
            what: row[n].strip()[:80] if n < len(row) else ""
            for what, n in places.items()
            if what is not None
        }
        line = _line(units, who, number, said)
        key = line.unit, str(line.role), fold(line.name)
        if line.problem is None and key in seen:
            line = Line(number, line.said, problem=Problem.TWICE)
        seen.add(key)
        lines.append(line)
    return lines


def _line(units: Lookup, who: Speaker, number: int, said: Mapping[str, str]) -> Line:
    phone = telephone(said.get("phone", ""))[:20]
    told = (*(said.get(name, "") for name in ("name", "unit", "role", "post")), phone)
    found = units.find_units(said["unit"]) or units.find_units(said["unit"].removeprefix("UBND "))
    if len(found) != 1:
        return Line(number, told, problem=Problem.SEVERAL_UNITS if found else Problem.NO_UNIT)
    unit, word = found[0], fold(said.get("role", "")).strip() or "can bo"
    if word not in ROLE_WORDS:
        return Line(number, told, problem=Problem.NO_ROLE)
    is_commune = units.commune(unit) is not None
    role = ROLE_WORDS[word] or (Role.REPORTER if is_commune else Role.STAFF)
    if not said["name"] and role is not Role.DESK:
        return Line(number, told, problem=Problem.NO_NAME)
    if role is Role.REPORTER and not is_commune:
        return Line(number, told, problem=Problem.NOT_COMMUNE)
    if not may_invite(who, unit, role):
        return Line(number, told, problem=Problem.NOT_YOURS)
    post = said.get("post", "") or (DUTY_POST if word in ON_DUTY else "")
    return Line(number, told, unit, role, said["name"], post, phone)

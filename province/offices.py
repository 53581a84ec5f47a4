"""The chart of offices as a spreadsheet has it: each row is read and judged against a pack."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from province.lookup import Lookup
from province.pack import Agency, Pack
from province.telephones import telephone
from province.text import fold

MOST = 200
"""Rows of one list; a province has some fifty offices."""
FIELDS = ("code", "name", "short", "aliases", "post", "phone", "hours")
HEADS: Mapping[str, str] = {
    "ma": "code",
    "ma don vi": "code",
    "don vi": "name",
    "ten": "name",
    "ten don vi": "name",
    "co quan": "name",
    "ten tat": "short",
    "viet tat": "short",
    "ten khac": "aliases",
    "ten cu": "aliases",
    "nguoi truc": "post",
    "chuc trach truc": "post",
    "so truc": "phone",
    "dien thoai": "phone",
    "dien thoai truc": "phone",
    "gio truc": "hours",
}
"""What a column's head means."""
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST = 200


class Problem(StrEnum):
    """What is wrong with a row."""

    NO_CODE = "no_code"
    BAD_CODE = "bad_code"
    SEVERAL = "several"
    COMMUNE = "commune"
    NO_NAME = "no_name"
    TAKEN = "taken"
    TWICE = "twice"
    LONG = "long"
    NO_POST = "no_post"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read; `number` is the one that a spreadsheet shows."""

    number: int
    said: tuple[str, ...]
    code: str = ""
    is_new: bool = False
    edits: Mapping[str, str] = field(default_factory=dict)
    """What it changes, as province.edits applies it."""
    problem: Problem | None = None


class NoHeads(Exception):
    """The first row names no column of offices, or there are too many rows."""


def listed(pack: Pack) -> Iterator[tuple[str, ...]]:
    """The offices of a pack as such a list, its heads first; an empty cell changes nothing."""
    yield ("Mã", "Tên đơn vị", "Tên tắt", "Tên khác", "Người trực", "Số trực", "Giờ trực")
    for agency in pack.agencies:
        now = values(agency)
        yield (agency.code, *(now[name] for name in FIELDS[1:]))


def values(agency: Agency) -> dict[str, str]:
    """The fields of an office that a list may change, as its cells say them."""
    duty = agency.duty[0] if agency.duty else None
    return {
        "name": agency.name,
        "short": agency.short,
        "aliases": "; ".join(agency.aliases),
        "post": duty.post if duty else "",
        "phone": duty.phone if duty else "",
        "hours": duty.hours if duty else "",
    }


def read(pack: Pack, rows: Sequence[Sequence[str]]) -> list[Line]:
    """Each row with what it changes or what is wrong. Raises NoHeads. Empty rows are left out."""
    heads = [HEADS.get(fold(cell).strip(" :*")) for cell in rows[0]] if rows else []
    if ("name" not in heads and "code" not in heads) or len(rows) > MOST + 1:
        raise NoHeads
    lines: list[Line] = []
    lookup, seen = Lookup(pack), set[str]()
    for number, row in enumerate(rows[1:], 2):
        cells = {
            name: " ".join(cell.removeprefix("'").split())
            for name, cell in zip(heads, row, strict=False)
            if name is not None
        }
        if any(cells.values()):
            line = _line(pack, lookup, number, cells)
            is_twice = line.problem is None and line.code in seen
            lines.append(Line(number, line.said, problem=Problem.TWICE) if is_twice else line)
            seen.add(line.code)
    return lines


def _line(pack: Pack, lookup: Lookup, number: int, cells: Mapping[str, str]) -> Line:
    said = tuple(cells.get(name, "") for name in FIELDS)
    code, problem = _code(lookup, cells)
    if problem is None and max(map(len, said)) > LONGEST:
        problem = Problem.LONG
    if problem is not None:
        return Line(number, said, problem=problem)
    agency = next((row for row in pack.agencies if row.code == code), None)
    now = values(agency) if agency else dict.fromkeys(FIELDS[1:], "")
    given = {name: cells[name] for name in FIELDS[1:] if cells.get(name)}
    if "phone" in given:
        given["phone"] = telephone(given["phone"])
    if not cells.get("code"):
        given.pop("name")  # it was found by that name, or by another of its names
    if agency is None:
        given = {"short": given.get("name", ""), **given}
    problem = _doubt(lookup, code, now, given)
    edits = {
        f"unit.{code}.{name}": value for name, value in given.items() if value != now.get(name)
    }
    return Line(number, said, code, agency is None, {} if problem else edits, problem)


def _code(lookup: Lookup, cells: Mapping[str, str]) -> tuple[str, Problem | None]:
    """Which office a row is about: by its code, else by its name."""
    if code := cells.get("code", ""):
        is_commune = lookup.commune(code) is not None
        fits = CODE.fullmatch(code) is not None
        return code, Problem.COMMUNE if is_commune else None if fits else Problem.BAD_CODE
    found = lookup.find_units(cells.get("name", ""))
    if len(found) != 1:
        return "", Problem.SEVERAL if found else Problem.NO_CODE
    return found[0], Problem.COMMUNE if lookup.commune(found[0]) is not None else None


def _doubt(
    lookup: Lookup, code: str, now: Mapping[str, str], given: Mapping[str, str]
) -> Problem | None:
    """What speaks against the new values: no name at all, another's name, a phone of nobody."""
    if not (now["name"] or given.get("name")):
        return Problem.NO_NAME
    for name in ("name", "short"):
        if set(lookup.find_units(given.get(name, ""))) - {code}:
            return Problem.TAKEN
    has_post = now["post"] or given.get("post")
    return None if has_post or not (given.get("phone") or given.get("hours")) else Problem.NO_POST

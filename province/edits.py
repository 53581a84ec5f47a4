"""Single fields of a pack with new values, as an administrator types them; checked as a whole."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from province import checks
from province.load import PackError, pack_from_json
from province.pack import Pack, Retention

DEADLINES = ("acknowledge", "answer", "result")
DAY = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s+(nghỉ|làm)\s*:?\s*(.*)", re.IGNORECASE)
KEPT_DAY = re.compile(r"(nghỉ|làm): .+")
LIKE = "viết như 31/12/2026 nghỉ: lý do, hoặc 10/01/2027 làm: làm bù"
UNITS = {"phút": "minutes", "giờ": "hours", "ngày": "days"}
MOST_DAYS, WHY = 200, 120


def values(pack: Pack) -> dict[str, str]:
    """Every field that can be edited, by its path: deadline.urgent.answer, day.2026-12-31."""
    return dict(_values(pack))


def _values(pack: Pack) -> Iterator[tuple[str, str]]:
    for urgency, deadline in pack.policies.deadlines.items():
        for what in DEADLINES:
            yield f"deadline.{urgency}.{what}", getattr(deadline, what)
    for chain in pack.policies.chains:
        for n, step in enumerate(chain.steps):
            yield f"step.{chain.name}.{chain.urgency}.{n}.after", step.after
            yield f"step.{chain.name}.{chain.urgency}.{n}.repeat", step.repeat
    for agency in pack.agencies:
        for n, duty in enumerate(agency.duty):
            yield f"duty.{agency.code}.{n}.phone", duty.phone
            yield f"duty.{agency.code}.{n}.hours", duty.hours
    for kind in Retention.model_fields:
        yield f"retention.{kind}", getattr(pack.policies.retention, kind)
    for row in pack.calendar.overrides:
        yield f"day.{row.day.isoformat()}", f"{'làm' if row.working else 'nghỉ'}: {row.why}"


def days_text(pack: Pack) -> str:
    """The province's own days, one a line: 31/12/2026 nghỉ: bão số 12."""
    rows = sorted(pack.calendar.overrides, key=lambda row: row.day)
    return "\n".join(
        f"{row.day:%d/%m/%Y} {'làm' if row.working else 'nghỉ'}: {row.why}" for row in rows
    )


def span(text: str) -> str:
    """A span of time as the pack has it, where it was typed in Vietnamese: 2 giờ, 30 phút."""
    number, _, unit = text.strip().partition(" ")
    return f"{number} {UNITS[unit.lower()]}" if unit.lower() in UNITS else text.strip()


def told(value: str) -> str:
    """A span of time as people write it, where it is one: 2 hours is 2 giờ."""
    number, _, unit = value.partition(" ")
    words = {english: vietnamese for vietnamese, english in UNITS.items()}
    return f"{number} {words[unit]}" if unit in words and number.isdecimal() else value


def read_days(text: str) -> dict[str, str]:
    """What was typed about days, by path. Raises PackError with each line that is not one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong, found = [], {}
    for line in lines[: MOST_DAYS + 1]:
        match = DAY.fullmatch(line)
        day = _day(match[1]) if match else None
        if match is None or day is None or not 0 < len(match[3].strip()) <= WHY:
            wrong.append(f"“{line[:60]}”: {LIKE}")
        elif f"day.{day}" in found:
            wrong.append(f"{match[1]}: ghi hai lần")
        else:
            found[f"day.{day}"] = f"{match[2].lower()}: {match[3].strip()}"
    if wrong or len(lines) > MOST_DAYS:
        raise PackError(wrong or [f"quá {MOST_DAYS} ngày"])
    return found


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def changed(pack: Pack, given: Mapping[str, str]) -> dict[str, str]:
    """What differs from a pack: fields with other values, days that are new, other or gone ('')."""
    now = values(pack)
    edits = {
        path: value
        for path, value in given.items()
        if (path in now or path.startswith("day.")) and now.get(path) != value
    }
    return edits | {path: "" for path in now if path.startswith("day.") and path not in given}


def apply(pack: Pack, edits: Mapping[str, str]) -> Pack:
    """The pack with these fields; raises PackError with all that is wrong with what comes out."""
    known, document = values(pack), pack.model_dump(mode="json")
    wrong = []
    for path, value in edits.items():
        if path.startswith("day."):
            if value and not KEPT_DAY.fullmatch(value):
                wrong.append(f"{path}: {LIKE}")
            _set(document, path.split("."), value)
        elif path.startswith("unit."):
            _set(document, path.split("."), value)
        elif path not in known:
            wrong.append(f"{path}: gói đang có hiệu lực không còn mục này")
        else:
            _set(document, path.split("."), value)
    if wrong:
        raise PackError(wrong)
    fresh = pack_from_json(json.dumps(document))
    if found := [reason for _, reason in checks.problems(fresh)]:
        raise PackError(found)
    return fresh


def _set(document: dict[str, Any], path: list[str], value: str) -> None:
    match path:
        case ["deadline", urgency, what]:
            document["policies"]["deadlines"][urgency][what] = value
        case ["step", name, urgency, n, what]:
            chains = document["policies"]["chains"]
            (chain,) = [c for c in chains if (c["name"], c["urgency"]) == (name, urgency)]
            chain["steps"][int(n)][what] = value
        case ["duty", code, n, what]:
            (agency,) = [a for a in document["agencies"] if a["code"] == code]
            agency["duty"][int(n)][what] = value
        case ["unit", code, what]:
            _set_unit(document["agencies"], code, what, value)
        case ["retention", kind]:
            document["policies"]["retention"][kind] = value
        case ["day", day]:
            _set_day(document["calendar"], day, value)


def _set_unit(agencies: list[dict[str, Any]], code: str, what: str, value: str) -> None:
    """A field of an office; of one that is not there yet the first makes it."""
    row = next((agency for agency in agencies if agency["code"] == code), None)
    if row is None:
        row = {"code": code, "name": "", "short": ""}
        agencies.append(row)
    if what == "aliases":
        row[what] = [part for alias in value.split(";") if (part := alias.strip())]
    elif what in {"post", "phone", "hours"}:
        row["duty"] = list(row.get("duty") or [{"post": ""}])
        row["duty"][0][what] = value
    elif what in {"name", "short"}:
        row[what] = value


def _set_day(calendar: dict[str, Any], day: str, value: str) -> None:
    rest = [row for row in calendar["overrides"] if row["day"] != day]
    what, _, why = value.partition(": ")
    if value:
        rest.append({"day": day, "working": what == "làm", "why": why})
    calendar["overrides"] = sorted(rest, key=lambda row: str(row["day"]))

"""How a province's folder of YAML files becomes a checked pack, or a list of what to mend."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from province import checks
from province.checks import Problem
from province.pack import Agency, Calendar, Commune, Group, Hotline, Pack, Policies, Route, Row
from province.source import Loc, Source

_SECTIONS: Final = ("agencies", "communes", "routing", "policies", "calendar", "hotlines")
_ROWS: Final[dict[str, type[Row]]] = {
    "agencies": Agency,
    "communes": Commune,
    "groups": Group,
    "routing": Route,
    "hotlines": Hotline,
}
_STAND_INS: Final = {"policies": Policies(deadlines={}), "calendar": Calendar(seasons=())}
_REASONS: Final = {
    "missing": "thiếu mục này",
    "extra_forbidden": "không có mục nào tên như vậy",
    "literal_error": "phải là {expected}",
    "string_type": "cần một chuỗi chữ",
    "tuple_type": "cần một danh sách",
    "dict_type": "cần các cặp 'tên: giá trị'",
    "model_type": "cần các cặp 'tên: giá trị'",
    "int_parsing": "cần một số nguyên",
    "float_parsing": "cần một số",
    "bool_parsing": "cần true hoặc false",
    "date_from_datetime_parsing": "cần một ngày dạng 2026-08-22",
    "time_parsing": "cần giờ dạng 07:00",
    "string_pattern_mismatch": "không đúng mẫu {pattern}",
}


class PackError(Exception):
    """The pack has mistakes; `problems` holds each as 'file:line: reason'."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_pack(folder: Path) -> Pack:
    """Read pack.yaml, agencies.yaml, communes.yaml, routing.yaml, policies.yaml, calendar.yaml
    and hotlines.yaml of `folder`; raise PackError with every mistake found in them.
    """
    sources = {name: Source(folder / f"{name}.yaml") for name in ("pack", *_SECTIONS)}
    document, found = _assemble(sources)
    pack, wrong = _validate(document)
    for loc, reason in wrong:
        source, inner = _place(sources, loc)
        if source.value is not None:  # a file that cannot be read has said so already
            found.append((source.name, source.line(inner), reason))
    for source in sources.values():
        found += [(source.name, line, reason) for line, reason in source.problems]
    if found or pack is None:
        raise PackError([f"{file}:{line}: {reason}" for file, line, reason in sorted(set(found))])
    return pack


def pack_to_json(pack: Pack) -> str:
    """Return the pack as kept in the database; `pack_from_json` gives an equal pack back."""
    return pack.model_dump_json(exclude_defaults=True)


@lru_cache(maxsize=4)
def pack_from_json(text: str) -> Pack:
    """Read what `pack_to_json` wrote; raise PackError when it is no pack (of this version).

    The same words give the same pack, so that what was worked out for it serves again.
    """
    try:
        return Pack.model_validate_json(text)
    except ValidationError as error:
        wrong = [".".join(map(str, e["loc"])) + ": " + _reason(e) for e in error.errors()]
        raise PackError(wrong) from error


def _assemble(sources: dict[str, Source]) -> tuple[dict[str, Any], list[tuple[str, int, str]]]:
    head = sources["pack"]
    found = []
    document = dict(head.value) if isinstance(head.value, dict) else {}
    if head.value is not None and not isinstance(head.value, dict):
        found.append((head.name, 1, _REASONS["dict_type"]))
    for name in _SECTIONS:
        if name in document:
            found.append((head.name, head.line((name,)), f"mục này viết trong {name}.yaml"))
        document[name] = sources[name].value
    return document, found


def _place(sources: dict[str, Source], loc: Loc) -> tuple[Source, Loc]:
    if loc and loc[0] in _SECTIONS:
        return sources[str(loc[0])], loc[1:]
    return sources["pack"], loc


def _validate(document: dict[str, Any]) -> tuple[Pack | None, list[Problem]]:
    try:
        pack = Pack.model_validate(document)
    except ValidationError as error:
        wrong = [(e["loc"], _named(e["loc"]) + _reason(e)) for e in error.errors()]
        return None, wrong + list(_rest(document, {loc[:1] for loc, _ in wrong}))
    return pack, list(checks.problems(pack))


def _named(loc: Loc) -> str:
    return f"{loc[-1]}: " if loc and isinstance(loc[-1], str) else ""


def _reason(error: ErrorDetails) -> str:
    what = _REASONS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    return what.replace("' or '", "' hoặc '")


def _rest(document: dict[str, Any], wrong: set[Loc]) -> Iterator[Problem]:
    """Check the well-formed parts although others are not, so that one run shows all mistakes."""
    if not all(isinstance(document.get(section), list) for section in ("agencies", "groups")):
        return  # every row would seem to name an unknown unit
    parts: dict[str, Any] = {}
    places: dict[str, list[int]] = {}
    for section, model in _ROWS.items():
        rows = list(_sound_rows(document.get(section), model))
        places[section] = [place for place, _ in rows]
        parts[section] = tuple(row for _, row in rows)
    for name, stand_in in _STAND_INS.items():
        try:
            parts[name] = type(stand_in).model_validate(document.get(name))
        except ValidationError:
            parts[name] = stand_in
    for field in ("coordinator", "duty_office"):
        parts[field] = document.get(field)
    for loc, reason in checks.problems(Pack.model_construct(**parts)):
        if loc[0] in places:
            yield (loc[0], places[str(loc[0])][int(loc[1])], *loc[2:]), reason
        elif loc[:1] not in wrong:
            yield loc, reason


def _sound_rows(rows: Any, model: type[Row]) -> Iterator[tuple[int, Row]]:
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        try:
            yield place, model.model_validate(row)
        except ValidationError:
            # A unit with a mistake still exists: rows that name it are not wrong as well.
            if model in (Agency, Group) and isinstance(row, dict) and "code" in row:
                known = {"code": row["code"]}
                yield place, model.model_construct(**known)

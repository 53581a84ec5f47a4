"""Which roads and kilometres a text names: QL7, ĐT.543, TL 532, km 12+300."""

import re
from collections.abc import Iterator
from typing import Final

from triage.text import Message, pattern
from triage.verdict import Place

_ROAD = pattern(
    r"(?<!\w)(?P<kind>ql|quốc lộ|qlộ|đt|tl|tỉnh lộ|đường tỉnh|đh|hl|huyện lộ|đường huyện)"
    r"(?:\s*số)?[\s.]*(?P<number>\d{1,3}\s?[a-e]?)(?![\w/])"
)
_NAMED = pattern(r"(?<!\w)(?:đường hồ chí minh|đường hcm|cao tốc(?: bắc nam)?)(?!\w)")
_KM = re.compile(
    r"(?<!\w)(?:km|kilomet|cây số|cay so)\s*(?:số |so )?(?P<km>\d{1,3}(?:\s*\+\s*\d{1,3})?)(?!\w)"
)
_KINDS: Final = {
    "ql": "QL", "quốc lộ": "QL", "quoc lo": "QL", "qlộ": "QL", "qlo": "QL", "đt": "ĐT.",
    "dt": "ĐT.", "tl": "ĐT.", "tỉnh lộ": "ĐT.", "tinh lo": "ĐT.", "đường tỉnh": "ĐT.",
    "duong tinh": "ĐT.", "đh": "ĐH.", "dh": "ĐH.", "hl": "ĐH.", "huyện lộ": "ĐH.",
    "huyen lo": "ĐH.", "đường huyện": "ĐH.", "duong huyen": "ĐH.",
}  # fmt: skip
SMALLEST_PROVINCIAL: Final = 500
"""Roads of the province are numbered from 531 on: 'dt 20' is an area or a telephone."""


def find(message: Message) -> tuple[Place, ...]:
    """Return the roads named, each with the kilometre that follows it."""
    return tuple(dict.fromkeys(_roads(message.plain)))


def _roads(plain: str) -> Iterator[Place]:
    marks = [(m.start(), m["km"].replace(" ", "")) for m in _KM.finditer(plain)]
    for start, name in sorted(_names(plain)):
        km = next((mark for at, mark in marks if at > start), "")
        yield Place("road", f"{name} km {km}" if km else name)


def _names(plain: str) -> Iterator[tuple[int, str]]:
    for m in _ROAD.finditer(plain):
        kind = _KINDS[" ".join(m["kind"].split())]
        number = m["number"].replace(" ", "").upper()
        if kind != "ĐT." or int(number.rstrip("ABCDE")) >= SMALLEST_PROVINCIAL:
            yield m.start(), kind + number
    for m in _NAMED.finditer(plain):
        yield m.start(), "cao tốc" if m[0].startswith("cao") else "đường Hồ Chí Minh"

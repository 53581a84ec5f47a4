"""Which communes a report is made for together: "cho cụm xã Chiêu Lưu, Hữu Kiệm, Nậm Cắn"."""

import re
from collections.abc import Sequence

from province.lookup import Lookup
from province.text import fold
from tickets.likeness import kilometres

MOST = 15
"""Communes that may carry one request."""
NEIGHBOURS = 3
"""Communes that are offered to be invited; any other can be typed."""
_NUMBER = r"(?:\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_CLUSTER = re.compile(r"\b(?:cum|lien)(?: cac| " + _NUMBER + r")? (?:xa|phuong)\b:?")
"""Says by itself that they ask together; the own commune need not be named."""
_SEVERAL = re.compile(rf"\b(?:cac|ca|{_NUMBER}) (?:xa|phuong)\b:?")
"""Counts only where the own commune is among those named: else it tells of others."""
_TOKEN = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_BETWEEN = frozenset({",", ";", "+", "&", "/", "-", "–", "va", "voi", "cung", "xa", "phuong", "x"})
_OWN = frozenset({"toi", "minh", "em", "nha", "ta", "chung"})
_POLITE = frozenset({"", "a", "nhe", "de nghi", "de nghi nhe", "tham gia", "tham gia nhe"})
"""What may follow the names where communes are invited."""
LONGEST_NAME = 4
"""Words of the longest name, with its kind."""


def together(text: str, units: Lookup, home: str) -> list[str]:
    """The other communes for which a commune (`home`) reports, each once; [] where it is alone."""
    folded = fold(text)
    for trigger, needs_home in ((_CLUSTER, False), (_SEVERAL, True)):
        for begins in trigger.finditer(folded):
            named, _ = communes_in(folded[begins.end() :], units, home)
            others = [code for code in named if code != home]
            if others and (home in named or not needs_home):
                return others[:MOST]
    return []


def communes_in(text: str, units: Lookup, home: str = "") -> tuple[list[str], str]:
    """The communes that a text begins with, each once, and its folded rest.

    An old commune's name stands for the one it is in today; a name of several ends the list.
    """
    words = list(_TOKEN.finditer(fold(text)))
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        word = words[at].group()
        if word in _BETWEEN:
            at += 1
        elif home and word in _OWN and at and words[at - 1].group() in {"xa", "phuong", "x"}:
            found[home] = None
            at += 1
        elif (hit := _named(words[at : at + LONGEST_NAME], units)) is not None:
            found[hit[0]] = None
            at += hit[1]
        else:
            break
    rest = " ".join(word.group() for word in words[at:])
    return list(found), rest


def _named(words: Sequence[re.Match[str]], units: Lookup) -> tuple[str, int] | None:
    """The commune whose name comes next, the longest name first, and how many words it takes."""
    for length in range(len(words), 0, -1):
        name = " ".join(word.group() for word in words[:length])
        communes = [code for code in units.find_units(name) if units.commune(code)]
        communes = communes or [commune.code for commune in units.communes_once(name)]
        if len(communes) == 1:
            return communes[0], length
    return None


def invited_by(words: str, units: Lookup) -> list[str]:
    """The communes that words invite, [] when they say anything else: "Hữu Kiệm, Nậm Cắn nhé"."""
    named, rest = communes_in(words.strip(" .!"), units)
    return named[:MOST] if rest in _POLITE else []


def neighbours(units: Lookup, home: str, but: Sequence[str]) -> list[str]:
    """The nearest communes, those of the same former district before all others."""
    own = units.commune(home)
    if own is None:
        return []
    others = [row for row in units.pack.communes if row.code != home and row.code not in but]
    others.sort(
        key=lambda row: (
            row.old_district != own.old_district,
            kilometres(own.lat, own.lon, row.lat, row.lon),
        )
    )
    return [row.code for row in others[:NEIGHBOURS]]

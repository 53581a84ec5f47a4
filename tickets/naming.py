"""The unit or the category that people mean by the words they type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from province.lookup import Lookup
from province.pack import Route
from province.text import fold

LONGEST = 10
"""Words of the longest name of a unit."""
_WORD = re.compile(r"\S+")
_EDGE = " :,;.-–"
LIKELIEST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """The units that the beginning of a text may mean, and the rest of the text as typed."""

    units: tuple[str, ...]
    rest: str


def unit_first(units: Lookup, text: str) -> Named:
    """Read a unit's name at the start of a text: "sở xây dựng: vì là đường tỉnh"."""
    words = list(_WORD.finditer(text))
    for word in reversed(words[:LONGEST]):
        found = units.find_units(text[: word.end()].strip(_EDGE))
        if found:
            return Named(found, text[word.end() :].strip(_EDGE))
    return Named((), text)


def categories_like(routes: Sequence[Route], words: str) -> list[Route]:
    """The categories that some words fit best, by label, short label and phrases; best first.

    The only one is given back when the words are its very name.
    """
    wanted = fold(words).strip(_EDGE)
    exact = [route for route in routes if wanted in {fold(route.label), fold(route.title)}]
    if len(exact) == 1:
        return exact
    tokens = set(wanted.split())
    scored = [(_score(route, wanted, tokens), n, route) for n, route in enumerate(routes)]
    best = sorted((entry for entry in scored if entry[0] > 0), key=lambda e: (-e[0], e[1]))
    return [route for _, _, route in best[:LIKELIEST]]


def _score(route: Route, wanted: str, tokens: set[str]) -> float:
    """How well words fit: whole phrases count most, then the share of the words that occur."""
    names = [fold(name) for name in (route.label, route.title, *route.phrases)]
    if not tokens:
        return 0.0
    whole = 1.0 if any(wanted in name for name in names) else 0.0
    shared = max(len(tokens & set(name.split())) / len(tokens) for name in names)
    return whole + (shared if shared >= 0.5 else 0.0)  # noqa: PLR2004  half of the words

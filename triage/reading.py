"""A message with all that is found in it, before anybody judges what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from province.pack import Pack
from province.text import fold
from triage import concepts, documents, roads, things
from triage.danger import Danger, read_danger
from triage.places import Gazetteer
from triage.text import Message, read
from triage.verdict import Place

PLACE_WORD: Final = "@"
"""Stands for the name of a place among the counted words: which place says nothing of the "
"matter."""
MANY_NOTIONS: Final = 10
"""Notions of one text that are paired."""


LATELY: Final = 8
"""Readings kept: a message is read for its verdict, and again for the answer that it may be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, what it names, and its words as the classifier counts them."""

    message: Message
    places: tuple[Place, ...]
    things: tuple[str, ...]
    documents: tuple[str, ...]
    danger: Danger
    words: tuple[str, ...]
    folded: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def is_place_alone(self) -> bool:
        """Whether the text names a place and says nothing of it: no place alone is a danger."""
        said = " ".join(self.message.folded)
        return any(fold(place.text) == said for place in self.places)


class Reader:
    """Reads messages with the names of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.gazetteer = Gazetteer(pack)
        self._lately = lru_cache(LATELY)(self._read)

    def read(self, text: str, home: str | None = None) -> Reading:
        """Return the reading of a text; `home` is the commune of the one who wrote it."""
        return self._lately(text, home)

    def _read(self, text: str, home: str | None) -> Reading:
        message = read(text)
        named = self.gazetteer.find(message, home)
        on_roads = roads.find(message)
        danger = read_danger(message)
        found = things.find(message)
        words, folded = _without_names(message, named.words)
        return Reading(
            message=message,
            places=named.places + on_roads,
            things=found,
            documents=documents.find(message),
            danger=danger,
            words=words,
            folded=folded,
            signs=tuple(_signs(message, danger, found, on_roads)),
        )


def _without_names(
    message: Message, named: frozenset[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not named:
        return message.words, message.folded
    words = tuple(PLACE_WORD if i in named else word for i, word in enumerate(message.words))
    return words, tuple(PLACE_WORD if i in named else word for i, word in enumerate(message.folded))


def _signs(
    message: Message, danger: Danger, found: tuple[str, ...], on_roads: tuple[Place, ...]
) -> Iterator[str]:
    """Yield what is counted beside the words: notions, alone and in pairs, things, danger."""
    notions = sorted(concepts.find(message))[:MANY_NOTIONS]
    yield from notions
    yield from map("+".join, combinations(notions, 2))
    yield from danger.signs
    yield from ("thing " + name for name in found)
    yield from ("road " + place.text[:2] for place in on_roads)

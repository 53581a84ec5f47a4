"""An English report in Vietnamese words: enough of them for the classifier that knows no English."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

LONGEST: Final = 4
"""Words of the longest phrase."""
ENOUGH: Final = 0.4
"""Share of the words that bear a meaning from which the rest is understood by them."""


def in_vietnamese(folded: Sequence[str]) -> str:
    """Return what English words say in Vietnamese, word by word; '' when too few are known.

    The order stays English: the classifier counts words and neighbours, it reads no grammar.
    """
    told: list[str] = []
    known, unknown = 0, 0
    meanings: set[str] = set()
    for words, meaning in _read(folded):
        if meaning is None:
            unknown += not words[0].isdigit()
            told.extend(words)
        elif meaning:
            known += 1
            meanings.add(meaning)
            told.append(meaning)
    is_enough = known >= ENOUGH * (known + unknown)
    return " ".join(told) if len(meanings) > 1 and is_enough else ""


def _read(folded: Sequence[str]) -> Iterator[tuple[Sequence[str], str | None]]:
    """Yield words with their meaning, the longest phrase first; None for words not known."""
    at, meanings = 0, _meanings()
    while at < len(folded):
        for length in range(min(LONGEST, len(folded) - at), 0, -1):
            meaning = meanings.get(" ".join(folded[at : at + length]))
            if meaning is not None or length == 1:
                yield folded[at : at + length], meaning
                at += length
                break


@cache
def _meanings() -> dict[str, str]:
    """Meanings by English word or phrase; words that mean nothing by themselves have ''."""
    lists = yaml.safe_load((files("triage") / "english.yaml").read_text("utf-8"))
    found = {word.strip(): "" for word in lists["blank"].split(";")}
    for name in ("phrases", "words"):
        for entry in lists[name].split(";"):
            english, _, meaning = entry.partition(":")
            found[english.strip()] = meaning.strip()
    return found

"""A phrase as its writer typed it, for explanations: "ký số", never "kí số"."""

import re
from functools import lru_cache
from typing import Final

from province.text import fold
from triage.reading import PLACE_WORD, Reading
from triage.text import Message

_WORD = re.compile(r"[^\W_]+")
_Y = re.compile(r"\b([hklmst])y\b")
_STOPS: Final = frozenset(".,;:!?…()\n")
MOST_PAIRS: Final = 12
"""Pairs that are looked at for an explanation."""
PHRASES: Final = 2
"""Phrases of the text that an explanation quotes."""
LONG_PHRASE: Final = 3
"""Neighbouring pairs in one phrase: three pairs are four words."""
LEANING: Final = frozenset(
    {
        "mot",
        "khong",
        "va",
        "cac",
        "nhung",
        "bi",
        "dang",
        "cho",
        "voi",
        "tai",
        "chua",
        "can",
        "ca",
        "tieng",
    }
)
"""Words that lean on the next one: "phần mềm một" is half of "phần mềm một cửa"."""
NEARLY: Final = 0.45
"""Share of the best pair's weight from which a neighbour belongs to its phrase."""


def phrases(reading: Reading, weights: list[float]) -> tuple[str, ...]:
    """Return the one or two phrases that spoke most for a category, in the text's words.

    `weights` has one number for each pair of neighbouring words.
    """
    for at, word in enumerate(reading.words):
        if word == PLACE_WORD:
            weights[max(0, at - 1) : at + 1] = [0.0] * (at + 1 - max(0, at - 1))
    spans: list[range] = []
    said: list[str] = []
    for best in sorted(range(len(weights)), key=lambda i: -weights[i])[:MOST_PAIRS]:
        if weights[best] <= 0 or len(said) == PHRASES:
            break
        if any(span.start - 1 <= best <= span.stop for span in spans):
            continue
        grown = _finished(_grown(weights, best), reading)
        phrase = phrase_of(reading, grown) or phrase_of(reading, range(best, best + 1))
        if phrase:
            spans.append(grown)
            said.append(phrase)
    return tuple(said)


def _finished(span: range, reading: Reading) -> range:
    """The same words with the next one, where the last leans on it."""
    ends = reading.folded[span.stop]
    return range(span.start, span.stop + (ends in LEANING and span.stop + 1 < len(reading.folded)))


def _grown(weights: list[float], best: int) -> range:
    """Pairs around the best one that speak nearly as much: "mềm một" is half of two names."""
    start, stop = best, best + 1
    while stop - start < LONG_PHRASE:
        before = weights[start - 1] if start else 0.0
        after = weights[stop] if stop < len(weights) else 0.0
        if max(before, after) < NEARLY * weights[best]:
            break
        start, stop = (start - 1, stop) if before >= after else (start, stop + 1)
    return range(start, stop)


def phrase_of(reading: Reading, span: range) -> str:
    """Return the words of `span` (pairs of neighbours) as typed, spelt out where shortened."""
    at = slice(span.start, span.stop + 1)
    typed = as_typed(reading.message, reading.folded[at])
    return " ".join(reading.words[at]) if typed == " ".join(reading.folded[at]) else typed


def as_typed(message: Message, phrase: tuple[str, ...]) -> str:
    """Return neighbouring words of `Message.folded` as they stand in the message.

    '' when a stop stands between them: they are no phrase. Words that the writer shortened are
    given back spelt out, as nobody typed them so.
    """
    words = _typed(message)
    if words is None:
        return " ".join(phrase)
    folded = [word for word, _, _ in words]
    for at in range(len(folded) - len(phrase) + 1):
        if tuple(folded[at : at + len(phrase)]) == phrase:
            typed = message.raw[words[at][1] : words[at + len(phrase) - 1][2]]
            return "" if _STOPS.intersection(typed) else typed
    return " ".join(phrase)


@lru_cache(1)
def _typed(message: Message) -> list[tuple[str, int, int]] | None:
    """Words as typed, without marks, and where each stands; kept, as each phrase asks anew.

    None where folding changes the length: then nothing stands where it stood.
    """
    small = fold(message.raw)
    if len(small) != len(message.raw):
        return None
    return [(hit.group(), *hit.span()) for hit in _WORD.finditer(_Y.sub(r"\1i", small))]

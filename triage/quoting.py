"""A phrase as its writer typed it, for explanations: "ký số", never "kí số"."""

import re
from typing import Final

from province.text import fold
from triage.reading import Reading
from triage.text import Message

_WORD = re.compile(r"[^\W_]+")
_Y = re.compile(r"\b([hklmst])y\b")
_STOPS: Final = frozenset(".,;:!?…()\n")


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
    small = fold(message.raw)
    if len(small) != len(message.raw):
        return " ".join(phrase)
    found = [(_Y.sub(r"\1i", hit.group()), *hit.span()) for hit in _WORD.finditer(small)]
    words = [word for word, _, _ in found]
    for at in range(len(words) - len(phrase) + 1):
        if tuple(words[at : at + len(phrase)]) == phrase:
            typed = message.raw[found[at][1] : found[at + len(phrase) - 1][2]]
            return "" if _STOPS.intersection(typed) else typed
    return " ".join(phrase)

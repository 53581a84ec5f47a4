"""A phrase as its writer typed it, for explanations: "ký số", never "kí số"."""

import re
from typing import Final

from province.text import fold
from triage.text import Message

_WORD = re.compile(r"[^\W_]+")
_Y = re.compile(r"\b([hklmst])y\b")
_STOPS: Final = frozenset(".,;:!?…()\n")


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

"""Texts of words that the classifier does not know: what it scores there means nothing."""

from collections.abc import Sequence
from typing import Final

from triage.model import Model
from triage.reading import PLACE_WORD

KNOWN_SHARE: Final = 0.34
"""Share of known words from which a text is read: below it stand keys hit at random, texts in other
languages, and one report of the frozen set's thousand at most."""
A_WORD: Final = 2
"""Letters from which a word tells anything: a run of one letter is read as that letter once."""
SENTENCE: Final = 3
"""Unknown words from which somebody may have written a sentence."""
CRIES: Final = frozenset(
    {"help", "sos", "mayday", "danger", "emergency", "trapped", "rescue", "stuck", "fire", "flood"}
)
"""Words of other languages that are never noise: whoever types them is asked about danger."""


def is_unread(model: Model, folded: Sequence[str]) -> bool:
    """Tell whether too few words of a text are known for any score to count."""
    words = [word for word in folded if len(word) >= A_WORD or word == PLACE_WORD]
    if not words:
        return bool(folded)
    known = model.knows([word for word in words if word != PLACE_WORD])
    return known + words.count(PLACE_WORD) < KNOWN_SHARE * len(words)


def is_cry(folded: Sequence[str]) -> bool:
    """Tell whether a short text calls for help in English."""
    return len(set(folded)) < SENTENCE and not CRIES.isdisjoint(folded)


def is_noise(folded: Sequence[str]) -> bool:
    """Tell whether an unread text is too short for a sentence in another language, and no cry."""
    return len(set(folded)) < SENTENCE and CRIES.isdisjoint(folded)

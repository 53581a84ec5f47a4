"""In which language to answer: Vietnamese unless the text is surely English."""

import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from langdetect import LangDetectException
from langdetect.detector_factory import DetectorFactory

from triage.text import Message
from triage.words import words

Language = Literal["vi", "en"]

_LATIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|kh|ph|th|tr|ch|nh|gi|qu|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|ieu|yeu|uoi|uou|uay|uai|[aeiouy]{1,2})(?:ch|nh|ng|[cmnpt])?"
)
_ENGLISH: Final = words("english")
_SURE: Final = 0.95


def language(message: Message) -> Language:
    """Return the language to answer in; the check never turns a text away.

    Script and marks decide first, then whether the words are Vietnamese syllables; the detector
    is asked only about what is left.
    """
    if message.accented or not message.raw.isascii():
        return "vi"
    latin = _LATIN.findall(message.plain)
    if not latin:
        return "vi"
    english = sum(word in _ENGLISH for word in latin)
    syllables = sum(_SYLLABLE.fullmatch(word) is not None for word in message.folded)
    if english == 0 or (syllables >= 0.85 * len(message.folded) and english * 4 < len(latin)):
        return "vi"
    return _detected(" ".join(latin))


@cache
def _factory() -> DetectorFactory:
    """Only the two profiles in question: all 55 take 60 MB."""
    profiles = files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in ("vi", "en")])
    return factory


def warm() -> None:
    """Load the profiles ahead of the first message."""
    _factory()


def _detected(text: str) -> Language:
    detector = _factory().create()
    detector.set_prior_map({"vi": 0.9, "en": 0.1})
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return "vi"
    return "en" if found and found[0].lang == "en" and found[0].prob >= _SURE else "vi"

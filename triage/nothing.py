"""Verdicts on texts that report nothing, or that nobody here can read."""

from typing import Final

from triage import confidential, smalltalk, why
from triage.language import language
from triage.reading import Reading
from triage.unread import is_cry, is_noise
from triage.verdict import Guess, Kind, SmallTalk, Verdict

NOISE: Final = 0.9
"""Confidence told for a few letters that are no words."""
CLEAR: Final = 0.99
"""Confidence told for small talk that is recognised word by word."""


def unread(reading: Reading, *, is_talk: bool) -> Verdict:
    """Tell of a text whose words are not known: people decide, and danger is asked about.

    `is_talk`: the few that are known are no report's.
    """
    if smalltalk.asks_status(reading.message):
        return no_report(reading, "status_question", CLEAR, (), "")
    if is_noise(reading.folded):
        return no_report(reading, "not_a_report", NOISE, (), "noise")
    if is_talk and not is_cry(reading.folded):
        return no_report(reading, "not_a_report", NOISE, (), "")
    return unread_report(reading)


def unread_report(reading: Reading) -> Verdict:
    """Tell of a report that people have to read."""
    return Verdict(
        kind="report",
        certainty="nothing",
        ask_danger=True,
        warned=confidential.warned(reading.message),
        places=reading.places,
        documents=reading.documents,
        language=language(reading.message),
        why=why.UNREAD,
    )


def no_report(
    reading: Reading,
    kind: Kind,
    confidence: float,
    guesses: tuple[Guess, ...],
    small: SmallTalk,
) -> Verdict:
    """Tell of a text without a report; the guesses serve the one who opens a ticket after all."""
    return Verdict(
        kind=kind,
        certainty="sure",
        confidence=confidence,
        alternatives=guesses,
        urgency="low",
        small_talk=small,
        warned=confidential.warned(reading.message),
        places=reading.places,
        documents=reading.documents,
        language=language(reading.message),
        why=why.STATUS if kind == "status_question" else why.NOTHING,
    )

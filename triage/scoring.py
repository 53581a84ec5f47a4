"""A verdict as scores and scripts count it: one lead, and the three likeliest."""

from collections.abc import Collection

from triage.judge import NOT_A_REPORT, STATUS
from triage.verdict import Guess, Verdict

FIRST = 3


def category_of(verdict: Verdict) -> str:
    """The category, or what kind of no report it is."""
    if verdict.kind == "report":
        return verdict.category
    return STATUS if verdict.kind == "status_question" else NOT_A_REPORT


def lead_of(verdict: Verdict, redirected: Collection[str] = ()) -> str:
    """The department that would lead; `not_a_report` where no department gets a ticket.

    That is small talk, a question about an earlier ticket, and what is shown another way
    (categories in `redirected`: complaints go to the reception of citizens).
    """
    is_report = verdict.kind == "report" and verdict.category not in redirected
    return verdict.lead if is_report else NOT_A_REPORT


def ranked(verdict: Verdict, redirected: Collection[str] = ()) -> list[Guess]:
    """The three likeliest guesses with distinct leads; the first is the verdict itself.

    That a report may be none after all is a guess like the others, by its chance; nobody is asked
    about it, as a ticket is never lost to doubt.
    """
    first = Guess(category_of(verdict), lead_of(verdict, redirected), verdict.confidence)
    others = [
        Guess(guess.category, NOT_A_REPORT, guess.confidence)
        if guess.category in redirected
        else guess
        for guess in verdict.alternatives
    ]
    if verdict.kind == "report":
        others.append(Guess(NOT_A_REPORT, NOT_A_REPORT, round(verdict.no_report, 4)))
    others.sort(key=lambda guess: -guess.confidence)
    distinct: dict[str, Guess] = {}
    for guess in (first, *others):
        distinct.setdefault(guess.lead, guess)
    return list(distinct.values())[:FIRST]

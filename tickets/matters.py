"""Which matter a message belongs to: pure rules, in the order in which they are asked."""

from dataclasses import dataclass
from enum import StrEnum

from province.pack import Question
from province.text import fold

RECENT = 30
"""Minutes within which words without a matter of their own go on with the ticket last spoken of."""
ENOUGH_WORDS = 4
"""Fewer words than this never open a ticket beside an open question."""
DETAIL_WORDS = 12
"""Up to so many words that no category surely fits are taken for a detail of the last ticket."""
YES = frozenset({"co", "yes", "y", "ok", "dung", "vang", "u", "roi", "co roi", "x"})
NO = frozenset({"khong", "ko", "k", "no", "n", "hong", "no co", "chua", "khong co", "ko co"})
SKIP = frozenset({"bo qua", "skip", "thoi", "khong biet", "ko biet", "chua ro", "de sau"})


class Belongs(StrEnum):
    """Where a message goes."""

    ADD = "add"
    ANSWER = "answer"
    NEW = "new"
    NEW_WITH_UNDO = "new_with_undo"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a person's message comes in.

    `current` is the open ticket last spoken of in this chat (None if there is none),
    `minutes` how long ago that was, and `asked` the question that is open about it.
    """

    text: str
    replied_to: int | None = None
    named: int | None = None
    begins_new: bool = False
    current: int | None = None
    current_category: str = ""
    current_group: str = ""
    minutes: float = 0.0
    asked: Question | None = None
    is_report: bool = False
    is_sure: bool = False
    is_pressing: bool = False
    """Triage sees danger or haste in the text by itself."""
    category: str = ""
    group: str = ""


def belongs(now: Situation) -> tuple[Belongs, int | None]:
    """Where the message goes, and to which ticket.

    A reply to a message of a ticket adds to it; a number in the text adds to that ticket;
    "vụ mới" begins one; an open question takes what can be its answer; a clearly different
    matter opens a ticket with an Undo; words that only go on are added; else it asks.
    """
    if now.replied_to is not None and not now.begins_new:
        is_answer = now.asked is not None and now.replied_to == now.current
        return (Belongs.ANSWER if is_answer else Belongs.ADD), now.replied_to
    if now.named is not None:
        return Belongs.ADD, now.named
    if now.begins_new or now.current is None:
        return Belongs.NEW, None
    if _is_another_matter(now):
        return Belongs.NEW_WITH_UNDO, None
    if now.asked is not None:
        return Belongs.ANSWER, now.current
    if now.minutes <= RECENT and _only_goes_on(now):
        return Belongs.ADD, now.current
    return Belongs.ASK, now.current


def _is_another_matter(now: Situation) -> bool:
    """Whether the text tells, by itself and surely, of something else than the current ticket."""
    if not (now.is_report and now.is_sure) or now.category == now.current_category:
        return False
    if len(now.text.split()) < ENOUGH_WORDS:
        return False
    if now.asked is not None and now.asked.kind in {"place", "text"}:
        return now.group != now.current_group
    return now.group != now.current_group or now.is_pressing


def _only_goes_on(now: Situation) -> bool:
    """Whether the words say nothing surely by themselves: a number, a place, a detail more."""
    if not now.is_report:
        return True
    return not now.is_sure and len(now.text.split()) <= DETAIL_WORDS


def read_answer(question: Question, text: str) -> str:
    """What a typed text answers: one of the choices, `yes`, `no`, `skip`, or the text itself."""
    folded = fold(text).strip(" .!,")
    if folded in SKIP:
        return "skip"
    if question.kind == "yes_no":
        return _yes_or_no(folded) or text.strip()
    for choice in question.choices:
        if folded == fold(choice):
            return choice
    return text.strip()


def _yes_or_no(folded: str) -> str:
    if folded in NO:
        return "no"
    if folded in YES:
        return "yes"
    first = folded.split(" ", 1)[0]
    if first in {"khong", "ko", "k", "chua", "no"}:
        return "no"
    return "yes" if first in {"co", "yes", "roi"} else ""


def is_danger(question: Question, answer: str) -> bool:
    """Whether an answer is one that makes the ticket an emergency at once."""
    return answer in question.danger

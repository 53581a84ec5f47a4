"""Reads an answer to be published from an officer's words, and finds it again by others': pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from province.text import fold
from storage.guidances import Guidance
from tickets.dates import read_date

HOLDS = timedelta(days=365)
"""How long an answer holds when no day is given."""
ENOUGH_PAIRS = 2
"""Pairs of words that a report shares with an answer of its category, to be shown it."""
_SMALL = frozenset(
    {
        "a", "ah", "ai", "anh", "bi", "cac", "cai", "cho", "chi", "chua", "co", "con", "cua", "da",
        "dang", "de", "den", "di", "do", "duoc", "em", "gi", "giup", "hay", "khi", "khong", "la",
        "lam", "len", "ma", "mot", "nao", "nay", "neu", "nhu", "nhung", "o", "ra", "roi", "sao",
        "se", "the", "thi", "tinh", "toi", "trong", "tu", "va", "vao", "ve", "vi", "voi", "xa",
        "xin", "hoi", "phuong",
    }
)  # fmt: skip
"""Words that tell no matter from another."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer as it was typed: what, on which basis, from which day to which (local)."""

    question: str
    answer: str
    basis: str
    first: date
    last: date


def read_draft(words: str, today: date) -> Draft:
    """Read "<answer>; hỏi: …; căn cứ: …; từ 1/12; đến 31/12/2027"; parts may come in any order.

    What is missing is ''; the days are today and a year on.
    """
    question = basis = ""
    first, last, answer = today, today + HOLDS, []
    for part in filter(None, (part.strip() for part in words.replace("\n", ";").split(";"))):
        folded = fold(part)
        day = read_date(part, today)
        if folded.startswith("can cu"):
            basis = part[len("căn cứ") :].strip(" :.")
        elif folded.startswith("hoi:"):
            question = part.partition(":")[2].strip()
        elif day and folded.startswith(("den ", "den:", "het ", "hieu luc den")):
            last = day
        elif day and folded.startswith(("tu ", "tu:", "hieu luc tu")):
            first = day
        else:
            answer.append(part)
    return Draft(question, "; ".join(answer), basis, first, last)


def words_of(text: str) -> list[str]:
    """The folded words of a text that tell what it is about."""
    bare = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return [word for word in bare.split() if word not in _SMALL]


def needed_by(text: str, known: Iterable[Guidance]) -> Guidance | None:
    """The answer that a report of the same category most likely needs, if any is near enough."""
    asked = _pairs(words_of(text))
    scored = [(len(asked & _pairs(words_of(row.search))), row) for row in known]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= ENOUGH_PAIRS else None


def found_by(text: str, known: Iterable[Guidance]) -> Sequence[Guidance]:
    """The answers in which at least half of the words asked for stand, the best first."""
    asked = words_of(text)
    scored = []
    for row in known:
        there = words_of(row.search)
        shared = len(set(asked) & set(there))
        if shared and shared * 2 >= len(set(asked)):
            scored.append((shared + 2 * len(_pairs(asked) & _pairs(there)), row))
    return [row for _, row in sorted(scored, key=lambda pair: -pair[0])]


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))

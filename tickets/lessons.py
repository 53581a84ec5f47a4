"""What corrections teach: labelled examples without names and numbers, few of one sender."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from province.lookup import Lookup
from storage.corrections import Corrected
from triage.training import Example

WRITER: Final = "corrections"
LARGEST_SHARE: Final = 0.05
"""Of all that is learned anew, at most so much is one sender's: nobody teaches it alone."""
_NUMBER: Final = re.compile(r"\+?\d(?:[\d.\- ]{2,}\d)")
_MAIL: Final = re.compile(r"\S+@\S+|https?://\S+")
_TITLES: Final = (
    r"ông|bà|anh|chị|em|cháu|cụ|bác|chú|thầy|cô|đồng chí|đ/c|ong|ba|dong chi|tên(?: là)?|họ tên"
)
_CALLED: Final = re.compile(rf"(?i:\b({_TITLES}))\s*:?((?:\s+[^\W\d_]+){{1,4}})")


@dataclass(frozen=True, slots=True)
class Lesson:
    """An example with whose it is, so that caps can be kept."""

    ticket_id: int
    sender: int
    example: Example


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learned anew, and how much was left out and why."""

    kept: tuple[Lesson, ...]
    unlabelled: int
    """Reroutes to a department that answers for several of the categories, or none."""
    over_sender: int
    over_category: int


def stripped(text: str, names: Iterable[str]) -> str:
    """A text without people's names, numbers of three digits and more, and addresses.

    Names are those known here, and what follows an address such as “ông”, in capitals; place names
    after other words stay, as the classifier needs them.
    """
    text = _MAIL.sub(" ", text)
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    text = _CALLED.sub(_unnamed, text)
    text = _NUMBER.sub(" ", text)
    return " ".join(re.sub(r"\d{3,}", " ", text).split())


def _unnamed(found: re.Match[str]) -> str:
    """The way of addressing somebody without the name in capitals that follows."""
    words = found.group(2).split()
    named = next((n for n, word in enumerate(words) if not word[0].isupper()), len(words))
    return " ".join([found.group(1), *words[named:]])


def lessons(
    found: Sequence[Corrected],
    names: Sequence[str],
    units: Lookup,
    today: date,
    bundled: Sequence[Example],
) -> Lessons:
    """The examples that corrections give, within both caps; the newest first where they count.

    Of a category at most half of all its examples are new ones.
    """
    labelled = []
    for row in reversed(found):
        category = _label(row, units, today)
        text = stripped(row.text, names)
        if category and text:
            example = Example(text, category, writer=WRITER)
            labelled.append(Lesson(row.ticket_id, row.sender, example))
    seen: Counter[str] = Counter(example.category for example in bundled)
    within = _capped(labelled, seen)
    kept = _shared_out(within)
    return Lessons(
        tuple(kept),
        len(found) - len(labelled),
        len(within) - len(kept),
        len(labelled) - len(within),
    )


def _label(row: Corrected, units: Lookup, today: date) -> str:
    """The category: the one named, else the only likely one of the department that took it."""
    route = units.route(row.category, today) if row.category else None
    if row.is_named or (route is not None and route.lead == row.lead):
        return row.category if route is not None else ""
    fitting = {category for category, lead in row.alternatives if lead == row.lead}
    fitting = {category for category in fitting if units.route(category, today)}
    return fitting.pop() if len(fitting) == 1 else ""


def _capped(found: Sequence[Lesson], seen: Counter[str]) -> list[Lesson]:
    taken: Counter[str] = Counter()
    kept = []
    for lesson in found:
        category = lesson.example.category
        if taken[category] < seen[category]:
            taken[category] += 1
            kept.append(lesson)
    return kept


def _shared_out(found: Sequence[Lesson]) -> list[Lesson]:
    """The most that can be kept when nobody has more than a twentieth; nothing of too few."""
    counts = Counter(lesson.sender for lesson in found)
    for most in range(max(counts.values(), default=0), 0, -1):
        total = sum(min(count, most) for count in counts.values())
        if most <= LARGEST_SHARE * total:
            return _at_most(found, most)
    return []


def _at_most(found: Sequence[Lesson], most: int) -> list[Lesson]:
    taken: Counter[int] = Counter()
    kept = []
    for lesson in found:
        if taken[lesson.sender] < most:
            taken[lesson.sender] += 1
            kept.append(lesson)
    return kept

"""What somebody wants of a queue, read from words; and which communes come first in it."""

import re

from province.lookup import Lookup
from province.pack import Pack
from province.text import fold
from storage.queues import Remote, Wanted
from storage.tickets import Status

LONGEST = 40
"""Characters of a filter or search that are read: a paging button carries no more."""
FEWEST = 3
"""Fewer letters than this find half of all tickets."""
_PHRASES: tuple[tuple[str, str, str], ...] = (
    ("nong thon moi", "words", "nong thon moi"),
    ("khan cap", "urgencies", "emergency"),
    ("qua han", "is_overdue", ""),
    ("tre han", "is_overdue", ""),
    ("cua toi", "assignee", ""),
    ("cho xa bo sung", "statuses", Status.WAITING),
    ("cho xa", "statuses", Status.WAITING),
    ("chua nhan", "statuses", Status.NEW),
    ("da tiep nhan", "statuses", Status.ACKNOWLEDGED),
    ("dang xu ly", "statuses", Status.IN_PROGRESS),
    ("da xu ly", "statuses", Status.RESOLVED),
    ("khan", "urgencies", "emergency"),
    ("gap", "urgencies", "urgent"),
    ("moi", "statuses", Status.NEW),
)
"""Folded words, longest first, and what each narrows."""
_KIND = re.compile(r"^(?:xa|phuong|dac khu|ubnd xa|ubnd phuong)$")
_SOUND = re.compile(r"[^a-z0-9/\- ]+")


def searched(text: str) -> tuple[str, ...]:
    """The folded words to look for; none when they are fewer than three letters together."""
    words = short(text).split()
    return tuple(words) if sum(map(len, words)) >= FEWEST else ()


def wanted(text: str, units: Lookup, person: int | None, *, by_lead: bool = False) -> Wanted:
    """What words narrow a queue to: "quá hạn", "khẩn", "xã Chiêu Lưu", "cầu".

    Whatever is no filter's name and no unit's is looked for in number, matter, place and text;
    a department's name is one with `by_lead`, for those who see the queues of all.
    """
    found: dict[str, list[str]] = {}
    words = short(text).split()
    rest: list[str] = []
    while words:
        kind, value, used = _next(words, units)
        if kind == "words" or (kind == "leads" and not by_lead):
            rest += words[:used] if kind == "leads" else [value]
        else:
            found.setdefault(kind, []).append(value)
        words = words[used:]
    return Wanted(
        is_overdue="is_overdue" in found,
        assignee=(person or 0) if "assignee" in found else None,
        urgencies=tuple(found.get("urgencies", ())),
        statuses=tuple(found.get("statuses", ())),
        communes=tuple(found.get("communes", ())),
        leads=tuple(found.get("leads", ())),
        words=tuple(rest),
    )


def remote(pack: Pack) -> Remote:
    """The communes that come first within equal urgency, as the pack classes them."""
    three = tuple(commune.code for commune in pack.communes if commune.area_class == "III")
    high = (commune.code for commune in pack.communes if commune.mountainous)
    return Remote(three, tuple(code for code in high if code not in three))


def short(text: str) -> str:
    """Words as a button carries them: folded, without signs, at most forty characters."""
    folded = " ".join(_SOUND.sub(" ", fold(text)).split())
    return folded if len(folded) <= LONGEST else folded[:LONGEST].rpartition(" ")[0]


def _next(words: list[str], units: Lookup) -> tuple[str, str, int]:
    """What the first words are, and how many of them."""
    rest = " ".join(words)
    for phrase, kind, value in _PHRASES:
        if rest == phrase or rest.startswith(f"{phrase} "):
            return kind, value, phrase.count(" ") + 1
    for count in range(min(len(words), 7), 0, -1):
        if count == 1 and _KIND.match(words[0]):
            continue
        code = units.find_unit(" ".join(words[:count]))
        if code is not None:
            return ("communes" if units.commune(code) else "leads"), code, count
    return "words", words[0], 1

"""What a lead types to ask another unit: which unit, what, and by when. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from province.lookup import Lookup
from province.text import fold
from tickets.dates import read_date

_UNTIL = re.compile(r"\b(?:han|truoc|cham nhat|muon nhat|xong trong|by|before)\b(?! day| khi| do)")
"""What a deadline begins with; it stands last, and a date must follow it."""
LATEST = 40
"""How many letters a deadline has at most."""
LONGEST_NAME = 8
"""Words of a unit's name at most, where no colon ends it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a unit, with the local date by which it is to be answered."""

    question: str
    until: date | None = None


def read_question(text: str, today: date) -> Asked:
    """The question as typed, and the deadline it ends with: "… hạn 25/11", "… trước thứ 6"."""
    for found in _UNTIL.finditer(fold(text)):
        tail = fold(text)[found.end() :]
        if len(tail) <= LATEST and (until := read_date(tail, today)) is not None:
            return Asked(text.strip(), until)
    return Asked(text.strip())


def read_unit(text: str, units: Lookup) -> tuple[tuple[str, ...], str]:
    """The units that a text begins with the name of, and the rest of it: the question."""
    name, colon, rest = text.partition(":")
    if colon and (found := units.find_units(name.strip())):
        return found, rest.strip()
    words = text.split()
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        if found := units.find_units(" ".join(words[:count]).strip(" ,.")):
            return found, " ".join(words[count:]).strip()
    return (), text.strip()

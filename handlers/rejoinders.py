"""Words that answer what comes round: a leader's on a ticket, a commune's that there is nothing."""

import re

from handlers.twins import CODE, LONGEST, after
from province.text import fold

_OPINION = re.compile(rf"^{CODE}\s*(?::\s*|\s)(?=\S)")
_NOTHING = re.compile(
    r"^(?:da |vang |bao cao |xa |em |tuan nay |hien tai |hien nay )*(?:khong|ko|k|chua)(?: co)?"
    r"(?: vuong mac| kho khan| van de| viec)?(?: gi)?(?: ca| het| dau| a| ah| em| nhe| nha)*$"
)
"""The whole of an answer to the weekly question."""


def opinion_of(text: str) -> tuple[str, str, bool] | None:
    """A ticket's digits, a leader's words on it, and whether a colon stands between them."""
    found = _OPINION.match(fold(text[:LONGEST]))
    if found is None:
        return None
    return found.group(1), after(text, found.group()), ":" in found.group()


def is_nothing(text: str) -> bool:
    """Whether words say that there are no difficulties: "dạ không có gì", "ko vướng mắc"."""
    return len(text) <= LONGEST and _NOTHING.match(fold(text).strip(" .!")) is not None

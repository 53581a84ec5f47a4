"""What a head types in place of Duyệt and Sửa lại: "123 duyệt", "123 sửa lại: nêu rõ nguồn vốn"."""

import re

from handlers.twins import after
from province.text import fold

_NUMBER = r"(?:phieu\s+)?(?P<{}>(?:[a-z]{{2,4}}-\d\d-)?\d{{1,6}})"
_YES = r"(?:(?:ok|oke|da|toi|dong y|nhat tri)\s+)*(?:duyet|phe duyet|approve)(?:\s+phieu)?"
_APPROVES = re.compile(
    rf"^(?:{_NUMBER.format('before')}\s*:?\s*)?{_YES}(?:\s+{_NUMBER.format('behind')})?"
    r"(?:\s+(?:nhe|nha|a|roi|di|em))*$"
)
_SENDS_BACK = re.compile(
    rf"^(?:{_NUMBER.format('before')}\s*:?\s*)?(?:sua lai|tra lai|send back)(?P<colon>\s*:)?\s*"
)


def head_act_of(text: str) -> tuple[str, str, str] | None:
    """The act, the ticket's digits ('' for the one last spoken of), and what is to be changed."""
    folded = fold(text)
    if found := _APPROVES.match(folded.strip(" .!")):
        return "approve", (found["before"] or found["behind"] or "").upper(), ""
    found = _SENDS_BACK.match(folded)
    if found is None or not (found["before"] or found["colon"]):
        return None
    words = after(text, found.group()).strip()
    return "sendback", (found["before"] or "").upper(), words

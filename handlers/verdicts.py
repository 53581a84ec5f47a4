"""A head's words on what an officer has put before them: approved, or sent back and why."""

import re

from handlers.twins import after
from province.text import fold

_NUMBER = r"(?:(?:phieu )?((?:[a-z]{2,4}-\d\d-)?\d{1,6})\s*:?\s+)?"
_YES = re.compile(
    rf"^{_NUMBER}(?:(?:ok|oke|da|vang|u|toi|anh|chi|minh) )*"
    r"(?:(?:dong y|nhat tri|duyet|phe duyet|thong nhat)(?: |$))+"
    r"(?:(?:phieu )?((?:[a-z]{2,4}-\d\d-)?\d{1,6})\b ?)?"
    r"(?:(?:roi|nhe|nha|a|di|luon|cho (?:em|anh|chi|hen)|voi|de xuat|hen|nay|phieu|chu truong)"
    r"(?: |$))*$"
)
_NO = re.compile(
    rf"^{_NUMBER}(?:(?:toi|anh|chi|minh) )?(?:(?:khong|ko|k|chua|ch)(?: (?:the|nen))*"
    r" (?:dong y|nhat tri|duyet|thong nhat|duoc|dc)|tra lai|xem lai|lam lai|sua lai)\b"
    r"(?: (?:nhe|nha|a|dau|em|vi|do))*[\s,.:;\-]*"
)
_OK = re.compile(
    r"^(?:ok|oke|okie|okay|duoc|dc|u|uh|vang|da)(?: (?:em|roi|nhe|a|anh|chi|vang|ok))*$"
)


def verdict_of(text: str) -> tuple[str, str, str] | None:
    """The act, the ticket's digits ('' for the newest) and what is to change, of a head's words.

    A bare "ok" only asks which ("toapprove"): what binds a department is said in full.
    """
    folded = fold(text)
    if found := _YES.match(folded.strip(" .!")):
        return "approve", found.group(1) or found.group(2) or "", ""
    if found := _NO.match(folded):
        return "sendback", found.group(1) or "", after(text, found.group())
    return ("toapprove", "", "") if _OK.match(folded.strip(" .!")) else None

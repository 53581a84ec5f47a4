"""Whether a text says what was done, as a result must when no photo and no document shows it."""

import re

from province.text import fold

_DONE = r"xu ly|giai quyet|hoan thanh|hoan tat|khac phuc|thuc hien|lam|xong|roi|het|on|tot|ok\w*"
_WHOSE = r"xa|em|anh|chi|bac|toi|ben|minh|so|don vi|phieu|viec|vu|van de|su co|bao cao|cam on"
_WHEN = r"hom|sang|trua|chieu|toi|ngay|nay|qua|kip thoi|dung han"
_HOW = r"theo|quy dinh|yeu cau|ket qua|nhu tren|co|da|duoc|de|cho|voi|va|do|la|thi"
_POLITE = r"nhe|nha|a|vang|day|thoi|luon|thanks?|thank you"
_ENGLISH = (
    r"done|finished|fixed|resolved|solved|completed|closed|it|is|was|has|been|already|all|the"
)
_SAYS_NOTHING = re.compile(rf"\b(?:{_DONE}|{_WHOSE}|{_WHEN}|{_HOW}|{_POLITE}|{_ENGLISH})\b")
"""Folded words that say that it is done, whose it was, when and how politely, but not what."""
_WORD = re.compile(r"[a-z]{2,}")


def says_what_was_done(words: str) -> bool:
    """Whether anything is left of a result beside "đã xử lý xong rồi nhé"."""
    return _WORD.search(_SAYS_NOTHING.sub(" ", fold(words))) is not None

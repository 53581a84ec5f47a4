"""What typed words answer to a roll-call: numbers, the answers' names, or a sentence of such."""

import re

from province.text import fold
from tickets.storms import STATES

_NUMBERS = re.compile(r"^[1-6](?:[\s,.;+&/]*(?:va\s+)?[1-6])*$")
_SAID = {
    "hurt": r"(?:co )?(?:nguoi |ai )?(?:bi nan|bi thuong|mat tich|mac ket|bi vui|chet)",
    "safe": r"an toan|binh thuong|on dinh|(?:van )?on|khong (?:co )?(?:sao|gi|van de)(?: gi)?",
    "power": r"(?:mat|cup|khong co|k co) dien",
    "signal": r"(?:mat|khong co|k co) (?:song|mang|lien lac|dien thoai)",
    "road": r"(?:duong )?(?:bi )?(?:chia cat|co lap|tac duong|mat duong)",
    "relief": r"(?:can|xin) (?:cuu tro|ho tro)|(?:can|xin|thieu) (?:luong thuc|nuoc uong|thuoc)",
}
_ENGLISH = {
    "safe": "safe", "power": "power out", "signal": "no signal", "road": "road cut off",
    "hurt": "people hurt", "relief": "relief needed",
}  # fmt: skip
_DENIED = re.compile(r"(?<!\w)(?:khong|chua|k|ko|het) (?:con |bi |ai )*$")
_FILLER = re.compile(
    r"(?<!\w)(?:xa|em|anh|chi|a|nhe|thoi|roi|va|voi|con|lai|dang|bi|hien|nay|deu|ca|toan|cac|ban|thon|"
    r"gio|tat|moi|nguoi|dan|ba|duong|nhung|chi|van|cung|da|bao cao|tinh hinh|luc)(?!\w)"
)


def is_several_numbers(text: str) -> bool:
    """Whether a text is two or more of the answers' numbers: "2 4", "2, 3"."""
    words = fold(text).strip(" .!,;")
    return _NUMBERS.match(words) is not None and len(set(re.findall(r"\d", words))) > 1


def chosen(text: str) -> list[str]:
    """The answers that a text gives and nothing else: [] when it says more, or none.

    What is denied ("không ai bị nạn") is not among them, and may stand beside others.
    """
    words = fold(text).strip(" .!,;")
    if _NUMBERS.match(words):
        return [state for n, state in enumerate(STATES, 1) if str(n) in words]
    rest, found = words, []
    for state, pattern in _SAID.items():
        rest, said = _taken(rest, rf"(?<!\w)(?:{pattern}|{_ENGLISH[state]})(?!\w)")
        found += [state] if said else []
    is_all = not re.search(r"\w", _FILLER.sub(" ", rest))
    return [state for state in STATES if state in found] if is_all else []


def _taken(words: str, pattern: str) -> tuple[str, bool]:
    """The words without what a pattern says, and whether it says it undenied."""
    match = re.search(pattern, words)
    if match is None:
        return words, False
    before, after = words[: match.start()], words[match.end() :]
    denied = _DENIED.search(before)
    return f"{before[: denied.start()] if denied else before} {after}", denied is None

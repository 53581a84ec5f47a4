"""Where a text turns to a second matter."""

from typing import Final

from triage.text import pattern

_TURN = pattern(
    r"(?i)(?:[.;,!?]\s*|\s)(?:với lại|vs lại|ngoài ra(?: còn)?|thêm nữa|hơn nữa|"
    r"(?:còn )?một việc nữa|việc (?:thứ )?(?:hai|2)|"
    r"thứ (?:hai|2)|(?:2|hai) là|đồng thời|bên cạnh đó|nhân tiện|tiện thể|tiện đây|luôn thể|"
    r"còn (?:chuyện|việc|nữa|vụ)|"
    r"chưa kể|cũng xin|xin hỏi thêm|à (?:mà|với)|và cả chuyện|hai việc)(?!\w)[,:]?\s*|\s*(?:\n|"
    r";|(?<!\d)2[.)/-]\s)\s*"
)
_FEWEST: Final = 12
"""Letters that each part must have to be a matter of its own."""


def parts(plain: str) -> tuple[str, str] | None:
    """Return the text before and after the turn to another matter, None without one.

    The first "ngoài ra" or "với lại" counts before any semicolon or new line.
    """
    found = None
    for turn in _TURN.finditer(plain):
        before, after = plain[: turn.start()].strip(" .,;"), plain[turn.end() :].strip(" .,;")
        if min(len(before), len(after)) < _FEWEST:
            continue
        if any(letter.isalpha() for letter in turn.group()):
            return before, after
        found = found or (before, after)
    return found

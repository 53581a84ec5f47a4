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
    """Return the text before and after the first turn to another matter, None without a turn."""
    for turn in _TURN.finditer(plain):
        before, after = plain[: turn.start()].strip(" .,;"), plain[turn.end() :].strip(" .,;")
        if min(len(before), len(after)) >= _FEWEST:
            return before, after
    return None

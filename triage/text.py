"""A message as triage reads it: letters unified, short forms spelt out, with and without marks."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from province.text import fold
from triage.abbreviations import DIALECT, SHORT, SHORT_PAIRS, WORDS_UNMARKED

LONGEST: Final = 3000
"""Letters of a message that triage looks at; the matter is told before that."""

_URL = re.compile(r"https?://\S+|www\.\S+")
_BLANKS = re.compile(r"\s+")
_TONE_OLD: Final = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_TONE = re.compile("(?<!q)(" + "|".join(_TONE_OLD) + r")(?![^\W\d_])")
_Y_TO_I: Final = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_Y = re.compile(r"\b([hklmst])([yýỳỷỹỵ])\b")
_WORD = re.compile(r"[^\W_]+(?:[&/.,-][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True, slots=True)
class Message:
    """One text in the forms that the parts of triage read."""

    raw: str
    """As sent, composed letters, single blanks, without addresses of pages."""
    plain: str
    """Small letters, one way of placing tone marks, i for y after h, k, l, m, s, t."""
    words: tuple[str, ...]
    """Words of `plain`, short forms and dialect spelt out."""
    folded: tuple[str, ...]
    """The same words without marks."""
    accented: bool
    """Whether the writer typed Vietnamese marks."""


def plain(text: str) -> str:
    """Return `text` in small letters and in one of the two ways Vietnamese is spelt."""
    text = text.lower()
    if text.isascii():
        return _Y.sub(lambda m: m[1] + "i", text)
    text = _TONE.sub(lambda m: _TONE_OLD[m[1]], text.replace("ð", "đ"))
    return _Y.sub(lambda m: m[1] + _Y_TO_I[m[2]], text)


def read(text: str) -> Message:
    """Return the message in all its forms."""
    raw = unicodedata.normalize("NFC", text[:LONGEST])
    raw = _BLANKS.sub(" ", _URL.sub(" ", raw)).strip()
    small = plain(raw)
    accented = _accented(small)
    words = tuple(_spelt_out(_split(small), WORDS_UNMARKED if not accented else frozenset()))
    folded = tuple(fold(" ".join(words)).split(" ")) if words else ()
    return Message(raw, small, words, folded, accented=accented)


def _accented(small: str) -> bool:
    marks = len(small) - len(small.encode("ascii", "ignore"))
    return marks * 12 > len(small)


def _split(small: str) -> list[str]:
    """Split into words; joined forms such as 'nn&mt', 'b/c' and 'cb-cc' stay whole if known."""
    out: list[str] = []
    for word in _WORD.findall(_REPEATED.sub(r"\1", small)):
        if word.isalnum() or word in SHORT:
            out.append(word)
        else:
            out.extend(_PARTS.findall(word))
    return out


def _spelt_out(words: list[str], kept: frozenset[str]) -> list[str]:
    out: list[str] = []
    at, last = 0, len(words) - 1
    while at <= last:
        pair = SHORT_PAIRS.get(f"{words[at]}_{words[at + 1]}") if at < last else None
        word = words[at]
        full = pair or SHORT.get(word) or DIALECT.get(word)
        if full and (pair or word not in kept):
            out.extend(full.split(" "))
        else:
            out.append(word)
        at += 2 if pair else 1
    return out


_TERM = re.compile(r"=?[^\W\d_]+")


def pattern(source: str) -> re.Pattern[str]:
    r"""Compile a regular expression that reads `Message.plain` typed with or without marks.

    Every word of `source` matches as written or without its marks: "cháy" matches "cháy" and
    "chay", never "chạy". A word after "=" matches only as written, for words that without marks
    read as something common ("=xuồng" is no "xuống").
    """

    def either(found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("="):
            return word[1:]
        bare = fold(word)
        return word if bare == word else f"(?:{word}|{bare})"

    escapes = re.split(r"(\\[a-zA-Z]|\(\?P<\w+>|\(\?:|\(\?<?[=!])", source)
    parts = [p if i % 2 else _TERM.sub(either, plain(p)) for i, p in enumerate(escapes)]
    return re.compile("".join(parts))

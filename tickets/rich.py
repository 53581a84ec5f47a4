"""Text with bold words, kept apart from what people typed so that nothing needs escaping twice."""

import html
import re

ON, OFF = "\ue000", "\ue001"
"""Private-use marks around bold words; `clean` takes them out of everything people send."""

QUOTED, UNQUOTED = "\ue002", "\ue003"
"""Private-use marks around people's own words, which a restricted ticket hides in some chats."""

_QUOTES = re.compile(f"{QUOTED}.*?{UNQUOTED}", re.DOTALL)
_MARKS = re.compile("[\ue000-\ue0ff]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")


def bold(text: str) -> str:
    """Mark words as bold."""
    return f"{ON}{text}{OFF}"


def own(text: str) -> str:
    """Mark people's own words."""
    return f"{QUOTED}{text}{UNQUOTED}"


def quoted(text: str) -> str:
    """Mark people's own words, and put them in quotation marks."""
    return own(f"“{text}”")


def shown(text: str) -> str:
    """The text with people's words in it."""
    return text.replace(QUOTED, "").replace(UNQUOTED, "")


def hidden(text: str) -> str:
    """The text with three dots in place of people's words."""
    return _QUOTES.sub("…", text)


def clean(text: str) -> str:
    """What a person sent, without our marks and without control and direction characters."""
    return _CONTROL.sub("", _MARKS.sub("", text)).replace("\r\n", "\n").strip()


def plain(text: str) -> str:
    """The text without bold, for channels that know none."""
    return _MARKS.sub("", text)


def as_html(text: str) -> str:
    """The text as HTML: escaped, with <b>; line breaks stay as they are."""
    escaped = html.escape(text, quote=True).replace(ON, "<b>").replace(OFF, "</b>")
    return _MARKS.sub("", escaped)


def bold_ranges(text: str) -> list[tuple[int, int]]:
    """Where the bold words of a text stand in it once it is plain: (start, length) in units."""
    ranges, at, start = [], 0, None
    for letter in text:
        if letter == ON:
            start = at
        elif letter == OFF and start is not None:
            ranges.append((start, at - start))
            start = None
        elif not _MARKS.match(letter):
            at += units(letter)
    return [(begin, length) for begin, length in ranges if length]


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram and Zalo count."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` UTF-16 units, at ends of sentences where it can.

    Bold that is open at a cut is closed and opened again.
    """
    if units(text) <= limit:
        return [text]
    pieces, piece = [], ""
    for sentence in _sentences(text, limit - 2):
        if piece and units(piece + sentence) > limit - 2:
            pieces.append(piece.rstrip())
            piece = ""
        piece += sentence
    pieces.append(piece.rstrip())
    return _rebold([piece for piece in pieces if piece])


def _sentences(text: str, limit: int) -> list[str]:
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(text)]
    starts = [0, *ends]
    sentences = [text[a:b] for a, b in zip(starts, [*ends, len(text)], strict=True) if a < b]
    return [part for sentence in sentences for part in _short(sentence, limit)]


def _short(sentence: str, limit: int) -> list[str]:
    """A sentence in pieces that fit, cut at blanks, or anywhere when there are none."""
    parts = []
    while units(sentence) > limit:
        room = _prefix(sentence, limit)
        cut = sentence.rfind(" ", 0, room) + 1 or room
        parts.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*parts, sentence]


def _prefix(text: str, limit: int) -> int:
    """How many characters from the start fit into `limit` units."""
    used = 0
    for n, letter in enumerate(text):
        used += units(letter)
        if used > limit:
            return n
    return len(text)


def _rebold(pieces: list[str]) -> list[str]:
    closed, is_open = [], False
    for piece in pieces:
        whole = (ON if is_open else "") + piece
        is_open = whole.count(ON) > whole.count(OFF)
        closed.append(whole + (OFF if is_open else ""))
    return closed

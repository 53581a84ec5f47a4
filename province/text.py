"""Vietnamese letters reduced to what a hurried thumb types: no marks, no capitals."""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return `text` for comparing: "  Sạt  LỞ đường" becomes "sat lo duong".

    Both ways of writing a marked letter (one code point or several) and both forms of đ
    (the Vietnamese one and the Icelandic ð that some keyboards send) end up the same.
    """
    text = text.casefold()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text))
        text = text.replace("đ", "d").replace("ð", "d")
    return " ".join(text.split())

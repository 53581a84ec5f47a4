"""What of a message the classifier counts: words, pairs and runs of letters, as numbers."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final
from zlib import crc32

AS_TYPED: Final = 1
BARE: Final = 2
PAIR: Final = 3
LETTERS: Final = 4
SIGN: Final = 5
"""Kinds of feature: each starts the checksum elsewhere, so that equal strings stay apart."""

LETTER_RUNS: Final = (3, 4, 5)
MANY_LETTERS: Final = 600
"""Letters of a message whose runs are counted: beyond that words alone tell the matter."""
COUNT_DIGITS: Final = 2
"""Numbers up to this long count things and are all alike; longer ones name decrees."""


def of_words(words: Sequence[str], folded: Sequence[str], signs: Sequence[str]) -> Iterator[int]:
    """Yield the checksums of words and pairs, with and without marks, and of signs.

    A word that has no marks says nothing new as typed and is counted bare only.
    """
    bare = [word.encode() for word in folded]
    for word in bare:
        yield crc32(word, BARE)
    for left, right in itertools.pairwise(bare):
        yield crc32(left + b" " + right, PAIR)
    before, before_marked = "", False
    for written, plain in zip(words, folded, strict=True):
        marked = written != plain
        if marked:
            yield crc32(written.encode(), AS_TYPED)
        if before and (marked or before_marked):
            yield crc32(f"{before} {written}".encode(), AS_TYPED)
        before, before_marked = written, marked
    for sign in signs:
        yield crc32(sign.encode(), SIGN)


def of_letters(folded: Sequence[str]) -> Iterator[int]:
    """Yield the checksums of all runs of letters, blanks between words included."""
    text = (" " + " ".join(folded) + " ")[:MANY_LETTERS].encode()
    for length in LETTER_RUNS:
        for start in range(len(text) - length + 1):
            yield crc32(text[start : start + length], LETTERS)


def number_shape(word: str) -> str:
    """Return '#' for a small number, else the word itself."""
    return "#" if word.isdigit() and len(word) <= COUNT_DIGITS else word

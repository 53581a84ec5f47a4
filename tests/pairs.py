"""Which pairs of channel and database a story is told on."""

from itertools import product
from zlib import crc32

from tests.databases import POSTGRESQL, SQLITE

CHANNELS = ("web", "telegram")
PAIRS = tuple(product(CHANNELS, (SQLITE, POSTGRESQL)))


def pairs(story: str, *, every: bool = False) -> tuple[tuple[str, str], ...]:
    """Give a story's pairs: web on SQLite, and one other that stays the same for the same name.

    Among some hundred stories each pair is met by dozens; `every` asks for all of them.
    """
    first, *others = PAIRS
    return PAIRS if every else (first, others[crc32(story.encode()) % len(others)])

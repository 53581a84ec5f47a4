"""Which pairs of channel and database a story is told on."""

from collections.abc import Collection
from itertools import product
from zlib import crc32

from tests.databases import POSTGRESQL, SQLITE

CAN: dict[str, set[str]] = {
    "web": {"groups", "corrections", "replies", "presses", "places", "changes", "silence"},
    "telegram": {"groups", "corrections", "replies", "presses", "places", "changes", "silence"},
    "zalo_bot": {"silence"},
    "zalo_oa": {"presses", "places"},
}
"""What people can do on a channel beside writing and sending pictures; a story says what it needs.

Groups: chats of several people that become desks. Corrections: changing a message that was sent.
Replies: pointing at an earlier message. Presses: buttons, where elsewhere a number is typed.
Changes: what we said can be changed by us, and a toast shown. Silence: who has written nothing for
over seven days is reached all the same.
"""
CHANNELS = tuple(CAN)
DATABASES = (SQLITE, POSTGRESQL)
PAIRS = tuple(product(CHANNELS, DATABASES))
TURNS = {SQLITE: 3, POSTGRESQL: 1}
"""How often a database's turn comes: a story costs two and a half times as much on PostgreSQL, and
what is different there (locks, two at once, plans, every statement) is tested by itself."""


def pairs(
    story: str, *, every: bool = False, needs: Collection[str] = (), is_page: bool = False
) -> tuple[tuple[str, str], ...]:
    """Give a story's pairs: web on SQLite, and one other that stays the same for the same name.

    A page of the console says the same whatever channel its people write on: one pair of all.

    Among some hundred stories each pair is met by dozens; `every` asks for all of them. What a
    story needs leaves those channels out that cannot give it.
    """
    first, *others = able = [pair for pair in PAIRS if CAN[pair[0]] >= set(needs)]
    if every:
        return tuple(able)
    number = crc32(story.encode())
    turns = [pair for pair in (able if is_page else others) for _ in range(TURNS[pair[1]])]
    second = turns[number % len(turns)]
    return (second,) if is_page else (first, second)

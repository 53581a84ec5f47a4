"""Which of the pictures that came in together were sent together."""

from collections.abc import Sequence
from datetime import timedelta

from storage.inbox import Received
from tickets.incoming import BY_TIME, Incoming

APART = timedelta(minutes=1)
"""Pictures of one album are sent within seconds; a weak connection takes longer over them."""

Piece = tuple[Received, Incoming]


def sent_together(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The albums among pieces, in the order in which they were sent.

    Where nothing but time joins them, it is the time of sending: after an outage whole hours come
    within a second, in any order, and two reports must not become one.
    """
    if any(said.group_key != BY_TIME for _, said in pieces):
        return [list(pieces)]
    albums: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one[1].sent_at):
        if albums and piece[1].sent_at - albums[-1][-1][1].sent_at <= APART:
            albums[-1].append(piece)
        else:
            albums.append([piece])
    return albums

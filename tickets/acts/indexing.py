"""The folded words by which a ticket is found: what was reported, answered, added and done."""

from typing import Final

from province.text import fold
from storage.tickets import Ticket
from tickets.moment import Moment

LATER: Final = " | "
"""Stands before what was said later: folded words hold no such sign."""
MOST: Final = 4_000
"""Letters of what was said later that are kept for searching; the history keeps all."""


def index(moment: Moment, ticket: Ticket) -> None:
    """Fold what people search by into one column; what was said later stays behind it."""
    unit = moment.rules.units.unit_name(ticket.commune)
    route = moment.route(ticket.category) if ticket.category else None
    matter = route.label if route else ""
    words = (ticket.code, unit, ticket.summary, matter, ticket.place, ticket.text)
    _, mark, later = ticket.search.partition(LATER)
    ticket.search = f"{_folded(' '.join(words))}{mark}{later}"


def index_later(ticket: Ticket, words: str) -> None:
    """Let a ticket be found by words that were said after its report."""
    folded = _folded(words)
    first, _, later = ticket.search.partition(LATER)
    if folded and folded not in ticket.search:
        ticket.search = f"{first}{LATER}{f'{later} {folded}'.strip()[:MOST]}"


def _folded(words: str) -> str:
    return fold(words).replace(LATER.strip(), " ")

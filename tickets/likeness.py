"""Whether two reports may be of one matter: pure, from family, commune, place and distance."""

from math import asin, cos, radians, sin, sqrt

from province.pack import Commune
from province.text import fold
from storage.around import Near
from storage.tickets import Ticket

NEAR_KM = 2.0
"""Reports of one family so close to each other may be of one matter, across a boundary too."""
REACH_KM = 40.0
"""No commune's edge is farther from its centre: whose reports can be near at all."""
_EARTH_KM = 6371.0
_KINDS = frozenset(
    {
        "ban", "thon", "xom", "xa", "phuong", "khoi", "to", "duong", "cau", "tran", "ngam", "deo",
        "doc", "khe", "suoi", "truong", "tram", "o", "tai", "km",
    }
)  # fmt: skip
"""Words that many places share, and that tell none from another."""


def is_like(ticket: Ticket, other: Near) -> bool:
    """Whether an open ticket of the same family may be the same matter.

    Where both have a position, two kilometres decide. Else it is the commune, unless both name a
    place and these have no word in common: two bridges of one commune are two matters.
    """
    if other.id == ticket.id:
        return False
    if ticket.lat is not None and ticket.lon is not None:
        if other.lat is not None and other.lon is not None:
            return kilometres(ticket.lat, ticket.lon, other.lat, other.lon) <= NEAR_KM
    if ticket.commune != other.commune:
        return False
    mine, theirs = _words(ticket.place), _words(other.place)
    return not mine or not theirs or bool(mine & theirs)


def within_reach(lat: float, lon: float, communes: tuple[Commune, ...]) -> list[str]:
    """The communes in which a report near this position may lie."""
    return [
        commune.code
        for commune in communes
        if kilometres(lat, lon, commune.lat, commune.lon) <= REACH_KM
    ]


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance between two positions."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    shape = sin(north / 2) ** 2
    shape += cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(shape))


def _words(place: str) -> set[str]:
    return set(fold(place).replace(",", " ").split()) - _KINDS

"""Which requests of one kind come from communes near each other, and what a proposal shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from province.lookup import Lookup
from province.pack import Commune
from storage import clusters
from storage.clusters import Asked, Cluster
from tickets.likeness import kilometres
from tickets.moment import Moment

WINDOW = timedelta(days=60)
"""Requests of one kind within so long of each other may be proposed as one."""
ENOUGH = 3
"""Communes from which they are."""
NEAR_KM = 20.0
"""Between the centres of communes that are near each other; those of one former district are."""
WIDEST_KM = 60.0
"""A chain of neighbours that is wider falls into its former districts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Communes near each other that ask for the same, the first to ask first."""

    communes: tuple[str, ...]
    tickets: tuple[int, ...]
    since: datetime
    span_km: float
    """Between the two that are farthest apart."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A proposal as it stands: its group, and the tickets that make it up."""

    cluster: Cluster
    group: Group
    asked: Sequence[Asked]


class Nearness:
    """Which communes of a pack are near each other, and how far apart; worked out once."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        """Some 130 communes: eight thousand distances, a hundredth of a second."""
        self._place = {commune.code: commune.place for commune in communes}
        self._district = {commune.code: commune.old_district for commune in communes}
        near: dict[str, set[str]] = {commune.code: set() for commune in communes}
        for number, one in enumerate(communes):
            for other in communes[:number]:
                same = one.old_district == other.old_district
                if same or kilometres(*one.place, *other.place) <= NEAR_KM:
                    near[one.code].add(other.code)
                    near[other.code].add(one.code)
        self.near = {code: frozenset(others) for code, others in near.items()}

    def around(self, codes: Iterable[str]) -> frozenset[str]:
        """Some communes with their neighbours and those of these."""
        reached = frozenset(codes)
        for _ in range(2):
            reached |= frozenset().union(*(self.near.get(code, ()) for code in reached))
        return reached

    def span(self, codes: Sequence[str]) -> float:
        """The kilometres between the two of some communes that are farthest apart."""
        places = [self._place[code] for code in codes if code in self._place]
        return max(
            (_apart(one, other) for n, one in enumerate(places) for other in places[:n]),
            default=0.0,
        )

    def parts(self, codes: Iterable[str]) -> list[list[str]]:
        """Neighbours and their neighbours; a part that is too wide falls into districts."""
        left = dict.fromkeys(code for code in codes if code in self.near)
        parts: list[list[str]] = []
        while left:
            part = [next(iter(left))]
            del left[part[0]]
            for one in part:
                near = [other for other in left if other in self.near[one]]
                part += near
                for other in near:
                    del left[other]
            parts += [part] if self.span(part) <= WIDEST_KM else self._by_district(part)
        return parts

    def _by_district(self, part: Iterable[str]) -> list[list[str]]:
        districts: dict[str, list[str]] = {}
        for code in part:
            districts.setdefault(self._district[code], []).append(code)
        return list(districts.values())


@lru_cache(maxsize=4)
def nearness(units: Lookup) -> Nearness:
    """The same for the same pack."""
    return Nearness(units.pack.communes)


@lru_cache(maxsize=1 << 15)
def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return kilometres(*one, *other)


def groups(asked: Iterable[Asked], units: Lookup) -> list[Group]:
    """The groups of three communes and more among requests of one kind, in a fixed order.

    One request that several carry already is no group. A union over a distance: no library is worth
    its size for some 130 points.
    """
    rows = sorted(asked, key=lambda row: (row.opened_at, row.id))
    known = nearness(units)
    by_commune: dict[str, list[Asked]] = {}
    for row in rows:
        for code in row.communes:
            by_commune.setdefault(code, []).append(row)
    parts = [part for part in known.parts(by_commune) if len(part) >= ENOUGH]
    made = [_group(part, by_commune, known) for part in parts]
    return [group for group in made if len(group.tickets) > 1]


def _group(part: Sequence[str], by_commune: dict[str, list[Asked]], known: Nearness) -> Group:
    own = {row.id: row for code in part for row in by_commune[code]}
    ordered = sorted(part, key=lambda code: (by_commune[code][0].opened_at, by_commune[code][0].id))
    since = min(row.opened_at for row in own.values())
    return Group(tuple(ordered), tuple(sorted(own)), since, known.span(part))


async def picture(moment: Moment, cluster: Cluster) -> Picture:
    """What a proposal is about, from the tickets that it counted."""
    asked = await clusters.asked_in(moment.session, cluster.tickets)
    codes = tuple(dict.fromkeys(code for row in asked for code in row.communes))
    since = min((row.opened_at for row in asked), default=cluster.proposed_at)
    km = nearness(moment.rules.units).span(codes)
    group = Group(codes, tuple(row.id for row in asked), since, km)
    return Picture(cluster, group, asked)

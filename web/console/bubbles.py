"""The province as a map of its communes: points by their coordinates, drawn by ourselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sqrt

from province.pack import Pack

WIDTH, HEIGHT, EDGE = 640, 480, 16
LARGEST = 26.0
"""The radius of the largest bubble."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in its own units."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bubble:
    """A commune on the map: a dot, or a circle whose area stands for `count`."""

    code: str
    name: str
    at: Point
    radius: float
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Where a pack's places lie on the map."""

    west: float
    north: float
    scale: float
    narrow: float
    """How much narrower a degree of longitude is than one of latitude."""

    @classmethod
    def of(cls, pack: Pack) -> "Chart":
        """The chart that shows every commune, north above."""
        lats = [commune.lat for commune in pack.communes]
        lons = [commune.lon for commune in pack.communes]
        narrow = cos(radians((min(lats) + max(lats)) / 2))
        wide = max((max(lons) - min(lons)) * narrow, 0.01)
        high = max(max(lats) - min(lats), 0.01)
        scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
        return cls(min(lons), max(lats), scale, narrow)

    def at(self, lat: float, lon: float) -> Point:
        """Where a place lies; a place far outside lies on the edge."""
        x = EDGE + (lon - self.west) * self.narrow * self.scale
        y = EDGE + (self.north - lat) * self.scale
        return Point(round(min(max(x, 4), WIDTH - 4), 1), round(min(max(y, 4), HEIGHT - 4), 1))


def bubbles(pack: Pack, counts: Mapping[str, tuple[int, int]]) -> list[Bubble]:
    """Every commune, the largest bubble first so that small ones lie above it.

    `counts` holds how many tickets are open and how many of these are overdue.
    """
    chart = Chart.of(pack)
    most = max((count for count, _ in counts.values()), default=0)
    found = []
    for commune in pack.communes:
        count, late = counts.get(commune.code, (0, 0))
        radius = 2.0 if not count else round(4 + (LARGEST - 4) * sqrt(count / most), 1)
        place = chart.at(commune.lat, commune.lon)
        found.append(Bubble(commune.code, commune.full_name, place, radius, count, late))
    return sorted(found, key=lambda bubble: -bubble.radius)

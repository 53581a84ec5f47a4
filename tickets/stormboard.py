"""The storm as one picture: how each commune is, who is silent and whom to call, what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import storms
from storage.people import Person
from storage.storms import Storm
from tickets import storms as stormy
from tickets.moment import Moment
from tickets.stormreport import ENDED
from tickets.storms import State

LIGHTS = ("silent", "hurt", "trouble", "waiting", "nobody", "safe")
"""How a commune stands, the first to look at first."""


@dataclass(frozen=True, slots=True)
class Place:
    """One commune of the storm."""

    state: State
    light: str
    """One of LIGHTS."""
    people: Sequence[Person]
    """Whom to call there, in the order in which they joined."""
    opened: int
    """Tickets opened since the storm began."""
    open: int
    """Those of them that have not ended."""


@dataclass(frozen=True, slots=True)
class Board:
    """The storm that is on, commune by commune, and how many said what."""

    storm: Storm
    places: list[Place]
    needs: dict[str, int]
    """How many communes said each thing; see tickets.storms.STATES."""

    @property
    def counts(self) -> dict[str, int]:
        """How many communes stand in each light; lights without any are left out."""
        found = {light: sum(p.light == light for p in self.places) for light in LIGHTS}
        return {light: number for light, number in found.items() if number}


def light_of(state: State) -> str:
    """How a commune stands by what was said: silence weighs more than an older answer."""
    if not state.has_people:
        return "nobody"
    if state.silent_since is not None:
        return "silent"
    if not state.states:
        return "waiting"
    if "hurt" in state.states:
        return "hurt"
    return "safe" if state.states == ("safe",) else "trouble"


async def board(moment: Moment) -> Board | None:
    """The picture at this moment, in five statements; None where no storm is on."""
    storm = await stormy.current(moment)
    if storm is None:
        return None
    states = await stormy.states(moment, storm)
    people = await storms.phones_of(moment.session, storm.communes)
    since = storm.since or moment.now
    counts = await storms.count_since(moment.session, storm.communes, since)
    places = []
    for state in states:
        by_status = counts.get(state.commune, {})
        opened = sum(by_status.values())
        ended = sum(by_status.get(status, 0) for status in ENDED)
        known = people.get(state.commune, ())
        places.append(Place(state, light_of(state), known, opened, opened - ended))
    places.sort(key=lambda place: LIGHTS.index(place.light))
    return Board(storm, places, stormy.trouble(states))

"""Who and what a code or a name means: an index over a pack, built once for each pack."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from province.pack import Agency, Commune, Pack, Route
from province.text import fold

_KEPT = 4
_built: dict[int, "Lookup"] = {}


def lookup(pack: Pack) -> "Lookup":
    """Return the index of `pack`; the same object for the same pack."""
    found = _built.get(id(pack))
    if found is None or found.pack is not pack:
        while len(_built) >= _KEPT:
            del _built[next(iter(_built))]
        found = _built[id(pack)] = Lookup(pack)
    return found


class Lookup:
    """Answers by code and by name; each method costs a dictionary lookup or two."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._agencies = {agency.code: agency for agency in pack.agencies}
        self._communes = {commune.code: commune for commune in pack.communes}
        self._routes: defaultdict[str, list[Route]] = defaultdict(list)
        for route in sorted(pack.routing, key=lambda route: route.first, reverse=True):
            self._routes[route.category].append(route)
        self._groups = {group.code: group.label for group in pack.groups}
        self._names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for code, name in _names(pack):
            self._names[fold(name)][code] = None
        self._old_names: defaultdict[str, list[Commune]] = defaultdict(list)
        for commune in pack.communes:
            for old in commune.old_communes:
                for name in {fold(old), fold(_without_kind(old))}:
                    self._old_names[name].append(commune)

    def agency(self, code: str) -> Agency | None:
        return self._agencies.get(code)

    def commune(self, code: str) -> Commune | None:
        return self._communes.get(code)

    def is_remote(self, code: str) -> bool:
        """Whether a commune lies in area III or in the mountains."""
        commune = self._communes.get(code)
        return commune is not None and commune.is_remote

    def unit_name(self, code: str) -> str:
        """Return a unit's full name ("xã Chiêu Lưu"), or the code when this pack does not know it,
        as happens with tickets older than the pack.
        """
        if agency := self._agencies.get(code):
            return agency.name
        commune = self._communes.get(code)
        return commune.full_name if commune else code

    def short_name(self, code: str) -> str:
        """Return the name for lists and buttons: "Sở XD", "Chiêu Lưu"."""
        if agency := self._agencies.get(code):
            return agency.short
        commune = self._communes.get(code)
        return commune.name if commune else code

    def group_label(self, code: str) -> str:
        return self._groups.get(code, code)

    def route(self, category: str, on: date) -> Route | None:
        """Return the row in force for `category` on a (local) day, None when there is none."""
        for route in self._routes.get(category, ()):
            if route.first <= on and (route.last is None or on <= route.last):
                return route
        return None

    def routes(self, on: date) -> list[Route]:
        """Return every row in force on a day, in the order of the file."""
        return [route for route in self.pack.routing if self.route(route.category, on) is route]

    def find_units(self, text: str) -> tuple[str, ...]:
        """Return the codes of all units that are called `text`: code, name, short name or alias,
        with or without marks and capitals; several for an ambiguous name.
        """
        return tuple(self._names.get(fold(text), ()))

    def find_unit(self, text: str) -> str | None:
        """Return the code of the one unit called `text`, None when there is none or several."""
        found = self.find_units(text)
        return found[0] if len(found) == 1 else None

    def communes_once(self, old_name: str) -> tuple[Commune, ...]:
        """Return today's communes that hold the commune called `old_name` before 1 July 2025.

        Twelve old names (Tam Hợp, Châu Tiến…) lie in several: then the old district decides.
        """
        return tuple(self._old_names.get(fold(old_name), ()))


def _names(pack: Pack) -> Iterator[tuple[str, str]]:
    for agency in pack.agencies:
        for name in (agency.code, agency.name, agency.short, *agency.aliases):
            yield agency.code, name
    for commune in pack.communes:
        for name in (commune.code, commune.name, commune.full_name, f"UBND {commune.full_name}"):
            yield commune.code, name


def _without_kind(name: str) -> str:
    for kind in ("xã ", "phường ", "thị trấn "):
        if name.casefold().startswith(kind):
            return name[len(kind) :]
    return name

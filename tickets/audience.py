"""Whom a broadcast is for, read from a coordinator's words."""

from province.lookup import Lookup
from province.text import fold

ALL_COMMUNES = frozenset(
    {"tat ca xa", "tat ca cac xa", "tat ca xa phuong", "tat ca cac xa phuong", "toan bo xa"}
)
ALL_DEPARTMENTS = frozenset({"tat ca so", "tat ca cac so", "tat ca so nganh", "toan bo so"})
MOUNTAINS = frozenset({"xa mien nui", "cac xa mien nui", "tat ca xa mien nui", "mien nui"})
AREA_III = frozenset({"xa khu vuc iii", "cac xa khu vuc iii", "khu vuc iii"})
_DEPARTMENT = "so_"
_DISTRICT = ("huyen cu ", "huyen ", "thi xa cu ", "thanh pho cu ")


class UnknownAudience(Exception):
    """Some of the names are of no unit, or of several."""

    def __init__(self, names: list[str]) -> None:
        """`names` as they were typed."""
        super().__init__(", ".join(names))
        self.names = names


def audience(units: Lookup, whom: str) -> list[str]:
    """The codes of the units that are meant, each once, in the pack's order of naming.

    Raises UnknownAudience with every name that means nothing, or more than one unit.
    """
    found: dict[str, None] = {}
    unknown = []
    for name in whom.split(","):
        meant = _meant(units, fold(name).strip(" .;:"))
        if not meant:
            unknown.append(name.strip())
        found |= dict.fromkeys(meant)
    if unknown or not found:
        raise UnknownAudience(unknown)
    return list(found)


def _meant(units: Lookup, name: str) -> list[str]:
    communes = units.pack.communes
    if name in ALL_COMMUNES:
        return [commune.code for commune in communes]
    if name in MOUNTAINS:
        return [commune.code for commune in communes if commune.mountainous]
    if name in AREA_III:
        return [commune.code for commune in communes if commune.area_class == "III"]
    if name in ALL_DEPARTMENTS:
        return [row.code for row in units.pack.agencies if row.code.startswith(_DEPARTMENT)]
    if district := _district(units, name):
        return district
    one = units.find_unit(name)
    return [one] if one else []


def _district(units: Lookup, name: str) -> list[str]:
    """Today's communes in a former district: "huyện cũ Kỳ Sơn", "huyện Kỳ Sơn cũ"."""
    head = next((head for head in _DISTRICT if name.startswith(head)), None)
    if head is None:
        return []
    wanted = name.removeprefix(head).removesuffix(" cu").removesuffix(" (cu)")
    return [
        commune.code
        for commune in units.pack.communes
        if fold(commune.old_district).split(" ", 1)[-1].removeprefix("pho ").removeprefix("xa ")
        == wanted
    ]

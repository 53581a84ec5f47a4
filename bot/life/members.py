"""The made-up officials of a whole province, and how reliable each of them is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from province.pack import Pack
from storage.people import Role

CAREFUL, CARELESS = (0.9, 0.99), (0.4, 0.7)
"""The share of what falls to them that they do without being reminded: from, to."""
CARELESS_SHARE = 0.15
"""The share of units that leave things lying."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the province: a post and a unit, never a real person."""

    address: str
    name: str
    unit: str
    role: Role
    reliable: float
    post: str = ""


def gather(pack: Pack, communes: int, chance: random.Random, prefix: str = "life") -> list[Member]:
    """Everybody: the officials of the first `communes` communes, of all agencies, the leaders."""
    found = []
    for number, (name, unit, role, post) in enumerate(_posts(pack, communes)):
        is_careless = chance.random() < CARELESS_SHARE
        low, high = CARELESS if is_careless else CAREFUL
        reliable = chance.uniform(low, high)
        found.append(Member(f"{prefix}:{number}", name, unit, role, reliable, post))
    return found


def _posts(pack: Pack, communes: int) -> Iterator[tuple[str, str, Role, str]]:
    for commune in pack.communes[:communes]:
        yield f"Cán bộ {commune.name}", commune.code, Role.REPORTER, ""
        yield f"Chủ tịch {commune.name}", commune.code, Role.HEAD, "Chủ tịch"
    for agency in pack.agencies:
        if agency.code in {"ubnd_xa", "ubnd_tinh", "thuong_truc_tinh_uy"}:
            continue
        yield f"Trực {agency.short}", agency.code, Role.STAFF, ""
        yield f"Lãnh đạo {agency.short}", agency.code, Role.HEAD, "Phó Giám đốc"
    yield "Điều phối viên", pack.coordinator, Role.COORDINATOR, ""
    yield "Quản trị viên", pack.coordinator, Role.ADMIN, ""
    yield "Chủ tịch tỉnh", "ubnd_tinh", Role.LEADER, "Chủ tịch UBND tỉnh"
    yield "Phó Chủ tịch tỉnh", "ubnd_tinh", Role.LEADER, "Phó Chủ tịch UBND tỉnh"
    yield "Thường trực Tỉnh ủy", "thuong_truc_tinh_uy", Role.STAFF, ""

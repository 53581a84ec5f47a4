"""An invitation in a person's own words: "xã Chiêu Lưu cán bộ Lan, chức vụ: Phó Chủ tịch"."""

import re
from dataclasses import dataclass

from province.lookup import Lookup
from province.text import fold
from storage.people import Role, Speaker
from tickets.naming import unit_first

ROLE_WORDS: dict[str, Role | None] = {
    "can bo": None,
    "nhan vien": None,
    "can bo truc": Role.STAFF,
    "truc": Role.STAFF,
    "lanh dao": Role.HEAD,
    "lanh dao don vi": Role.HEAD,
    "lanh dao tinh": Role.LEADER,
    "dieu phoi": Role.COORDINATOR,
    "dieu phoi vien": Role.COORDINATOR,
    "quan tri": Role.ADMIN,
    "quan tri vien": Role.ADMIN,
    "nhom": Role.DESK,
}
"""None stands for the ordinary role of the unit: to report in a commune, else to work there."""
ON_DUTY = frozenset({"can bo truc", "truc"})
DUTY_POST = "Cán bộ trực"
_QUOTED = re.compile(r"[“\"']([^”\"']{2,80})[”\"']")
_POST = re.compile(r"(?:chức vụ|chuc vu|chức danh|chuc danh)\s*:\s*(.+)$", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d .]{7,13}\d")
_EDGE = " ,;:.-–"
OF_A_HEAD = frozenset({Role.REPORTER, Role.STAFF, Role.HEAD, Role.DESK})
"""What a head may invite to, for the own unit."""
OF_THE_COORDINATOR = OF_A_HEAD | {Role.COORDINATOR, Role.LEADER}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be invited: the units that the name may mean, the role if it was said."""

    units: tuple[str, ...]
    role: Role | None
    name: str = ""
    post: str = ""
    phone: str = ""


def wanted(units: Lookup, text: str) -> Wanted:
    """Read who is to be invited; the role is None when no word of one follows the unit."""
    post, text = _taken(_POST, text)
    if not post:
        post, text = _taken(_QUOTED, text)
    phone, text = _taken(_PHONE, text)
    named = unit_first(units, text)
    if len(named.units) != 1:
        return Wanted(named.units, None)
    word, name = _role_word(named.rest)
    if word is None:
        return Wanted(named.units, None, name)
    usual = Role.REPORTER if units.commune(named.units[0]) else Role.STAFF
    if word in ON_DUTY:
        post = post or DUTY_POST
    return Wanted(named.units, ROLE_WORDS[word] or usual, name, post, phone.replace(" ", ""))


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What a pattern finds, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return "", text
    part = found.group(found.lastindex or 0).strip(_EDGE)
    return part, f"{text[: found.start()]} {text[found.end() :]}".strip(_EDGE)


def _role_word(text: str) -> tuple[str | None, str]:
    """The longest word of a role that a text begins with, and the rest: a name."""
    words = text.split()
    for count in range(min(4, len(words)), 0, -1):
        if (folded := fold(" ".join(words[:count])).strip(_EDGE)) in ROLE_WORDS:
            return folded, " ".join(words[count:]).strip(_EDGE)
    return None, text


def may_invite(who: Speaker, unit: str, role: Role) -> bool:
    """Whether somebody may invite to a role: an administrator to all, a head at home only."""
    if who.holds(Role.ADMIN):
        return True
    if who.holds(Role.COORDINATOR):
        return role in OF_THE_COORDINATOR
    return unit in who.units(Role.HEAD) and role in OF_A_HEAD


def may_see_all(who: Speaker) -> bool:
    """Whether somebody sees the invitations of every unit."""
    return who.holds(Role.ADMIN, Role.COORDINATOR)

"""Which villages a text names: bản, xóm, thôn, khối, làng and what they are called."""

import re
from typing import Final

from province.text import fold
from triage.text import Message
from triage.verdict import Place
from triage.words import words

_CAPITAL = "[A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]"
_NUMBER = (
    r"\d{1,2}(?!\w|\s+(?:nhà|hộ|người|ngôi|cháu|em|trẻ|điểm|đoạn|chỗ|con|cái|xe|ha|km|m|tấn|bộ|chiếc|"
    r"gia đình|khẩu|ca|nha|ho|nguoi|ngoi|chau|tre|diem|doan|cho|cai|tan|bo|chiec|gia dinh|khau)\b)"
)
"""A number that belongs to a name, "xóm Đồng 3"; in "bản Cánh 3 nhà tốc mái" it counts houses."""
_VILLAGE = re.compile(
    r"(?<!\w)(?P<kind>[Bb]ản|[Bb]an|[Xx]óm|[Xx]om|[Tt]hôn|[Tt]hon|[Kk]hối|[Kk]hoi|[Ll]àng|"
    r"[Ll]ang)\s+"
    rf"(?P<name>(?:{_CAPITAL}[\w]*|\d{{1,2}})(?:\s+(?:{_CAPITAL}\w*|{_NUMBER})){{0,2}})"
)
_VILLAGE_SMALL = re.compile(
    r"(?<!\w)(?P<kind>bản|xóm|thôn|khối|ban|xom|thon|"
    r"khoi)\s+(?P<name>[^\W\d_]{2,7}\s+[^\W\d_]{2,7})"
)
_VILLAGE_KIND: Final = {"ban": "bản", "xom": "xóm", "thon": "thôn", "khoi": "khối", "lang": "làng"}
_NOT_BEFORE: Final = {
    "van",
    "bien",
    "co",
    "can",
    "ki",
    "nguyen",
    "tai",
    "uy",
    "nhan",
    "nong",
    "dia",
}
_NOT_IN_NAME: Final = words("not_in_village_names")


def villages(message: Message) -> list[Place]:
    """Return the villages named; small letters count only where no marks are typed."""
    found = [_village(m["kind"], m["name"]) for m in _VILLAGE.finditer(message.raw)]
    if found or message.accented:
        return found
    for m in _VILLAGE_SMALL.finditer(message.plain):
        before = fold(message.plain[: m.start()]).rsplit(" ", 1)[-1]
        if before not in _NOT_BEFORE and _may_be_a_name(fold(m["name"])):
            found.append(_village(m["kind"], m["name"].title()))
    return found


def _may_be_a_name(name: str) -> bool:
    """Whether two folded words may be a village's name; many begin with "khe", few end with it."""
    first, second = name.split()
    return second not in _NOT_IN_NAME and (first == "khe" or first not in _NOT_IN_NAME)


def _village(kind: str, name: str) -> Place:
    return Place("village", f"{_VILLAGE_KIND.get(fold(kind), kind)} {name}")

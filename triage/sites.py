"""Which sites a text names beside villages and roads: schools, markets, rivers, dams, offices."""

import re
from typing import Final

from triage.text import Message, pattern

_KINDS: Final = (
    r"(?:trường(?: (?:tiểu học|mầm non|mn|th|thcs|thpt|ptdtbt|dtbt|cấp [123]|mẫu giáo|"
    r"trung học cơ sở))*|điểm trường|chợ|bệnh viện(?: (?:đa khoa|huyện|khu vực))*|"
    r"trạm y tế(?: (?:cũ )?(?:ở )?(?:xã|phường))?|trạm xá|(?:trụ sở|ủy ban|ub|ubnd)(?: công an| ubnd)?"
    r"(?: (?:xã|phường))?|hồ(?: chứa)?|đập(?: tràn)?|tràn|sông|suối|khe|bãi sông|bờ sông|bến(?: đò| cát|"
    r" phà)?|cầu(?: treo| tràn)?|mỏ(?: đá| cát| thiếc| quặng)?|đền|chùa|đình|nhà thờ|giáo xứ|lễ hội|"
    r"khu du lịch|thác|hang|nhà máy(?: \S+)?|thủy điện|cây xăng|trại lợn|trang trại|bãi rác|"
    r"trạm bơm|kênh|cánh đồng|đồng|rú|lèn|đồi|núi|dốc|khu dân cư|tiểu khu|mốc|ngã ba|ngã tư|"
    r"đường|phố|cụm công nghiệp)"
)
_CAPITAL: Final = "[A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]"
_SMALL = pattern(rf"(?<!\w){_KINDS} (?=(?P<name>[^\W\d_]+|\d+))")
_NAME = re.compile(rf"(?:{_CAPITAL}\w*|\d+)(?: (?:{_CAPITAL}\w*|\d+))*")
_COUNTED: Final = ("cho ", "ho ", "dong ", "mo ", "truong ")
"""Before a number, without marks, no sites: "cho 20 ho", "5 ho 21 nguoi", "200 dong 1 cai"."""
_OFFICE = pattern(
    r"(?<!\w)(?:trung tâm (?:pvhcc|hcc|hành chính công|phục vụ hành chính công)|tt ?pvhcc|"
    r"bộ phận một cửa|"
    r"cổng (?:ủy ban|trụ sở|chợ|trường)|trụ sở (?:công an )?xã|đường (?:liên thôn|liên xã)|"
    r"từ (?:bản|xóm|thôn|khối|ngã ba|trụ sở)(?: \S+){1,3} (?:đến|đi|vào|sang) )"
)
_ROOM = pattern(
    r"(?<!\w)phòng (?:kinh tế|văn hóa|họp|làm việc|một cửa|tiếp dân|bí thư|chủ tịch)(?!\w)"
)


def find(message: Message, ask: str) -> str:
    """Return the first site named that may answer `ask`, in small letters; '' if none is."""
    for found in _SMALL.finditer(message.plain):
        if found["name"].isdigit() and not message.accented and found[0].startswith(_COUNTED):
            continue
        if _named(message.raw, message.plain, found.start("name")):
            return found[0] + found["name"]
    office = _OFFICE.search(message.plain)
    if office is None and "phòng" in ask:
        office = _ROOM.search(message.plain)
    return office[0].strip() if office else ""


def _named(raw: str, small: str, at: int) -> bool:
    """Tell whether a name begins at `at`: by its capital, in small letters never."""
    if len(raw) != len(small) or raw.isupper():
        return False
    return _NAME.match(raw, at) is not None

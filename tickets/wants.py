"""What a report asks for, by the name under which the like requests of communes meet."""

import re
from typing import Final

from province.pack import Route
from province.text import fold
from tickets.chair import asks_for_means
from triage.verdict import Verdict

GOODS: Final = frozenset(
    {
        "máy scan", "máy tính", "máy in", "máy photo", "máy lấy số", "máy chiếu", "máy xúc",
        "máy ủi", "máy phát điện", "máy bơm", "trạm biến áp", "trạm BTS", "cột tiếp sóng",
        "loa truyền thanh", "camera", "xe cứu thương", "xe chữa cháy", "xuồng, ca nô",
    }
)  # fmt: skip
"""The things known to triage that a commune asks the province for."""
MACHINES: Final = frozenset(
    {"máy xúc", "máy ủi", "máy phát điện", "máy bơm", "máy chiếu", "xuồng, ca nô"}
)
"""Those that communes can use in turn."""
ALSO: Final = frozenset(
    {
        "mobile_coverage", "electricity_grid", "broadcast_tower", "loudspeaker", "canal_pump",
        "computers_scanners", "fire_prevention", "militia",
    }
)  # fmt: skip
"""Categories that ask for a thing beside those that ask for means."""
BY_CATEGORY: Final = {"mobile_coverage": "trạm BTS", "teacher_shortage": "giáo viên"}
"""What is asked for where no word names it."""
_TEACHER: Final = re.compile(
    r"\b(?:giao vien|gv|thay co|thay|co giao)(?: day)?(?: mon)? "
    r"(tieng anh|anh van|tin hoc|tin|am nhac|my thuat|the duc|mam non|toan|ngu van|van"
    r"|vat ly|hoa)\b"
)
_SUBJECTS: Final = {
    "tieng anh": "tiếng Anh", "anh van": "tiếng Anh", "tin hoc": "tin học", "tin": "tin học",
    "am nhac": "âm nhạc", "my thuat": "mỹ thuật", "the duc": "thể dục", "mam non": "mầm non",
    "toan": "toán", "ngu van": "ngữ văn", "van": "ngữ văn", "vat ly": "vật lý", "hoa": "hóa học",
}  # fmt: skip
_POST: Final = re.compile(
    r"\b(ke toan|dia chinh|cong nghe thong tin|cntt|tu phap|bac si|xay dung)\b"
)
_POSTS: Final = {
    "ke toan": "công chức kế toán", "dia chinh": "công chức địa chính",
    "cong nghe thong tin": "công chức CNTT", "cntt": "công chức CNTT",
    "tu phap": "công chức tư pháp", "bac si": "bác sĩ", "xay dung": "công chức xây dựng",
}  # fmt: skip
OF_POSTS: Final = frozenset({"staffing_quota", "health_station"})


def want_of(text: str, verdict: Verdict, route: Route | None) -> str:
    """What is asked for: a machine, a teacher of a subject, a post, a mast; '' where it is none."""
    if route is None or not (asks_for_means(route) or route.category in ALSO):
        return ""
    folded = fold(text)
    if route.category == "teacher_shortage" and (named := _TEACHER.search(folded)):
        return f"giáo viên {_SUBJECTS[named.group(1)]}"
    if route.category in OF_POSTS and (post := _POST.search(folded)):
        return _POSTS[post.group(1)]
    named_thing = next((thing for thing in verdict.things if thing in GOODS), "")
    return named_thing or BY_CATEGORY.get(route.category, "")

"""What a text already answers of a category's questions, by slot name."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from province.pack import Question
from province.text import fold
from triage.text import Message, pattern
from triage.verdict import Place

_COUNT = r"(?P<n>\d{1,6}(?:[.,]\d{3})*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy chục|hàng chục|hàng trăm)"
_HOUSEHOLDS = pattern(
    _COUNT + r"\+? (?:hộ|nhà(?! nước| trường| văn| máy)|nóc nhà|gia đình|căn nhà)(?!\w)"
)
_PEOPLE = pattern(
    _COUNT
    + r"\+? (?:người|nhân khẩu|khẩu|em|cháu|học sinh|hs|ca|cán bộ|công chức|giáo viên|gv|công nhân|"
    r"trẻ|cụ|ông|bà|đồng chí|đ/c|hành khách|đảng viên|lao động|thành viên)(?!\w)"
)
_QUANTITY = pattern(
    _COUNT
    + r"\+? ?(?:ha|héc ta|m2|m²|m3|m³|mét|m|km|tấn|tạ|kg|con|cái|chiếc|máy|bộ|cây|sào|khối|phòng|"
    r"lớp|tài khoản|tk|hồ sơ|hs|lít|cụm|cột|giường|suất|bản|ngày|tháng)(?!\w)"
)
_COST = pattern(r"(?P<n>\d+(?:[.,]\d+)*) ?(?:tỷ|tỉ|triệu|tr|nghìn|ngàn|đồng|đ|k)(?!\w)")
_SINCE = pattern(
    r"(?<!\w)(?:từ (?:[^\s.,;]+ ){0,2}?(?:sáng|trưa|chiều|tối|đêm|hôm|tuần|tháng|năm|ngày|lúc|"
    r"khi|đầu|cuối|mùa|\d[\d/:h]*)(?: [^\s.,;]+){0,3}|"
    r"(?:sáng|trưa|chiều|tối|đêm|hôm) (?:nay|qua|kia)|(?:mấy|\d+|hai|ba|bốn|năm) (?:hôm|ngày|"
    r"tuần|tháng|năm) (?:nay|rồi|liền)|"
    r"(?:hơn|gần) (?:\d+|một|hai|ba|nửa) (?:hôm|ngày|tuần|tháng|năm)(?: nay| rồi)?)(?!\w)"
)
_DEADLINE = pattern(
    r"(?<!\w)(?:trước|hạn|chậm nhất|đến hết) (?:ngày )?(?P<n>\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?!\d)"
)
_PHONE_ASKED = re.compile(r"(?<![\d/])(?:\+84|0)\d(?:[ .-]?\d){7,9}(?!\d)")
_BLOCKED = pattern(
    r"(?<!\w)(?:tắc (?:đường|hoàn toàn|hẳn|cứng)|đường (?:\S+ ){0,4}?(?:tắc|bị chia cắt|đứt|"
    r"không (?:đi|qua) được)|"
    r"không (?:qua|đi|đi lại|vào|ra|lưu thông) được|xe (?:\S+ ){0,2}?không (?:qua|đi|"
    r"vào)(?: được)?|chia cắt|ách tắc|"
    r"không thể (?:qua|đi|vào)|cắt đứt)(?!\w)"
)
_OPEN = pattern(
    r"(?<!\w)(?:vẫn (?:đi|qua|lưu thông)|xe máy (?:vẫn |còn )?(?:đi|qua) được|đã thông)(?!\w)"
)
_STOPPED = pattern(
    r"(?<!\w)(?:dừng (?:tiếp dân|tiếp nhận|làm việc|giao dịch|hết)|không (?:tiếp nhận|tiếp dân|"
    r"làm việc|làm được gì|giải quyết) ?(?:được)?|"
    r"tê liệt|ngừng (?:tiếp nhận|giao dịch|làm việc)|dân (?:\S+ ){0,3}?(?:chờ|đợi|ra về|"
    r"về không)|đóng cửa|không kí được)(?!\w)"
)
_CUT_OFF = pattern(
    r"(?<!\w)(?:mất (?:hết |hoàn toàn )?liên lạc|cả xã (?:\S+ ){0,3}?(?:mất|không) (?:sóng|"
    r"liên lạc)|không gọi được|không liên lạc được)(?!\w)"
)
_ONGOING = pattern(
    r"(?<!\w)(?:đang (?:diễn ra|đánh|hút|chặt|múc|chở|xả|phá|cháy|lan|đập)|ngay lúc này|"
    r"bây giờ đang|hiện đang)(?!\w)"
)
_CALLED = pattern(
    r"(?<!\w)đã (?:gọi|báo|điện)(?: \S+){0,3}? (?:11[2345]|công an|cứu hỏa|y tế|bệnh viện|"
    r"trạm)(?!\w)"
)
_NOT_CALLED = pattern(
    r"(?<!\w)chưa (?:gọi|báo) (?:được )?(?:11[2345]|công an|cứu hỏa|y tế|ai)(?!\w)"
)
_CROWD = pattern(
    r"(?<!\w)(?:tụ tập|kéo (?:lên|đến|về)|đông người|bao vây|vây|hàng chục người|"
    r"hàng trăm người)(?!\w)"
)
_DECIDED = pattern(
    r"(?<!\w)(?:đã có quyết định|có quyết định rồi|quyết định (?:\S+ ){0,4}?(?:đã ký|rồi)|"
    r"đã thành lập)(?!\w)"
)
_UNDECIDED = pattern(r"(?<!\w)(?:chưa (?:có|ra|ký) quyết định|chưa thành lập|chờ quyết định)(?!\w)")
_WHOLE = pattern(
    r"(?<!\w)(?:cả xã|toàn xã|cả trung tâm|tất cả (?:các )?máy|cả cơ quan|cả ủy ban|"
    r"máy nào cũng|cả phòng)(?!\w)"
)
_ONE = pattern(r"(?<!\w)(?:một máy|1 máy|máy (?:của )?(?:em|tôi|tui|mình)|mỗi máy)(?!\w)")
_UNHURT = pattern(
    r"(?<!\w)(?:không có (?:ai|người)(?: \S+){0,2} (?:bị|thương|sao|mắc|chết|nạn)|"
    r"không ai (?:bị|sao|việc|chết)|người không sao|"
    r"chưa có (?:thiệt hại về người|ai bị|thương vong)|không có thương vong|"
    r"không thiệt hại về người)(?!\w)"
)

YES: Final = "yes"
NO: Final = "no"

_Finder = Callable[[str], str]


def _first(*patterns: re.Pattern[str]) -> _Finder:
    def find(plain: str) -> str:
        for one in patterns:
            if found := one.search(plain):
                return found[0].strip()
        return ""

    return find


def _either(yes: re.Pattern[str], no: re.Pattern[str] | None = None) -> _Finder:
    def find(plain: str) -> str:
        if no is not None and no.search(plain):
            return NO
        return YES if yes.search(plain) else ""

    return find


def _scope(plain: str) -> str:
    if _WHOLE.search(plain):
        return "Cả xã"
    return "Một máy" if _ONE.search(plain) else ""


_FINDERS: Final[dict[str, _Finder]] = {
    "households": _first(_HOUSEHOLDS),
    "people": _first(_PEOPLE),
    "quantity": _first(_QUANTITY, _HOUSEHOLDS, _PEOPLE),
    "cost": _first(_COST),
    "since": _first(_SINCE),
    "deadline": _first(_DEADLINE),
    "contact": _first(_PHONE_ASKED),
    "road_blocked": _either(_BLOCKED, _OPEN),
    "work_stopped": _either(_STOPPED),
    "cut_off": _either(_CUT_OFF),
    "ongoing": _either(_ONGOING),
    "called": _either(_CALLED, _NOT_CALLED),
    "crowd": _either(_CROWD),
    "decided": _either(_DECIDED, _UNDECIDED),
    "scope": _scope,
}


def slots(
    message: Message,
    questions: Iterable[Question],
    *,
    places: tuple[Place, ...],
    things: tuple[str, ...],
    documents: tuple[str, ...],
    in_danger: bool,
) -> dict[str, str]:
    """Return the answers that the text holds to these questions; yes_no ones as 'yes' or 'no'."""
    named = {
        "place": ", ".join(p.text for p in places if p.kind in ("village", "road")),
        "system": next(iter(things), ""),
        "asset": next(iter(things), ""),
        "document": next(iter(documents), ""),
        "people_at_risk": YES if in_danger else NO if _UNHURT.search(message.plain) else "",
    }
    found = {}
    for question in questions:
        finder = _FINDERS.get(question.slot)
        answer = named.get(question.slot) or (finder(message.plain) if finder else "")
        if question.choices and answer not in question.choices:
            answer = _choice(message, question.choices)
        if answer:
            found[question.slot] = answer
    return found


def _choice(message: Message, choices: tuple[str, ...]) -> str:
    """Return the one choice whose words stand in the text; '' when none or several do."""
    text = " " + " ".join(message.folded) + " "
    hit = [c for c in choices if any(f" {part} " in text for part in _parts(c))]
    return hit[0] if len(hit) == 1 else ""


def _parts(choice: str) -> list[str]:
    return [part.strip() for part in fold(choice).split(",") if part.strip() != "khac"]

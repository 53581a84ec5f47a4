"""What a text already answers of a category's questions, by slot name."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from province.pack import Question
from triage import hazards, options, particulars, sites
from triage.text import Message, pattern
from triage.verdict import Place

_COUNT = r"(?P<n>\d{1,6}(?:[.,]\d{3})*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy chục|hàng chục|hàng trăm)"
_HOUSEHOLDS = pattern(
    _COUNT + r"\+? (?:hộ|nhà(?! nước| trường| văn| máy)|nóc nhà|gia đình|căn nhà)(?!\w)"
)
_PEOPLE = pattern(
    _COUNT
    + r"\+? (?:người|nhân khẩu|khẩu|em|cháu|học sinh|hs|ca|cán bộ|công chức|giáo viên|gv|công nhân|"
    r"trẻ|cụ|ông|bà|đồng chí|đ/c|hành khách|đảng viên|lao động|thành viên|trường hợp|học viên|khách|tnxp|trưởng thôn|trưởng bản|bí thư|chữ kí|chỉ tiêu|vị trí|"
    r"thương binh|chi hội trưởng)(?!\w)"
)
_QUANTITY = pattern(
    _COUNT
    + r"\+? ?(?:ha|héc ta|m2|m²|m3|m³|mét|m|km|tấn|tạ|kg|con|cái|chiếc|máy|bộ|cây|sào|khối|phòng|"
    r"lớp|tài khoản|tk|hồ sơ|hs|lít|áo|phao|bao|rọ|cuộn|thùng|bình|cụm|cột|giường|suất|bản|ngày|tháng)(?!\w)"
)
_COST = pattern(r"(?P<n>\d+(?:[.,]\d+)*) ?(?:tỷ|tỉ|triệu|tr|nghìn|ngàn|đồng|đ|k)(?!\w)")
_SINCE = pattern(
    r"(?<!\w)(?:từ (?:[^\s.,;]+ ){0,2}?(?:sáng|trưa|chiều|tối|đêm|hôm|tuần|tháng|năm|ngày|lúc|"
    r"khi|đầu|cuối|mùa|\d[\d/:h]*)(?: [^\s.,;]+){0,3}|"
    r"(?:sáng|trưa|chiều|tối|đêm|hôm) (?:nay|qua|kia)|(?:cả|suốt|hơn|mấy) (?:tuần|tháng|năm|ngày) nay|"
    r"(?:vào |về )?(?:ban (?:đêm|ngày)|giờ cao điểm)|(?:tuần|tháng|năm) (?:trước|ngoái)|lúc \d+ ?(?:h|giờ)|(?:mấy|\d+|hai|ba|bốn|năm) (?:hôm|ngày|"
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
    r"không thể (?:qua|đi|vào)|cắt đứt|(?:cầu|tràn|ngầm)(?: \S+){0,3}? (?:bị )?(?:trôi|gãy|sập|cuốn)"
    r" (?:mất|rồi|hẳn|đôi|luôn)|(?:trôi|gãy|sập|cuốn) (?:mất|hẳn|đôi) (?:cầu|tràn|ngầm))(?!\w)"
)
_OPEN = pattern(
    r"(?<!\w)(?:vẫn (?:đi|qua|lưu thông)|xe máy (?:vẫn |còn )?(?:đi|qua) được|đã thông)(?!\w)"
)
_STOPPED = pattern(
    r"(?<!\w)(?:(?:dừng|ngừng) (?:khám|trực|họp)|không (?:khám|trực|trực ban|họp|kí)(?: bệnh)? được|dừng (?:tiếp dân|tiếp nhận|làm việc|giao dịch|hết)|không (?:tiếp nhận|tiếp dân|"
    r"làm việc|làm được gì|giải quyết) ?(?:được)?|"
    r"tê liệt|ngừng (?:tiếp nhận|giao dịch|làm việc)|dân (?:\S+ ){0,3}?(?:chờ|đợi|ra về|"
    r"về không)|đóng cửa|không kí được)(?!\w)"
)
_CUT_OFF = pattern(
    r"(?<!\w)(?:mất (?:hết |hoàn toàn )?liên lạc|cả xã (?:\S+ ){0,3}?(?:mất|không) (?:sóng|"
    r"liên lạc)|không gọi được|không liên lạc được)(?!\w)"
)
_ONGOING = pattern(
    r"(?<!\w)(?:đang (?:diễn ra|đánh|hút|chặt|múc|chở|xả|phá|cháy|lan|đập|đào|lấn|đi qua|vượt qua|tụ tập|bị chiếm|nhắn tin)|ngay lúc này|"
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
_UNPLANNED = pattern(
    r"(?<!\w)(?:chưa|không) (?:có |nằm |đưa vào |được )*(?:trong )?(?:kế hoạch|dự án|đất|vốn|danh mục)(?!\w)"
)
_PLANNED = pattern(
    r"(?<!\w)(?:đã (?:có |đưa vào |chọn được |nằm )*(?:trong )?(?:kế hoạch|dự án|đất|danh mục))(?!\w)"
)
_UNLICENSED = pattern(
    r"(?<!\w)(?:(?:không|chưa) (?:có )?(?:giấy )?phép|trái phép|hết phép|hết hạn phép|chui)(?!\w)"
)
_LICENSED = pattern(r"(?<!\w)(?:có (?:giấy )?phép|được cấp phép)(?!\w)")
_UNSECURED = pattern(r"(?<!\w)chưa (?:chặn|căng dây|cảnh báo|rào|cắm biển|phong tỏa)(?!\w)")
_SECURED = pattern(r"(?<!\w)đã (?:chặn|căng dây|cảnh báo|rào|cắm biển|phong tỏa|khoanh)(?!\w)")
_UNWARNED = pattern(
    r"(?<!\w)(?:không|chưa) (?:được |hề |có )*(?:báo|thông báo)(?: trước| gì)(?!\w)"
)
_WARNED = pattern(r"(?<!\w)(?:đã|có|được) (?:được )?(?:báo|thông báo) trước(?!\w)")

_POWER_OUT = pattern(
    r"(?<!\w)(?:(?:mất|cúp|cắt|đứt|không có|chưa có) (?:hết |hoàn toàn )?điện|điện (?:bị )?(?:mất|cúp|cắt))"
    r"(?! thoại)(?!\w)"
)
_POWER_ON = pattern(
    r"(?<!\w)(?:không (?:bị )?(?:mất|cúp) điện|(?:vẫn |đã |đang |còn )+(?:có )?điện|có điện (?:lại|rồi))"
    r"(?! thoại)(?!\w)"
)

_WORDS = re.compile(r"\w+")
_NUMBER: Final = (
    r"(?<![\w/])(?:\d+(?:[.,]\d+)*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy chục)"
)
_LENGTH: Final = r"m|mét|met|km|cây số"
_UNITS: Final = {
    "ha": r"ha|héc ta|sào|mẫu|m2|m²",
    "con": r"con|lợn|bò|trâu|gà|vịt|đàn",
    "mét": _LENGTH,
    "dài": _LENGTH,
    "khối lượng": r"m3|m³|khối|tấn|xe|chuyến",
    "diện tích": r"ha|héc ta|sào|m2|m²",
    "phòng": r"phòng|lớp|gian",
    "tài khoản": r"tài khoản|tk|tài khoản",
    "tàu": r"tàu|thuyền|hộ",
    "bộ": r"bộ|cái|chiếc",
    "cụm loa": r"cụm|loa|cái",
    "cái": r"cái|chiếc|máy|bộ",
    "ngày": r"ngày|tuần|tháng",
}

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


_FINDERS: Final[dict[str, _Finder]] = {
    "households": _first(_HOUSEHOLDS),
    "people": _first(_PEOPLE),
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
    "planned": _either(_PLANNED, _UNPLANNED),
    "licensed": _either(_LICENSED, _UNLICENSED),
    "secured": _either(_SECURED, _UNSECURED),
    "power_out": _either(_POWER_OUT, _POWER_ON),
    "warned": _either(_WARNED, _UNWARNED),
}


_SAFETY: Final = {
    "failing": hazards.failing,
    "violence": hazards.violence,
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
        "system": next(iter(things), ""),
        "document": next(iter(documents), ""),
    }
    found = {}
    for question in questions:
        if question.slot == "place":
            answer = _place(message, places, question)
        else:
            answer = _answer(message, question, in_danger=in_danger) or named.get(question.slot, "")
        if question.choices and answer not in question.choices:
            answer = options.choose(message, question.choices)
        if answer:
            found[question.slot] = answer
    return found


def _place(message: Message, places: tuple[Place, ...], question: Question) -> str:
    old = "xã cũ" in question.ask or "địa bàn" in question.ask
    kinds = ("village", "road", "old_commune") if old else ("village", "road")
    return ", ".join(p.text for p in places if p.kind in kinds) or sites.find(message, question.ask)


def _answer(message: Message, question: Question, *, in_danger: bool) -> str:
    slot, plain = question.slot, message.plain
    if question.choices:
        return ""
    if slot == "people_at_risk":
        return hazards.at_risk(message, question.ask, in_danger=in_danger)
    if safety := _SAFETY.get(slot):
        return safety(message, question.ask)
    if slot == "quantity":
        return _measured(plain, question.ask)
    if finder := _FINDERS.get(slot):
        return finder(plain)
    return particulars.find(slot, question.ask, plain)


def _measured(plain: str, ask: str) -> str:
    """Return a number with one of the units that are asked for, any unit if none is named."""
    found = _units(ask).search(plain)
    return found[0].strip() if found else ""


@cache
def _units(ask: str) -> re.Pattern[str]:
    asked = f" {' '.join(_WORDS.findall(ask.lower()))} "
    units = [also for unit, also in _UNITS.items() if f" {unit} " in asked]
    if not units:
        return _QUANTITY
    return pattern(_NUMBER + r"\+? ?(?:" + "|".join(units) + r")(?!\w)")

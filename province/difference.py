"""What changes from one version of a pack to the next, in lines that an administrator can check."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from typing import Any, Final

from province.lookup import Lookup, lookup
from province.pack import Calendar, Deadline, Pack, Policies, Route, Row

_Named = dict[str, tuple[Row, str]]

_FIELDS: Final = {
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "party_lead": "chủ trì khi là cán bộ khối Đảng",
    "operator": "xử lý tại hiện trường",
    "urgency": "mức độ",
    "raises": "điều tăng mức",
    "questions": "câu hỏi",
    "handling": "cách xử lý",
    "guidance": "lời hướng dẫn",
    "restricted": "hạn chế hiển thị",
    "basis": "căn cứ",
    "note": "ghi chú",
    "phrases": "cách gõ",
    "first": "ngày đầu",
    "last": "ngày cuối",
    "label": "tên",
    "name": "tên",
    "short": "tên tắt",
    "aliases": "tên gọi khác",
    "chain": "quy trình đôn đốc",
    "duty": "trực",
    "days": "ngày nghỉ, ngày làm riêng",
    "group": "nhóm",
    "area_class": "khu vực",
    "old_communes": "xã cũ",
    "mountainous": "miền núi",
    "not_merged": "giữ nguyên",
    "coordinator": "đầu mối điều phối",
    "duty_office": "trực ban tỉnh",
    "prefix": "tiền tố số phiếu",
    "acknowledge": "hạn tiếp nhận",
    "answer": "hạn trả lời bước đầu",
    "result": "hạn xử lý",
    "clock": "đồng hồ",
    "issued_by": "văn bản ban hành",
    "timezone": "múi giờ",
    "culture_day": "nghỉ 24/11",
    "steps": "các bước",
    "hours": "giờ làm việc",
    "at": "giờ gửi",
    "also": "nơi nhận thêm",
    "asks": "có hỏi",
    "day": "ngày hỏi",
    "deadlines": "thời hạn",
    "roll_call_hours": "số giờ giữa hai lần hỏi tình hình",
    "silent_after": "bao lâu thì coi là im lặng",
    "short_for": "lĩnh vực hỏi ngắn",
    "beside_emergency": "lĩnh vực đi cùng tin khẩn",
    "payloads": "nội dung tin vào không xử lý được",
    "messages": "tin đã gửi",
    "lines": "lời trong trang chat",
    "files": "tệp của phiếu đã kết thúc",
}
_WORDS: Final = {
    "emergency": "Khẩn cấp",
    "urgent": "Gấp",
    "normal": "Thường",
    "low": "Không gấp",
    "minutes": "phút",
    "hours": "giờ",
    "days": "ngày",
    "departments": "cơ quan của UBND tỉnh",
    "party": "khối Đảng",
    "external": "cơ quan ngoài UBND tỉnh",
    "office": "giờ hành chính",
    "wall": "cả ngày đêm",
    "monday": "thứ Hai",
    "tuesday": "thứ Ba",
    "wednesday": "thứ Tư",
    "thursday": "thứ Năm",
    "friday": "thứ Sáu",
    "ticket": "mở phiếu",
    "redirect": "chỉ dẫn",
}
_WHOLES: Final = (Pack, Policies, Calendar)  # their parts are compared one by one
_CODES: Final = (
    "lead",
    "party_lead",
    "coordinating",
    "operator",
    "coordinator",
    "duty_office",
    "also",
)
_LONG: Final = (
    "deadlines",
    "short_for",
    "beside_emergency",
    "questions",
    "raises",
    "steps",
    "guidance",
    "note",
    "phrases",
    "duty",
)


def difference(old: Pack | None, new: Pack) -> list[str]:
    """Return what applying `new` over `old` changes, one Vietnamese line each; [] for nothing."""
    if old is None:
        agencies, communes = len(new.agencies), len(new.communes)
        units = f"{agencies} cơ quan, {communes} xã, phường"
        categories = len({route.category for route in new.routing})
        return [f"Nạp lần đầu gói {new.name}: {units}, {categories} lĩnh vực."]
    before, after = lookup(old), lookup(new)
    lines = list(_changed("Gói", old, new, before, after))
    for noun, parts in _PARTS.items():
        lines += _compared(noun, parts(before), parts(after), before, after)
    return lines


def _compared(noun: str, old: _Named, new: _Named, before: Lookup, after: Lookup) -> Iterator[str]:
    for key, (row, name) in new.items():
        if key in old:
            yield from _changed(f"{noun} {name}".strip(), old[key][0], row, before, after)
        else:
            lead = f", chủ trì {after.short_name(row.lead)}" if isinstance(row, Route) else ""
            yield f"{noun} {name}: thêm mới{lead}."
    for key, (_, name) in old.items():
        if key not in new:
            yield f"{noun} {name}: bỏ."


def _changed(head: str, old: Row, new: Row, before: Lookup, after: Lookup) -> Iterator[str]:
    for field in type(new).model_fields:
        was, now = getattr(old, field), getattr(new, field)
        if was == now or (isinstance(new, _WHOLES) and not isinstance(now, str | bool)):
            continue
        label = _FIELDS.get(field, field)
        if field in _LONG or _holds_rows(now) or _holds_rows(was):
            yield f"{head}: sửa {label}."
        else:
            was, now = _said(field, was, before), _said(field, now, after)
            yield f"{head}: {label} từ {was} thành {now}."


def _holds_rows(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Row) for item in value)


def _said(field: str, value: Any, names: Lookup) -> str:
    if isinstance(value, tuple) and value:
        return ", ".join(_said(field, item, names) for item in value)
    if isinstance(value, str) and field in _CODES:
        return names.short_name(value)
    return _in_words(value)


def _in_words(value: Any) -> str:
    match value:
        case None | "" | ():
            return "(trống)"
        case bool():
            return "có" if value else "không"
        case time():
            return f"{value:%H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
    return " ".join(_WORDS.get(word, word) for word in str(value).split())


def _routes(names: Lookup) -> _Named:
    rows = names.pack.routing
    several = {route.category for route in rows if route.last is not None}
    return {
        f"{route.category} {route.first}": (
            route,
            f"{route.label} (từ {route.first:%d/%m/%Y})"
            if route.category in several
            else route.label,
        )
        for route in rows
    }


def _deadlines(names: Lookup) -> _Named:
    deadlines: dict[Any, Deadline] = names.pack.policies.deadlines
    return {urgency: (row, f"mức {_WORDS[urgency]}") for urgency, row in deadlines.items()}


def _chains(names: Lookup) -> _Named:
    return {
        f"{chain.name} {chain.urgency}": (
            chain,
            f"{_WORDS[chain.name]}, mức {_WORDS[chain.urgency]}",
        )
        for chain in names.pack.policies.chains
    }


def _keyed(rows: Iterable[Any], key: str, name: str) -> _Named:
    return {str(getattr(row, key)): (row, str(getattr(row, name))) for row in rows}


_PARTS: Final[dict[str, Callable[[Lookup], _Named]]] = {
    "Cơ quan": lambda names: _keyed(names.pack.agencies, "code", "name"),
    "Đơn vị": lambda names: _keyed(names.pack.communes, "code", "full_name"),
    "Nhóm": lambda names: _keyed(names.pack.groups, "code", "label"),
    "Lĩnh vực": _routes,
    "Thời hạn": _deadlines,
    "Đôn đốc": _chains,
    "Chính sách": lambda names: {"": (names.pack.policies, "")},
    "Tin sáng": lambda names: {"": (names.pack.policies.digest, "")},
    "Hỏi tuần": lambda names: {"": (names.pack.policies.check_in, "")},
    "Chế độ bão lũ": lambda names: {"": (names.pack.policies.storm, "")},
    "Thời gian giữ": lambda names: {"": (names.pack.policies.retention, "")},
    "Lịch": lambda names: {"": (names.pack.calendar, "")},
    "Mùa từ": lambda names: _keyed(names.pack.calendar.seasons, "start", "start"),
    "Ngày": lambda names: _keyed(names.pack.calendar.overrides, "day", "day"),
    "Số": lambda names: _keyed(names.pack.hotlines, "number", "number"),
}

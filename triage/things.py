"""Which systems and machines a text names, by the name they are known under."""

from typing import Final

from triage.text import Message, pattern

_NAMES: Final = {
    "iOffice": r"i-?office",
    "VNeID": r"vn-?eid|v-?neid|vneidd|định danh điện tử|định danh mức (?:2|hai|độ)",
    "một cửa": r"một cửa|1 cửa|1cửa|mcđt",
    "dịch vụ công": r"dịch vụ công|dvc\w{0,3}",
    "VBDLIS": r"vbdlis|vilis|elis",
    "phần mềm hộ tịch": r"(?:phần mềm|pm|hệ thống|csdl) (?:đăng ký )?hộ tịch",
    "chữ ký số": r"chữ kí số|chứng thư số|kí số|cks|usb token|token",
    "chuyên mục liên thông": r"trục liên thông|liên thông văn bản",
    "Zalo": r"zalo",
    "eTax": r"etax(?: mobile)?",
    "SMAS": r"smas|vnedu",
    "TABMIS": r"tabmis",
    "MISA": r"misa",
    "email công vụ": r"(?:e?mail|thư) công vụ",
    "máy scan": r"(?:máy )?scan(?:ner)?",
    "máy tính": r"máy tính|máy vi tính|laptop",
    "máy in": r"máy in",
    "máy photo": r"máy photo\w*|photocopy",
    "máy lấy số": r"máy (?:lấy|bấm|phát) số|bấm số|kiosk",
    "máy chiếu": r"máy chiếu",
    "máy xúc": r"máy (?:xúc|múc|đào)|xe múc|xe cuốc",
    "máy ủi": r"máy ủi",
    "máy phát điện": r"máy (?:phát điện|nổ)",
    "máy bơm": r"máy bơm",
    "trạm biến áp": r"(?:trạm )?biến áp|trạm điện|tba",
    "trạm BTS": r"bts|trạm (?:phát )?sóng",
    "cột tiếp sóng": r"(?:cột|tháp) (?:tiếp|phát|thu) (?:sóng|thanh|hình)|cột ăng ?ten",
    "loa truyền thanh": r"loa(?: đài| phường| xã| truyền thanh| thông minh)|cụm loa",
    "camera": r"camera|cam an ninh",
    "cầu treo": r"cầu treo",
    "cầu tràn": r"(?:cầu|ngầm|đập) tràn",
    "xe cứu thương": r"xe cứu thương|xe cấp cứu",
    "xe chữa cháy": r"xe chữa cháy|xe cứu hỏa",
    "xuồng, ca nô": r"=xuồng|ca nô|cano",
}
_ANY = pattern(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<t{i}>{source})" for i, source in enumerate(_NAMES.values()))
    + r")(?!\w)"
)
_BY_GROUP: Final = {f"t{i}": name for i, name in enumerate(_NAMES)}


def find(message: Message) -> tuple[str, ...]:
    """Return the things named, once each, in the order of the text."""
    found = (_BY_GROUP[m.lastgroup] for m in _ANY.finditer(message.plain) if m.lastgroup)
    return tuple(dict.fromkeys(found))

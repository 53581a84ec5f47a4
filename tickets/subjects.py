"""What fails in a report: a system, a power line or a road section, named alike by everybody."""

import re
from collections.abc import Iterable

from province.text import fold
from triage.verdict import Verdict

SYSTEMS = frozenset(
    {
        "iOffice", "VNeID", "một cửa", "dịch vụ công", "VBDLIS", "phần mềm hộ tịch", "chữ ký số",
        "chuyên mục liên thông", "eTax", "SMAS", "TABMIS", "MISA", "email công vụ",
    }
)  # fmt: skip
"""The things known to triage that many communes use at once."""
OF_SYSTEMS = frozenset(
    {"interop_software", "digital_certificate", "residence_id", "civil_status", "tax_fees"}
)
OF_POWER = frozenset({"power_outage", "electricity_grid"})
OF_ROADS = frozenset(
    {"landslide_road", "national_road", "provincial_road", "bridge_spillway", "traffic_safety"}
)
_NO = "(?:khong|ko|k|kg|khg|hong|chua)"
_FAILS = re.compile(
    r"\b(?:loi|treo|sap|gian doan|qua tai|mat ket noi|bi da|cham|lag|50[0234]"
    rf"|{_NO} (?:the |the nao )?(?:vao|dang nhap|truy cap|mo|gui|nhan|tai|ky|dong bo|xac thuc"
    r"|hoat dong|su dung|lien thong|load|chay|tra cuu|luu|dung|ket noi)(?: duoc| dc)?)\b"
)
_LINE = re.compile(r"\b(?:lo|xuat tuyen) (\d{3})\b")
_OUT = re.compile(r"\b(?:mat|cup|cat) dien\b|\bsu co\b|\bdut day\b|\bno (?:tram|cau chi)\b")
_SECTION = re.compile(r"^(.+) km (\d+)")


def subject_of(text: str, verdict: Verdict, district: str) -> str:
    """The name under which communes' reports of one failure meet, or '' when nothing shared fails.

    A system counts where words say that it fails, not where somebody asks how to use it. Power
    goes by its line, or by the former district (`district`, may be ''); a road by its whole
    kilometre: two landslides of one road are two matters.
    """
    folded = fold(text)
    if verdict.category in OF_SYSTEMS and _FAILS.search(folded):
        return next((thing for thing in verdict.things if thing in SYSTEMS), "")
    if verdict.category in OF_POWER and _OUT.search(folded):
        if line := _LINE.search(folded):
            return f"lộ {line.group(1)}"
        return f"điện khu vực {district}" if district else ""
    if verdict.category in OF_ROADS:
        return _section(place.text for place in verdict.places if place.kind == "road")
    return ""


def _section(roads: Iterable[str]) -> str:
    found = next((match for road in roads if (match := _SECTION.match(road))), None)
    return f"{found.group(1)} km {found.group(2)}" if found else ""

"""Matters that border on each other, and the one question that tells them apart."""

from dataclasses import dataclass
from typing import Final

from triage.text import pattern

Choice = tuple[str, str]

_HOUSES_HIT: Final = pattern(
    r"(?<!\w)(?:xuong|vao|vui|lap|doa|hiep|tran|nut|sap|phia tren|sat vach)(?: \w+){0,2} (?:nha|ho)"
    r"(?: (?:dan|ba con|cua dan|o))(?!\w)"
)
"""Earth that comes down on homes, in folded text."""


_INFRASTRUCTURE: Final = pattern(r"(?<!\w)ha tang (?:cntt|it|cong nghe thong tin)(?!\w)")
"""What Notice 2040-TB/TU gives to Sở Tài chính, in folded text."""
_MISTAKEN: Final = frozenset({"staffing_quota", "digital_transformation", "new_rural"})
_TRANSFER: Final = pattern(r"(?<!\w)(?:dieu dong|dieu chuyen|luan chuyen|bo tri lai)(?!\w)")


_CROSSING: Final = pattern(r"(?<!\w)(?:dap|cau|ngam|duong) tran(?!\w)")
_CROSSED: Final = pattern(
    r"(?<!\w)(?:qua lai|di lai|di qua|qua duoc|khong qua|qua song|qua suoi|sang ben|xe|hoc sinh)(?!\w)"
)
_OF_WATER: Final = pattern(
    r"(?<!\w)(?:(?:cua|nuoc) ho|ho chua|thuy loi|tuoi|mat dap|than dap|xa lu)(?!\w)"
)
_NOT_CROSSED: Final = frozenset({"damage_recovery", "operating_budget", "irrigation_spillway"})


def settled(category: str, folded: str) -> str:
    """Return the category that a rule puts in place of another, or the same.

    Earth above or upon homes is a matter of the homes, even where a road lies between them
    (people first; the line of Sở Nông nghiệp và Môi trường). Information technology that is
    missing as infrastructure is equipment, and who is moved within the Party is a transfer. A
    spillway that people cross is a bridge (Notice 2040-TB/TU: Sở Xây dựng), whatever it costs.
    """
    if category == "landslide_road" and _HOUSES_HIT.search(folded):
        return "landslide_houses"
    if category in _MISTAKEN and _INFRASTRUCTURE.search(folded):
        return "computers_scanners"
    is_crossed = _CROSSING.search(folded) and _CROSSED.search(folded)
    if category in _NOT_CROSSED and is_crossed and not _OF_WATER.search(folded):
        return "bridge_spillway"
    if category == "party_organisation" and _TRANSFER.search(folded):
        return "rotation_transfer"
    return category


@dataclass(frozen=True, slots=True)
class Border:
    """A question whose answers, as (label, category), part two or three categories."""

    ask: str
    choices: tuple[Choice, ...]


BORDERS: Final = (
    Border(
        "Người, xe đi qua tràn hay tràn của hồ thủy lợi?",
        (("Người, xe đi qua", "bridge_spillway"), ("Tràn của hồ", "irrigation_spillway")),
    ),
    Border(
        "Hộ dân đang nguy hiểm phải dời ngay, hay xin xây khu tái định cư?",
        (("Phải dời ngay", "landslide_houses"), ("Xây khu tái định cư", "resettlement_area")),
    ),
    Border(
        "Đất đá tràn xuống đường hay đe dọa nhà dân?",
        (("Tràn xuống đường", "landslide_road"), ("Đe dọa nhà dân", "landslide_houses")),
    ),
    Border(
        "Cần xin máy xúc hay báo đường sạt lở?",
        (("Xin máy xúc", "machinery_request"), ("Báo sạt lở", "landslide_road")),
    ),
    Border(
        "Sạt vào đường hay sạt bờ sông, suối?",
        (("Vào đường", "landslide_road"), ("Bờ sông, suối", "riverbank_dyke")),
    ),
    Border(
        "Sạt vào nhà dân từ đồi hay từ bờ sông, suối?",
        (("Từ đồi", "landslide_houses"), ("Bờ sông, suối", "riverbank_dyke")),
    ),
    Border(
        "Tái định cư thủy điện hay vùng sạt lở?",
        (("Thủy điện", "hydro_resettlement"), ("Vùng sạt lở", "resettlement_area")),
    ),
    Border(
        "Thủy điện xả hay hồ, đập thủy lợi?",
        (("Thủy điện xả", "hydropower_release"), ("Hồ, đập thủy lợi", "reservoir_dam")),
    ),
    Border(
        "Thủy điện đang xả hay đòi bồi thường thiệt hại?",
        (("Đang xả", "hydropower_release"), ("Bồi thường", "hydropower_compensation")),
    ),
    Border(
        "Đường tỉnh, quốc lộ hay đường xã?",
        (
            ("Quốc lộ", "national_road"),
            ("Đường tỉnh", "provincial_road"),
            ("Đường xã, bản", "commune_road"),
        ),
    ),
    Border(
        "Máy hỏng, thiếu máy hay phần mềm lỗi?",
        (("Máy hỏng, thiếu", "computers_scanners"), ("Phần mềm lỗi", "interop_software")),
    ),
    Border(
        "Phần mềm lỗi hay thiếu tài khoản, quyền?",
        (("Phần mềm lỗi", "interop_software"), ("Tài khoản, quyền", "account_access")),
    ),
    Border(
        "Phần mềm lỗi hay mạng chậm, mất mạng?",
        (("Phần mềm lỗi", "interop_software"), ("Mạng", "office_network")),
    ),
    Border(
        "Phần mềm lỗi hay thủ tục vướng, hồ sơ trễ?",
        (("Phần mềm lỗi", "interop_software"), ("Thủ tục, hồ sơ trễ", "admin_procedure")),
    ),
    Border(
        "Phần mềm lỗi hay vướng về hộ tịch?",
        (("Phần mềm lỗi", "interop_software"), ("Hộ tịch, chứng thực", "civil_status")),
    ),
    Border(
        "Phần mềm lỗi hay thiếu hồ sơ, dữ liệu đất?",
        (("Phần mềm lỗi", "interop_software"), ("Hồ sơ, dữ liệu đất", "land_records")),
    ),
    Border(
        "Khai sinh, kết hôn, chứng thực hay cư trú, căn cước?",
        (("Hộ tịch, chứng thực", "civil_status"), ("Cư trú, căn cước", "residence_id")),
    ),
    Border(
        "Cột phát thanh hay trạm sóng điện thoại?",
        (("Cột phát thanh", "broadcast_tower"), ("Trạm điện thoại", "mobile_coverage")),
    ),
    Border(
        "Đã có quyết định mà chưa có tiền, hay chưa có quyết định?",
        (("Có rồi, chưa có tiền", "salary_budget"), ("Chưa có quyết định", "cadre_regime")),
    ),
    Border(
        "Đã có quyết định mà chưa có tiền, hay chưa có quyết định?",
        (("Có rồi, chưa có tiền", "salary_budget"), ("Chưa có quyết định", "part_time_cadres")),
    ),
    Border(
        "Điều động trong xã hay xin người từ nơi khác?",
        (("Trong xã", "rotation_transfer"), ("Xin thêm người", "staffing_quota")),
    ),
    Border(
        "Thiếu giáo viên hay thiếu cán bộ xã?",
        (("Giáo viên", "teacher_shortage"), ("Cán bộ xã", "staffing_quota")),
    ),
    Border(
        "Đang mất điện hay điện yếu, chưa có lưới?",
        (("Đang mất điện", "power_outage"), ("Điện yếu, chưa có", "electricity_grid")),
    ),
    Border(
        "Bảo hiểm y tế, lương hưu hay trợ cấp xã hội?",
        (("Bảo hiểm", "health_insurance"), ("Trợ cấp xã hội", "social_protection")),
    ),
    Border(
        "Cấp sổ đỏ, hồ sơ địa chính hay tranh chấp?",
        (
            ("Cấp sổ đỏ", "land_certificate"),
            ("Hồ sơ địa chính", "land_records"),
            ("Tranh chấp", "land_dispute"),
        ),
    ),
    Border(
        "Người đang đói, cần cứu trợ sau thiên tai hay gạo giáp hạt?",
        (("Sau thiên tai", "relief_supplies"), ("Thiếu đói", "food_shortage")),
    ),
    Border(
        "Bệnh ở người hay ở vật nuôi?",
        (("Ở người", "epidemic"), ("Ở vật nuôi", "animal_disease")),
    ),
    Border(
        "Trụ sở thiếu, xuống cấp hay nhà dôi dư sau sắp xếp?",
        (("Thiếu, xuống cấp", "office_building"), ("Dôi dư", "surplus_assets")),
    ),
    Border(
        "Vốn chương trình, dự án hay kinh phí hoạt động?",
        (("Vốn dự án", "target_programme_funds"), ("Kinh phí hoạt động", "operating_budget")),
    ),
    Border(
        "Người dân khiếu nại, hay xã cần hướng dẫn?",
        (("Khiếu nại, tố cáo", "complaints"), ("Tiếp công dân", "citizen_reception")),
    ),
)


def between(first: str, second: str) -> Border | None:
    """Return the border on which two categories lie, whichever is the likelier."""
    for border in BORDERS:
        if {first, second} <= {category for _, category in border.choices}:
            return border
    return None

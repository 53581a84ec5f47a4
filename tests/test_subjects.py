"""What fails in a report, so that the reports of several communes can meet."""

import pytest

from tests.world import BUNDLED
from tickets.subjects import subject_of
from triage import triage

DISTRICT = "Kỳ Sơn"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("iOffice từ sáng không đăng nhập được, báo lỗi máy chủ", "iOffice"),
        ("ioffice k vao dc tu sang, bao loi 502", "iOffice"),
        ("phần mềm iOffice chậm, không mở được văn bản đến", "iOffice"),
        ("Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục", "một cửa"),
        ("một cửa lỗi không đồng bộ hồ sơ lên cổng", "một cửa"),
        ("VNeID lỗi không xác thực được cho dân từ 8h", "VNeID"),
        ("mất điện do sự cố lộ 371 từ 8h", "lộ 371"),
        ("mat dien do su co lo 371", "lộ 371"),
        ("Đường dây 35kV Kỳ Sơn sự cố, cả xã mất điện", f"điện khu vực {DISTRICT}"),
        ("QL7 km 42 sạt lở ta luy, xe không qua được", "QL7 km 42"),
        ("sat lo tren QL7 km 42+300, tac duong", "QL7 km 42"),
        ("QL7 sạt lở ta luy, xe không qua được", ""),
        ("hỏi thủ tục một cửa cấp lại giấy khai sinh thế nào", ""),
        ("Hai máy scan hỏng, một cửa không số hóa được hồ sơ", ""),
        ("Xin hướng dẫn ký số trên iOffice", ""),
        ("Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới", ""),
        ("Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được", ""),
    ],
)
def test_what_fails(text: str, subject: str) -> None:
    verdict = triage(text, BUNDLED, home="chieu_luu")
    assert subject_of(text, verdict, DISTRICT) == subject

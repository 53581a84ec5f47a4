"""Words that answer what comes round, read one by one."""

import pytest

from handlers.rejoinders import is_nothing, opinion_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("45: giao Sở Xây dựng làm ngay", ("45", "giao Sở Xây dựng làm ngay", True)),
        ("45:giao Sở", ("45", "giao Sở", True)),
        ("45 : giao Sở", ("45", "giao Sở", True)),
        ("phiếu 45: đồng ý", ("45", "đồng ý", True)),
        ("NA-26-000045 đồng ý chủ trương", ("na-26-000045", "đồng ý chủ trương", False)),
        ("45 xem lại: ai làm", ("45", "xem lại: ai làm", False)),
        ("45", None),
        ("45:", None),
        ("giao Sở làm ngay", None),
        ("14:30 họp", ("14", "30 họp", True)),
    ],
)
def test_an_opinion_follows_a_number(text: str, read: tuple[str, str, bool] | None) -> None:
    assert opinion_of(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "không",
        "Không có",
        "ko co gi",
        "dạ không có gì ạ",
        "tuần này xã không có vướng mắc gì",
        "chưa",
    ],
)
def test_there_is_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "có",
        "không có điện",
        "không có nước sạch",
        "chưa có đường",
        "xã",
        "không vào được",
        "khó khăn",
    ],
)
def test_there_is_something(text: str) -> None:
    assert not is_nothing(text)

"""What typed words answer to a roll-call, and which say more than that."""

import pytest

from tickets.rollwords import chosen


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("1", ["safe"]),
        ("2 4", ["power", "road"]),
        ("4,2", ["power", "road"]),
        ("2 và 6", ["power", "relief"]),
        ("1;3", ["safe", "signal"]),
        ("Mất điện", ["power"]),
        ("mat dien, mat song", ["power", "signal"]),
        ("xã em vẫn an toàn ạ", ["safe"]),
        ("bình thường", ["safe"]),
        ("đường chia cắt, cần lương thực", ["road", "relief"]),
        ("có người bị nạn", ["hurt"]),
        ("không ai bị nạn, chỉ mất điện", ["power"]),
        ("Power out, no signal", ["power", "signal"]),
        ("people hurt", ["hurt"]),
    ],
)
def test_answers(text: str, states: list[str]) -> None:
    assert chosen(text) == states


@pytest.mark.parametrize(
    "text",
    [
        "7",
        "2026",
        "không mất điện",
        "mất điện từ 3 giờ sáng, cột đổ chắn ngang đường ở bản Hòa Lý",
        "sạt lở ở bản Khe Tang",
        "chưa biết có ai bị nạn không",
        "an toàn giao thông trước cổng trường cần xem lại",
        "cảm ơn",
        "",
    ],
)
def test_what_says_more_or_something_else_goes_its_own_way(text: str) -> None:
    assert chosen(text) == []

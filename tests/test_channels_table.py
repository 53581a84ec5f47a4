"""The table of features and channels in the documentation: what tests know is what it says."""

import re
from pathlib import Path

from tests.doubles.far_sides import TelegramSide
from tests.doubles.one_way_sides import EmailSide, SmsSide
from tests.doubles.zalo_sides import ZaloBotSide, ZaloOaSide
from tests.pairs import CAN
from tickets.reach import ONE_WAY

PAGE = Path(__file__).parent.parent / "docs" / "kenh.md"
NAMES = {
    "web": "Trang chat",
    "telegram": "Telegram",
    "zalo_bot": "Zalo Bot",
    "zalo_oa": "Zalo OA",
    "email": "E-mail",
    "sms": "SMS",
}
SENDS = {
    "web": frozenset({"edit", "buttons", "albums"}),
    "telegram": TelegramSide.can,
    "zalo_bot": ZaloBotSide.can,
    "zalo_oa": ZaloOaSide.can,
    "email": EmailSide.can,
    "sms": SmsSide.can,
}
"""What the contract test asks of each channel; the web chat writes to our own pages."""
PEOPLE_CAN = {**CAN, "email": {"silence"}, "sms": {"silence"}}
FEATURES = {
    "Báo bằng chữ, ảnh, album; phiếu có số ngay": lambda channel: channel not in ONE_WAY,
    "Chỉ gửi đi: cho lãnh đạo, trực ban khi không kênh chat nào nhận": lambda c: c in ONE_WAY,
    "Nút bấm (chat không có: gõ số hoặc chữ)": lambda channel: "buttons" in SENDS[channel],
    "Gửi vị trí": lambda channel: "places" in PEOPLE_CAN[channel],
    "Sửa tin đã gửi thì phiếu sửa theo": lambda channel: "corrections" in PEOPLE_CAN[channel],
    "Trả lời vào một tin cũ": lambda channel: "replies" in PEOPLE_CAN[channel],
    "Thẻ phiếu tự đổi (nơi không: gửi thẻ mới)": lambda channel: "edit" in SENDS[channel],
    "Nhiều ảnh gửi đi thành một album": lambda channel: "albums" in SENDS[channel],
    "Nhóm chat làm bàn tiếp nhận": lambda channel: "groups" in PEOPLE_CAN[channel],
    "Nhận tin dù đã im hơn 7 ngày": lambda channel: "silence" in PEOPLE_CAN[channel],
    "Có hạn mức tin": lambda channel: "quota" in SENDS[channel],
}


def table() -> str:
    head = ["| | " + " | ".join(NAMES.values()) + " |", "| --- |" + " :-: |" * len(NAMES)]
    rows = [
        f"| {feature} | " + " | ".join("✓" if has(name) else "–" for name in NAMES) + " |"
        for feature, has in FEATURES.items()
    ]
    return "\n".join([*head, *rows])


def test_the_page_shows_what_the_tests_know() -> None:
    found = re.search(r"bắt đầu -->\n(.*)\n<!-- bảng: hết", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1].strip() == table()


def test_every_channel_on_which_stories_are_told_stands_in_the_table() -> None:
    assert set(NAMES) == {*CAN, *ONE_WAY}

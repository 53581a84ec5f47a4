"""The table of features and channels in the documentation: what tests know is what it says."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import test_channel_contract, test_fetching_contract, test_hearing_contract
from tests.callers import CALLERS
from tests.doubles.far_sides import TelegramSide
from tests.doubles.one_way_sides import EmailSide, SmsSide
from tests.doubles.web_side import WebSide
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
    "web": WebSide.can,
    "telegram": TelegramSide.can,
    "zalo_bot": ZaloBotSide.can,
    "zalo_oa": ZaloOaSide.can,
    "email": EmailSide.can,
    "sms": SmsSide.can,
}
"""What the contract test asks of each channel."""
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


Has = Callable[[str], bool]
HEARD, FETCHED, SENT = test_hearing_contract, test_fetching_contract, test_channel_contract


def hears(channel: str) -> bool:
    """Whether people say something there."""
    return channel in CALLERS


def sends(what: str) -> Has:
    return lambda channel: what in SENDS[channel]


CONTRACT: dict[str, tuple[Has, tuple[object, ...]]] = {
    "Chữ, ảnh, album, nút bấm, chữ gõ thay nút": (
        hears,
        (HEARD.test_each_thing_said_has_its_effect_once,),
    ),
    "Gửi lặp, trùng cùng lúc, đến sai thứ tự: có tác dụng đúng một lần": (
        hears,
        (HEARD.test_each_thing_said_has_its_effect_once,),
    ),
    "Giả mạo, quá lớn, hỏng: bị từ chối, không để lại gì": (
        hears,
        (HEARD.test_what_is_forged_too_large_or_broken_has_no_effect,),
    ),
    "Loại tin không đọc được: được trả lời, không lập phiếu": (
        hears,
        (HEARD.test_what_is_forged_too_large_or_broken_has_no_effect,),
    ),
    "Đến chậm vẫn nhận; đứt giữa chừng không tính, gửi lại thì nhận": (
        hears,
        (HEARD.test_what_comes_slowly_counts_and_what_is_cut_off_does_not,),
    ),
    "Ảnh tải chậm, đứt, máy chủ hỏng: tải lại; mất hẳn thì người gửi được báo": (
        sends("files"),
        (
            HEARD.test_a_picture_that_comes_late_or_never_holds_nothing_up,
            FETCHED.test_a_file_that_is_got_comes_whole,
            FETCHED.test_a_file_that_does_not_come_is_asked_for_again_or_lost,
        ),
    ),
    "Gửi chữ dài, ảnh, tệp: tới nguyên vẹn": (
        lambda _: True,
        (
            SENT.test_a_long_text_arrives_whole_in_parts,
            SENT.test_several_files_all_arrive,
        ),
    ),
    "Trả lời chậm là trả lời; im lặng, nhỏ giọt, đứt: coi là chưa rõ, không treo": (
        sends("afar"),
        (SENT.test_a_slow_answer_is_an_answer, SENT.test_each_trouble_has_its_failure),
    ),
    "Khóa bị thu hồi, máy chủ hỏng hay mất: chờ, không mất tin": (
        sends("afar"),
        (
            SENT.test_each_trouble_has_its_failure,
            SENT.test_a_server_that_is_away_has_taken_nothing,
        ),
    ),
    "Người nhận đã đóng kênh: thôi gửi ở đó, sang kênh khác": (
        sends("gone"),
        (SENT.test_only_a_closed_door_makes_a_person_unreachable,),
    ),
    "Gửi quá nhanh: cả kênh chờ đúng như được hẹn": (
        sends("flood"),
        (SENT.test_too_many_calls_stop_the_whole_channel_for_as_long_as_asked,),
    ),
    "Hết hạn mức: nghỉ đúng những người thuộc hạn mức ấy": (
        sends("quota"),
        (SENT.test_what_is_used_up_tells_for_whom,),
    ),
}
"""What the common contract tests show of each channel, and by which tests; – where it cannot be."""


def table(rows: Mapping[str, Has]) -> str:
    head = ["| | " + " | ".join(NAMES.values()) + " |", "| --- |" + " :-: |" * len(NAMES)]
    lines = [
        f"| {feature} | " + " | ".join("✓" if has(name) else "–" for name in NAMES) + " |"
        for feature, has in rows.items()
    ]
    return "\n".join([*head, *lines])


@pytest.mark.parametrize(
    ("name", "rows"),
    [("bảng", FEATURES), ("hợp đồng", {row: has for row, (has, _) in CONTRACT.items()})],
    ids=["features", "contract"],
)
def test_the_page_shows_what_the_tests_know(name: str, rows: Mapping[str, Has]) -> None:
    page = PAGE.read_text("utf-8")
    found = re.search(rf"{name}: bắt đầu -->\n(.*)\n<!-- {name}: hết", page, re.DOTALL)
    assert found is not None
    assert found[1].strip() == table(rows)


def test_every_channel_on_which_stories_are_told_stands_in_the_table() -> None:
    assert set(NAMES) == {*CAN, *ONE_WAY}

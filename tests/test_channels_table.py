"""The table of features and channels in the documentation: what tests know is what it says."""

import itertools
from collections.abc import Callable, Mapping

from tests import test_channel_contract, test_fetching_contract, test_hearing_contract
from tests.doubles.far_side import Trouble
from tests.doubles.far_sides import TelegramSide
from tests.doubles.one_way_sides import EmailSide, SmsSide
from tests.doubles.web_side import WebSide
from tests.doubles.zalo_sides import ZaloBotSide, ZaloOaSide
from tests.pairs import CAN
from tests.witnesses import FILES, NAMES, SHOWN, Witness, on_the_page
from tickets.reach import ONE_WAY

HEARD, FETCHED, SENT = test_hearing_contract, test_fetching_contract, test_channel_contract
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


def table(rows: Mapping[str, Callable[[str], bool]]) -> str:
    head = ["| | " + " | ".join(NAMES.values()) + " |", "| --- |" + " :-: |" * len(NAMES)]
    lines = [
        f"| {feature} | " + " | ".join("✓" if has(name) else "–" for name in NAMES) + " |"
        for feature, has in rows.items()
    ]
    return "\n".join([*head, *lines])


def test_the_page_shows_what_people_can_do() -> None:
    found = on_the_page("bảng")
    assert found is not None
    assert found[2] == table(FEATURES)


def test_the_contracts_table_stands_on_tests_that_there_are() -> None:
    """What they showed is compared at the end of the run; see tests.witnesses."""
    modules = {"hearing": HEARD, "fetching": FETCHED, "channel": SENT}
    for test in itertools.chain(*SHOWN.values()):
        name, _, function = test.partition("::")
        assert callable(getattr(modules[name], function))
    found = on_the_page("hợp đồng")
    assert found is not None
    rows = [line.split(" | ")[0].removeprefix("| ") for line in found[2].splitlines()[2:]]
    assert rows == list(SHOWN)


def test_a_row_is_shown_only_by_all_of_its_tests() -> None:
    witness, row = Witness(), "Khóa bị thu hồi, máy chủ hỏng hay mất: chờ, không mất tin"
    first, second = (test.partition("::")[2] for test in SHOWN[row])
    file = FILES["channel"]
    witness.note(f"{file}::{first}[{Trouble.TOKEN}-zalo_oa]", "passed")
    assert not witness.has(row, "zalo_oa")
    witness.note(f"{file}::{second}[zalo_oa]", "skipped")
    assert not witness.has(row, "zalo_oa")
    witness.note(f"{file}::{second}[zalo_oa]", "passed")
    assert witness.has(row, "zalo_oa")
    assert not witness.has(row, "zalo_bot")
    witness.note(f"{file}::{first}[{Trouble.CUT}-zalo_oa]", "failed")
    assert not witness.has(row, "zalo_oa")


def test_every_channel_on_which_stories_are_told_stands_in_the_table() -> None:
    assert set(NAMES) == {*CAN, *ONE_WAY}

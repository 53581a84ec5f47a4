"""What the common contract tests showed of each channel in this very run: the table of the docs.

A run of the three whole files compares `docs/kenh.md` with how its tests ended, and is red where
the page says otherwise; with WRITE_TABLE=1 in the environment it writes the table anew.
"""

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "kenh.md"
NAMES = {
    "web": "Trang chat",
    "telegram": "Telegram",
    "zalo_bot": "Zalo Bot",
    "zalo_oa": "Zalo OA",
    "email": "E-mail",
    "sms": "SMS",
}
FILES = {name: f"tests/test_{name}_contract.py" for name in ("hearing", "fetching", "channel")}
SHOWN = {
    "Chữ, ảnh, album, nút bấm, chữ gõ thay nút": (
        "hearing::test_each_thing_said_has_its_effect_once",
    ),
    "Gửi lặp, trùng cùng lúc, đến sai thứ tự: có tác dụng đúng một lần": (
        "hearing::test_each_thing_said_has_its_effect_once",
    ),
    "Giả mạo, quá lớn, hỏng: bị từ chối, không để lại gì": (
        "hearing::test_what_is_forged_too_large_or_broken_has_no_effect",
    ),
    "Loại tin không đọc được: được trả lời, không lập phiếu": (
        "hearing::test_what_is_forged_too_large_or_broken_has_no_effect",
    ),
    "Đến chậm vẫn nhận; đứt giữa chừng không tính, gửi lại thì nhận": (
        "hearing::test_what_comes_slowly_counts_and_what_is_cut_off_does_not",
    ),
    "Ảnh tải chậm, đứt, máy chủ hỏng: tải lại; mất hẳn thì người gửi được báo": (
        "hearing::test_a_picture_that_comes_late_or_never_holds_nothing_up",
        "fetching::test_a_file_that_is_got_comes_whole",
        "fetching::test_a_file_that_does_not_come_is_asked_for_again_or_lost",
    ),
    "Gửi chữ dài, ảnh, tệp: tới nguyên vẹn": (
        "channel::test_a_long_text_arrives_whole_in_parts",
        "channel::test_several_files_all_arrive",
    ),
    "Trả lời chậm là trả lời; im lặng, nhỏ giọt, đứt: coi là chưa rõ, không treo": (
        "channel::test_a_slow_answer_is_an_answer",
        "channel::test_each_trouble_has_its_failure",
    ),
    "Khóa bị thu hồi, máy chủ hỏng hay mất: chờ, không mất tin": (
        "channel::test_each_trouble_has_its_failure",
        "channel::test_a_server_that_is_away_has_taken_nothing",
    ),
    "Người nhận đã đóng kênh: thôi gửi ở đó, sang kênh khác": (
        "channel::test_a_closed_door_makes_a_person_unreachable",
    ),
    "Gửi quá nhanh: cả kênh chờ đúng như được hẹn": (
        "channel::test_too_many_calls_stop_the_whole_channel_for_as_long_as_asked",
    ),
    "Hết hạn mức: nghỉ đúng những người thuộc hạn mức ấy": (
        "channel::test_what_is_used_up_tells_for_whom",
    ),
}
"""What is shown of a channel once each of these tests has passed on it at least once."""


class Witness:
    """How each test of the contract ended on each channel."""

    def __init__(self) -> None:
        self.ended: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def note(self, nodeid: str, outcome: str) -> None:
        """Remember how a test's call ended; which channel it was on stands in its id."""
        path, _, rest = nodeid.partition("::")
        short = next((name for name, file in FILES.items() if file == path), None)
        test, _, variant = rest.partition("[")
        channel = next((one for one in re.split(r"[-+\]]", variant) if one in NAMES), None)
        if short is not None and channel is not None:
            self.ended[f"{short}::{test}", channel].add(outcome)

    def has(self, row: str, channel: str) -> bool:
        """Whether every test of a row passed on a channel, none without one that did."""
        return all(
            "passed" in self.ended[test, channel] and "failed" not in self.ended[test, channel]
            for test in SHOWN[row]
        )

    def table(self) -> str:
        """The table as this run shows it."""
        head = ["| | " + " | ".join(NAMES.values()) + " |", "| --- |" + " :-: |" * len(NAMES)]
        lines = [
            f"| {row} | " + " | ".join("✓" if self.has(row, one) else "–" for one in NAMES) + " |"
            for row in SHOWN
        ]
        return "\n".join([*head, *lines])


def on_the_page(name: str) -> re.Match[str] | None:
    """A table of the page between its marks."""
    return re.search(
        rf"({name}: bắt đầu -->\n)(.*)(\n<!-- {name}: hết)", PAGE.read_text("utf-8"), re.DOTALL
    )


def is_whole(config: Any) -> bool:
    """Whether all of the three files was asked for, and nothing of them left out."""
    if config.option.keyword or config.option.markexpr or any("::" in one for one in config.args):
        return False
    if config.option.collectonly or hasattr(config, "workerinput"):
        return False
    asked = [Path(one).resolve() for one in config.args]
    root = PAGE.parent.parent
    files = [(root / file).resolve() for file in FILES.values()]
    return all(any(file == one or one in file.parents for one in asked) for file in files)


def close(witness: Witness, session: pytest.Session) -> str:
    """Compare the page with the run, or write it; what is wrong, '' for nothing."""
    if not is_whole(session.config) or session.testsfailed or session.shouldstop:
        return ""
    found = on_the_page("hợp đồng")
    assert found is not None
    if found[2] == witness.table():
        return ""
    if os.environ.get("WRITE_TABLE") == "1":
        page = PAGE.read_text("utf-8")
        whole = page[: found.start(2)] + witness.table() + page[found.end(2) :]
        PAGE.write_text(whole, "utf-8")
        return ""
    return f"docs/kenh.md says other than this run has shown:\n{witness.table()}"


WITNESS = Witness()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Called for each test in the process that gathers the results."""
    if report.when == "call" or report.outcome != "passed":
        WITNESS.note(report.nodeid, report.outcome)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A page that says other than the tests have shown makes the run red."""
    if exitstatus == pytest.ExitCode.OK and (wrong := close(WITNESS, session)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.get_terminal_writer().line(f"\n{wrong}")

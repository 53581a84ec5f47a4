"""Bytes from outside as hypothesis makes them up, and what each of our readers may do with them."""

import copy
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storeroom import Refused, Storeroom
from province.load import PackError, pack_from_json
from storage import invitations
from storage.people import Contact, Speaker
from tests.world import BUNDLED, START, ZONE, rules
from tickets import enrolling, taking_in
from tickets.dates import read_date
from tickets.moment import Moment
from triage import triage
from web.console.sheets import UnreadableError, rows_of

PAYLOADS = Path(__file__).parent / "payloads"
NASTY = (
    "", "\0", "\ud800", "0", "-1", "9" * 400, "NaN", "1e999", "²", "\u202e", "%00", "'", '"', "<x>",
    "{0}", "=1+1", "/start", "t:ack:1:1", "1 tiếp nhận", "hủy", "31/02", "29/2/2027", "ế" * 3000,
    "\n" * 50, "a" * 9000, "0001-01-01", "9999-12-31", "NA-26-000001", "https://[", "../../x",
)  # fmt: skip
SPOKEN = (
    "mất điện cả xã từ sáng", "1 hủy", "1 chuyển Sở Y tế: nhầm", "phiếu", "/phieu 1",
    "việc tồn đọng: x", "xóa dữ liệu", "điện thoại: 0912", "/hoi chữ ký số", "1 đã xử lý", "có",
    "1 hẹn 31/02", "không", "an toàn", "1", "99", "bỏ qua", "#t:cancel:1:1", "#t:undo:1:1:²",
    "nghỉ từ 31/12 đến 1/1", "1 tiếp nhận", "1 hỏi thêm: mấy cái?", "/moi Sở Y tế",
    "/baolu Con Cuông", "thông báo toàn tỉnh: x", "1 hẹn cuối tháng", "/vao",
    "1 công bố: x; căn cứ: y; đến 31/12/2027",
)  # fmt: skip
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
values = st.one_of(
    words,
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 2**64, 10**400, 1e308, -1e308, 253402300799, 1700000000]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder of a payload with a key in it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@st.composite
def spoilt(draw: st.DrawFn, documents: list[Any], most: int = 2) -> Any:
    """One of some documents with a few values changed or taken out."""
    document = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, most))):
        places = list(_places(document))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if isinstance(holder, dict) and draw(st.integers(0, 3)) == 0:
            del holder[key]
        else:
            holder[key] = draw(values)
    return document


@st.composite
def damaged(draw: st.DrawFn, contents: list[bytes]) -> bytes:
    """One of some files, cut, or with a few bytes changed or put in."""
    content = bytearray(draw(st.sampled_from(contents)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        match draw(st.integers(0, 3)):
            case 0:
                del content[at:]
            case 1:
                content[at:at] = draw(st.binary(max_size=12))
            case _:
                content[at : at + 1] = bytes([draw(st.integers(0, 255))])
    return bytes(content)


# Readers without a database.


def reads_sheet(content: bytes) -> None:
    try:
        rows = rows_of(content)
    except UnreadableError:
        return
    for kind in ("handed_over", "notice", "petition"):
        try:
            taking_in.read(Moment(None, START, rules()), kind, rows)
        except taking_in.NoHeads:
            pass
    try:
        enrolling.read(rules().units, Speaker(Contact(channel="web", address="1")), rows)
    except enrolling.NoHeads:
        pass


def reads_pack(document: Any) -> None:
    try:
        pack_from_json(json.dumps(document))
    except PackError:
        return


def reads_words(text: str) -> None:
    """A date, a code, and a verdict: whatever is typed anywhere."""
    found = read_date(text, date(2026, 11, 23))
    assert found is None or isinstance(found, date)
    letters = invitations.read_code(text)
    assert letters is None or len(letters) == invitations.LENGTH
    assert triage(text, BUNDLED).urgency if text.strip() else True


def keeps_picture(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        room = Storeroom(Path(folder), ZONE)
        try:
            kept = room.keep(content, "photo")
        except Refused:
            return
        assert room.read(kept.hash).startswith(b"\xff\xd8\xff")


@cache
def sheets() -> list[bytes]:
    """A list of people and a list of work, as text and as workbooks."""
    people = "Đơn vị;Họ tên;Chức vụ;Điện thoại;Vai trò\nxã Chiêu Lưu;Lan;;0912345678;cán bộ\n"
    work = (
        "Nội dung;Xã;Chủ trì;Phối hợp;Hạn;Nguồn\nĐường hỏng;Con Cuông;Sở Xây dựng;;30/12/2026;3\n"
    )
    return [people.encode(), work.encode(), *(_book(text) for text in (people, work))]


def _book(text: str) -> bytes:
    import xlsxwriter  # noqa: PLC0415  only where a workbook is made

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(text.splitlines()):
            sheet.write_row(n, 0, row.split(";"))
    return out.getvalue()


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook whose parts are damaged inside a sound archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draw(st.sampled_from(sheets()[2:])))) as sound:
        parts = {
            name: sound.read(name)
            for name in sound.namelist()
            if "shared" in name or "/sheet" in name
        }
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, draw(damaged([content])))
    return out.getvalue()


def small(pack: Any) -> Any:
    """The pack with few rows of each list, so that most of what is spoilt is of another kind."""
    if isinstance(pack, dict):
        return {key: small(value) for key, value in pack.items()}
    return [small(value) for value in pack[:3]] if isinstance(pack, list) else pack


def tries(
    strategy: st.SearchStrategy[Any],
    check: Callable[[Any], None],
    *,
    examples: int,
    again: bool = True,
) -> None:
    """Give so many examples to a check; `again` means the same ones each time."""

    @settings(
        max_examples=examples,
        derandomize=again,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def tried(example: Any) -> None:
        check(example)

    tried()

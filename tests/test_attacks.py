"""What strangers send: bodies nobody asked for, lists that explode, words that leak."""

import io
import json
import logging
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest
import structlog

from bot.logs import start_logging
from tests.site import ORIGIN, Site, site_for
from web.console.exporting import plain
from web.console.reporting import LONGEST, _period
from web.console.sheets import MOST_BYTES, UnreadableError, rows_of
from web.drafts import download
from web.files import answer as file_answer
from web.shield import MB, SMALL

SHEET = "xl/worksheets/sheet1.xml"
BEGINS = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ENDS = "</sheetData></worksheet>"
BOMB = "".join(
    (
        "<!DOCTYPE x [<!ENTITY a0 'nổ'>",
        *(f"<!ENTITY a{n} '{f'&a{n - 1};' * 9}'>" for n in range(1, 9)),
        "]>",
    )
)


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


# Bodies.


async def test_a_hook_that_nobody_has_reads_nothing(site: Site) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 8 * MB:
            read += SMALL
            yield b"a" * SMALL

    async with site.browser() as browser:
        for path in ("/hooks/x/viec", "/hooks/zalo-oa/chat/say", "/hooks/a/b/lam"):
            refused = await browser.client.post(path, content=endless())
            assert refused.status_code in {403, 413}
    assert read <= 9 * SMALL


LENGTHS = {
    ("/nhap-viec/kiem-tra", MB - 1): 403,
    ("/nhap-viec/lam", MB - 1): 403,
    ("/nguoi/moi", MB - 1): 403,
    ("/phieu/NA-26-000001/viec", 90 * MB): 403,
    ("/phieu/a/b/viec", SMALL + 1): 413,
    ("/as/x/y/chat/say", SMALL + 1): 413,
    ("/du-lieu", SMALL + 1): 413,
    ("/hooks/zalo-bot", SMALL + 1): 413,
}


async def test_only_the_named_pages_take_much(site: Site) -> None:
    async with site.browser() as browser:
        for (path, size), status in LENGTHS.items():
            headers = {"Origin": ORIGIN, "Content-Length": str(size)}
            answer = await browser.client.post(path, content=b"", headers=headers)
            assert answer.status_code == status, path


# Lists.


def book(sheet: str | bytes, **parts: str) -> bytes:
    """A workbook of raw parts, as no program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(SHEET, sheet)
        for name, content in parts.items():
            packed.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


def cell(kind: str, value: str) -> str:
    return f'{BEGINS}<row><c r="A1" t="{kind}"><v>{value}</v></c></row>{ENDS}'


@pytest.mark.parametrize(
    "content",
    [
        book("0" * (MOST_BYTES + 1)),
        book(f"<?xml version='1.0'?>{' ' * 5000}{BOMB}{cell('str', '&a8;')}"),
        book(
            f"<?xml version='1.0' encoding='utf-16'?>{BOMB}{cell('str', '&a8;')}".encode("utf-16")
        ),
        book(
            f"<?xml version='1.0' encoding='cp037'?>{BOMB}{cell('str', 'x')}".replace(
                "ổ", "o"
            ).encode("cp037")
        ),
        book(f"{BEGINS}{'<row/>' * 3000}{ENDS}"),
        book("<a>" * 60_000),
        b"PK\x03\x04" + b"\0" * 100,
        book(cell("n", "1"))[:-30],
        bytes(byte ^ (n % 97 == 40) for n, byte in enumerate(book(cell("n", "1" * 999)))),
        b"\xff\xfe" + "Họ tên".encode("utf-16-le"),
        b'"' + b"x" * 200_000,
        b"\n" * 3000,
    ],
    ids=range(12),
)
def test_a_list_that_explodes_is_unreadable_and_nothing_worse(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        rows_of(content)


@pytest.mark.parametrize("value", ["x", "-1", "9" * 5000, "1e3", "²"])
def test_a_cell_that_points_nowhere_is_empty(value: str) -> None:
    shared = BEGINS.partition(">")[0].replace("worksheet", "sst") + "><si><t>x</t></si></sst>"
    assert rows_of(book(cell("s", value), sharedStrings=shared)) == [[""]]


# What leaves.


@pytest.mark.parametrize("text", ["＝1+1", "＠SUM(1)", "  =1", "\t=1", "+84912345678"])
def test_wide_and_hidden_beginnings_calculate_nothing(text: str) -> None:
    assert plain(text).startswith("'")


def test_a_semicolon_begins_no_formula() -> None:
    assert plain("xin hàng;=HYPERLINK(1)") == "xin hàng;'=HYPERLINK(1)"
    assert plain("gạo; -5 kg; muối") == "gạo; -5 kg; muối"


@pytest.mark.parametrize(
    "name", ['a"\r\nSet-Cookie: x=1', "../../etc/passwd", "ảnh; filename=x", ""]
)
def test_a_file_name_is_no_header(name: str) -> None:
    for answer in (file_answer(b"<svg/>", "image/svg+xml", name), download(b"", "x/y", name)):
        headers = answer.headers
        assert "set-cookie" not in headers
        shown = headers["content-disposition"]
        assert shown.startswith("attachment; filename*=UTF-8''")
        assert not set(shown.removeprefix("attachment; filename*=UTF-8''")) & set('"\r\n; ')
    assert file_answer(b"<svg/>", "image/svg+xml", name).media_type == "application/octet-stream"


class Office:
    """As much of a moment as a period asks for."""

    today = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("tu", "den"),
    [("", "0001-01-05"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "x"), ("", "0")],
)
def test_a_period_before_the_calendar_is_the_last_month(tu: str, den: str) -> None:
    first, last = _period(Office(), tu, den)  # type: ignore[arg-type]  # only its day is asked for
    assert first <= last <= Office.today
    assert last - first <= LONGEST


# The log.


def test_no_word_that_opens_something_is_told_however_deep_it_lies(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging("DEBUG")
    logging.getLogger().handlers[0].stream = sys.stderr  # type: ignore[attr-defined]  # capsys' own
    secret = "Zq7" + "x" * 30
    paths = ("/vao/", "/given/", "/letters/", "/storms/", "/in/", "/join/", "https://t.me/b?start=")
    for path in paths:
        structlog.get_logger("bot.x").warning(
            "odd", url=path + secret, deep={"a": [path + secret]}, error=ValueError(path + secret)
        )
        logging.getLogger("aiogram").warning("GET %s%s", path, secret)
    said = capsys.readouterr().err
    assert said.count("\n") == 2 * len(paths)
    assert secret not in said
    assert all(json.loads(line) for line in said.splitlines())

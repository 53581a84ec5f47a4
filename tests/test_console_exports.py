"""Files that leave: the queue as .xlsx and .csv, the report as .docx; nothing calculates."""

import asyncio
import csv
import html
import io
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import docx
import pytest

from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.test_story_lists import BRIDGE, copied, made
from tests.test_story_work import SCANNER
from tests.world import ZONE, World
from web.console import exporting, sheets, workbook
from web.console.exporting import plain

EVIL = '=HYPERLINK("http://evil.test","x")'


def strings(book: bytes) -> tuple[str, str]:
    """A workbook's sheet as it stands in the file, and all its text."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    return sheet, " ".join(re.findall(r"<t[^>]*>(.*?)</t>", sheet, re.DOTALL))


async def test_the_workbook_holds_the_queue_and_no_formula(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await made(world, text=EVIL, place="@SUM(1)", summary="+1")
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF)
    other = await world.joins("so_y_te", Role.STAFF)
    site = site_of(world)
    async with console(site, desk) as browser:
        answer = await browser.get("/phieu.xlsx")
        assert "attachment" in answer.headers["content-disposition"]
        sheet, text = strings(answer.content)
        assert ticket.code in text
        assert "HYPERLINK" in text
        assert "<f>" not in sheet
        opened = ticket.opened_at.astimezone(ZONE) - datetime(1899, 12, 30, tzinfo=ZONE)
        assert f"<v>{opened / timedelta(days=1)!r}"[:16] in sheet
        assert "Xã, phường" in text
        none = strings((await browser.get("/phieu.xlsx?tt=closed")).content)[1]
        assert ticket.code not in none
    async with console(site, other) as browser:
        assert ticket.code not in strings((await browser.get("/phieu.xlsx")).content)[1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x00b\x1f\ufffe", "a_x0000_b_x001F__xFFFE_"),
        ("_x0041_", "_x005F_x0041_"),
        ("  <b>&amp; 🟢\n", "  &lt;b&gt;&amp;amp; 🟢\n"),
        ("\ud83d", "_xD83D_"),
        ("x" * 40_000, "x" * 32_000),
    ],
)
def test_a_cell_holds_any_text(tmp_path: Path, value: str, shown: str) -> None:
    rows = workbook.begun(tmp_path / "a.xlsx", "Phiếu", [("Một", 9), ("Hai", 9), ("Ba", 9)])
    rows.write([[value, datetime(2026, 11, 23, 9), 7], ["", None, 0]])  # noqa: DTZ001  a sheet's
    rows.close()
    content = (tmp_path / "a.xlsx").read_bytes()
    sheet = strings(content)[0]
    assert f">{shown}</t>" in sheet
    assert '<c r="B2" s="3"><v>46349.375</v></c><c r="C2"><v>7</v></c>' in sheet
    assert '<row r="3"><c r="C3"><v>0</v></c></row></sheetData>' in sheet
    assert '<autoFilter ref="A1:C3"/>' in sheet
    head, *_ = sheets.rows_of(content)
    assert head == ["Một", "Hai", "Ba"]


async def test_a_long_list_says_how_far_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await copied(world, 3)
    ticket = (await world.tickets())[0]
    desk = await world.joins(ticket.lead, Role.STAFF)
    other = await world.joins("so_y_te", Role.STAFF)
    monkeypatch.setattr(exporting, "PATIENCE", 0)
    site = site_of(world)
    async with console(site, desk) as browser, console(site, other) as away:
        evil = '/phieu.csv?lv="><xss>&tep="><xss>&trang=1;url=//evil.test'
        assert "<xss" not in (await browser.get(evil, Accept="text/html")).text
        page = (await browser.get("/phieu.csv?qh=", Accept="text/html,*/*")).text
        assert '<progress max="100" value="' in page
        assert "Tải tệp đã tạo xong (4 phiếu, 0,0 MB)" in page
        address = html.unescape(re.findall(r'content="0;url=([^"]+)"', page)[0])
        assert page.index("progress") < page.index(html.escape(address)) < page.index("</main>")
        file = await browser.get(address)
        assert (file.headers["content-type"], len(list(csv.reader(io.StringIO(file.text))))) == (
            "text/csv; charset=utf-8", 5,
        )  # fmt: skip
        assert ticket.code not in (await away.get(address)).text
        kept = site.app.state.shelf.files
        (made,) = kept.values()
        await browser.get("/phieu.csv", Accept="text/html")
        assert len(kept) == 1 and not made.path.exists()
        made = next(iter(kept.values()))
        site.app.state.shelf.drop(next(iter(kept)))
        assert not made.path.exists()
        assert ticket.code in (await browser.get(address)).text  # made anew


async def test_a_list_that_fails_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await world.joins("so_y_te", Role.STAFF)

    async def fails(*_: object) -> int:
        await asyncio.sleep(0)
        raise OSError

    monkeypatch.setattr(exporting, "PATIENCE", 0)
    monkeypatch.setattr(exporting, "last_id", fails)
    async with console(site_of(world), desk) as browser:
        page = (await browser.get("/phieu.xlsx", Accept="text/html")).text
    assert "Chưa tạo được tệp" in page


async def test_the_list_with_commas_is_marked_and_harmless(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await made(world, text=EVIL, place="\t=1", resolution='a "b"\nc')
    await copied(world, 3)
    ticket = (await world.tickets())[0]
    desk = await world.joins(ticket.lead, Role.STAFF)
    async with console(site_of(world), desk) as browser:
        answer = await browser.get("/phieu.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert len({len(row) for row in rows}) == 1
    assert f"'{EVIL}" in rows[1]
    assert 'a "b"\nc' in rows[1]


async def test_a_restricted_tickets_words_do_not_travel(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await made(world, restricted=True, text="chuyện kín", place="bản kín", resolution="lời kín")
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF)
    async with console(site_of(world), desk) as browser:
        for path in ("/phieu.csv", "/phieu.xlsx", "/bao-cao.docx"):
            content = (await browser.get(path)).content
            if path.endswith("csv"):
                text = content.decode()
            elif path.endswith("xlsx"):
                text = strings(content)[1]
            else:
                tables = docx.Document(io.BytesIO(content)).tables
                text = " ".join(cell.text for t in tables for row in t.rows for cell in row.cells)
            assert ticket.code in text
            assert "kín" not in text


async def test_the_report_of_difficulties(world: World) -> None:
    official = await world.joins("chieu_luu")
    other = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await other.says(SCANNER)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    chair = await world.joins("con_cuong", Role.HEAD)
    site = site_of(world)
    async with console(site, coordinator) as browser:
        assert 'name="tu"' in (await browser.get("/bao-cao")).text
        answer = await browser.get("/bao-cao.docx?theo=commune")
        document = docx.Document(io.BytesIO(answer.content))
        text = "\n".join(p.text for p in document.paragraphs)
        assert "Trong kỳ" in text
        assert "2 xã, phường phản ánh 2 khó khăn" in text
        assert "xã Chiêu Lưu (1)" in text
        head, first, *_ = document.tables
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
        assert BRIDGE in first.rows[1].cells[1].text
        empty = await browser.get("/bao-cao.docx?tu=2020-01-01&den=2020-02-01&theo=x")
        assert "Không có phản ánh nào" in "".join(
            p.text for p in docx.Document(io.BytesIO(empty.content)).paragraphs
        )
        assert (await browser.get("/bao-cao.docx?tu=x&den=0000")).status_code == 200
    async with console(site, chair) as browser:
        answer = await browser.get("/bao-cao.docx")
        tables = docx.Document(io.BytesIO(answer.content)).tables
        text = " ".join(cell.text for t in tables for row in t.rows for cell in row.cells)
        assert SCANNER in text
        assert BRIDGE not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", " =", "|", "%"])
def test_a_text_that_could_calculate_is_marked(start: str) -> None:
    assert plain(f"{start}1").startswith("'")
    assert plain("bình thường - 5") == "bình thường - 5"
    assert plain(-5) == "'-5"

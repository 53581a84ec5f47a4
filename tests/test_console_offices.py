"""The chart of offices by a list: each row judged, one version with all of it, or nothing."""

import html
import re

import pytest

from province import offices
from province.offices import Problem
from storage.people import Role
from storage.policies import PackVersion
from tests.desks import console
from tests.site import Browser, site_of
from tests.test_console_pack import PAGE, applies
from tests.world import BUNDLED, World

HEADS = "Mã;Tên đơn vị;Tên tắt;Tên khác;Người trực;Số trực\n"
RIGHT = (
    HEADS + ";sở gtvt;;;;0238 3844 844\n"
    "ban_qlda;Ban Quản lý dự án giao thông;BQLDA;ban quản lý dự án; bql giao thông;\n;;;;;\n"
    "so_y_te;;;;Trực ban;'+84 238 1234\n"
)
WRONG = {
    "so_y_te;Sở Xây dựng": Problem.TAKEN,
    ";xã Chiêu Lưu": Problem.COMMUNE,
    "chieu_luu;Chiêu Lưu": Problem.COMMUNE,
    ";Sở Không Có": Problem.NO_CODE,
    "Sở Mới;Sở Mới": Problem.BAD_CODE,
    "so_moi;": Problem.NO_NAME,
    f"so_moi;{'x' * 201}": Problem.LONG,
    "so_tai_chinh;;;;;0912": Problem.NO_POST,
}


async def sends(browser: Browser, content: str | bytes) -> tuple[int, str]:
    await browser.get(PAGE)
    body = content if isinstance(content, bytes) else content.encode()
    answer = await browser.post(f"{PAGE}/don-vi", files=[("tep", ("ds.csv", body, "text/csv"))])
    browser.fields.update(re.findall(r'name="(thay|key)" value="([^"]+)"', answer.text))
    found = re.search(r'name="sua" value="([^"]*)"', answer.text)
    browser.fields["sua"] = html.unescape(found[1]) if found else ""
    return answer.status_code, html.unescape(answer.text)


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_list_of_offices_is_looked_over_then_in_force_as_a_whole(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    async with console(site, admin) as browser:
        status, page = await sends(browser, RIGHT)
        assert status == 200
        for said in (
            "Đã kiểm tra, dòng: 3, lỗi: 0",
            "thêm đơn vị",
            "Ban Quản lý dự án giao thông: thêm mới",
        ):
            assert said in page
        assert (await world.program.rules()).version == 1  # nothing is kept by looking
        assert (await applies(browser))[0] == 303
    units = (await world.program.rules()).units
    assert units.find_unit("ban quan ly du an") == "ban_qlda"
    (roads,) = [row for row in units.pack.agencies if row.code == "so_xay_dung"]
    assert (roads.name, roads.duty[0].phone) == ("Sở Xây dựng", "0238 3844 844")
    (health,) = [row for row in units.pack.agencies if row.code == "so_y_te"]
    assert (health.duty[0].post, health.duty[0].phone) == ("Trực ban", "+84 238 1234")


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_one_wrong_row_and_nothing_changes(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    async with console(site, admin) as browser:
        status, page = await sends(browser, RIGHT + ";Sở Không Có;;;;\n")
        assert status == 422
        assert "muốn thêm thì ghi cột Mã" in page
        assert browser.fields["sua"] == ""
        for odd in (b"", b"\xff\xfe", b"a,b\n1,2", b"PK\x03\x04broken", HEADS * 300):
            assert (await sends(browser, odd))[0] == 422
        assert "Không có gì thay đổi" in (await sends(browser, HEADS + ";Sở Y tế"))[1]
        # Taken along and sent back it changes nothing, with its phones and their quotation marks.
        kept = await browser.get(f"{PAGE}/don-vi.csv")
        assert "Không có gì thay đổi" in (await sends(browser, kept.content))[1]
        assert len(await site.rows(PackVersion)) == 1


@pytest.mark.parametrize("row", WRONG)
def test_each_wrong_row_says_what_is_wrong(row: str) -> None:
    rows = [line.split(";") for line in (HEADS.strip(), row, "so_noi_vu;", "so_noi_vu;")]
    first, second, third = offices.read(BUNDLED, rows)
    assert first.problem is WRONG[row]
    assert first.edits == {}
    assert (second.problem, third.problem) == (None, Problem.TWICE)

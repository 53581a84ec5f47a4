"""Lists become tickets: checked row by row, taken in whole or not at all, their origin kept."""

import io
import re

import xlsxwriter

from storage.imports import Import
from storage.people import Role
from tests.desks import console
from tests.site import Browser, site_of
from tests.test_console_people import kept
from tests.test_story_work import heard
from tests.world import World

HEAD = "Nội dung;Xã;Chủ trì;Phối hợp;Hạn;Nguồn\n"
ROADS = (
    "Đường vào bản Xằng Trên chưa bàn giao hồ sơ;xã Chiêu Lưu;Sở Xây dựng;Sở Tài chính;"
    "30/12/2026;mục 3\n"
)
LAND = "Hồ sơ đất 12 hộ chưa giải quyết;Con Cuông;Sở Nông nghiệp và Môi trường;;;mục 4\n"


async def checks(browser: Browser, content: str | bytes, **fields: str) -> tuple[int, str]:
    await browser.get("/nhap-viec")
    data = {"loai": "handed_over", "ten": "Biên bản bàn giao huyện Kỳ Sơn", **fields}
    content = content.encode() if isinstance(content, str) else content
    files = [("tep", ("ds.csv", content, "text/csv"))]
    answer = await browser.post("/nhap-viec/kiem-tra", data, files=files)
    browser.fields.update(re.findall(r'name="(csrf|key)" value="([^"]+)"', answer.text))
    return answer.status_code, answer.text


async def takes(browser: Browser, page: str, **fields: str) -> int:
    data = {"loai": "handed_over", "ten": "Biên bản bàn giao huyện Kỳ Sơn", **fields}
    answer = await browser.post("/nhap-viec/lam", {**data, "danh-sach": kept(page)})
    return answer.status_code


async def test_a_list_of_work_left_behind_becomes_tickets(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.news()
    site = site_of(world)
    async with console(site, coordinator) as browser:
        status, page = await checks(browser, HEAD + ROADS + LAND)
        assert status == 200, page
        assert "Danh sách đúng, chưa nhập gì" in page
        assert await world.tickets() == []
        assert await takes(browser, page) == 303
        assert await takes(browser, page) == 303
        roads, land = await world.tickets()
        assert (roads.commune, roads.lead, roads.coordinating) == (
            "chieu_luu", "so_xay_dung", ["so_tai_chinh"],
        )  # fmt: skip
        assert roads.origin == "Biên bản bàn giao huyện Kỳ Sơn · mục 3"
        assert roads.result_by is not None
        assert f"{roads.result_by:%d/%m/%Y}" == "30/12/2026"
        assert land.commune == "con_cuong"
        assert not land.tentative
        shown = (await browser.get(f"/phieu/{roads.code}")).text
        assert "Biên bản bàn giao huyện Kỳ Sơn · mục 3" in shown
        assert "Nhập từ danh sách" in shown
        (batch,) = await site.rows(Import)
        lists = (await browser.get("/nhap-viec")).text
        assert f"/phieu?nhap={batch.id}" in lists
        found = (await browser.get(f"/phieu?nhap={batch.id}")).text
        assert roads.code in found
        assert land.code in found
        status, page = await checks(browser, HEAD + ROADS)
        assert status == 422
        assert "đã nhập từ danh sách trước" in page
    await world.settle()
    assert "mục 3" in await heard(official, "lập phiếu cho xã Chiêu Lưu")
    assert any("Đường vào bản Xằng Trên" in text for text in await desk.heard())
    await desk.says("1 tiếp nhận")
    assert "đã tiếp nhận" in await heard(official, "tiếp nhận (")


async def test_one_wrong_row_and_nothing_is_taken_in(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    bad = (
        ";Con Cuông;Sở Y tế;;;\nA;xã Không Có;Sở Y tế;;;\nB;Con Cuông;Sở Lạ;;;\nC;;Sở Y tế;;;\n"
        "D;Con Cuông;Sở Y tế;Sở Lạ;;\nE;Con Cuông;Sở Y tế;;hôm nào đó;\n"
        "F;Con Cuông;Sở Y tế;;01/02/2024;\n"
        + LAND
        + LAND
        + ";;;;;\n"
        + "y" * 4001
        + ";Con Cuông;Sở Y tế\n"
    )
    async with console(site_of(world), coordinator) as browser:
        status, page = await checks(browser, HEAD + ROADS + bad)
        assert status == 422
        for told in (
            "thiếu nội dung", "chưa rõ xã", "chưa rõ đơn vị chủ trì", "chưa rõ đơn vị phối hợp",
            "chưa rõ hạn", "hạn đã qua", "trùng dòng trên", "dài quá 4.000",
        ):  # fmt: skip
            assert told in page, told
        assert "danh-sach" not in page
        sent = {"loai": "handed_over", "ten": "x", "danh-sach": HEAD + bad, "key": "k" * 12}
        assert (await browser.post("/nhap-viec/lam", sent)).status_code == 409
        for odd in (b"", b"PK\x03\x04", "a;b\n1;2", HEAD):
            assert (await checks(browser, odd))[0] == 422
        assert (await checks(browser, HEAD + ROADS, ten=""))[0] == 422
        assert (await checks(browser, HEAD + ROADS, loai="x"))[0] == 400
    assert await world.tickets() == []


async def test_a_leaders_notice_becomes_tasks_of_departments(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Hà")
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nhiệm vụ", "Đơn vị", "Phối hợp", "Thời hạn", "Mục"])
    sheet.write_row(
        1, 0, ["Rà soát biên chế giáo viên", "Sở Giáo dục và Đào tạo", "Sở Nội vụ", 46386, "II.3"]
    )
    book.close()
    given = {"loai": "notice", "ten": "Thông báo 2040-TB/TU"}
    site = site_of(world)
    async with console(site, leader) as browser:
        assert (await browser.get("/nhap-viec")).status_code == 404
    async with console(site, coordinator) as browser:
        status, page = await checks(browser, out.getvalue(), **given)
        assert status == 200, page
        assert await takes(browser, page, **given) == 303
        ticket = await world.ticket()
        assert (ticket.commune, ticket.lead) == ("van_phong_ubnd", "so_giao_duc_dao_tao")
        assert ticket.summary == "Rà soát biên chế giáo viên"
        assert f"{ticket.result_by:%d/%m/%Y}" == "30/12/2026"
        assert "Thông báo 2040-TB/TU · II.3" in (await browser.get(f"/phieu/{ticket.code}")).text
        for path in ("/phieu", "/toan-canh", "/phieu.xlsx", "/bao-cao.docx"):
            assert (await browser.get(path)).status_code == 200, path
    desk = await world.joins("so_giao_duc_dao_tao", Role.STAFF)
    await desk.says("1 tiếp nhận")
    await desk.says("1 cập nhật: đang rà soát")
    await world.forward(days=40)


async def test_an_official_reports_work_left_behind(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("việc tồn đọng: máy scan hỏng từ hồi còn huyện, chưa ai thay")
    ticket = await world.ticket()
    assert ticket.origin == "Việc tồn đọng, chuyển tiếp từ cấp huyện"
    assert ticket.text.startswith("máy scan hỏng")

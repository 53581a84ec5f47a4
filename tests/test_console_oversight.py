"""The coordinator's and the administrator's lists in the browser: decided once, run again once."""

import re

import pytest

from storage.people import Role
from tests.desks import console
from tests.doubts import unsure_text
from tests.site import site_of
from tests.test_story_failures import Poison
from tests.test_story_lists import BRIDGE, copied
from tests.test_story_work import SOFTWARE, heard
from tests.world import World


async def test_the_queue_shows_why_and_decides_with_one_button(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(unsure_text())
    await world.forward(minutes=16)
    ticket = await world.ticket()
    async with console(site_of(world), coordinator) as browser:
        page = (await browser.get("/can-xem")).text
        assert ticket.code in page
        found = re.search(
            r'name="thay" value="(\d+)"[^>]*>\s*<input[^>]*name="them" value="(\w+)"[^>]*>\s*'
            r'<input[^>]*name="ve"[^>]*><input[^>]*name="don-vi" value="(\w+)"',
            page,
        )
        assert found, page
        seen, category, unit = found.groups()
        data = {"viec": "decide", "thay": seen, "them": category, "don-vi": unit, "ve": "can-xem"}
        answer = await browser.post(f"/phieu/{ticket.code}/viec", data)
        assert answer.headers["location"] == "/can-xem?da=decide"
        assert "Đã giao" in (await browser.get("/can-xem?da=decide")).text
        assert (await world.ticket()).lead == unit
        assert (await world.ticket()).category == category
        late = await browser.post(f"/phieu/{ticket.code}/viec", {**data, "loi": "lần nữa"})
        assert late.status_code == 409
        evil = {**data, "ve": "//evil.test", "thay": seen}
        away = await browser.post(f"/phieu/{ticket.code}/viec", evil)
        assert "evil" not in away.headers.get("location", "")


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_long_queue_comes_in_light_pages(world: World) -> None:
    """A first load has 60 KB, 14 of them for the style."""
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(unsure_text())
    await world.forward(minutes=16)
    await copied(world, 40, text=BRIDGE * 9)
    async with console(site_of(world), coordinator) as browser:
        page = (await browser.get("/can-xem")).text
        assert page.count('class="check"') == 15
        assert len(page.encode()) < 46 * 1024
        assert 'class="check"' in (await browser.get("/can-xem?trang=3")).text


async def test_a_disputed_ticket_may_stay(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(BRIDGE)
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF)
    await desk.says("1 tiếp nhận")
    await official.says("1 sai đơn vị")
    async with console(site_of(world), coordinator) as browser:
        page = (await browser.get("/can-xem")).text
        assert "xã cho là sai đơn vị" in page
        ticket = await world.ticket()
        data = {"viec": "keep", "thay": str(ticket.version), "loi": "đúng là đường tỉnh"}
        await browser.post(f"/phieu/{ticket.code}/viec", {**data, "ve": "can-xem"})
        assert "Không có phiếu nào cần quyết" in (await browser.get("/can-xem")).text
    await world.settle()
    assert "đúng là đường tỉnh" in await heard(official, "tiếp tục chủ trì")


async def test_a_broadcast_is_previewed_edited_and_sent_once(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    other = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Khác")
    site = site_of(world)
    async with console(site, coordinator) as browser, console(site, other) as second:
        await browser.get("/thong-bao")
        odd = await browser.post("/thong-bao", {"noi-nhan": "chỗ nào đó", "loi": "x"})
        assert odd.status_code == 422
        assert "chỗ nào đó" in odd.text
        made = await browser.post("/thong-bao", {"noi-nhan": "xã Chiêu Lưu", "loi": "họp 8h"})
        path = made.headers["location"]
        page = (await browser.get(path)).text
        assert "họp 8h" in page
        assert "Chưa gửi" in page
        assert (await second.get(path)).status_code == 404
        await browser.post(path, {"viec": "sua", "thay": "1", "loi": "họp 9h"})
        await browser.post(path, {"viec": "gui", "thay": "1"})
        assert not [text for text in await official.news() if "họp" in text]
        for _ in range(2):
            await browser.post(path, {"viec": "gui", "thay": "2"})
        await world.settle()
        assert "đã gửi" in (await browser.get(path)).text
        assert "họp 9h" in (await browser.get("/thong-bao")).text
    assert "họp 9h" in await heard(official, "thông báo")


async def test_what_was_set_aside_runs_again_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    official = await world.joins("chieu_luu", name="Lan")
    poison = Poison(world, monkeypatch, "Phần mềm")
    await official.says(SOFTWARE)
    assert await world.tickets() == []
    poison.fails = False
    async with console(site_of(world), coordinator) as browser:
        page = (await browser.get("/tin-hong")).text
        assert "ZeroDivisionError" in page
        assert SOFTWARE not in page
        number = re.findall(r'value="rerun"><input[^>]*name="so" value="(\d+)"', page)[0]
        for is_done in (True, False):
            data = {"viec": "rerun", "so": number, "thay": "0"}
            answer = await browser.post("/tin-hong/viec", data)
            assert answer.headers["location"] == f"/tin-hong?da={int(is_done)}"
        await world.forward(seconds=2)
        assert (await world.ticket()).text == SOFTWARE
        odd = {"viec": "x", "so": number, "thay": "0"}
        assert (await browser.post("/tin-hong/viec", odd)).status_code == 400


PAGES = {
    "/can-xem": {Role.COORDINATOR},
    "/toan-canh": {Role.COORDINATOR, Role.LEADER},
    "/thong-bao": {Role.COORDINATOR},
    "/nhu-cau": {Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.LEADER},
    "/tin-hong": {Role.COORDINATOR, Role.ADMIN},
    "/kenh": {Role.ADMIN},
    "/nhat-ky": {Role.ADMIN},
    "/nguoi": {Role.ADMIN, Role.COORDINATOR, Role.HEAD},
    "/bao-cao": {Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.LEADER},
    "/bao-cao.docx": {Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.LEADER},
}


async def test_every_page_is_only_for_its_roles(world: World) -> None:
    site = site_of(world)
    for role in (Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.LEADER, Role.ADMIN):
        actor = await world.joins("van_phong_ubnd", role, name=str(role))
        async with console(site, actor) as browser:
            for path, roles in PAGES.items():
                expected = 200 if role in roles else 404
                assert (await browser.get(path)).status_code == expected, (role, path)

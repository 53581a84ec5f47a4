"""Wordings for answers: who keeps them, where they are offered, how they come into a form."""

import re

from storage.people import Role
from storage.wordings import Wording
from tests.desks import console
from tests.site import Browser, site_of
from tests.test_console_ticket import act
from tests.test_story_lists import BRIDGE
from tests.world import World

TEXT = "Sở đã nhận phiếu {số phiếu} của {xã}, sẽ kiểm tra {điều lạ} trước ngày {ngày}."


async def keeps(browser: Browser, **fields: str) -> tuple[int, str]:
    await browser.get("/mau-tra-loi")
    data = {"viec": "them", "lv": "", "ten": "Đã nhận", "loi": TEXT, **fields}
    answer = await browser.post("/mau-tra-loi", data)
    return answer.status_code, answer.text


async def test_a_head_keeps_wordings_and_the_desk_begins_with_them(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    head = await world.joins(ticket.lead, Role.HEAD)
    desk = await world.joins(ticket.lead, Role.STAFF)
    other = await world.joins("so_y_te", Role.STAFF)
    site = site_of(world)
    async with console(site, head) as browser:
        own = {"don-vi": ticket.lead}
        assert (await keeps(browser, **own, lv=ticket.category))[0] == 303
        assert (await keeps(browser, **own, ten="<b>Khác"))[0] == 303
        assert (await keeps(browser, **{"don-vi": "so_y_te"}))[0] == 404
        assert (await keeps(browser, **{"don-vi": ""}))[0] == 404
        status, page = await keeps(browser, **own, loi="", ten="giữ lại tên")
        assert status == 422
        assert 'value="giữ lại tên"' in page
        assert (await keeps(browser, **own, lv="không có"))[0] == 422
        assert (await keeps(browser, **own, loi="x" * 2001))[0] == 422
    first, second = await site.rows(Wording)
    async with console(site, desk) as browser:
        assert (await browser.get("/mau-tra-loi")).status_code == 404
        page = (await browser.get(f"/phieu/{ticket.code}")).text
        assert "Mẫu trả lời (2)" in page
        assert page.index("Đã nhận") < page.index("&lt;b&gt;Khác")
        path = f"/phieu/{ticket.code}?mau={first.id}&vao="
        begun = (await browser.get(path + "update")).text
        box = re.search(
            r'id="viec-update" open>.*?<textarea[^>]*>(.*?)</textarea>', begun, re.DOTALL
        )
        assert box
        filled = (
            f"Sở đã nhận phiếu {ticket.code} của xã Chiêu Lưu, sẽ kiểm tra {{điều lạ}} trước ngày"
        )
        assert box[1].startswith(filled)
        assert "Đã báo xã" in await act(browser, ticket, "update", loi=box[1])
        for odd in ("reroute", "", "update&mau=x", f"ask&mau={second.id}9"):
            assert filled not in (await browser.get(path + odd)).text.partition('class="acts"')[0]
    await world.settle()
    assert any(filled in text for text in await official.heard())
    async with console(site, other) as browser:
        assert (await browser.get(path + "update")).status_code == 404


async def test_wordings_change_as_they_were_seen_and_serve_everybody(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    chair = await world.joins("chieu_luu", Role.HEAD)
    desk = await world.joins(ticket.lead, Role.STAFF)
    site = site_of(world)
    async with console(site, coordinator) as browser, console(site, desk) as second:
        assert (await keeps(browser, **{"don-vi": "", "key": "k" * 12}))[0] == 303
        assert (await keeps(browser, **{"don-vi": "", "key": "k" * 12}))[0] == 303
        (row,) = await site.rows(Wording)
        assert "Mẫu trả lời (1)" in (await second.get(f"/phieu/{ticket.code}")).text
        change = {"viec": "sua", "so": str(row.id), "thay": "1", "loi": "lời mới"}
        assert (await keeps(browser, **change))[0] == 303
        status, page = await keeps(browser, **{**change, "loi": "lời của người chậm"})
        assert status == 409
        assert "lời của người chậm" in page
        assert "lời mới" in (await second.get(f"/phieu/{ticket.code}")).text
        gone = {"viec": "xoa", "so": str(row.id), "thay": "2"}
        assert (await keeps(browser, **gone))[0] == 303
        assert (await keeps(browser, **gone))[0] == 404
        assert "Mẫu trả lời (" not in (await second.get(f"/phieu/{ticket.code}")).text
    async with console(site, chair) as browser:
        assert "do lãnh đạo sở" in (await browser.get("/mau-tra-loi")).text
        await browser.get("/thoat")
        data = {"viec": "them", "don-vi": "chieu_luu", "ten": "x", "loi": "x", "key": "k" * 9}
        assert (await browser.post("/mau-tra-loi", data)).status_code == 404

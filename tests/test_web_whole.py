"""The main job in two browsers without a script: invited, reported, acknowledged, resolved."""

import re
from typing import Any

import pytest

from storage.people import Role
from tests.site import ORIGIN, Browser, photo, picture, site_of
from tests.world import World

REPORT = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"
ON_BOTH = pytest.mark.parametrize(
    "world", [("web", "sqlite"), ("web", "postgresql")], ids="+".join, indirect=True
)


async def joins(world: World, browser: Browser, unit: str, role: Role, name: str) -> str:
    code = await world.invited(unit, role, name=name)
    await browser.get(f"/join/{code}")
    assert (await browser.post(f"/join/{code}")).headers["location"] == "/chat"
    return await browser.chat()


async def presses(browser: Browser, label: str) -> str:
    """Press the newest button with this label; the page afterwards."""
    page = await browser.chat()
    values = re.findall(rf'value="([^"]+)">(?:<small>\d</small> )?{label}</button>', page)
    pressed = await browser.post("/chat/press", {"press": values[-1]})
    assert pressed.headers["location"] == "/chat#end"
    return await browser.chat()


@ON_BOTH
async def test_from_the_invitation_to_the_confirmed_end(world: World) -> None:
    site = site_of(world)
    async with site.browser() as official, site.browser() as desk:
        welcome = await joins(world, official, "chieu_luu", Role.REPORTER, "Lan")
        assert "Lan" in welcome
        assert "xã Chiêu Lưu" in welcome
        assert "/dulieu" in welcome, "what is done with personal data, once"
        await joins(world, desk, "so_nong_nghiep_moi_truong", Role.STAFF, "Hùng")
        await joins(world, desk, "so_xay_dung", Role.STAFF, "Hùng")

        await official.get("/chat")
        files: Any = [photo(picture()), photo(picture("blue"))]
        for _ in range(2):  # the second time as an impatient finger, or a reload
            sent = await official.post("/chat/say", {"text": REPORT}, files=files)
            assert sent.headers["location"] == "/chat#end"
        ticket = await world.ticket()
        page = await official.chat()
        assert REPORT in page
        assert f'<b class="code">{ticket.code}</b>' in page
        assert '<a href="tel:112">112</a>' in page

        card = await desk.chat()
        assert REPORT in card
        shown = re.findall(r'<img src="(/files/[0-9a-f]{64})"', card)
        assert shown
        assert (await desk.get(shown[0])).headers["content-type"] == "image/jpeg"

        assert "tiếp nhận" in await presses(desk, "Tiếp nhận")
        assert "đã tiếp nhận" in await official.chat()
        await presses(desk, "Đã xử lý")
        await desk.says("Đã đưa máy xúc vào thông đường")
        await presses(official, "Đã xong")
        assert (await world.ticket()).status == "closed"


@ON_BOTH
async def test_what_a_page_says_to_a_stranger_and_a_wrong_code(world: World) -> None:
    site = site_of(world)
    async with site.browser() as browser:
        await browser.get("/join")
        refused = await browser.post("/join", {"code": "2222-2222-2222"})
        assert refused.status_code == 403
        await joins(world, browser, "chieu_luu", Role.REPORTER, "Lan")
        again = await browser.says("2222-2222-2222")
        assert again.is_redirect
        assert "chưa đúng" in await browser.chat()
        assert not await world.tickets()


@ON_BOTH
async def test_a_press_on_an_old_page_does_nothing_twice(world: World) -> None:
    site = site_of(world)
    async with site.browser() as one, site.browser() as other:
        reporter = await world.joins("chieu_luu", name="Lan")
        await joins(world, one, "so_xay_dung", Role.STAFF, "Hùng")
        await joins(world, other, "so_xay_dung", Role.STAFF, "Tú")
        await reporter.says("Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe không qua được")
        old = re.findall(r'value="([^"]+)">[^/]*</small> Tiếp nhận</button>', await other.chat())
        await presses(one, "Tiếp nhận")
        late = await other.post("/chat/press", {"press": old[-1]}, headers={"Origin": ORIGIN})
        assert late.status_code in {303, 409}
        assert (await world.events()).count("acknowledged") == 1

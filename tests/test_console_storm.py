"""The storm board: each commune's light, who is silent with a number to call, for whom it is."""

import re

import pytest

from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.test_story_storms import ROAD, switched_on
from tests.world import World
from tickets.stormboard import light_of
from tickets.storms import State


async def test_the_board_names_the_silent_first_and_counts_needs(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    vi = await world.joins("luong_minh", name="Vi")
    binh = await world.joins("my_ly", name="Bình")
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    desk = await world.joins("so_y_te", Role.STAFF)
    await binh.says("điện thoại: 0912 345 678")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    site = site_of(world)
    async with console(site, coordinator) as browser, console(site, leader) as second:
        assert "Không xã nào trong chế độ bão lũ" in (await browser.get("/bao-lu")).text
        await switched_on(world, "Chiêu Lưu, Lượng Minh, Mỹ Lý, Nhôn Mai")
        await lan.says("2")
        await vi.says("1")
        await lan.says(ROAD)
        await world.forward(minutes=31)
        page = (await browser.get("/bao-lu")).text
        rows = re.findall(r'phieu\?xa=(\w+)">xã', page)
        assert rows == ["my_ly", "chieu_luu", "nhon_mai", "luong_minh"]
        assert 'href="tel:0912345678">0912 345 678</a>' in page
        assert "Mất điện: 1" in page
        assert 'data-head="Phiếu mở/đã báo">1/1' in page
        for light in ("silent", "trouble", "nobody", "safe"):
            assert page.count(f'class="light {light}"') == 2, light
        assert (await second.get("/bao-lu")).status_code == 200
    async with console(site, desk) as browser:
        assert (await browser.get("/bao-lu")).status_code == 404
        assert (await browser.get("/bao-lu/luong")).status_code == 404


@pytest.mark.parametrize(
    ("states", "light"),
    [((), "waiting"), (("safe",), "safe"), (("power",), "trouble"), (("road", "hurt"), "hurt")],
)
def test_a_communes_light(states: tuple[str, ...], light: str) -> None:
    assert light_of(State("x", has_people=True, states=states)) == light

"""The storm board: each commune's light, who is silent with a number to call, for whom it is."""

import re
from datetime import timedelta

import pytest

from storage.people import Duty, Person, Role
from storage.storms import Storm
from tests.desks import console
from tests.site import site_of
from tests.test_story_storms import ROAD, switched_on
from tests.world import BUNDLED, START, ZONE, World, rules
from tickets.stormboard import light_of
from tickets.storms import State
from tickets.texts import Texts


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


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_storm_over_the_whole_province_is_a_light_page(world: World) -> None:
    """The worst communes first, forty at once; the map has all of them."""
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    async with world.database.transaction() as session:
        codes = [commune.code for commune in BUNDLED.communes]
        told = {"phone": "0912 345 678", "joined_at": world.now}
        everybody = [Person(name=f"Nguyễn Thị Bích {n}", **told) for n in range(len(codes))]
        session.add_all(everybody)
        await session.flush()
        duty = {"role": Role.REPORTER, "since": world.now}
        for person, code in zip(everybody, codes, strict=True):
            session.add(Duty(person_id=person.id or 0, unit=code, **duty))
        at = {"created_at": world.now, "since": world.now}
        session.add(Storm(by=everybody[0].id or 0, communes=codes, every=3, **at))
    async with console(site_of(world), leader) as browser:
        page = (await browser.get("/bao-lu")).text
        assert len(page.encode()) < 46 * 1024
        assert page.count("tel:0912345678") == 40
        assert page.count("<title>") - 1 == len(codes)
        assert "tel:" in (await browser.get("/bao-lu?trang=4")).text


def test_who_wrote_but_did_not_answer_waits_on_the_line_too() -> None:
    heard = State("chieu_luu", has_people=True, asked_at=START, heard_at=START + timedelta(hours=1))
    line = Texts("vi", rules().units, ZONE).storm_line(heard, START + timedelta(hours=2))
    assert light_of(heard) == "waiting"
    assert line.startswith("⚪")
    assert "chưa trả lời" in line


@pytest.mark.parametrize(
    ("states", "light"),
    [((), "waiting"), (("safe",), "safe"), (("power",), "trouble"), (("road", "hurt"), "hurt")],
)
def test_a_communes_light(states: tuple[str, ...], light: str) -> None:
    assert light_of(State("x", has_people=True, states=states)) == light

"""The desk's queue in the browser: what it holds, how it is narrowed, how it renews itself."""

import re

import pytest

from storage import ended
from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.test_story_lists import BRIDGE, copied, made
from tests.world import World
from web.console import live
from web.console.queue import Filters

CODE = re.compile(r"NA-26-\d{6}(?=</b>)")


async def test_a_desk_sees_its_queue_and_nobody_elses(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    other = await world.joins("so_y_te", Role.STAFF)
    await official.says(BRIDGE)
    ticket = await world.ticket()
    site = site_of(world)
    async with console(site, desk) as browser:
        page = (await browser.get("/phieu")).text
        assert CODE.findall(page) == [ticket.code]
        assert "tiếp nhận trước" in page
        assert BRIDGE not in page
    async with console(site, other) as browser:
        assert CODE.findall((await browser.get("/phieu")).text) == []


async def test_filters_and_search_narrow_the_queue(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await copied(world, 1, urgency="low", lead="so_y_te", category="", search="tram y te")
    await copied(world, 1, code="NA-26-000500", status="closed", outcome="unconfirmed")
    await copied(world, 1, code="NA-26-000501", commune="con_cuong")
    first = (await world.tickets())[0]
    async with console(site_of(world), coordinator) as browser:

        async def found(query: str) -> list[str]:
            return CODE.findall((await browser.get(f"/phieu?{query}")).text)

        assert len(await found("")) == 3
        assert await found("muc=low") == ["NA-26-000100"]
        assert await found("tt=closed") == ["NA-26-000500"]
        assert await found("xa=con_cuong") == ["NA-26-000501"]
        assert await found("dv=so_y_te") == ["NA-26-000100"]
        assert await found("tim=xieng+thu") == [first.code, "NA-26-000501"]
        assert await found("tim=TR%E1%BA%A0M+y+t%E1%BA%BF") == ["NA-26-000100"]
        assert len(await found(f"lv={first.category}")) == 2
        assert await found("cua=cua-toi") == []
        assert await found("tt=%00&muc=x&xa=%27&trang=-1&lv=zzz") == []
    await world.forward(days=9)
    async with console(site_of(world), coordinator) as browser:
        assert len(CODE.findall((await browser.get("/phieu?qh=1")).text)) == 3


async def test_ended_tickets_are_looked_through_in_stretches(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest first, each found once, and the page says when there are older ones."""
    monkeypatch.setattr(ended, "DEPTH", 2)
    await (await world.joins("chieu_luu")).says(BRIDGE)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF)
    helper = await world.joins("so_y_te", Role.STAFF)
    await copied(world, 5, status="closed", outcome="confirmed", coordinating=["so_y_te"])
    await copied(world, 1, code="NA-26-000900", commune="con_cuong")
    for who, whose in ((coordinator, ""), (desk, ""), (helper, "&cua=phoi-hop")):
        async with console(site_of(world), who) as browser:
            page = (await browser.get(f"/phieu?tim=xieng+thu{whose}")).text
            assert "tt=closed" in page
            path, found = f"/phieu?tt=closed&tim=xieng{whose}", list[str]()
            while path:
                page = (await browser.get(path)).text
                found += CODE.findall(page)
                older = re.search(r'id="older" href="([^"]+)"', page)
                path = older[1].replace("&amp;", "&") if older else ""
            assert found == [f"NA-26-{n:06}" for n in (104, 103, 102, 101, 100)], whose


async def test_a_helping_department_finds_what_it_helps_with(world: World) -> None:
    official = await world.joins("chieu_luu")
    helper = await world.joins("so_tai_chinh", Role.STAFF)
    await official.says(BRIDGE)
    await made(world, coordinating=["so_tai_chinh"], lead="so_xay_dung")
    async with console(site_of(world), helper) as browser:
        assert CODE.findall((await browser.get("/phieu")).text) == []
        assert len(CODE.findall((await browser.get("/phieu?cua=phoi-hop")).text)) == 1


async def test_a_queue_has_pages(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await copied(world, 35)
    async with console(site_of(world), desk) as browser:
        first = await browser.get("/phieu")
        assert len(CODE.findall(first.text)) == 30
        assert "trang=2" in first.text
        assert len(CODE.findall((await browser.get("/phieu?trang=2")).text)) == 6


async def test_the_open_page_hears_of_a_new_ticket(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF)
    site = site_of(world)
    async with console(site, desk) as browser:
        page = await browser.get("/phieu")
        since = re.search(r"sau=(\d+)", page.text)
        assert since
        secret = browser.client.cookies["__Host-thaogo-console"]
    async with site.doors.database.reading() as session:
        sitting = await live.seats.live(session, live.seats.hash_token(secret), world.now)
    assert sitting is not None

    async def render(moment: object, sitting: object) -> str:
        return f"{len(await world.tickets())} phiếu"

    stream = live.parts(site.doors, sitting, render, int(since.group(1)))
    assert (await anext(stream)).startswith("retry")
    await official.says("Phần mềm một cửa từ sáng không đăng nhập được")
    assert "data: 1 phiếu" in await anext(stream)
    site.doors.hub.close()


def test_an_address_gives_the_same_filters_back() -> None:
    given = {"tim": "cầu & tràn", "tt": "new", "qh": "1", "cua": "cua-toi", "trang": "3"}
    filters = Filters.read(given)
    assert "tim=c%E1%BA%A7u+%26+tr%C3%A0n" in filters.address(3)
    assert filters.address(3).endswith("trang=3")
    assert Filters.read({}).address() == ""

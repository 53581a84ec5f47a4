"""Into the console by a one-time link from any channel, and out of it."""

import pytest

from storage.outbox import Notice
from storage.people import Role
from storage.webchat import BrowserSession
from tests.desks import console, link_of
from tests.site import site_of
from tests.test_story_one_way import also
from tests.world import World

SIGNED_OUT = "chưa đăng nhập trang điều hành"


async def test_a_link_from_the_chat_opens_the_console_once(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    site = site_of(world)
    token = await link_of(desk)
    async with site.browser() as browser, site.browser() as other:
        shown = await browser.get(f"/vao/{token}")
        assert "Vào trang điều hành" in shown.text
        assert (await browser.get("/phieu")).status_code == 403
        entered = await browser.post(f"/vao/{token}")
        assert entered.headers["location"] == "/phieu"
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert (await browser.get("/phieu")).status_code == 200
        again = await browser.post(f"/vao/{token}")
        assert again.headers["location"] == "/phieu"
        late = await other.post(f"/vao/{token}")
        assert late.status_code == 403
        assert "Liên kết đã dùng" in late.text


async def test_a_link_is_good_for_ten_minutes(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    token = await link_of(desk)
    await world.forward(minutes=11)
    async with site_of(world).browser() as browser:
        assert (await browser.post(f"/vao/{token}")).status_code == 403


async def test_a_session_ends_after_twelve_hours_without_use(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    async with console(site_of(world), desk) as browser:
        for _ in range(3):
            await world.forward(hours=11)
            assert (await browser.get("/phieu")).status_code == 200
        await world.forward(hours=13)
        ended = await browser.get("/phieu")
        assert ended.status_code == 403
        assert SIGNED_OUT in ended.text


async def test_leaving_ends_one_browser_or_all(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    site = site_of(world)
    async with console(site, desk) as first, console(site, desk) as second:
        await first.get("/thoat")
        assert "Đã thoát" in (await first.post("/thoat")).text
        assert (await first.get("/phieu")).status_code == 403
        assert (await second.get("/phieu")).status_code == 200
        async with console(site, desk) as third:
            await third.get("/thoat")
            await third.post("/thoat", {"moi-may": "1"})
        assert (await second.get("/phieu")).status_code == 403
    async with world.database.reading():
        assert all(row.revoked_at for row in await site.rows(BrowserSession))


async def test_who_reports_has_no_console_and_a_frozen_person_is_out(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("/vao")
    assert not any("/vao/" in text for text in await official.heard())
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with console(site_of(world), desk) as browser:
        await admin.says("/khoa Minh")
        await admin.presses((await admin.labels())[0])
        assert (await browser.get("/phieu")).status_code == 403


async def test_a_form_of_another_session_is_refused(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    site = site_of(world)
    async with console(site, desk) as first, console(site, desk) as second:
        await first.get("/thoat")
        second.fields = first.fields
        assert (await second.post("/thoat")).status_code == 403
        assert (await second.post("/thoat", headers={})).status_code == 403


@pytest.mark.parametrize("path", ["/phieu", "/phieu/luong", "/thoat", "/dieu-hanh"])
async def test_strangers_see_nothing(world: World, path: str) -> None:
    async with site_of(world).browser() as browser:
        assert (await browser.get(path)).status_code == 403


async def test_a_link_by_mail_says_the_same_to_everybody(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    official = await world.joins("chieu_luu", name="Lan")
    await also(world, desk, "email", "Minh@so.example")
    await also(world, official, "email", "lan@xa.example")
    site, closed = site_of(world, public_url="https://thaogo.test"), site_of(world)

    async def mails() -> list[str]:
        return [row.text for row in await site.rows(Notice) if "/vao/" in row.text]

    async with site.browser() as browser, closed.browser() as elsewhere:
        assert "chưa gửi liên kết" in (await elsewhere.get("/vao-email")).text
        await elsewhere.post("/vao-email", {"email": "minh@so.example"})
        assert 'name="email"' in (await browser.get("/vao-email")).text
        same = {
            (await browser.post("/vao-email", {"email": mail})).text
            for mail in ("khong@co.example", "lan@xa.example", "' or 1=1 --", "")
        }
        assert await mails() == []
        same.add((await browser.post("/vao-email", {"email": " minh@so.example"})).text)
        assert len(same) == 1
        (told,) = await mails()
        await browser.post("/vao-email", {"email": "minh@so.example"})
        assert len(await mails()) == 1
        token = told.partition("https://thaogo.test/vao/")[2].split()[0]
        assert (await browser.post(f"/vao/{token}")).headers["location"] == "/phieu"
        assert (await browser.get("/phieu")).status_code == 200
        statuses = [(await browser.post("/vao-email", {"email": "x@y.z"})).status_code] * 1
        for _ in range(20):
            statuses.append((await browser.post("/vao-email", {"email": "x@y.z"})).status_code)
        assert statuses[-1] == 429

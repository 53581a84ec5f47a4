"""Keys and addresses of other programs at the console: the administrator's alone, shown once."""

import re

from storage.api_tokens import ApiToken
from storage.people import Role
from storage.webhooks import Webhook
from tests.desks import console
from tests.programs import SECRET_OF, program
from tests.site import Browser, site_of
from tests.world import World

FORM = {"viec": "cap", "ten": "Một cửa", "nguoi": "Lan", "don-vi": "chieu_luu", "quyen-read": "1"}


async def does(browser: Browser, **fields: str) -> tuple[int, str]:
    await browser.get("/phan-mem")
    answer = await browser.post("/phan-mem", fields)
    return answer.status_code, answer.text


async def test_the_administrator_makes_and_revokes_keys_and_addresses(world: World) -> None:
    await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world, webhook_secret=SECRET_OF)
    async with console(site, admin) as browser:
        status, page = await does(browser, **FORM)
        assert status == 200
        (key,) = re.findall(r"tg_[\w-]{43}", page)
        again = await browser.post("/phan-mem", FORM)  # the same form, sent twice
        assert "tg_" not in again.text.partition("<form")[0]
        assert len(await site.rows(ApiToken)) == 1
        assert key not in (await browser.get("/phan-mem")).text
        async with program(site, key) as caller:
            assert (await caller.get("/me")).json()["person"] == "Lan"
        for wrong in ({"ten": ""}, {"quyen-read": ""}, {"nguoi": "Ai"}, {"don-vi": "so_y_te"}):
            status, page = await does(browser, **{**FORM, **wrong})
            assert (status, "Chưa cấp:" in page) == (422, True), wrong
        assert (await does(browser, **{**FORM, "viec": "gì"}))[0] == 400
        hook = {"viec": "them", "so": "1", "dia-chi": "https://phan-mem.example/nghe"}
        status, page = await does(browser, **{**hook, "dia-chi": "http://phan-mem.example/"})
        assert (status, "Chưa thêm" in page) == (422, True)
        status, page = await does(browser, **hook)
        assert re.search(r"whs_[0-9a-f]{64}", page)
        (row,) = await site.rows(Webhook)
        assert row.url in (await browser.get("/phan-mem")).text
        assert "Đã thôi báo" in (await does(browser, viec="thoi", so="1"))[1]
        assert "từ trước" in (await does(browser, viec="thoi", so="1"))[1]
        await does(browser, **hook)
        assert "Đã thu hồi" in (await does(browser, viec="thu-hoi", so="1"))[1]
        assert "từ trước" in (await does(browser, **hook))[1]
        async with program(site, key) as caller:
            assert (await caller.get("/me")).status_code == 401
    assert all(one.stopped_at for one in await site.rows(Webhook))


async def test_nobody_else_has_that_page_and_names_there_are_no_markup(world: World) -> None:
    await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    async with console(site, admin) as browser:
        await does(browser, **{**FORM, "ten": "<script>alert(1)</script>"})
        page = (await browser.get("/phan-mem")).text
        assert "<script>alert" not in page
        assert "THAOGO_SECRET_KEY" in page
        assert "đặt" in (await does(browser, viec="them", so="1", **{"dia-chi": "https://a.b/"}))[1]
    for role in (Role.HEAD, Role.STAFF, Role.COORDINATOR, Role.LEADER):
        other = await world.joins("so_y_te", role)
        async with console(site, other) as browser:
            assert (await browser.get("/phan-mem")).status_code == 404
            assert (await browser.post("/phan-mem", FORM)).status_code == 404

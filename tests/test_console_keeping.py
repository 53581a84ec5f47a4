"""What administrators see of backups, of how long things are kept, and of quotas."""

from typing import Any

import pytest

from storage.people import Role
from storage.rounds import Round
from tests.desks import console
from tests.site import site_of
from tests.test_console_pack import applies, looks
from tests.world import World
from tickets import reach
from tickets.acts import backups

pytestmark = pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
MADE: dict[str, Any] = {"name": "thaogo-1.tar", "bytes": 2_500_000, "rows": 1234, "files": 56}


async def made(world: World, **more: Any) -> None:
    async with world.database.transaction() as session:
        await backups.note(session, {**MADE, "missing": 0, **more}, world.now)


async def test_the_last_backups_are_seen_and_a_silence_is_told(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with console(site_of(world), admin) as browser:
        assert "Chưa ghi nhận bản sao lưu nào" in (await browser.get("/luu-giu")).text
        for n in range(backups.KEPT + 2):
            await made(world, name=f"thaogo-{n}.tar", missing=n % 2)
        page = (await browser.get("/luu-giu")).text
        assert page.count(".tar") == backups.KEPT
        assert "thaogo-11.tar" in page
        assert "2.5" in page
        assert 'role="alert"' not in page
        await admin.news()
        await world.forward(days=2)
        await made(world)
        await world.forward(days=2, hours=23)
        assert not [text for text in await admin.news() if "sao lưu" in text]
        await world.forward(hours=2)
        (told,) = [text for text in await admin.news() if "sao lưu" in text]
        assert "Đã 3 ngày" in told
        await world.forward(days=4)
        assert len([text for text in await admin.news() if "sao lưu" in text]) == 1
        async with console(site_of(world), admin) as later:
            page = (await later.get("/luu-giu")).text
        assert 'role="alert">Số ngày chưa có bản sao lưu mới, kiểm tra máy chủ: 7<' in page


async def test_how_long_things_stay_is_changed_like_the_rest_of_the_pack(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with console(site_of(world), admin) as browser:
        wrong = await looks(browser, **{"retention.files": "30 ngày"})
        assert "phải từ 92 days trở lên" in wrong
        assert "Thời gian giữ" in await looks(browser, **{"retention.files": "730 ngày"})
        assert (await applies(browser))[0] == 303
        rules = await world.program.rules()
        assert rules.pack.policies.retention.files == "730 days"
        page = (await browser.get("/luu-giu")).text
        assert page.count("giữ mãi") == 2
        assert "730 ngày" in page
        await looks(browser, **{"retention.files": ""})
        assert (await applies(browser))[0] == 303
        assert (await world.program.rules()).pack.policies.retention.files == ""


async def test_a_months_use_stands_beside_the_quota(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with console(site_of(world), admin) as browser:
        assert "Chưa đếm" in (await browser.get("/kenh")).text
        async with world.database.transaction() as session:
            used = {"1": 2900, "2": 20}
            kept = {"month": "2026-11", "used": used, "oa": [320, 40], "one_way": {"sms": 3}}
            session.add(Round(name="usage", kept=kept, last_at=world.now))
        page = (await browser.get("/kenh")).text
        assert f"2900/{reach.BOT_MONTH}" in page
        assert page.count("sắp hết") == 1
        assert "40 tin sau 48 giờ" in page
        assert "SMS: 3 tin" in page

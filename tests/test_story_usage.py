"""What channels with a quota carried: told each month, and before a bot is used up."""

from datetime import timedelta

import pytest

from storage.people import Role
from tests.test_story_channels import to_person
from tests.world import ZONE, World, rules
from tickets import reach, usage
from tickets.acts import silence
from tickets.rich import plain
from tickets.texts import Texts
from tickets.usage import Use

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


@pytest.mark.parametrize(
    "world",
    [("zalo_bot", "sqlite"), ("zalo_oa", "postgresql"), ("web", "sqlite")],
    ids="+".join,
    indirect=True,
)
async def test_a_month_is_told_once_when_it_is_over(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    official = await world.joins("chieu_luu", name="Lan")
    await world.comes_round()
    await official.says(SOFTWARE)
    await world.forward(days=7, hours=23)  # Tuesday 1 December 2026, 08:00
    await world.forward(days=3)
    told = [text for text in await admin.news() if "📊" in text]
    expected = {"zalo_bot": "/3000 tin cả hai chiều", "zalo_oa": "ước khoảng", "web": ""}
    assert len(told) == (world.channel != "web")
    assert all("11/2026" in text and expected[world.channel] in text for text in told)


@pytest.mark.parametrize("world", [("zalo_bot", "sqlite")], ids="+".join, indirect=True)
async def test_a_bot_that_is_nearly_used_up_is_warned_of_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    official = await world.joins("chieu_luu", name="Lan")
    await world.comes_round()
    await official.says(SOFTWARE)
    monkeypatch.setattr(reach, "BOT_MONTH", 5)
    await world.forward(days=3)
    warned = [text for text in await admin.news() if "tin tháng này" in text]
    assert len(warned) == 1
    assert "123456" in warned[0]


def test_a_bots_month_and_what_goes_one_way_are_told_together() -> None:
    say = Texts("vi", rules().units, ZONE)
    use = Use({"1": 1200, "2": 2000}, 320, 40, {"sms": 3})
    assert plain(say.month_so_far(use)) == (
        "Kênh tháng này: Zalo Bot 3.200/6.000 tin; "
        "Zalo OA 320 tin, 40 tin sau 48 giờ, ước 2.200 đ; SMS 3 tin."
    )
    assert say.month_so_far(Use()) == ""


@pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)
async def test_a_channel_that_falls_silent_is_told_of_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zalo switches a webhook off and says so to nobody."""
    monkeypatch.setattr(silence, "MANY", 2)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    lan, hoa = [await world.joins("chieu_luu", name=name) for name in ("Lan", "Hoa")]
    await world.comes_round()

    async def warned() -> int:
        return len([text for text in await admin.news() if "không ai nhắn gì" in text])

    await lan.says("chào")
    await world.forward(days=1)
    await hoa.says("chào")
    await world.forward(days=1, hours=23)
    assert await warned() == 0
    await world.forward(days=1)  # Friday: Wednesday and Thursday are over
    assert await warned() == 1
    await world.forward(days=6)
    assert await warned() == 0
    await lan.says("chào")
    await world.forward(days=5)
    assert await warned() == 1


@pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)
async def test_each_part_counts_and_costs_once_the_person_was_silent_for_48_hours(
    world: World,
) -> None:
    """Also where they wrote in the month before, and write again later in this one."""
    lan = await world.joins("chieu_luu", name="Lan")
    assert world.zalo_oa is not None
    await world.forward(days=6)
    await lan.says("chào")  # Sunday 29 November
    await world.forward(hours=47)
    before = len(world.zalo_oa.chats[lan.chat.address])
    await to_person(world, lan, "một " * 700)  # two messages, free
    await world.forward(hours=2)
    await to_person(world, lan, "x" * 4100)  # three that cost
    world.zalo_oa.closed[lan.chat.address] = -211
    await to_person(world, lan, "bốn")  # refused, which costs nothing, and taken half a minute on
    world.zalo_oa.closed.clear()
    await world.forward(minutes=1)
    await lan.says("alo")  # its answer is free
    async with world.database.reading() as session:
        since = usage.month_of(world.now, ZONE)
        use = await usage.count(session, since, world.now + timedelta(seconds=1))
    assert (use.sent, use.late, use.cost) == (7, 4, 220)
    assert use.sent == len(world.zalo_oa.chats[lan.chat.address]) - before

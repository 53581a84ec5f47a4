"""An Official Account's seven days: then news goes another way, or becomes somebody's work."""

import pytest

from storage.people import Role
from tests.test_story_channels import linked, to_person
from tests.world import World
from tickets.incoming import Kind

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SLOPE = "Nứt núi sau bản Khe Tang, đất đá lăn xuống gần nhà dân"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"

pytestmark = pytest.mark.parametrize(
    "world", [("zalo_oa", "sqlite"), ("zalo_oa", "postgresql")], ids="+".join, indirect=True
)


async def test_after_two_days_the_free_channel_hears_and_after_seven_only_the_open_one(
    world: World,
) -> None:
    phone, screen = await linked(world)
    await world.forward(minutes=1)
    await phone.says("kênh")
    await phone.presses("Qua Zalo OA")
    await phone.news()
    await to_person(world, phone, "một")
    assert await phone.news() == ["một"]
    await world.forward(days=3)
    await to_person(world, phone, "hai")
    assert await phone.news() == ["hai"]  # preferred, although it costs
    await world.forward(days=4, minutes=1)
    await to_person(world, phone, "ba")
    assert await phone.news() == []
    assert await screen.news() == ["ba"]
    await phone.says("kênh")
    await phone.news()
    await to_person(world, phone, "bốn")
    assert await phone.news() == ["bốn"]


async def test_who_has_been_silent_for_seven_days_becomes_work(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    await world.forward(days=7, minutes=1)
    await admin.news()
    await to_person(world, phone, "một")
    assert await phone.news() == []
    await world.forward(minutes=9)
    assert any("không gửi được" in text for text in await admin.news())
    assert not await world.unfinished()


async def test_what_zalo_alone_knows_to_be_shut_goes_over_as_well(world: World) -> None:
    phone, screen = await linked(world)
    assert world.zalo_oa is not None
    await world.forward(minutes=1)
    world.zalo_oa.closed[phone.chat.address] = -230
    await phone.says(SOFTWARE)
    assert any("Chủ trì" in text for text in await screen.news())
    world.zalo_oa.closed.clear()
    await phone.says("kênh")
    assert await phone.news()


async def test_who_unfollows_is_reached_no_more_and_who_follows_again_is(world: World) -> None:
    phone, screen = await linked(world)
    await world.forward(minutes=1)
    await phone.says("", kind=Kind.LEFT)
    await to_person(world, phone, "một")
    assert await screen.news() == ["một"]
    await world.forward(minutes=1)
    await phone.says("", kind=Kind.JOINED)
    await to_person(world, phone, "hai")
    assert await phone.news() == ["hai"]


async def test_messages_that_cost_are_used_up_for_one_and_writing_makes_them_free_again(
    world: World,
) -> None:
    phone, screen = await linked(world)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
    assert world.zalo_oa is not None
    await world.forward(minutes=1)
    await phone.says("kênh")
    await phone.presses("Qua Zalo OA")
    await world.forward(days=3)
    for actor in (phone, screen, admin):
        await actor.news()
    world.zalo_oa.closed[phone.chat.address] = -211
    await to_person(world, phone, "một")
    await world.forward(minutes=1)
    assert await screen.news() == ["một"]
    assert any("hết hạn mức" in text for text in await admin.news())
    world.zalo_oa.closed.clear()
    await to_person(world, phone, "hai")
    assert await screen.news() == ["hai"]
    await phone.says("kênh")
    await phone.news()
    await to_person(world, phone, "ba")
    assert await phone.news() == ["ba"]


async def test_skipping_again_skips_the_open_question_and_presses_none_before(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SLOPE)
    await official.says("bỏ qua")
    assert await official.labels() == ["Bỏ qua"]
    await official.says("bỏ qua")
    await official.says(f"vụ mới: {BRIDGE}")
    assert await official.labels() == ["Có", "Không", "Chưa rõ"]
    await official.news()
    await official.says("bỏ qua")
    (answer,) = await official.news()
    assert "NA-26-000002" in answer
    assert "đã trả lời rồi" not in answer

"""A chat that is somebody's no more (a number changed hands, a phone was stolen) learns nothing."""

import pytest

from storage.people import Contact, Person, Role
from tests.test_story_channels import change, code_of, contact, linked, to_person
from tests.world import Actor, World, rules
from tickets.acts import linking
from tickets.moment import Moment

SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
SLIDE = "Sạt lở đường vào bản Khe Tang, đất đá tràn xuống 2 nhà dân, xe không qua được"

pytestmark = pytest.mark.parametrize(
    "world",
    [("telegram", "sqlite"), ("telegram", "postgresql"), ("zalo_bot", "sqlite")],
    ids="+".join,
    indirect=True,
)


def paused(world: World) -> None:
    """The channel's server is busy for a minute: what is said now waits."""
    if world.api is not None:
        world.api.flood(60)
    if world.zalo_bot is not None:
        world.zalo_bot.fail(status=502, body="")


async def drops_the_phone(screen: Actor, name: str) -> None:
    await screen.says("kênh")
    await screen.presses(f"Bỏ {name}")


NAMES = {"telegram": "Telegram", "zalo_bot": "Zalo Bot"}


async def day_after(world: World) -> tuple[Actor, Actor]:
    phone, screen = await linked(world)
    await world.forward(hours=25)
    for actor in (phone, screen):
        await actor.news()
    return phone, screen


@pytest.mark.parametrize("report", [SCANNER, SLIDE])
async def test_nothing_in_a_dropped_chat_changes_any_more(world: World, report: str) -> None:
    phone, screen = await day_after(world)
    await phone.says(report)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF, name="Hùng", channel="web")
    await drops_the_phone(screen, NAMES[world.channel])
    before = await phone.heard()
    await desk.says("1 tiếp nhận")
    await desk.says("1 cập nhật: đang đến")
    await world.forward(minutes=20)
    assert await phone.heard() == before
    assert any("đang đến" in text for text in await screen.heard())


async def test_what_waited_for_a_dropped_chat_goes_to_the_next(world: World) -> None:
    phone, screen = await day_after(world)
    await phone.says("/phieu")
    await phone.news()
    paused(world)
    await to_person(world, phone, "bí mật")
    await drops_the_phone(screen, NAMES[world.channel])
    before = len(await phone.heard())
    await world.forward(minutes=5)
    assert "bí mật" not in (await phone.heard())[before:]
    assert "bí mật" in await screen.heard()
    assert not await world.unfinished()


async def test_what_waited_for_somebody_who_is_shut_out_is_not_said(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, channel="web", name="Bình")
    paused(world)
    await to_person(world, phone, "bí mật")
    async with world.database.transaction() as session:
        person = await session.get(Person, (await contact(world, phone)).person_id)
        assert person is not None
        person.active = False
    await change(world, phone, reachable=False)
    await world.forward(minutes=5)
    assert "bí mật" not in await phone.heard()
    assert not await world.unfinished()
    assert await admin.heard()


async def test_who_glimpsed_a_code_cannot_lock_the_owner_out(world: World) -> None:
    phone, thief = await linked(world)
    await world.forward(minutes=1)
    await thief.says("kênh")
    await thief.presses(f"Bỏ {NAMES[world.channel]}")
    assert "24 giờ" in (await thief.last()).text
    assert (await contact(world, phone)).person_id is not None
    await phone.says("kênh")
    await phone.presses("Bỏ trang chat")  # the older one may drop the newer at once
    assert (await contact(world, thief)).person_id is None
    assert "không còn nhận tin" in (await thief.last()).text
    await thief.says(await code_of(phone))
    await world.forward(hours=25)
    await drops_the_phone(thief, NAMES[world.channel])
    assert (await contact(world, phone)).person_id is None
    assert "không còn nhận tin" in (await phone.last()).text


async def test_two_who_joined_twice_are_told_how_to_become_one(world: World) -> None:
    phone = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("chieu_luu", name="Lan", channel="web")
    await other.says(await code_of(phone))
    assert "chat này đã có tài khoản" in (await other.last()).text
    assert await world.tickets() == []
    async with world.database.transaction() as session:
        gone = await session.get(Contact, (await contact(world, other)).id)
        assert gone is not None
        await linking.unlink(Moment(session, world.now, rules()), gone)  # as thaogo unlink does
    await other.says(await code_of(phone))
    assert (await contact(world, other)).person_id == (await contact(world, phone)).person_id

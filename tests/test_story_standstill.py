"""The account's webhook while our server is away: called again, and off when nobody answers."""

import json
from datetime import timedelta

import pytest

from bot import zalo_oa_pause
from storage.people import Role
from tests.callers import calling
from tests.world import World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
pytestmark = pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)


@pytest.mark.parametrize(("hours", "is_taken"), [(0.8, True), (1.9, False)])
async def test_what_was_sent_meanwhile_comes_once_or_a_person_is_told(
    world: World, hours: float, is_taken: bool
) -> None:
    async with calling(world) as caller:
        assert world.zalo_oa is not None
        event = caller.text(SOFTWARE)
        back = world.now + timedelta(hours=hours)

        async def wait(seconds: float) -> None:
            world.now += timedelta(seconds=seconds)

        async def post(body: bytes, _: dict[str, str]) -> bool:
            return world.now >= back and await caller.post(json.loads(body)) == 200

        assert await world.zalo_oa.call_back(event, post, wait) is is_taken
        assert world.zalo_oa.is_hooked is is_taken
        assert len(await world.tickets()) == is_taken
        assert await caller.post(event) == 200  # once more, within two hours
        assert len(await world.tickets()) == 1


async def test_after_a_standstill_administrators_are_told_to_look_at_the_webhook(
    world: World,
) -> None:
    admin = await world.enters("van_phong_ubnd", Role.ADMIN, channel="web")
    await world.enters("chieu_luu")
    told: list[str] = []

    async def alarm(reason: str) -> None:
        told.append(reason)
        await world.program.tell_admins(zalo_oa_pause.told(reason))
        await world.settle()

    await zalo_oa_pause.look(world.database, lambda: world.now, alarm)
    assert told == []
    world.now += timedelta(hours=3)
    for _ in range(2):  # the second start is a minute later: what was told is a sign of life
        await zalo_oa_pause.look(world.database, lambda: world.now, alarm)
        world.now += timedelta(minutes=1)
    assert told == [zalo_oa_pause.PAUSED]
    assert "tắt webhook" in (await admin.last()).text

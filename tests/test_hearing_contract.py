"""What every way in does alike: each thing said has its effect once, and nothing else has any."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from storage.media import Media
from storage.people import Role
from storage.tickets import Ticket
from tests.callers import CALLERS, Caller, calling
from tests.connections import post_half, post_slowly
from tests.doubles.downloads import Download
from tests.world import World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"

pytestmark = pytest.mark.parametrize(
    "world", [(name, "sqlite") for name in sorted(CALLERS)], ids="+".join, indirect=True
)


async def again_of(world: World, ticket: Ticket) -> Ticket:
    """A ticket as it is now."""
    return next(row for row in await world.tickets() if row.id == ticket.id)


async def presses(caller: Caller, label: str) -> int:
    """Press the newest button with this label, as the channel tells of it."""
    screen = await caller.official.chat.screen()
    packed = [press for said in screen for text, press in said.buttons if text == label]
    return await caller.post(caller.press(packed[-1], label))


async def test_each_thing_said_has_its_effect_once(world: World) -> None:
    async with calling(world) as caller:
        first = caller.text(SOFTWARE)
        assert await caller.post(first) == 200
        (ticket,) = await world.tickets()  # it was committed before the answer
        assert await caller.post(first) == 200  # a replay
        again = caller.text(f"vụ mới: {SCANNER}")
        assert await asyncio.gather(caller.post(again), caller.post(again)) == [200, 200]
        assert len(await world.tickets()) == 2  # a duplicate, at the same time
        assert sum(ticket.code in text for text in await caller.official.heard()) >= 1

        album = caller.album(3, BRIDGE)
        for event in album:
            assert await caller.post(event) == 200
        assert await caller.post(album[0]) == 200
        await world.forward(seconds=5)
        _, scanner, bridge = await world.tickets()
        assert (bridge.files, bridge.text) == (3, BRIDGE)

        assert await caller.post(caller.text("không")) == 200  # typed for a button
        assert "không" in str((await again_of(world, bridge)).answers).lower()
        later, earlier = caller.text("1 hủy"), caller.text("2 hủy", minutes_ago=5)
        for event in (later, earlier):  # out of order
            assert await caller.post(event) == 200
        assert [row.status for row in (await world.tickets())[:2]] == ["cancelled"] * 2
        assert await presses(caller, "Mở lại") == 200
        assert (await again_of(world, scanner)).status == "new"


async def test_what_is_forged_too_large_or_broken_has_no_effect(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with calling(world) as caller:
        await world.joins("van_phong_ubnd", Role.ADMIN, channel="web")
        event = caller.text(SOFTWARE)
        assert await caller.post(event, is_ours=False) == 403
        assert await caller.post(caller.text("x" * 3_000_000)) in {400, 413}
        for broken in (b'{"cut": "of', b"\xff\xfe", b"[" * 5000):
            assert await caller.post(broken) in {200, 400}
        heard = len(await caller.official.heard())
        assert await caller.post(caller.unsupported()) == 200
        await world.forward(seconds=5)
        assert not await world.tickets()
        assert len(await caller.official.heard()) >= heard

        async def fails(_: Any) -> None:
            raise RuntimeError("no database")

        with monkeypatch.context() as patched:
            patched.setattr(world.program.intake, "receive", fails)
            assert await caller.post(event) == 500
        assert await caller.post(event) == 200  # it comes again, and is not lost
        assert len(await world.tickets()) == 1


async def test_what_comes_slowly_counts_and_what_is_cut_off_does_not(world: World) -> None:
    async with calling(world) as caller:
        event = caller.text(SOFTWARE)
        await post_half(caller, event)
        assert not await world.tickets()
        assert await post_slowly(caller, event) == 200
        assert len(await world.tickets()) == 1
        assert await caller.post(event) == 200
        assert len(await world.tickets()) == 1


@pytest.mark.parametrize("meets", [Download.SLOW, Download.CUT, Download.FAILS, Download.GONE])
async def test_a_picture_that_comes_late_or_never_holds_nothing_up(
    world: World, meets: Download
) -> None:
    async with calling(world) as caller:
        if (server := caller.server()) is None:
            pytest.skip("a picture is in the form that brings it")
        (event,) = caller.album(1, BRIDGE)
        server.spoilt = dict.fromkeys(server.files, meets)
        assert await caller.post(event) == 200
        await world.forward(seconds=4)
        ticket = await world.ticket()  # it is there, whatever became of the picture
        assert sum(ticket.code in text for text in await caller.official.heard()) >= 1
        kept = await pictures(world)
        assert kept == {"SLOW": "kept", "GONE": "lost"}.get(meets.name, "pending")
        told = any("một tệp không tải được" in text for text in await caller.official.heard())
        assert told is (meets is Download.GONE)
        server.spoilt.clear()
        await world.forward(minutes=1)
        assert await pictures(world) == ("lost" if meets is Download.GONE else "kept")


async def pictures(world: World) -> str:
    """How the only picture stands."""
    async with world.database.reading() as session:
        return (await session.execute(select(Media.fate))).scalar_one()

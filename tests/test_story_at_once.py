"""What two people press at the same moment: one effect, on a database with many writers."""

import asyncio

import pytest

from storage.people import Role
from tests.test_story_merging import AGAIN, BRIDGE, merged
from tests.world import World
from tickets.incoming import Kind

PRESSED = {"kind": Kind.PRESS, "press_id": "p1"}
ON_POSTGRESQL = pytest.mark.parametrize(
    "world", [("web", "postgresql"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


@ON_POSTGRESQL
async def test_two_merges_crosswise_leave_one_open(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    colleague = await world.joins("so_xay_dung", Role.STAFF, name="Bình")
    await lan.says(BRIDGE)
    await mai.says(AGAIN)
    await asyncio.gather(
        world.program.intake.receive([desk.message("1 gộp 2")]),
        world.program.intake.receive([colleague.message("2 gộp 1")]),
    )
    await world.settle()
    first, second = await world.tickets()
    assert sorted([first.status, second.status]) == ["closed", "new"]
    gone, stays = (first, second) if first.status == "closed" else (second, first)
    assert (gone.outcome, gone.merged_id) == ("merged", stays.id)
    assert stays.merged_id is None


@ON_POSTGRESQL
async def test_a_yes_and_a_no_at_once_have_one_effect(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await lan.says(BRIDGE)
    await desk.says("1 đã xử lý")
    await desk.says("đã lắp dầm tạm")
    ticket = await world.ticket()
    presses = [
        lan.message("", press=f"t:done:{ticket.id}:{ticket.version}", **PRESSED),
        mai.message("", press=f"t:notdone:{ticket.id}:{ticket.version}", **PRESSED),
    ]
    await asyncio.gather(*(world.program.intake.receive([said]) for said in presses))
    await world.settle()
    after = await world.ticket()
    assert after.version == ticket.version + 1
    events = await world.events()
    assert events.count("closed") + events.count("reopened") == 1
    assert after.status == ("closed" if "closed" in events else "new")


@ON_POSTGRESQL
async def test_a_merge_and_a_taking_apart_at_once_have_one_effect(world: World) -> None:
    _, mai, desk = await merged(world)
    ticket = (await world.tickets())[1]
    presses = [
        mai.message("", press=f"t:unmerge:{ticket.id}:{ticket.version}", **PRESSED),
        desk.message("", press=f"t:unmerge:{ticket.id}:{ticket.version}", **PRESSED),
    ]
    await asyncio.gather(*(world.program.intake.receive([said]) for said in presses))
    await world.settle()
    assert (await world.events()).count("unmerged") == 1
    assert (await world.tickets())[0].files == 0

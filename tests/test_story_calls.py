"""An emergency that no channel carries: within a minute the duty office has a task with numbers."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Contact, Person, Role
from storage.tasks import Task
from tests.world import Actor, World

SLIDE = "Sạt lở đường vào bản Khe Tang, đất đá tràn xuống 2 nhà dân, có người bị vùi"
LEAD, OFFICE = "so_nong_nghiep_moi_truong", "van_phong_ubnd"


async def change(world: World, actor: Actor, *, phone: str = "", **fields: Any) -> None:
    async with world.database.transaction() as session:
        found = await session.execute(
            select(Contact).where(col(Contact.address) == actor.chat.address)
        )
        contact = found.scalar_one()
        for name, value in fields.items():
            setattr(contact, name, value)
        person = await session.get(Person, contact.person_id)
        assert person is not None
        person.phone = phone or person.phone


async def calls(world: World) -> list[Task]:
    async with world.database.reading() as session:
        rows = await session.execute(select(Task).where(col(Task.asked_by) == "call"))
        return list(rows.scalars())


async def province(world: World) -> tuple[Actor, Actor, Actor]:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins(LEAD, Role.STAFF, name="Hùng")
    office = await world.joins(OFFICE, Role.COORDINATOR, name="Mai")
    await change(world, desk, phone="0912345678")
    return official, desk, office


async def test_a_desk_that_no_channel_reaches_is_called(world: World) -> None:
    official, desk, office = await province(world)
    await change(world, desk, reachable=False)
    await official.says(SLIDE)
    assert (await world.ticket()).lead == LEAD
    await office.news()
    await world.forward(minutes=1)
    (asked,) = [text for text in await office.news() if "☎" in text]
    assert "Hùng 0912345678" in asked
    assert "Sở Nông nghiệp và Môi trường" in asked
    (task,) = await calls(world)
    assert (task.unit, task.status) == (OFFICE, "asked")
    await office.says("/viec")
    assert any("0912345678" in text for text in await office.news())
    await office.says("trả lời: anh Hùng nghe máy 9:03, đang đi")
    (task,) = await calls(world)
    assert (task.status, task.answer) == ("answered", "anh Hùng nghe máy 9:03, đang đi")
    last = (await world.history())[-1]
    assert last.kind == "task_answered"
    rules = [event.rule for event in await world.history() if event.kind == "invited"]
    assert any("gọi điện" in rule for rule in rules)


async def test_who_heard_within_the_minute_is_not_called(world: World) -> None:
    official, desk, _ = await province(world)
    await official.says(SLIDE)
    assert any("Khe Tang" in text for text in await desk.news())
    await world.forward(minutes=2)
    assert await calls(world) == []


async def test_a_unit_that_nobody_has_joined_is_no_call(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    office = await world.joins(OFFICE, Role.COORDINATOR, name="Mai")
    await official.says(SLIDE)
    await world.forward(minutes=2)
    assert any("chưa có nhóm hay cán bộ" in text for text in await office.heard())
    assert await calls(world) == []


async def test_the_call_is_reminded_of_and_asked_for_once(world: World) -> None:
    official, desk, office = await province(world)
    await change(world, desk, reachable=False)
    await official.says(SLIDE)
    await world.forward(minutes=4)
    assert sum("☎" in text for text in await office.news()) == 1
    await world.forward(minutes=8)
    assert any("☎" in text for text in await office.news())  # ten minutes later, unanswered
    assert len(await calls(world)) == 1
    await world.restart()
    await world.forward(minutes=30)
    assert len(await calls(world)) == 1


async def test_a_call_ends_with_its_ticket(world: World) -> None:
    official, desk, _ = await province(world)
    await change(world, desk, reachable=False)
    await official.says(SLIDE)
    await world.forward(minutes=1)
    await official.says("1 hủy")
    assert [task.status for task in await calls(world)] == ["cancelled"]


@pytest.mark.parametrize(
    "world",
    [("telegram", "postgresql"), ("zalo_bot", "sqlite"), ("zalo_oa", "postgresql")],
    ids="+".join,
    indirect=True,
)
async def test_a_channel_that_is_down_for_a_minute_makes_a_call(world: World) -> None:
    official, _desk, _office = await province(world)
    watch = await world.joins(OFFICE, Role.COORDINATOR, name="Trực", channel="web")
    await official.says("chào")
    if world.api is not None:
        world.api.fail(status=500, times=1000)
    if world.zalo_bot is not None:
        body = {"ok": False, "error_code": 403, "description": "x"}
        world.zalo_bot.fail(body=body, times=1000)
    if world.zalo_oa is not None:
        world.zalo_oa.fail(status=500, body="<html>", times=1000)
    await official.says(SLIDE)
    await world.forward(minutes=1, seconds=10)
    assert any("☎" in text and "0912345678" in text for text in await watch.news())
    assert (await calls(world))[0].status == "asked"


async def test_the_office_itself_out_of_reach_is_told_to_the_administrators(world: World) -> None:
    official, desk, office = await province(world)
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    await change(world, office, reachable=False, phone="0900111222")
    await change(world, desk, reachable=False)
    await official.says(SLIDE)
    await world.forward(minutes=6)
    assert any("☎" in text for text in await admin.news())

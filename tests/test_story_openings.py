"""How a desk's day begins: one message with its figures and its reminders."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.outbox import Fate, Kind, Notice
from storage.people import Role
from tests.test_story_work import SCANNER, people
from tests.world import Actor, World
from tickets.rich import units

MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


async def opening(actor: Actor) -> list[str]:
    return [text for text in await actor.news() if " hôm nay: " in text]


@pytest.mark.needs("silence")
async def test_a_desks_day_begins_with_how_it_stands(world: World) -> None:
    world.now = MONDAY
    _, officer, head = await people(world)
    other = await world.joins("so_y_te", Role.STAFF)
    await world.comes_round()
    await world.forward(hours=22, minutes=29)  # Tuesday 07:29
    assert await opening(officer) == []
    await world.forward(minutes=2)
    (told,) = await officer.news()
    assert told.splitlines()[0] == "Sở TC hôm nay: mới 1, đến hạn hôm nay 1."
    assert "Nhắc việc: 1 phiếu." in told
    assert "hôm nay đến hạn tiếp nhận" in told
    assert await officer.labels() == ["Đã xem"]
    await officer.presses("Đã xem")
    assert await opening(other) == []
    assert await opening(head) == []
    await world.forward(days=1)
    assert (await opening(officer))[0].startswith("Sở TC hôm nay: mới 1, quá hạn 1.")


@pytest.mark.needs("silence")
async def test_a_desk_hears_at_most_two_merged_reminders_a_day(world: World) -> None:
    world.now = MONDAY
    official, officer, _ = await people(world)
    for n in range(12):
        await official.says(f"vụ mới: {SCANNER}, phòng số {n}")
    await world.comes_round()
    await officer.news()
    for _ in range(12):
        await world.forward(days=1)
        assert len([text for text in await officer.news() if "NA-26-" in text]) <= 2
    async with world.database.reading() as session:
        sent = await session.execute(
            select(Notice).where(
                col(Notice.kind) == Kind.REMINDER,
                col(Notice.desk) == "so_tai_chinh",
                col(Notice.fate) == Fate.DELIVERED,
            )
        )
        days = [notice.ended_at.date() for notice in sent.scalars() if notice.ended_at]
    assert max(days.count(day) for day in days) <= 2


@pytest.mark.needs("silence")
async def test_a_desk_with_nothing_to_do_hears_nothing(world: World) -> None:
    world.now = MONDAY
    official, officer, _ = await people(world)
    await officer.says("1 hỏi thêm: máy mua năm nào?")
    await world.comes_round()
    await officer.news()
    await world.forward(days=1)
    assert await officer.news() == []  # it waits for the commune
    await official.says("hủy phiếu 1")
    await officer.news()
    await world.forward(days=1)
    assert await officer.news() == []


@pytest.mark.needs("silence")
async def test_after_an_outage_a_desk_hears_once_and_of_the_present(world: World) -> None:
    world.now = MONDAY
    _, officer, _ = await people(world)
    await world.comes_round()
    await officer.news()
    world.now = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)  # Friday 10:00, nothing ran since Monday
    await world.program.tick()
    await world.settle()
    assert await officer.news() == []
    await world.forward(hours=4)
    (told,) = await officer.news()
    assert told.startswith("Sở TC hôm nay: mới 1, quá hạn 1.\nNhắc việc: 1 phiếu.")


@pytest.mark.needs("silence")
async def test_many_long_reminders_fit_into_one_message(world: World) -> None:
    world.now = MONDAY
    official, officer, _ = await people(world)
    for n in range(30):
        await official.says(f"vụ mới: {SCANNER}, phòng <b>{n}</b> & kho")
    await world.comes_round()
    await officer.news()
    await world.forward(days=1)
    told = [text for text in await officer.news() if "Nhắc việc: 31 phiếu" in text]
    assert len(told) == 1
    assert units(told[0]) <= 2000

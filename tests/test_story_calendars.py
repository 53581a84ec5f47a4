"""Each ticket follows its lead's calendar; a reroute takes the new lead's."""

from datetime import UTC, date, datetime, time

import pytest

from province.pack import DayOverride, Pack
from storage.people import Role
from storage.policies import put_in_force
from storage.tickets import Ticket
from tests.world import BUNDLED, World
from tickets.deadlines import end_of_day
from tickets.moment import Rules

ROADS, FINANCE = "so_xay_dung", "so_tai_chinh"
HOLE = "Đường liên xã qua bản Hòa Lý hỏng nặng, nhiều ổ gà, xe máy đi lại khó khăn"
OFF = DayOverride(day=date(2026, 11, 25), working=False, why="ngày hội của ngành")
SATURDAY = DayOverride(day=date(2026, 11, 28), working=True, why="làm bù")


def with_days(*days: DayOverride, hours: tuple[tuple[time, time], ...] = ()) -> Pack:
    """The bundled pack in which the roads' department has days and hours of its own."""
    agencies = tuple(
        agency.model_copy(update={"days": days, "hours": hours}) if agency.code == ROADS else agency
        for agency in BUNDLED.agencies
    )
    return BUNDLED.model_copy(update={"agencies": agencies})


async def put_days_in_force(world: World, pack: Pack) -> None:
    async with world.database.transaction() as session:
        await put_in_force(session, pack, by="test", now=world.now)


def local(instant: datetime | None) -> str:
    assert instant is not None
    return f"{instant.astimezone(UTC):%d/%m %H:%M}"


async def promised(world: World) -> list[str]:
    """When the only ticket is to be acknowledged and answered, UTC."""
    ticket = await world.ticket()
    return [local(ticket.acknowledge_by), local(ticket.answer_by)]


async def opened(world: World) -> Ticket:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says(HOLE)
    ticket = await world.ticket()
    assert (ticket.lead, ticket.urgency) == (ROADS, "normal")
    return ticket


async def test_a_departments_own_days_move_its_deadlines(world: World) -> None:
    await put_days_in_force(world, with_days(OFF, SATURDAY))
    await opened(world)
    # Monday; Tuesday is a holiday, Wednesday the department's day off, Saturday it works.
    assert await promised(world) == ["26/11 10:00", "01/12 10:00"]


async def test_a_departments_own_hours_end_its_days(world: World) -> None:
    hours = ((time(8), time(11)), (time(12), time(15)))
    await put_days_in_force(world, with_days(hours=hours))
    await opened(world)
    assert await promised(world) == ["25/11 08:00", "01/12 08:00"]


async def test_a_reroute_takes_the_new_leads_calendar(world: World) -> None:
    await put_days_in_force(world, with_days(OFF, SATURDAY))
    await opened(world)
    staff = await world.joins(ROADS, Role.STAFF, name="Minh")
    await staff.says("1 chuyển sở tài chính: cần bố trí kinh phí")
    assert (await world.ticket()).lead == FINANCE
    assert await promised(world) == ["25/11 10:00", "01/12 10:00"]


@pytest.mark.needs("silence")
async def test_reminders_rest_on_a_departments_day_off(world: World) -> None:
    await put_days_in_force(world, with_days(OFF, SATURDAY))
    await opened(world)
    staff = await world.joins(ROADS, Role.STAFF, name="Minh")
    await world.forward(days=2)  # Wednesday 25, 09:00: everybody works but the department
    assert await staff.news() == []
    await world.forward(hours=23)  # Thursday 26, 08:00
    assert any("tiếp nhận" in text for text in await staff.news())


async def test_waiting_pauses_by_the_leads_calendar(world: World) -> None:
    await put_days_in_force(world, with_days(OFF, SATURDAY))
    await opened(world)
    lan = next(iter(world.people.values()))
    staff = await world.joins(ROADS, Role.STAFF, name="Minh")
    await staff.says("1 tiếp nhận")
    await staff.says("1 hỏi thêm: đoạn nào ạ?")
    await world.forward(days=3)  # Thursday 09:00: the department has worked eight hours
    await lan.says("đoạn đầu bản")
    assert await promised(world) == ["26/11 10:00", "02/12 10:00"]


def test_the_rules_know_whose_calendar_is_whose() -> None:
    rules = Rules.of(with_days(OFF, SATURDAY), 1)
    assert rules.calendar_of(FINANCE) is rules.calendar
    assert rules.calendar_of("chieu_luu") is rules.calendar
    assert rules.calendar_of(ROADS).is_working_day(SATURDAY.day)
    closes = end_of_day(SATURDAY.day, rules.calendar_of(ROADS))
    assert local(closes) == "28/11 10:00"

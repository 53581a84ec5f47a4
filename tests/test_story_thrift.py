"""News that can wait is held where each message costs: fewer messages, none too late, none lost."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.outbox import Kind, Notice
from storage.people import Role
from storage.tickets import Ticket
from tests.test_story_channels import change, contact, linked
from tests.test_story_unseen import looks
from tests.world import Actor, World
from tickets import notices, reach, usage
from tickets.moment import Moment

SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
SLOPE = "Nứt núi sau bản Khe Tang, đất đá lăn xuống gần nhà dân"
OA = pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], ids="+".join, indirect=True)
BOT = pytest.mark.parametrize("world", [("zalo_bot", "sqlite")], ids="+".join, indirect=True)
BOTH = pytest.mark.parametrize(
    "world", [("zalo_oa", "postgresql"), ("zalo_oa", "sqlite")], ids="+".join, indirect=True
)


async def silent(world: World, report: str = SCANNER) -> tuple[Actor, Actor]:
    """Lan reported by Zalo two days and an hour ago and is silent since; Hùng works on it."""
    lan = await world.enters("chieu_luu", name="Lan")
    await lan.says(report)
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF, name="Hùng", channel="web")
    await world.forward(hours=48, minutes=10)  # Wednesday, 09:10
    await lan.news()
    return lan, desk


async def cost(world: World) -> int:
    """How many of the account's messages came when they were not free any more."""
    later = world.now + timedelta(seconds=1)
    async with world.database.reading() as session:
        return (await usage.count(session, world.now - timedelta(days=20), later)).late


async def post(
    world: World, to: Actor, text: str, *, kind: Kind = Kind.NOTICE, **more: Any
) -> None:
    """Post a notice about the only ticket to a person, as acts do."""
    person = (await contact(world, to)).person_id
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        ticket = await session.get(Ticket, (await world.tickets())[0].id)
        notices.post(moment, kind, text, person=person, ticket=ticket, **more)
    await world.settle()


@BOTH
async def test_several_news_are_one_message_that_says_why_and_cost_once(world: World) -> None:
    lan, desk = await silent(world)
    before = await cost(world)
    await desk.says("1 tiếp nhận")
    await world.forward(minutes=30)
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    await desk.says("1 cập nhật: nhà thầu hẹn chiều")
    await world.forward(minutes=89)
    assert await lan.news() == []
    await world.forward(minutes=2)  # two office hours after the first
    (told,) = await lan.news()
    order = [told.index(words) for words in ("tiếp nhận", "gọi nhà thầu", "hẹn chiều")]
    assert order == sorted(order)
    assert told.startswith("3 tin từ 09:10, gửi gộp để đỡ tốn lượt tin Zalo:")
    assert await cost(world) == before + 1
    await desk.says("1 cập nhật: chiều nay lắp")
    await world.forward(hours=5)
    (told,) = await lan.news()
    assert told.endswith("(Tin lúc 11:11, chờ gửi gộp để đỡ tốn lượt tin Zalo.)")


@OA
async def test_what_asks_or_presses_goes_at_once_and_takes_the_held_along(world: World) -> None:
    lan, desk = await silent(world)
    await desk.says("1 tiếp nhận")
    await desk.says("1 hỏi thêm: máy hiệu gì?")  # a question is never held
    (asked,) = await lan.news()
    assert asked.index("tiếp nhận") < asked.index("máy hiệu gì")
    await lan.says("máy Canon")
    await lan.news()
    await world.forward(hours=49)  # Friday
    await lan.news()
    before = await cost(world)
    await desk.says("1 cập nhật: đã sửa một máy")
    assert await lan.news() == []
    await desk.says("1 đã xử lý")
    await desk.says("đã lắp hai máy mới, văn bản 125/STC-QLNS")
    (told,) = await lan.news()
    assert told.index("đã sửa một máy") < told.index("hai máy mới")
    assert await lan.labels() == ["Đã xong", "Chưa xong"]
    assert await cost(world) == before + 1
    await lan.presses("Đã xong")
    assert (await world.ticket()).status == "closed"


@OA
async def test_danger_is_never_held(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says(SLOPE)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF, channel="web")
    await change(world, lan, heard_at=world.now - timedelta(days=3))
    await lan.news()
    await desk.says("1 tiếp nhận")
    assert any("tiếp nhận" in text for text in await lan.news())
    await desk.says("1 cập nhật: đang đến")
    assert any("đang đến" in text for text in await lan.news())


@OA
async def test_who_writes_hears_at_once_what_was_held_and_it_costs_nothing(world: World) -> None:
    lan, desk = await silent(world)
    before = await cost(world)
    await desk.says("1 tiếp nhận")
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    await world.forward(minutes=5)
    assert await lan.news() == []
    await lan.says("/phieu")
    answer, told = await lan.news()
    assert "NA-26-000001" in answer
    assert "đã gọi nhà thầu" in told
    assert await cost(world) == before
    await desk.says("1 cập nhật: nhà thầu hẹn chiều")
    (told,) = await lan.news()
    assert "chờ gửi gộp" not in told


@OA
async def test_a_free_channel_hears_at_once_unless_the_person_chose(world: World) -> None:
    lan, screen = await linked(world)
    await world.forward(minutes=1)
    await lan.says(SCANNER)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF, channel="web")
    await world.forward(hours=48, minutes=10)
    for actor in (lan, screen):
        await actor.news()
    await desk.says("1 tiếp nhận")
    assert any("tiếp nhận" in text for text in await screen.news())
    await post(world, lan, "nguy hiểm", kind=Kind.EMERGENCY)
    assert await lan.news() == ["nguy hiểm"]  # where she was heard last: nothing is spared
    await change(world, screen, reachable=False)
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    assert await lan.news() == []
    await looks(world, world.now)
    await change(world, screen, reachable=True)
    await world.forward(hours=2, minutes=1)
    await looks(world, world.now)
    await world.forward(minutes=30)
    assert await lan.news() == []
    assert any("đã gọi nhà thầu" in text for text in await screen.news())


@OA
async def test_news_goes_before_the_window_shuts(world: World) -> None:
    lan, desk = await silent(world)
    shuts = reach.closes(await contact(world, lan))
    assert shuts is not None
    await world.forward(seconds=(shuts - timedelta(minutes=40) - world.now).total_seconds())
    await lan.news()
    await desk.says("1 tiếp nhận")
    assert await lan.news() == []
    await world.forward(minutes=31)
    assert any("tiếp nhận" in text for text in await lan.news())
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    assert any("đã gọi nhà thầu" in text for text in await lan.news())


@OA
async def test_nothing_waits_over_a_weekend_nor_longer_than_it_is_true(world: World) -> None:
    lan, _ = await silent(world)
    await post(world, lan, "hết hạn", expires_at=world.now + timedelta(minutes=5))
    assert await lan.news() == ["hết hạn"]
    await post(world, lan, "còn nửa giờ", expires_at=world.now + timedelta(minutes=30))
    assert await lan.news() == []
    await world.forward(minutes=21)
    (told,) = await lan.news()
    assert told.startswith("còn nửa giờ")
    await world.forward(days=2, hours=8)  # Friday, after offices have closed
    await lan.news()
    await post(world, lan, "chiều thứ Sáu")
    assert "chiều thứ Sáu" in await lan.news()


@OA
async def test_more_than_a_message_holds_is_told_in_the_next_and_none_is_lost(
    world: World,
) -> None:
    lan, _ = await silent(world)
    said = [f"{n}: {'việc ' * 90}".strip() for n in range(6)]
    for text in said:
        await post(world, lan, text)
    await post(world, lan, "dài " * 700)
    await world.forward(hours=3)
    heard = await lan.news()
    assert sum("việc" in told for told in heard) == 2

    assert all(any(text in told for told in heard) for text in said)
    assert sum(told.count("dài ") + told.endswith("dài") for told in heard) == 700


@OA
async def test_what_is_told_at_one_moment_is_one_message_without_waiting(world: World) -> None:
    lan, _ = await silent(world)
    person = (await contact(world, lan)).person_id
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        for text in ("một", "hai", "ba"):
            notices.post(moment, Kind.NOTICE, text, person=person)
    await world.settle()
    (told,) = await lan.news()
    assert told.splitlines()[1:] == ["– một", "– hai", "– ba"]
    await lan.says("/phieu")
    await lan.news()
    await post(world, lan, "bốn")
    assert await lan.news() == ["bốn"]


@OA
async def test_what_nobody_can_hear_any_more_is_work_for_each_ticket(world: World) -> None:
    lan, desk = await silent(world)
    await desk.says("1 tiếp nhận")
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    await lan.chat.world.forward(minutes=1)
    await change(world, lan, reachable=False)
    await world.forward(hours=3)
    async with world.database.reading() as session:
        found = await session.execute(select(Notice).where(col(Notice.held_at).is_not(None)))
        held = found.scalars().all()
    assert [(one.fate, one.ticket_id) for one in held] == [("dead", 1)] * 2


@BOT
async def test_a_bot_holds_only_while_its_month_would_not_last(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.comes_round()
    lan, desk = await silent(world)
    await desk.says("1 tiếp nhận")
    assert any("tiếp nhận" in text for text in await lan.news())
    async with world.database.reading() as session:
        (counted,) = (await usage.lately(session, "2026-11")).bots.values()
    monkeypatch.setattr(reach, "BOT_MONTH", counted + 1)  # for six days more
    await desk.says("1 cập nhật: đã gọi nhà thầu")
    await desk.says("1 cập nhật: nhà thầu hẹn chiều")
    assert await lan.news() == []
    await lan.says("/phieu")  # an answer is never held, and makes nothing free here
    (answer,) = await lan.news()
    assert "NA-26-000001" in answer
    await world.forward(hours=2, minutes=1)
    (told,) = await lan.news()
    assert told.startswith("2 tin từ 09:10")

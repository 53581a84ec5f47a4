"""Who closed the web chat, or opened it once for a file, still hears on the phone."""

from datetime import datetime

import pytest
from sqlalchemy import update

from storage.outbox import Kind
from storage.people import Role
from storage.webchat import Line
from tests.test_story_calls import LEAD, SLIDE, calls
from tests.test_story_channels import change, code_of, contact, linked, to_person
from tests.world import Actor, World

SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
DESK = "Sở Nông nghiệp và Môi trường"

pytestmark = pytest.mark.parametrize(
    "world", [("zalo_bot", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


async def looks(world: World, at: datetime) -> None:
    """A page shows all lines that there are."""
    async with world.database.transaction() as session:
        await session.execute(update(Line).values(seen_at=at))


async def test_news_to_a_closed_page_comes_by_phone_after_ten_minutes_and_says_why(
    world: World,
) -> None:
    phone, screen = await linked(world)  # spoke there last: a file, by a link used once
    await screen.says(SCANNER)
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF, name="Hùng", channel="web")
    await phone.news()
    await desk.says("1 tiếp nhận")
    assert any("đã tiếp nhận" in text for text in await screen.news())
    await world.forward(minutes=9)
    assert await phone.news() == []
    await world.forward(minutes=2)
    (told,) = await phone.news()
    assert "đã tiếp nhận" in told
    assert "Trang chat chưa mở" in told
    await world.forward(minutes=30)
    assert await phone.news() == []
    assert await screen.news() == []


async def test_what_a_page_has_shown_comes_once(world: World) -> None:
    phone, screen = await linked(world)
    await to_person(world, phone, "một")
    await looks(world, world.now)
    await world.forward(minutes=15)
    assert await screen.news() == ["một"]
    assert await phone.news() == []


async def test_danger_waits_a_minute_and_what_was_done_meanwhile_is_not_told(
    world: World,
) -> None:
    phone, screen = await linked(world)
    await to_person(world, phone, "nguy hiểm", Kind.EMERGENCY)
    await world.forward(seconds=65)
    assert [text.splitlines()[0] for text in await phone.news()] == ["nguy hiểm"]
    await change(world, phone, reachable=False)
    await to_person(world, phone, "hai", Kind.EMERGENCY)
    await world.forward(minutes=15)
    assert await phone.news() == []
    assert (await contact(world, screen)).reachable


async def test_a_card_that_somebody_took_meanwhile_is_not_told_again(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says(SCANNER)
    lead = (await world.ticket()).lead
    hung = await world.joins(lead, Role.STAFF, name="Hùng")
    screen = world.stranger("Hùng", channel="web")
    await hung.says("kênh")
    code = next(w for w in (await hung.last()).text.split() if w.isdigit() and len(w) == 6)
    await screen.says(code)
    await hung.news()
    await lan.says("vụ mới: Máy photo ở trung tâm hành chính công hỏng, xin sửa")
    assert any("Máy photo" in text for text in await screen.news())
    await screen.says("2 tiếp nhận")
    await world.forward(minutes=15)
    assert not any("tiếp nhận trước" in text for text in await hung.news())


async def test_danger_on_a_closed_page_that_the_phone_told_is_no_call(world: World) -> None:
    lan, hung = await _with_a_page(world)
    await lan.says(SLIDE)
    await world.forward(minutes=5)
    assert any("Khe Tang" in text for text in await hung.news())
    assert not any(DESK in task.question for task in await calls(world))


async def test_danger_on_a_closed_page_and_a_shut_phone_is_a_call(world: World) -> None:
    lan, hung = await _with_a_page(world)
    await change(world, hung, reachable=False)
    await lan.says(SLIDE)
    await world.forward(minutes=5)
    assert any(DESK in task.question for task in await calls(world))


async def _with_a_page(world: World) -> tuple[Actor, Actor]:
    """A commune's official, and a desk that opened the web chat once and closed it."""
    lan = await world.joins("chieu_luu", name="Lan")
    hung = await world.joins(LEAD, Role.STAFF, name="Hùng")
    screen = world.stranger("Hùng", channel="web")
    await screen.says(await code_of(hung))
    await hung.news()
    return lan, hung

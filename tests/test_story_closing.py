"""How a resolved ticket ends: the commune's yes, its silence, one tap back, five points."""

import csv
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import tickets
from storage.people import Role
from storage.tickets import TicketEvent
from tests.desks import console
from tests.site import site_of
from tests.world import Actor, World
from tickets.acts import closing
from tickets.ratings import Satisfaction, satisfaction
from tickets.timeline import inside, public

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"


async def resolved(world: World) -> tuple[Actor, Actor]:
    lan = await world.joins("chieu_luu", name="Lan")
    hung = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await lan.says(BRIDGE)
    await lan.says("không")
    await hung.says("1 đã xử lý")
    await hung.says("đã gia cố tạm, thông xe")
    await lan.news()
    await hung.news()
    return lan, hung


async def closed(world: World) -> tuple[Actor, Actor]:
    lan, hung = await resolved(world)
    await lan.says("đã xong")
    return lan, hung


@pytest.mark.needs("silence")
async def test_silence_is_asked_once_then_closes_and_one_tap_opens_again(world: World) -> None:
    """Resolved on Monday 23 November; Tuesday is the Day of Culture, on which nobody works.

    Asked on Friday morning, after Wednesday and Thursday; closed on Tuesday evening.
    """
    lan, hung = await resolved(world)
    await world.forward(days=3)
    assert await lan.news() == []
    await world.forward(days=1)
    (asked,) = await lan.news()
    assert "đã xong chưa ạ?" in asked
    assert await lan.labels() == ["Đã xong", "Chưa xong"]
    await world.forward(days=4)
    assert await lan.news() == []
    assert (await world.ticket()).status == "resolved"
    await world.forward(hours=12)
    (told,) = await lan.news()
    ticket = await world.ticket()
    assert (ticket.status, ticket.outcome) == ("closed", "unconfirmed")
    assert ticket.closed_at is not None
    assert ticket.closed_at.date().isoformat() == "2026-12-01"
    assert "kết thúc (chưa xác nhận)" in told
    assert "\n" not in told
    assert await lan.labels() == ["Mở lại"]
    await lan.presses("Mở lại")
    ticket = await world.ticket()
    assert (ticket.status, ticket.outcome, ticket.reopened) == ("new", None, 1)
    assert any("mở lại lần 1" in text for text in await hung.news())


async def test_the_clock_explains_what_it_did(world: World) -> None:
    await resolved(world)
    await world.forward(days=9)
    async with world.database.reading() as session:
        rows = await session.execute(select(TicketEvent).where(col(TicketEvent.actor) == "clock"))
        rules = [(row.kind, row.rule) for row in rows.scalars()]
    assert [kind for kind, _ in rules] == ["reminded", "closed"]
    assert all("ngày làm việc" in rule for _, rule in rules)


async def test_whoever_answered_hears_nothing_more(world: World) -> None:
    lan, _ = await closed(world)
    await lan.news()
    await world.forward(days=9)
    assert await lan.news() == []
    ticket = await world.ticket()
    assert (ticket.outcome, ticket.next_due_at) == ("confirmed", None)


async def test_what_was_opened_again_is_waited_for_anew(world: World) -> None:
    lan, hung = await resolved(world)
    await world.forward(days=2)
    await lan.says("chưa xong, vẫn tắc")
    assert (await world.ticket()).next_step not in closing.STEPS
    await world.forward(days=2)
    await hung.says("1 đã xử lý")
    await hung.says("đã làm lại mố cầu")
    await lan.news()
    await world.forward(days=5)
    assert len(await lan.news()) == 1
    assert (await world.ticket()).status == "resolved"


@pytest.mark.needs("silence")
async def test_after_an_outage_one_question_comes_and_a_day_to_answer(world: World) -> None:
    lan, _ = await resolved(world)
    world.now += timedelta(days=20)
    await world.forward(minutes=1)
    assert len(await lan.news()) == 1
    assert (await world.ticket()).status == "resolved"
    await world.forward(days=2)
    assert (await world.ticket()).outcome == "unconfirmed"
    assert len(await lan.news()) == 1


@pytest.mark.parametrize("words", ["4", "4 điểm", "1 chấm 4", "chấm 4 sao"])
async def test_an_end_is_rated_with_a_word(world: World, words: str) -> None:
    lan, _ = await closed(world)
    assert await lan.labels() == [*(f"{n} điểm" for n in range(1, 6)), "Bỏ qua"]
    await lan.says(words)
    version = (await world.ticket()).version
    assert (await world.ticket()).rating == 4
    await lan.says("làm nhanh, gọn, cán bộ nhiệt tình")
    assert "đã ghi góp ý" in (await lan.last()).text
    ticket = await world.ticket()
    assert (ticket.rating, ticket.version) == (4, version)
    async with world.database.reading() as session:
        rows = await session.execute(select(TicketEvent).where(col(TicketEvent.kind) == "rated"))
        first, second = rows.scalars()
    assert first.inputs["set"] == {"rating": 4}
    assert second.inputs["text"] == "làm nhanh, gọn, cán bộ nhiệt tình"


async def test_nobody_reads_one_tickets_rating(world: World) -> None:
    lan, officer = await closed(world)
    await lan.says("2 điểm")
    await lan.says("chậm quá")
    ticket = await world.ticket()
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    for person in (officer, coordinator):
        async with console(site_of(world), person) as browser:
            page = (await browser.get(f"/phieu/{ticket.code}")).text
            assert "Xã phản ánh" in page
            assert not re.search(r"chậm quá|chấm điểm|2/5", page)
            listed = csv.reader((await browser.get("/phieu.csv?tt=closed")).text.splitlines())
            head, row = listed
            assert len(head) == len(row) == 20
            assert not {"Xã chấm", "Rated"} & set(head)
    async with world.database.reading() as session:
        events = await tickets.events_of(session, ticket.id or 0)
    assert "rated" in {event.kind for event in events}
    for shown in (inside(events), public(events)):
        assert "rated" not in {event.kind for event in shown}


async def test_a_rating_and_its_word_may_be_left_out(world: World) -> None:
    lan, _ = await closed(world)
    await lan.presses("Bỏ qua")
    assert (await world.ticket()).rating is None
    await lan.presses("5 điểm")
    assert (await world.ticket()).rating == 5
    await lan.says("bỏ qua")
    assert (await lan.last()).text == "Vâng ạ."
    assert (await world.events()).count("rated") == 1


async def test_a_report_never_vanishes_in_a_word_of_praise(world: World) -> None:
    lan, _ = await closed(world)
    await lan.says("5")
    await lan.says("sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc")
    assert len(await world.tickets()) == 2


async def test_what_has_not_ended_is_not_rated(world: World) -> None:
    lan, _ = await resolved(world)
    await lan.says("1 chấm 5")
    assert "chưa kết thúc" in (await lan.last()).text
    ticket = await world.ticket()
    await lan.presses_data(f"t:rate:{ticket.id}:0:.9")
    assert (await world.ticket()).rating is None


async def test_a_colleague_may_rate_and_the_desk_does_not_see_who(world: World) -> None:
    _, hung = await closed(world)
    mai = await world.joins("chieu_luu", name="Mai")
    await hung.news()
    await mai.says("1 chấm 2")
    await mai.says("chậm quá")
    assert (await world.ticket()).rating == 2
    assert await hung.news() == []
    await hung.says("/phieu 1")
    assert "chậm quá" not in (await hung.last()).text


def test_ratings_are_shown_from_five_on() -> None:
    assert satisfaction([5, 5, 5, 5]) is None
    assert satisfaction([]) is None
    assert satisfaction([5, 4, 4, 5, 3]) == Satisfaction(4.2, 5)

"""Time passes: desks are reminded, posts hear one after another, silence and broken promises."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.outbox import Fate, Notice
from storage.people import Role
from storage.tickets import Status
from tests.test_story_work import LANDSLIDE, SCANNER, SOFTWARE, heard, people
from tests.world import Actor, World

MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


async def province(world: World) -> dict[str, Actor]:
    """Everybody on the ladder of Sở Tài chính, on Monday 30 November 2026, 09:00."""
    world.now = MONDAY
    official, officer, boss = await people(world)
    return {
        "official": official,
        "officer": officer,
        "head": boss,
        "office": await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Vân"),
        "vice": await world.joins("ubnd_tinh", Role.LEADER, name="Phó"),
    }


@pytest.mark.needs("silence")
async def test_a_ticket_that_nobody_takes_climbs_step_by_step(world: World) -> None:
    everybody = await province(world)
    await world.forward(days=1)  # Tuesday 09:00: it was due on Tuesday 17:00
    assert "hôm nay đến hạn" in await heard(everybody["officer"], "NA-26-000001")
    await world.forward(hours=22, minutes=45)  # Wednesday 07:45
    assert "quá hạn tiếp nhận" in await heard(everybody["officer"], "NA-26-000001")
    assert not [
        text for text in await everybody["head"].news() if "Chủ trì" in text and "hướng" in text
    ]
    await world.forward(days=2)
    assert "Đề nghị đồng chí cho hướng xử lý" in await heard(everybody["head"], "hướng xử lý")
    await world.forward(days=5)
    assert any("Đôn đốc đơn vị chủ trì" in text for text in await everybody["office"].news())
    await world.forward(days=4)
    assert any("ý kiến chỉ đạo" in text for text in await everybody["vice"].news())
    kinds = await world.events()
    assert kinds.count("escalated") >= 3


async def test_an_answer_ends_what_was_on_its_way(world: World) -> None:
    everybody = await province(world)
    await world.forward(days=1, hours=10)  # Tuesday 19:00: overdue, told on Wednesday
    await everybody["officer"].news()
    await everybody["officer"].presses("Tiếp nhận")
    await everybody["officer"].news()
    await world.forward(days=1)
    assert not [t for t in await everybody["officer"].news() if "quá hạn" in t]
    assert not [t for t in await everybody["head"].news() if "quá hạn" in t]


@pytest.mark.needs("silence")
async def test_acknowledged_and_forgotten_is_reminded_too(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].presses("Tiếp nhận")
    await everybody["officer"].news()
    await world.forward(days=8)
    assert any("trả lời bước đầu" in text for text in await everybody["officer"].news())


@pytest.mark.needs("silence")
async def test_several_reminders_are_one_message_after_an_outage_too(world: World) -> None:
    everybody = await province(world)
    for word in ("hai", "ba"):
        await everybody["official"].says(f"vụ mới: {SCANNER}, lần {word}")
    await everybody["officer"].news()
    world.now += timedelta(days=9)  # nothing ran
    await world.program.tick()
    await world.settle()
    await world.forward(hours=6)
    reminders = [text for text in await everybody["officer"].news() if "quá hạn" in text]
    assert len(reminders) == 1
    assert "Nhắc việc: 3 phiếu" in reminders[0]
    assert len([text for text in await everybody["head"].news() if "quá hạn" in text]) == 1


async def test_an_emergency_that_nobody_takes(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(LANDSLIDE)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF, name="Trực")
    head = await world.joins(ticket.lead, Role.HEAD, name="Trưởng")
    duty = await world.joins("ban_chi_huy_ptds", Role.STAFF, name="Ca trực")
    for somebody in (official, officer, head, duty):
        await somebody.news()
    await world.forward(minutes=4)
    assert not [text for text in await head.news() if "quá hạn" in text]
    await world.forward(minutes=1)
    assert "Chưa ai nhận" in await heard(official, "trực ban")
    assert any("chỉ đạo ngay" in text for text in await head.news())
    assert any("Gọi người trực" in text for text in await duty.news())
    assert any("quá hạn tiếp nhận" in text for text in await officer.news())
    await world.forward(minutes=5)
    assert any("quá hạn tiếp nhận" in text for text in await officer.news())
    assert await official.news() == []  # whom to call was said once
    await officer.says(f"{ticket.code} tiếp nhận")
    await officer.news()
    await world.forward(minutes=30)
    assert not [text for text in await officer.news() if "quá hạn" in text]
    await world.forward(minutes=40)
    assert any("quá hạn trả lời bước đầu" in text for text in await officer.news())


async def test_a_broken_promise_is_counted_and_the_commune_hears(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].says("hẹn: mai")
    await world.forward(days=1)
    assert any("việc đã hẹn" in text for text in await everybody["officer"].news())
    await everybody["official"].news()
    await world.forward(days=1)
    assert "đã báo lãnh đạo" in await heard(everybody["official"], "chưa làm được việc hẹn")
    assert (await world.events()).count("promise_broken") == 1


async def test_a_plan_past_its_date_goes_to_the_head_and_not_to_the_clerk(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].says("1 chưa có nguồn lực: chưa có tiền, báo lại 7/12")
    await everybody["head"].presses("Duyệt")
    assert (await world.ticket()).status == Status.PLANNED
    for somebody in everybody.values():
        await somebody.news()
    await world.forward(days=12)
    assert any("việc đã hẹn" in text for text in await everybody["head"].news())
    assert not [t for t in await everybody["officer"].news() if "quá hạn" in t]


@pytest.mark.needs("silence")
async def test_a_silent_commune_is_asked_again_and_then_the_clock_runs_on(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].says("1 hỏi thêm: máy mua năm nào?")
    await everybody["official"].news()
    await world.forward(days=3, hours=9)
    assert "máy mua năm nào" in await heard(everybody["official"], "còn chờ")
    await world.forward(days=4)
    assert (await world.ticket()).status == Status.IN_PROGRESS
    assert any("lại chạy" in text for text in await everybody["officer"].news())


async def test_a_reminder_is_put_off(world: World) -> None:
    everybody = await province(world)
    await world.forward(days=1)
    await everybody["officer"].presses("Nhắc lại sau")
    await everybody["officer"].says("thứ 6")
    assert "nhắc lại thứ Sáu" in (await everybody["officer"].last()).text
    assert "snoozed" in await world.events()
    await everybody["officer"].news()
    await world.forward(days=3, hours=7)  # Friday 16:00: overdue since Tuesday 17:00
    assert await everybody["officer"].news() == []
    assert "reminder_held" in await world.events()
    assert any("quá hạn" in text for text in await everybody["head"].news())  # the ladder runs on
    await world.forward(days=3)
    assert any("quá hạn" in text for text in await everybody["officer"].news())


@pytest.mark.needs("silence")
async def test_a_late_answer_does_not_call_every_leader_in_the_same_second(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].presses("Tiếp nhận")
    await world.forward(days=30)  # answer and result are both long overdue, all have heard
    for somebody in everybody.values():
        await somebody.news()
    await everybody["officer"].says("1 cập nhật: đã gửi thợ lên")
    assert "đã gửi thợ lên" in await heard(everybody["official"], "cập nhật")
    for name in ("head", "office", "vice"):
        assert await everybody[name].news() == []
    await world.forward(hours=20)
    assert await everybody["vice"].news() == []
    await world.forward(days=8)  # over New Year and a weekend
    assert any("quá hạn xử lý" in text for text in await everybody["head"].news())


@pytest.mark.needs("silence")
async def test_urgent_reminders_that_repeat_come_with_the_rounds(world: World) -> None:
    world.now = MONDAY
    official = await world.joins("con_cuong", name="Lan")
    officer = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Khoa")
    await official.says(f"{SOFTWARE}, dân chờ đầy phòng, gấp lắm")
    assert (await world.ticket()).urgency == "urgent"
    await officer.news()
    await world.forward(hours=4, minutes=29)  # due at 11:00: told at once
    assert "quá hạn tiếp nhận" in await heard(officer, "quá hạn")
    for _ in range(4):
        await world.forward(days=1)
        reminders = [text for text in await officer.news() if "quá hạn" in text]
        assert 1 <= len(reminders) <= 2
        # The step of two hours ago and the one of now say the same, and are one.
        assert [text.count("NA-26-000001") for text in reminders] == [1] * len(reminders)


async def test_at_night_nobody_is_reminded_of_ordinary_work(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Khoa")
    await official.says(SOFTWARE)
    await world.forward(days=20)
    async with world.database.reading() as session:
        rows = await session.execute(
            select(Notice).where(col(Notice.fate) == Fate.DELIVERED, col(Notice.kind) == 5)
        )
        hours = {notice.not_before.astimezone(UTC).hour for notice in rows.scalars()}
    assert hours <= {0, 1, 2, 3, 4, 6, 7, 8, 9}, hours  # 07:00 to 17:00 in Vinh


async def test_an_alarm_about_a_ticket_at_work_must_be_acknowledged_anew(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].says("1 cập nhật: đang xem")
    await everybody["officer"].says("1 hẹn: mai")
    await everybody["official"].says("1 khẩn cấp")
    ticket = await world.ticket()
    assert (ticket.urgency, ticket.status) == ("emergency", Status.NEW)
    for somebody in everybody.values():
        await somebody.news()
    await world.forward(minutes=6)
    assert "Chưa ai nhận" in await heard(everybody["official"], "trực ban")
    assert any("chỉ đạo ngay" in text for text in await everybody["head"].news())
    await everybody["officer"].says("1 tiếp nhận")
    await world.forward(minutes=60)
    assert any("trả lời bước đầu" in text for text in await everybody["officer"].news())


async def test_a_pause_does_not_pile_up_steps(world: World) -> None:
    everybody = await province(world)
    await everybody["officer"].says("1 hẹn: mai")
    await world.forward(days=2)  # the promise was broken yesterday evening
    await everybody["officer"].says("1 hỏi thêm: máy mua năm nào?")
    await world.forward(days=2, hours=5)
    for somebody in everybody.values():
        await somebody.news()
    await everybody["official"].says("mua năm 2019")
    for name in ("head", "office", "vice"):
        assert await everybody[name].news() == []

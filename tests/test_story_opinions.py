"""A leader's opinion: typed with a number or under the digest, read back, sent once, drafted."""

from datetime import UTC, datetime

import pytest

from storage.people import Duty, Person, Role
from storage.tickets import TicketEvent
from tests.test_story_letters import LINK, opened, words_of
from tests.test_story_work import SCANNER, heard, people
from tests.world import Actor, World

OFFICE, PROVINCE = "van_phong_ubnd", "ubnd_tinh"
MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
WORDS = "giao Sở Xây dựng <b>& Sở TC</b> làm ngay, báo cáo thứ 6"


async def province(world: World) -> dict[str, Actor]:
    """Con Cuông's ticket at Sở Tài chính, the office, and a vice-chair."""
    world.now = MONDAY
    official, officer, head = await people(world)
    return {
        "official": official,
        "officer": officer,
        "head": head,
        "office": await world.joins(OFFICE, Role.COORDINATOR, name="Vân"),
        "vice": await world.joins(PROVINCE, Role.LEADER, name="Phó Hùng"),
    }


async def opinions(world: World) -> list[TicketEvent]:
    return [event for event in await world.history() if event.kind == "opinion"]


async def test_an_opinion_is_read_back_sent_and_told(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says(f"1: {WORDS}")
    (back,) = await vice.news()
    assert f"Ý kiến: “{WORDS}”" in back
    assert "Gửi ý kiến này tới Sở Tài chính và VP UBND?" in back or "Gửi ý kiến này tới" in back
    assert await vice.labels() == ["Gửi", "Sửa", "Thôi"]
    assert await opinions(world) == []
    for name in ("officer", "head", "office", "official"):
        assert await everybody[name].news() == []

    await vice.presses("Gửi")
    assert "đã gửi ý kiến của đồng chí tới Sở Tài chính" in (await vice.last()).text
    for name in ("officer", "head", "office"):
        assert f"“{WORDS}”" in await heard(everybody[name], "Ý kiến của đồng chí Phó Hùng")
    assert await everybody["official"].news() == []
    (event,) = await opinions(world)
    assert event.inputs["text"] == WORDS
    assert "for" not in event.inputs
    assert (await world.ticket()).version == 1


async def test_a_press_again_or_too_late_sends_nothing(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says("NA-26-000001 đồng ý chủ trương, Sở TC bố trí vốn")
    assert "Ý kiến: “đồng ý chủ trương, Sở TC bố trí vốn”" in (await vice.last()).text
    press = dict((await vice.last()).buttons)["Gửi"]
    await vice.presses("Gửi")
    await vice.presses_data(press)
    assert "ý kiến này đã gửi lúc 09:00" in (await vice.last()).text
    assert len(await opinions(world)) == 1
    await vice.says("1: ý khác")
    await vice.presses("Thôi")
    assert "không gửi" in (await vice.last()).text
    await vice.presses_data(press.replace("opsend", "opedit"))
    assert "đã gửi lúc" in (await vice.last()).text
    await vice.presses_data("t:opsend:1:0:k123")
    assert "không còn chờ gửi" in (await vice.last()).text
    assert len(await opinions(world)) == 1


async def test_other_words_before_it_is_sent(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says("1 yêu cầu Sở báo cáo")
    await vice.presses("Sửa")
    assert "gõ lại ý kiến" in (await vice.last()).text
    await vice.says("Yêu cầu Sở báo cáo trước 5/12")
    assert "“Yêu cầu Sở báo cáo trước 5/12”" in (await vice.last()).text
    await vice.presses("Sửa")
    await vice.says("thôi")
    assert "không gửi" in (await vice.last()).text
    await vice.says("Yêu cầu Sở báo cáo ngay")
    assert "Ý kiến" not in (await vice.last()).text.splitlines()[0]
    await vice.says("1: Yêu cầu Sở báo cáo trước 5/12")
    await vice.says("gửi")
    (event,) = await opinions(world)
    assert event.inputs["text"] == "Yêu cầu Sở báo cáo trước 5/12"


async def test_agreeing_is_an_opinion_and_xem_shows_the_ticket(world: World) -> None:
    vice = (await province(world))["vice"]
    await vice.says("1 đồng ý")
    assert "Ý kiến: “đồng ý”" in (await vice.last()).text
    await vice.says("1 xem")
    assert SCANNER in (await vice.last()).text
    await vice.says("99: làm ngay")
    assert "Ý kiến" not in (await vice.last()).text


async def test_a_report_that_begins_with_a_number_stays_a_report(world: World) -> None:
    both = (await province(world))["vice"]
    await both.says(f"/start {await world.invited('chieu_luu', Role.REPORTER)}")
    await both.says("2 nhà dân bị sạt lở vùi lấp, có người mắc kẹt ở bản Khe Tang")
    assert len(await world.tickets()) == 2
    await both.says("1: làm ngay")
    assert "Ý kiến: “làm ngay”" in (await both.last()).text


async def test_only_leaders_give_opinions(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says("1: làm ngay")
    press = dict((await vice.last()).buttons)["Gửi"]
    for name in ("official", "officer", "head", "office"):
        await everybody[name].presses_data(press)
        await everybody[name].says("1: làm ngay")
        await everybody[name].presses_data("t:opinion:1:0")
    assert await opinions(world) == []


async def test_a_ticket_that_has_ended_takes_no_opinion(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says("1: làm ngay")
    await everybody["official"].says("hủy phiếu 1")
    await vice.presses("Gửi")
    assert "không nhận ý kiến nữa" in (await vice.last()).text
    await vice.says("1: làm ngay")
    assert "không nhận ý kiến nữa" in (await vice.last()).text
    assert await opinions(world) == []


async def test_the_slip_is_drafted_for_the_office_and_for_nobody_else(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await vice.says(f"1: {WORDS}")
    await vice.presses("Gửi")
    for reader in (vice, everybody["office"]):
        (token,) = LINK.findall((await reader.last()).text)
        answer = await opened(world, token)
        assert answer.status_code == 200
        written = words_of(answer.content)
        assert "VĂN PHÒNG UBND TỈNH" in written
        assert "Kính gửi: Sở Tài chính" in written
        assert f"đồng chí Phó Hùng có ý kiến: “{WORDS}”" in written
    assert not LINK.findall("".join(await everybody["officer"].heard()))
    await everybody["office"].says("/khoa Phó Hùng")
    async with world.database.transaction() as session:
        person = await session.get(Person, 5)
        assert person is not None
        person.active = False
    (token,) = LINK.findall((await vice.last()).text)
    assert (await opened(world, token)).status_code == 404


async def test_a_deputy_gives_it_in_the_leaders_place(world: World) -> None:
    everybody = await province(world)
    deputy = await world.joins(PROVINCE, Role.STAFF, name="Thư ký Mai")
    async with world.database.transaction() as session:
        duty = await session.get(Duty, (5, PROVINCE, Role.LEADER))
        assert duty is not None
        duty.post = "Phó Chủ tịch UBND tỉnh"
    await everybody["vice"].says("/vang từ 30/11 đến 4/12 thay: Thư ký Mai")
    await everybody["vice"].news()
    for somebody in everybody.values():
        await somebody.news()
    await deputy.says("1: làm ngay")
    await deputy.presses("Gửi")
    told = await heard(everybody["officer"], "Ý kiến của đồng chí")
    assert "Thư ký Mai thay đồng chí Phó Hùng (Phó Chủ tịch UBND tỉnh)" in told
    (token,) = LINK.findall((await deputy.last()).text)
    written = words_of((await opened(world, token)).content)
    assert "Thư ký Mai thay đồng chí Phó Hùng (Phó Chủ tịch UBND tỉnh) có ý kiến" in written
    (event,) = await opinions(world)
    assert event.actor == "person:6"
    assert event.inputs["for"] == "person:5"


@pytest.mark.needs("silence")
async def test_what_climbed_is_asked_for_in_the_digest_and_answered_under_it(world: World) -> None:
    everybody = await province(world)
    vice, office = everybody["vice"], everybody["office"]
    await world.comes_round()
    await world.forward(days=9)  # Wednesday 9 December
    assert not [text for text in await vice.news() if "Cần đồng chí cho ý kiến" in text]
    await world.forward(days=1, hours=22)  # Friday 07:00; it climbed on Thursday
    told = [text for text in await vice.news() if "phiếu đang xử lý" in text][-1]
    assert "Cần đồng chí cho ý kiến (1):" in told
    assert "– NA-26-000001" in told
    assert "“1: …”" in told
    told = [text for text in await office.news() if "phiếu đang xử lý" in text][-1]
    assert "Chờ lãnh đạo cho ý kiến (1):" in told
    assert "Cho ý kiến: gõ" not in told

    await vice.says("ok em")
    assert "Cho ý kiến: gõ số phiếu" in (await vice.last()).text
    assert "Gửi ý kiến này tới" not in (await vice.last()).text
    await vice.says("Đồng ý.")
    assert "Ý kiến: “Đồng ý.”" in (await vice.last()).text
    await vice.says("Giao Sở Tài chính giải quyết dứt điểm trong tuần")
    assert "Gửi ý kiến này tới" in (await vice.last()).text
    await vice.presses("Gửi")
    (event,) = await opinions(world)
    assert event.inputs["text"] == "Giao Sở Tài chính giải quyết dứt điểm trong tuần"
    await vice.news()
    await world.forward(days=3)
    told = [text for text in await vice.news() if "phiếu đang xử lý" in text][-1]
    assert "Cần đồng chí cho ý kiến" not in told


@pytest.mark.needs("silence", "replies")
async def test_a_reply_to_the_digest_is_an_opinion_only_when_one_waits(world: World) -> None:
    everybody = await province(world)
    vice = everybody["vice"]
    await everybody["official"].says(f"vụ mới: {SCANNER}, phòng hai")
    await world.comes_round()
    await world.forward(days=10, hours=22)
    digest = next(m for m in reversed(await vice.chat.screen()) if "Cần đồng chí" in m.text)
    assert "(2)" in digest.text
    await vice.says("Giao Sở làm ngay trong tuần", reply_to=digest.receipt)
    assert "Gửi ý kiến này tới" not in (await vice.last()).text
    await everybody["official"].says("hủy phiếu 2")
    await vice.says("Giao Sở làm ngay trong tuần", reply_to=digest.receipt)
    assert "Gửi ý kiến này tới" in (await vice.last()).text
    await vice.presses("Gửi")
    assert len(await opinions(world)) == 1

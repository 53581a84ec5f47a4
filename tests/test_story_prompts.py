"""What a report lacks is asked for once more, four waking hours later, and never again."""

import pytest

from storage.people import Role
from tests.doubts import hinted_text
from tests.world import Actor, World
from tickets.buttons import Press

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Máy scan của trung tâm phục vụ hành chính công xã hỏng từ hôm qua"
AGAIN = "Xin hỏi lại"


async def asked_again(world: World, person: Actor) -> list[str]:
    return [text for text in await person.heard() if AGAIN in text]


async def test_a_question_left_open_is_asked_once_more(world: World) -> None:
    """And its buttons work: the answer reaches the ticket, the next question follows."""
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await world.forward(hours=3, minutes=50)
    assert not await asked_again(world, official)
    await world.forward(minutes=15)
    (said,) = await asked_again(world, official)
    assert (await world.ticket()).code in said
    await official.presses("Không")
    assert (await world.ticket()).answers
    await world.forward(days=2)
    assert len(await asked_again(world, official)) == 1


async def test_an_answered_report_with_a_photo_is_left_in_peace(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    for _ in range(3):
        await official.says("bỏ qua")
    await world.forward(days=1)
    assert not await asked_again(world, official)


async def test_a_photo_is_asked_for_where_the_matter_needs_one(world: World) -> None:
    """Words alone are enough for nobody who has to mend a bridge; one with a photo is not asked."""
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("không")
    await world.forward(hours=4, minutes=10)
    said = (await official.last()).text
    assert "chưa có ảnh" in said
    assert AGAIN not in said
    await official.sends_photos(1)
    assert (await world.ticket()).files == 1
    await world.forward(days=1)
    assert sum("chưa có ảnh" in text for text in await official.heard()) == 1


async def test_nobody_is_woken(world: World) -> None:
    """A report of 20:00 is asked about as the night ends."""
    official = await world.joins("chieu_luu")
    await world.forward(hours=11)
    await official.says(SCANNER)
    await world.forward(hours=5)
    assert not await asked_again(world, official)
    await world.forward(hours=6)
    assert len(await asked_again(world, official)) == 1


async def test_a_question_of_danger_does_not_wait_four_hours(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan")
    await world.forward(minutes=32)
    assert any("Xin hỏi lại: " in text for text in await official.heard())


async def test_what_the_desk_has_answered_is_not_asked(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_tai_chinh", Role.STAFF)
    await official.says(SCANNER)
    await desk.presses("Tiếp nhận")
    await desk.says("cập nhật: tuần này có máy mới")
    await world.forward(days=1)
    assert not await asked_again(world, official)


async def test_several_tickets_are_asked_about_at_once(world: World) -> None:
    """Three reports of one evening: danger within the hour, the rest in one message at dawn."""
    official = await world.joins("chieu_luu")
    await world.forward(hours=11)
    for text in (SCANNER, "vụ mới: " + BRIDGE, "vụ mới: loa truyền thanh bản Lưu Hòa câm hết"):
        await official.says(text)
    scanner, bridge, speaker = [ticket.code for ticket in await world.tickets()]
    await world.forward(hours=1, minutes=30)
    (of_danger,) = await asked_again(world, official)
    assert bridge in of_danger
    assert "Còn thiếu" not in of_danger
    await world.forward(hours=11)
    (at_dawn,) = [text for text in await official.heard() if "Còn thiếu" in text]
    assert scanner in at_dawn
    assert speaker in at_dawn
    assert bridge not in at_dawn


async def test_a_second_matter_that_was_only_hinted_at(world: World) -> None:
    """It is asked about; one press opens it, a second press shows the same ticket."""
    official = await world.joins("chieu_luu")
    text, second = hinted_text()
    await official.says(text)
    await world.forward(hours=4, minutes=30)
    assert second in "\n".join(await official.heard())
    await official.presses("Lập phiếu riêng")
    first, opened = await world.tickets()
    assert opened.linked_id == first.id
    assert opened.text == second
    await official.presses("Lập phiếu riêng")
    assert len(await world.tickets()) == 2
    assert opened.code in (await official.last()).text


async def test_whoever_is_speaking_is_asked_later(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await world.forward(hours=3, minutes=55)
    await official.says("vụ mới: " + BRIDGE)
    await world.forward(minutes=20)
    assert not await asked_again(world, official)
    await world.forward(hours=1)
    assert len(await asked_again(world, official)) == 1


async def test_a_photo_alone_is_left_to_the_desk_that_has_the_ticket(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says("không")
    await desk.presses("Tiếp nhận")
    await world.forward(hours=5)
    assert not any("chưa có ảnh" in text for text in await official.heard())


@pytest.mark.needs("silence")
async def test_who_was_prompted_is_not_asked_a_third_time(world: World) -> None:
    """An ordinary ticket sends its commune six messages; two days after the result none more."""
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_tai_chinh", Role.STAFF)
    await official.says(SCANNER)
    await world.forward(hours=5)
    assert len(await asked_again(world, official)) == 1
    await desk.presses("Tiếp nhận")
    await desk.says("cập nhật: tuần này có máy mới")
    await desk.says("đã xử lý: đã cấp theo 25/QĐ-UBND")
    heard = len(await official.heard())
    await world.forward(days=3)
    assert len(await official.heard()) == heard
    await world.forward(days=6)
    ticket = await world.ticket()
    assert (ticket.status, ticket.outcome) == ("closed", "unconfirmed")


async def test_a_question_of_danger_is_no_line_at_the_end_of_anothers(world: World) -> None:
    """It comes by itself, though an older ticket is asked about just before it."""
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await world.forward(hours=3, minutes=25)
    await official.says("vụ mới: sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan")
    _, slide = await world.tickets()
    await world.forward(hours=1, minutes=10)
    asked = [text for text in await official.heard() if "Xin hỏi lại: " in text]
    assert any(slide.code in text for text in asked)
    ends = [text.partition("Còn thiếu")[2] for text in await official.heard()]
    assert not any(slide.code in end for end in ends)


async def test_a_hint_at_a_second_matter_is_not_lost_beside_another_ticket(world: World) -> None:
    official = await world.joins("chieu_luu")
    text, second = hinted_text()
    await official.says(SCANNER)
    await official.says(f"vụ mới: {text}")
    await world.forward(hours=6)
    assert any(second in said and "việc khác" in said for said in await official.heard())
    assert "Lập phiếu riêng" in await official.labels()


async def test_a_report_of_one_matter_has_no_second(world: World) -> None:
    """Typed too early, or about the wrong ticket: what to do instead."""
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await official.says("lập phiếu riêng")
    assert "không thấy việc thứ hai" in (await official.last()).text
    assert len(await world.tickets()) == 1


async def test_a_stranger_to_the_ticket_opens_nothing(world: World) -> None:
    official = await world.joins("chieu_luu")
    other = await world.joins("con_cuong")
    text, _ = hinted_text()
    await official.says(text)
    ticket = await world.ticket()
    await other.presses_data(Press("second", ticket.id or 0).pack())
    assert len(await world.tickets()) == 1

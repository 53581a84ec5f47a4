"""What attentive people found wrong once: each stays right."""

from datetime import timedelta

import pytest

from storage.people import Role
from tests.doubts import unsure_text
from tests.world import World
from tickets.incoming import Kind

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
MORE = "vụ mới: chữ ký số của chủ tịch xã hết hạn, không ký được văn bản trên phần mềm"
IT = "so_khoa_hoc_cong_nghe"


@pytest.mark.parametrize(
    ("answer", "urgency"),
    [
        ("không rõ, nghe nói có 2 người bị vùi", "emergency"),
        ("2 người bị vùi", "emergency"),
        ("hai người đang mắc kẹt trong nhà", "emergency"),
        ("có", "emergency"),
        ("không", "urgent"),
        ("có chi mô", "urgent"),
        ("có 40 hộ phải đi vòng", "urgent"),
    ],
)
async def test_what_is_typed_to_the_safety_question(
    world: World, answer: str, urgency: str
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    assert (await world.ticket()).urgency == "urgent"
    await official.news()
    await official.says(answer)
    assert (await world.ticket()).urgency == urgency
    assert any("112" in text for text in await official.news()) == (urgency == "emergency")
    if len(answer.split()) > 2:
        assert any(answer in card for card in await desk.heard())


@pytest.mark.needs("replies")
async def test_a_typed_reply_acts_on_the_message_replied_to(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    await official.says(MORE)
    first = next(message for message in await desk.chat.screen() if message.buttons)
    await desk.says("tiếp nhận", reply_to=first.receipt)
    assert [ticket.status for ticket in await world.tickets()] == ["acknowledged", "new"]


async def test_typed_words_about_a_resolved_ticket(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    await desk.presses("Đã xử lý")
    await desk.says("khởi động lại máy chủ")
    await official.news()
    for words in ("hủy", "/huy 1", "khẩn cấp"):
        await official.says(words)
        assert "Đã xử lý" in (await official.news())[-1]
    ticket = await world.ticket()
    assert (ticket.status, ticket.urgency) == ("resolved", "urgent")
    await official.says("xong")
    assert (await world.ticket()).status == "closed"


async def test_an_emergency_with_a_second_matter_still_shows_112(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.news()
    danger = "Sạt lở đất vùi nhà ở bản Cánh, có người mắc kẹt"
    await official.says(f"{danger}, với lại {SOFTWARE[0].lower()}{SOFTWARE[1:]}")
    assert "emergency" in {ticket.urgency for ticket in await world.tickets()}
    assert "112" in "\n".join(await official.news())


@pytest.mark.parametrize("world", [("telegram", "sqlite")], ids="+".join, indirect=True)
async def test_two_colleagues_are_asked_in_one_group(world: World) -> None:
    official = await world.joins("chieu_luu")
    first = await world.joins(IT, Role.STAFF, name="Minh")
    second = await world.joins(IT, Role.STAFF, name="Nga")
    group = await world.group(IT, by=first)
    await official.says(SOFTWARE)
    await official.says(MORE)
    cards = [message for message in await group.screen() if message.buttons]
    for who, card in ((first, cards[0]), (second, cards[1])):
        await who.presses_data(dict(card.buttons)["Đã xử lý"], chat=group)
    asked = [message for message in await group.screen() if "đã làm gì" in message.text]

    await second.says("chiều đi họp nhé", chat=group)
    assert {ticket.status for ticket in await world.tickets()} == {"new"}
    await first.says("đã khởi động lại", chat=group, reply_to=asked[0].receipt)
    assert [ticket.status for ticket in await world.tickets()] == ["resolved", "new"]
    await second.says("đã cấp lại hộp thư", chat=group, reply_to=asked[1].receipt)
    resolutions = [ticket.resolution for ticket in await world.tickets()]
    assert resolutions == ["đã khởi động lại", "đã cấp lại hộp thư"]


@pytest.mark.parametrize("talk", ["chào em", "cảm ơn em", "phiếu hôm trước đến đâu rồi em"])
async def test_talk_is_no_description_of_a_photo(world: World, talk: str) -> None:
    official = await world.joins("chieu_luu")
    await official.sends_photos(1)
    await official.says(talk)
    assert (await world.ticket()).text == ""
    await official.says(BRIDGE)
    assert (await world.ticket()).text == BRIDGE


async def test_a_photo_that_somebody_took_is_described_no_more(world: World) -> None:
    official = await world.joins("chieu_luu")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.sends_photos(1)
    await world.forward(minutes=16)
    await coordinator.presses("Tiếp nhận")
    world.now += timedelta(days=1)
    await official.says(SOFTWARE)
    first, second = await world.tickets()
    assert (first.text, first.lead) == ("", "van_phong_ubnd")
    assert second.lead == IT


@pytest.mark.needs("corrections")
async def test_an_edit_that_adds_danger_asks(world: World) -> None:
    official = await world.joins("chieu_luu")
    said = await official.says(BRIDGE)
    danger = BRIDGE + ", có 3 người bị nước cuốn trôi, đang kêu cứu"
    await official.says(danger, kind=Kind.EDIT, receipt=said.receipt)
    assert "Có ai đang gặp nguy hiểm không?" in (await official.heard())[-1]
    await official.says("có")
    assert (await world.ticket()).urgency == "emergency"


@pytest.mark.needs("corrections")
async def test_an_edit_of_an_added_message_is_added(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    more = await official.says("phiếu 1: bị từ 7 giờ")
    await official.says("bị từ 8 giờ, cả xã", kind=Kind.EDIT, receipt=more.receipt)
    assert any("bị từ 8 giờ, cả xã" in text for text in await desk.heard())


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("tên: Hoa", "name", "Hoa"),
        ("Tên: Nguyễn Thị Lan Anh Thư", "name", "Nguyễn Thị Lan Anh Thư"),
        ("điện thoại: 0912 345 678", "phone", "0912 345 678"),
    ],
)
async def test_people_correct_what_is_kept_about_them(
    world: World, typed: str, field: str, value: str
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(typed)
    assert await world.tickets() == []
    await official.says("/dulieu")
    assert value in (await official.heard())[-1]
    assert field in {"name", "phone"}


@pytest.mark.parametrize("command", ["/huy", "/huy abc", "/xyz", "/huy 5", "999 hủy"])
async def test_commands_that_fit_nothing_get_an_answer_and_no_ticket(
    world: World, command: str
) -> None:
    official = await world.joins("chieu_luu")
    await official.news()
    await official.says(command)
    assert len(await official.news()) == 1
    assert await world.tickets() == []


async def test_words_after_an_unsure_report_go_with_it(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(unsure_text())
    await official.says("ở bản Cánh ấy em")
    assert len(await world.tickets()) == 1
    assert any("ở bản Cánh ấy em" in text for text in await official.heard())


async def test_words_about_a_closed_ticket_are_kept(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    await desk.presses("Đã xử lý")
    await desk.says("khởi động lại máy chủ")
    await official.presses("Đã xong")
    await official.says("phiếu 1: vẫn bị đá ra")
    assert any("vẫn bị đá ra" in text for text in await desk.heard())
    await official.presses("Mở lại")
    assert (await world.ticket()).status == "new"


async def test_a_wrong_number_is_said_to_be_wrong(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    await official.says("phiếu 999: cả xã cũng bị")
    assert "Không có phiếu này" in (await official.heard())[-1]


async def test_what_was_taken_for_no_report_can_become_one(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("đang họp, lát nói")
    assert await world.tickets() == []
    await official.says("lập phiếu")
    assert (await world.ticket()).text == "đang họp, lát nói"


async def test_a_reopened_ticket_has_new_deadlines(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    await desk.presses("Tiếp nhận")
    await desk.presses("Đã xử lý")
    await desk.says("khởi động lại máy chủ")
    world.now += timedelta(days=2)
    await official.presses("Chưa xong")
    ticket = await world.ticket()
    assert ticket.acknowledge_by is not None
    assert ticket.acknowledge_by > world.now


@pytest.mark.needs("replies")
async def test_a_desks_words_about_its_ticket_are_a_note(world: World) -> None:
    official = await world.joins("con_cuong")
    desk = await world.joins(IT, Role.STAFF)
    await official.says(SOFTWARE)
    await official.news()
    card = next(message for message in await desk.chat.screen() if message.buttons)
    await desk.says("hỏi VNPT rồi, chiều trả lời", reply_to=card.receipt)
    assert "xã không thấy" in (await desk.heard())[-1]
    assert await official.news() == []
    assert "noted" in await world.events()


async def test_a_colleague_of_the_commune_cancels_and_the_reporter_hears(world: World) -> None:
    first = await world.joins("chieu_luu", name="Lan")
    second = await world.joins("chieu_luu", name="Mai")
    await first.says(SOFTWARE)
    await first.news()
    await second.says("/huy 1")
    assert any("Mai" in text and "Đã hủy" in text for text in await first.news())


async def test_danger_beside_an_open_question_is_not_swallowed(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    await official.says("sạt lở đất đã tràn xuống 2 nhà dân ở bản Khe Tang, xe không qua được")
    urgencies = [ticket.urgency for ticket in await world.tickets()]
    assert urgencies == ["urgent", "emergency"]
    assert any("112" in text for text in await official.heard())

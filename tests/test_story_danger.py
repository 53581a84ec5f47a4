"""What is said when somebody may be in danger: to the reporter, and loudly to the desk."""

import pytest

from province.lookup import Lookup
from storage.people import Role
from tests.doubts import unsure_emergency
from tests.world import BUNDLED, World

FLOOD = "nuoc len nhanh ngap nha dan ban Luu Tien roi, may ho ket"
LANDSLIDE = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"


async def test_the_desk_of_an_emergency_hears_that_people_are_trapped(world: World) -> None:
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(FLOOD)
    assert (await world.ticket()).urgency == "emergency"
    await desk.news()
    await official.says("co 3 nguoi ket tren mai nha")
    assert any("co 3 nguoi ket" in text for text in await desk.news())
    assert any("112" in text for text in await official.news())


async def test_buried_people_are_no_answer_to_whether_a_road_is_blocked(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Xã xin cấp một máy xúc để hót đất sạt trên đường liên bản")
    assert "tắc không" in (await official.last()).text
    await official.says("Sạt lở đất tràn vào 2 nhà dân bản Khe Tang, có người bị vùi, cần cứu gấp")
    assert [ticket.urgency for ticket in await world.tickets()] == ["normal", "emergency"]
    assert any("112" in text for text in await official.news())


@pytest.mark.needs("changes")
async def test_the_safety_question_outlives_the_acknowledgement(world: World) -> None:
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(LANDSLIDE)
    question = (await official.last()).text.splitlines()[-1]
    assert question.endswith("?")
    await desk.presses("Tiếp nhận")
    receipt = next(m for m in await official.chat.screen() if question in m.text)
    assert "đã tiếp nhận" in receipt.text
    assert [label for label, _ in receipt.buttons] == ["Có", "Không", "Chưa rõ"]

    await official.presses("Không")
    heard = await official.chat.screen()
    assert not any(question in message.text for message in heard)
    assert any("KHẨN CẤP" in m.text and "Thêm ảnh" in dict(m.buttons) for m in heard)


@pytest.mark.needs("changes")
async def test_an_unsure_emergency_is_sent_at_once_and_asks_about_safety_first(
    world: World,
) -> None:
    text, verdict = unsure_emergency()
    second = next(guess.lead for guess in verdict.alternatives if guess.lead != verdict.lead)
    official = await world.joins("chieu_luu")
    desk = await world.joins(verdict.lead, Role.STAFF)
    other = await world.joins(second, Role.STAFF)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(text)
    ticket = await world.ticket()
    assert (ticket.urgency, ticket.tentative, ticket.lead) == ("emergency", True, verdict.lead)
    first = await official.last()
    assert "112" in first.text
    assert "chưa ai nhận" in first.text
    assert [label for label, _ in first.buttons] == ["Có", "Không", "Chưa rõ"]

    await official.says("không")
    assert (await official.labels())[-1] == "Khác"
    assert "đã gửi ngay" in (await official.last()).text

    await desk.presses("Tiếp nhận")
    for screen in (other, coordinator):
        cards = [text for text in await screen.heard() if ticket.code in text]
        assert cards
        assert not any("tạm giao" in card for card in cards)
        assert all("tiếp nhận" in card for card in cards)


@pytest.mark.needs("changes")
async def test_an_unsure_emergency_that_is_chosen_leaves_the_other_desks(world: World) -> None:
    text, verdict = unsure_emergency()
    official = await world.joins("chieu_luu")
    desk = await world.joins(verdict.lead, Role.STAFF)
    await official.says(text)
    await official.says("không")
    count = len(await desk.heard())
    await official.presses(Lookup(BUNDLED).short_name(verdict.lead))
    cards = [text for text in await desk.heard() if "KHẨN CẤP" in text]
    assert len(await desk.heard()) == count
    assert not any("tạm giao" in card for card in cards)


async def test_the_number_of_somebody_there_belongs_to_the_emergency(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(LANDSLIDE)
    await official.presses("Có")
    await official.says("0987654321 anh Thái trưởng bản")
    await official.says("2 người bị vùi, đang đào")
    assert len(await world.tickets()) == 1
    assert "112" in (await official.last()).text


async def test_a_correction_is_no_answer_to_the_safety_question(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Cầu tràn bản Xiêng Thù bị nước cuốn trôi, xe máy không qua được")
    await official.says("à nhầm, bản Lưu Hòa chứ không phải Xiêng Thù")
    ticket = await world.ticket()
    assert (ticket.place, ticket.answers) == ("bản Lưu Hòa", {})
    await official.says("không")
    assert (await world.ticket()).answers["people_at_risk"].endswith("Không")

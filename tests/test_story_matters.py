"""Whether words belong to the ticket at hand, are one of their own, or need none."""

import pytest

from storage.people import Role
from tests.doubts import unsure_text
from tests.world import World
from tickets.incoming import Kind

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
LANDSLIDE = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"
FLOOD = "nuoc len nhanh ngap nha dan ban Luu Tien roi, may ho ket"
POWER = "mất điện cả bản từ tối qua"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (LANDSLIDE, ["Không", "5 ho 21 nguoi da len nha van hoa"]),
        (FLOOD, ["ko", "đang lên"]),
        (BRIDGE, ["ko", "nước vẫn đang cuốn cầu tràn"]),
        (BRIDGE, ["ko", "tuần trước"]),
    ],
)
async def test_what_goes_on_is_added(world: World, first: str, then: list[str]) -> None:
    official = await world.joins("chieu_luu")
    await official.says(first)
    for words in then:
        await official.says(words)
    ticket = await world.ticket()
    added = f"Đã thêm “{then[-1]}” vào {ticket.code}."
    assert any(added in text for text in await official.heard())


async def test_the_number_after_a_new_matter_answers_its_question(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says(POWER)
    heard = await official.heard()
    (undo,) = (n for n, text in enumerate(heard) if "tách khỏi" in text)
    assert undo < len(heard) - 1
    await official.says("2")
    _, second = await world.tickets()
    assert second.status == "new"
    assert any(answer.endswith("Không") for answer in second.answers.values())


async def test_the_next_message_is_the_new_matter(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("vụ mới")
    assert "việc gì" in (await official.last()).text
    await official.says("cầu tràn bản Lưu Hòa cũng hỏng")
    assert len(await world.tickets()) == 2


@pytest.mark.parametrize(
    "text", ["hỏng cầu tràn rồi a ơi", "máy tính hỏng rồi anh ơi", "mất mạng rồi em"]
)
async def test_a_report_that_sounds_like_talk_is_a_ticket(world: World, text: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(text)
    assert (await world.ticket()).text == text


async def test_doubtful_words_are_kept_together(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("đang họp, lát nói")
    await official.says("à nhầm, bản Lưu Hòa")
    await official.presses("Lập phiếu")
    assert (await world.ticket()).text == "đang họp, lát nói\nà nhầm, bản Lưu Hòa"


async def test_a_question_about_tickets_where_there_are_none_can_become_one(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("sao lâu thế")
    assert await official.labels() == ["Lập phiếu"]


async def test_a_photo_is_named_on_the_next_day(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.sends_photos(2)
    await world.forward(minutes=16)
    code = (await world.ticket()).code
    await world.forward(hours=20)
    words = "ảnh hôm qua là cầu tràn bản Xiêng Thù hỏng, xe máy không qua được"
    await official.says(words)
    ticket = await world.ticket()
    assert (ticket.lead, ticket.text) == ("so_xay_dung", words)
    cards = await desk.heard()
    assert any(code in card and words in card for card in cards)
    assert any("Đã chuyển" in text for text in await coordinator.heard())


async def test_khan_cap_alone_is_an_emergency_and_asks_what_it_is(world: World) -> None:
    official = await world.joins("chieu_luu")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says("KHẨN CẤP")
    ticket = await world.ticket()
    assert (ticket.urgency, ticket.lead) == ("emergency", "van_phong_ubnd")
    assert any(ticket.code in text for text in await coordinator.heard())
    assert "112" in (await official.last()).text
    await official.says(BRIDGE)
    named = await world.ticket()
    assert (named.urgency, named.lead) == ("emergency", "so_xay_dung")
    assert any("KHẨN CẤP" in card and BRIDGE in card for card in await desk.heard())


async def test_doubtful_words_belong_to_the_report_that_follows(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("đang họp, lát nói")
    await official.says(BRIDGE)
    assert (await world.ticket()).text == f"đang họp, lát nói\n{BRIDGE}"


async def test_nothing_said_leaves_the_safety_question_open(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("ok em")
    assert (await world.ticket()).answers == {}
    await official.says("không")
    assert (await world.ticket()).answers["people_at_risk"].endswith("Không")


@pytest.mark.parametrize("text", ["k bt", "chưa biết", "chưa rõ", "ko nắm được"])
async def test_not_knowing_is_no_answer(world: World, text: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says(text)
    assert (await world.ticket()).answers == {}


async def test_safety_is_asked_once(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("cầu tràn hỏng, xe không qua được")
    await official.says("không")
    await official.says("bản Xiêng Thù")
    assert not any("nguy hiểm" in text for text in await official.heard())
    assert (await world.ticket()).place == "bản Xiêng Thù"


@pytest.mark.needs("corrections")
async def test_an_edit_corrects_the_place(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Cầu tràn bản Xiêng Thù hỏng, xe không qua được", receipt="77")
    await official.says(
        "Cầu tràn bản Lưu Hòa hỏng, xe không qua được", receipt="77", kind=Kind.EDIT
    )
    assert (await world.ticket()).place == "bản Lưu Hòa"
    assert any("xã Chiêu Lưu, bản Lưu Hòa" in text for text in await official.heard())


async def test_papers_in_a_later_message_are_warned_of(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("CCCD 040123456789 của ông Thái ở đó")
    assert "giấy tờ của dân" in (await official.last()).text


async def test_who_sees_a_ticket_hears_whose_it_is(world: World) -> None:
    official = await world.joins("chieu_luu")
    finance = await world.joins("so_tai_chinh", Role.STAFF)
    await official.says(BRIDGE)
    await finance.says("1 tiếp nhận")
    assert "do Sở Xây dựng xử lý" in (await finance.last()).text


async def test_ones_own_data_are_told_in_ones_own_words(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("/dulieu")
    assert "cán bộ phản ánh xã Chiêu Lưu" in (await official.last()).text


@pytest.mark.parametrize("text", ["what is the status of my ticket?", "thank you very much"])
async def test_english_talk_is_no_report(world: World, text: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.news()
    await official.says(text)
    assert not any("Đã thêm" in answer for answer in await official.news())


async def test_a_clear_report_is_no_answer_about_an_unclear_one(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(unsure_text())
    await official.says(BRIDGE)
    _, second = await world.tickets()
    assert second.lead == "so_xay_dung"


@pytest.mark.parametrize("words", ["bỏ qua", "không biết", "chịu"])
async def test_the_choice_is_skipped(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(unsure_text())
    ticket = await world.ticket()
    await official.says(words)
    assert "vẫn đi tiếp" in (await official.last()).text
    await world.forward(minutes=16)
    assert (await world.ticket()).lead == ticket.lead


async def test_a_matter_told_again_is_a_report_that_asks_among_the_likeliest(
    world: World,
) -> None:
    """It may be the first that this line hears of it: a list of tickets would lose it."""
    official = await world.joins("chieu_luu")
    await official.says("a/c ơi máy scan hỏng 2 cái, đợt trước cũng báo rồi mà chưa thấy ai làm")
    ticket = await world.ticket()
    assert (ticket.lead, ticket.tentative) == ("so_tai_chinh", True)
    assert "Sở TC" in await official.labels()


async def test_a_ticket_asked_for_by_its_number_in_dialect_is_shown(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(POWER)
    await official.says("phiếu 1 tới mô rồi")
    assert "NA-26-000001" in (await official.last()).text
    assert "Đã thêm" not in (await official.last()).text


async def test_a_number_that_is_no_choice_is_told_so_and_asked_again(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    question = (await official.last()).text.splitlines()[-1]
    await official.says("7")
    heard = await official.heard()
    assert any("Không có lựa chọn 7" in text for text in heard)
    assert question in (await official.last()).text
    assert await official.labels() == ["Có", "Không", "Chưa rõ"]


async def test_a_desk_that_acts_before_it_has_the_card_is_not_forgotten(world: World) -> None:
    """A photo waits for its words; who promises by its number has it on the ladder all the same."""
    official = await world.joins("chieu_luu")
    desk = await world.joins("van_phong_ubnd", Role.STAFF)
    await official.sends_photos(1)
    ticket = await world.ticket()
    assert ticket.carded_at is None
    await desk.says(f"{ticket.id} hẹn: thứ 6")
    await world.forward(minutes=20)
    found = await world.ticket()
    assert found.status == "in_progress"
    assert found.carded_at is not None
    assert found.next_due_at is not None

"""Odd input: hostile words and names, repeats at once, two who press at once, numbers too long."""

import asyncio

import pytest

from storage.people import Role
from tests.world import World
from tickets.incoming import Kind

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
HOSTILE = (
    "<b>cầu tràn</b> bản Cánh <script>alert(1)</script> hỏng & trôi",
    "'; DROP TABLE tickets; -- cầu tràn bản Cánh hỏng",
    "{code} %s {0} {ticket.code} %(a)s cầu tràn bản Cánh hỏng nặng, xe máy không qua được",
    "\u200fمرحبا\u200e cầu tràn hỏng nặng",
    "💧🌊 cầu tràn 🚧 hỏng 👨\u200d👩\u200d👧",
)

FORGED = (
    "",
    "x",
    "t:ack",
    "t:ack:-1:1",
    "t:ack:1_0:1",
    "t:ack:99999999999999999999999:1",
    "t:ack:1:99999999999",
    "t:unbind:0:0",
    "t:unbind:0:0:abc",
    "t:unbind:0:0:99999999999999999999",
    "t:undo:1:1:²",
    "t:undo:1:1:99999999999999999999",
    "t:answer:1:1:\x00",
    "t:top:1:1:\ud800",
    "t:top:1:1:" + "ế" * 60,
    "\x00\ud800",
)


@pytest.mark.parametrize("text", HOSTILE, ids=["html", "sql", "format", "right-to-left", "emoji"])
async def test_hostile_words_and_names_arrive_as_they_were_typed(world: World, text: str) -> None:
    official = await world.joins("chieu_luu", name="{code} %s <i>Lan</i>")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="{0}%d<b>")
    await official.says(text)
    assert (await world.ticket()).text == text
    assert any(text in card for card in await desk.news())
    await desk.says("1 tiếp nhận")
    await desk.says("1 đã xử lý")
    await desk.says(text)
    assert (await world.ticket()).resolution == text
    heard = await official.news()
    assert any("{0}%d<b>" in line for line in heard)
    assert text in heard[-1]
    assert not await world.unfinished()


async def test_ten_thousand_letters_for_an_answer_alarm_nobody_and_fill_no_card(
    world: World,
) -> None:
    """Found by trial: the model heard danger in letters it had never seen."""
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says("Đường tỉnh 543 đoạn qua bản Cánh nhiều ổ gà, mặt đường bong tróc")
    await desk.news()
    await official.says("x" * 10_000)
    ticket = await world.ticket()
    assert ticket.urgency == "normal"
    cards = await desk.news()
    assert all(len(card) < 1_500 for card in cards)
    assert not await world.unfinished()


async def test_a_slip_of_the_thumb_answers_no_safety_question(world: World) -> None:
    """Found by trial: it was noted as the answer, and who was in danger was asked no more."""
    official = await world.joins("chieu_luu")
    await official.says("cầu tràn bản Xiêng Thù hỏng, xe máy không qua được")
    question = (await official.last()).text.splitlines()[-1]
    await official.says("xxxxxx")
    assert any("Chưa đọc được ạ" in text for text in await official.news())
    assert (await official.last()).text.splitlines()[-1] == question
    assert (await world.ticket()).answers == {}
    await official.says("có")
    assert (await world.ticket()).urgency == "emergency"


async def test_the_same_update_many_times_at_once_is_one_ticket(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF)
    said = official.message(SOFTWARE)
    await asyncio.gather(*(world.program.intake.receive(said) for _ in range(6)))
    await world.settle()
    code = (await world.ticket()).code
    assert sum(code in card for card in await desk.news()) == 1


async def test_two_who_press_at_once_take_the_ticket_once(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    first = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    second = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Thu")
    await official.says(SOFTWARE)
    card = next(message for message in await first.chat.screen() if message.buttons)
    take = dict(card.buttons)["Tiếp nhận"]
    presses = [who.message(kind=Kind.PRESS, press=take, press_id="p1") for who in (first, second)]
    await asyncio.gather(*(world.program.intake.receive(press) for press in presses))
    await world.settle()
    assert (await world.events()).count("acknowledged") == 1
    assert sum("đã tiếp nhận (" in line for line in await official.news()) == 1
    loser = [*await first.news(), *await second.news()]
    assert sum("Nút này đã cũ" in line for line in loser) == 1


async def test_a_colleague_of_the_commune_may_act_and_another_commune_may_not(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    colleague = await world.joins("chieu_luu", name="Hoa")
    neighbour = await world.joins("con_cuong", name="Mai")
    await official.says(SOFTWARE)
    for words in ("/phieu 1", "1 hủy", "1 khẩn cấp", "/phieu"):
        await neighbour.says(words)
    assert not any("Phần mềm" in line or "NA-26" in line for line in await neighbour.news())
    assert (await world.ticket()).status == "new"
    await colleague.says("1 hủy")
    assert (await world.ticket()).status == "cancelled"


async def test_commands_with_odd_numbers_get_an_answer(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    for words in ("/phieu abc", "/phieu 999999999999", "/phieu 0", "/start abc", "/giup abc"):
        await official.says(words)
        assert len(await official.news()) == 1, words
    assert await world.tickets() == []


@pytest.mark.parametrize("text", ["\n\n\n", " ", "\u200b"])
async def test_blank_messages_are_no_tickets(world: World, text: str) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(text)
    assert len(await official.news()) == 1
    assert await world.tickets() == []


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "stranger"])
@pytest.mark.needs("presses")
async def test_a_button_that_nobody_made_presses_nothing(world: World, is_known: bool) -> None:
    somebody = await world.joins("chieu_luu") if is_known else world.stranger()
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    if is_known:
        await somebody.says(SOFTWARE)
    events = await world.events()
    for forged in FORGED:
        await somebody.presses_data(forged)
        await admin.presses_data(forged)
    assert await world.events() == events
    assert not any("không xử lý được" in text for text in await admin.news())


async def test_a_long_answer_is_not_said_back_whole(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says("Máy scan của trung tâm phục vụ hành chính công xã hỏng từ hôm qua")
    await official.says("dạ không, mà " + "dân đứng chờ " * 700)
    said = [text for text in await official.heard() if "Đã ghi" in text or "Đã thêm" in text]
    assert said
    assert all(len(text) < 600 for text in said)

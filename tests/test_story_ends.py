"""How a matter ends: words that say whether it is done, and who hears when it is taken back."""

import pytest

from storage.people import Role
from tests.world import Actor, World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"


async def resolved(world: World) -> tuple[Actor, Actor]:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await official.says(BRIDGE)
    await official.says("không")
    await desk.says("1 đã xử lý")
    await desk.says("đã gia cố tạm")
    await desk.news()
    return official, desk


@pytest.mark.parametrize("words", ["chưa xong đâu, đất đá vẫn còn đầy", "vẫn tắc em ạ", "chưa"])
async def test_words_that_say_no_reopen(world: World, words: str) -> None:
    official, desk = await resolved(world)
    await official.says(words)
    assert (await world.ticket()).status == "new"
    heard = await desk.news()
    assert len(words.split()) < 3 or any(words in text for text in heard)


@pytest.mark.parametrize("words", ["rồi em, cảm ơn", "xong rồi", "ok xong rồi nhé"])
async def test_words_that_say_yes_close(world: World, words: str) -> None:
    official, _ = await resolved(world)
    await official.says(words)
    assert (await world.ticket()).status == "closed"


async def test_other_words_are_added_and_the_question_stays(world: World) -> None:
    official, _ = await resolved(world)
    await official.says("mai xã đi kiểm tra lại đã")
    assert (await world.ticket()).status == "resolved"
    assert await official.labels() == ["Đã xong", "Chưa xong"]


async def test_who_is_at_work_hears_that_the_commune_took_it_back(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await desk.presses("Tiếp nhận")
    await desk.news()
    await official.says("hủy phiếu 1")
    assert any("đã hủy" in text for text in await desk.news())


@pytest.mark.needs("changes")
async def test_after_the_acknowledgement_no_button_is_dead(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await official.says(BRIDGE)
    await desk.presses("Tiếp nhận")
    receipt = next(m for m in await official.chat.screen() if "Thêm ảnh" in dict(m.buttons))
    assert [label for label, _ in receipt.buttons] == ["KHẨN CẤP", "Thêm ảnh", "Hủy"]
    (card,) = [text for text in await desk.heard() if "✅" in text]
    assert "✅ Hùng tiếp nhận 09:00 · trả lời bước đầu trước" in card

    await official.says("sai đơn vị")
    assert "nhắn lý do" in (await official.last()).text
    assert any("sai đơn vị" in text for text in await desk.heard())


async def test_two_matters_in_one_message_are_heard_of_once_each(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_tai_chinh", Role.STAFF)
    software = "phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
    await official.says(f"{SCANNER}, với lại {software}")
    assert len(await world.tickets()) == 2
    await official.news()
    await desk.presses("Tiếp nhận")
    assert len(await official.news()) == 1


@pytest.mark.needs("changes")
async def test_the_receipt_says_that_it_became_an_emergency(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("khẩn cấp")
    receipt = next(m for m in await official.chat.screen() if "Thêm ảnh" in dict(m.buttons))
    assert "Mức: KHẨN CẤP" in receipt.text
    assert "KHẨN CẤP" not in dict(receipt.buttons)


@pytest.mark.parametrize("words", ["hủy", "bấm nhầm", "thôi"])
async def test_a_desk_takes_its_press_back(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await desk.presses("Đã xử lý")
    await desk.says(words)
    assert (await world.ticket()).status == "new"
    await desk.says("1 tiếp nhận")
    assert (await world.ticket()).status == "acknowledged"


async def test_another_tickets_word_is_no_evidence(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says(f"vụ mới: {BRIDGE.replace('Xiêng Thù', 'Lưu Hòa')}")
    await desk.says("1 đã xử lý")
    await desk.says("2 tiếp nhận")
    assert [ticket.status for ticket in await world.tickets()] == ["new", "acknowledged"]


async def test_who_stands_in_for_a_desk_has_no_dead_buttons(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    assert await coordinator.labels() == []
    await official.says("không")
    assert await coordinator.labels() == []
    assert "chưa có nhóm" in (await coordinator.last()).text

"""Words that press a button: which one is meant, and what it says when none can be."""

import pytest

from storage.people import Role
from tests.world import World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"


async def test_a_number_answers_the_last_question_although_the_receipt_changed_since(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await desk.presses("Tiếp nhận")
    await official.says("2")
    assert (await world.ticket()).answers["people_at_risk"].endswith("Không")


async def test_naming_the_department_that_has_it_sends_it_nowhere(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says("sai đơn vị")
    count = len(await desk.heard())
    await official.says("sở giao thông")
    assert "đang ở Sở Xây dựng rồi" in (await official.last()).text
    assert len(await desk.heard()) == count


@pytest.mark.parametrize("words", ["xong rồi", "xong", "đã xong", "1"])
async def test_done_answers_the_question_although_another_ticket_was_spoken_of(
    world: World, words: str
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says(f"vụ mới: {SCANNER}")
    await desk.says("1 đã xử lý")
    await desk.says("đã lắp cầu tạm")
    await official.says(words)
    assert [ticket.status for ticket in await world.tickets()] == ["closed", "new"]


@pytest.mark.parametrize(
    "words",
    ["hủy phiếu 1", "huy 1", "phiếu 1 hủy", "1 hủy", "/HUY 1", "/huy@thaogo_bot 1", "cancel"],
)
async def test_ways_to_cancel(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says(words)
    assert (await world.ticket()).status == "cancelled"


@pytest.mark.parametrize("words", ["/huy", "hủy", "mở lại", "sai đơn vị", "thêm ảnh", "đã xong"])
async def test_words_about_a_ticket_where_there_is_none(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(words)
    assert await world.tickets() == []
    assert "Chưa có phiếu nào" in (await official.last()).text


@pytest.mark.parametrize("words", ["/PHIEU", "/phieu@thaogo_bot", "/Phieu 1"])
async def test_commands_in_any_letters(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says(words)
    assert "NA-26-000001" in (await official.last()).text
    assert "trục trặc" not in (await official.last()).text


async def test_typed_words_are_no_old_button(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says("mở lại")
    assert "Nút này đã cũ" not in (await official.last()).text

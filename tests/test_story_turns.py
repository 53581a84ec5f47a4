"""Talk about a ticket as people hold it: they ask back, take back, and tell danger in between."""

from storage.people import Role
from tests.world import World

ROAD = "đường vào bản Liên Sơn bị sạt, xe máy không đi được"
BRIDGE = "cầu tràn bản Kẻ Tre hỏng nặng"


async def test_a_question_asked_back_does_not_close_whether_anybody_is_in_danger(
    world: World,
) -> None:
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await official.says("chừ mần răng")
    assert "Có ai" in (await official.last()).text
    await official.says("có")
    assert (await world.ticket()).urgency == "emergency"


async def test_words_beside_the_safety_question_leave_it_open_once(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("sạt taluy đường vào bản")
    await official.says("ở chỗ hôm trước")
    assert "bị vùi" in (await official.last()).text
    await official.says("chỗ cua tay áo ấy")
    assert "bị vùi" not in (await official.last()).text
    assert (await world.ticket()).urgency != "emergency"


async def test_danger_told_beside_another_question_is_asked_about(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("xin kinh phí sửa trụ sở xã xuống cấp")
    await official.says("bỏ qua")
    await official.says("nước lên rồi")
    tickets = await world.tickets()
    asks = (await official.last()).text
    assert len(tickets) > 1 or "nguy hiểm" in asks


async def test_a_bare_number_cancels_no_emergency(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("bà con dùng thuốc diệt cỏ xong nhiều người ngất")
    await official.says("4")
    assert (await world.ticket()).status == "new"
    assert (await world.ticket()).urgency == "emergency"


async def test_how_many_are_left_belongs_to_the_flood(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("nước lên nhanh lắm, ngập tới nóc rồi")
    for words in ("xóm Bãi", "bỏ qua", "cứu với", "còn 3 hộ", "tối quá"):
        await official.says(words)
    assert [ticket.category for ticket in await world.tickets()] == ["flood_inundation"]
    assert "tối quá" in (await official.last()).text


async def test_progress_is_asked_in_any_words(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says(ROAD)
    await world.forward(days=1)
    for words in ("các anh xem đến đâu rồi ạ", "khi mô xong ak", "mai có người lên ko"):
        await official.says(words)
        assert "Sở XD" in (await official.last()).text, words
        assert "Đã thêm" not in (await official.last()).text, words


async def test_a_false_alarm_and_a_rescue_are_one_tap_from_their_end(world: World) -> None:
    desk = await world.joins("cong_an_tinh", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says("cháy nhà bà con ơi cứu với")
    await desk.news()
    await official.says("nhầm rồi, đốt rơm thôi")
    assert await official.labels() == ["Hủy"]
    assert "gọi 112" not in (await official.last()).text
    assert (await world.ticket()).status == "new"
    assert any("đốt rơm" in text for text in await desk.news())
    await official.presses("Hủy")
    assert (await world.ticket()).status == "cancelled"


async def test_a_report_is_taken_back_in_the_words_that_come(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("trường mầm non thiếu giáo viên 3 cô nghỉ thai sản")
    await official.says("hủy giúp tôi phiếu trên")
    assert (await world.ticket()).status == "cancelled"
    await official.says("đã mua máy khác")
    assert len(await world.tickets()) == 1


async def test_what_was_done_is_asked_and_not_what_was_asked_before(world: World) -> None:
    desk = await world.joins("so_y_te", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says("trạm y tế xã thiếu bác sĩ")
    await desk.says("1 nhận")
    await desk.says("1 xong: đã cử bác sĩ Hùng về")
    await official.says("5 sao")
    assert await official.labels() == ["Đã xong", "Chưa xong"]


async def test_who_only_begins_is_told_to_go_on(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("anh ơi cho em hỏi")
    assert "cứ nói" in (await official.last()).text
    assert await official.labels() == []


async def test_what_comes_back_is_offered_to_be_opened_again(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("mất điện bản Pha từ sáng")
    await official.says("hủy giúp em")
    await official.says("xã tự bố trí được rồi")
    await official.says("lại mất rồi")
    assert len(await world.tickets()) == 1
    assert await official.labels() == ["Mở lại"]
    await official.presses("Mở lại")
    assert (await world.ticket()).status == "new"


async def test_who_says_that_nobody_is_inside_raises_no_alarm(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("sạt taluy đường vào bản")
    await official.says("không có người trong xe bị kẹt")
    assert [ticket.urgency for ticket in await world.tickets()] != ["emergency"]
    assert len(await world.tickets()) == 1

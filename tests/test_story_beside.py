"""Officers of desks who were asked for a day or a name and say something else."""

from storage.people import Role
from tests.world import World

BRIDGE = "Cầu treo bản Tờ đứt một cáp, xã đã rào không cho đi"
SLIDE = "Đường vào bản Khe Nằn sạt lở đất đá vùi lấp 20 m, xe không qua được"


async def test_a_question_is_answered_while_a_name_is_awaited(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    colleague = await world.joins("so_xay_dung", Role.STAFF, name="Nguyễn Văn Tuấn")
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("1 tiếp nhận")
    await desk.says("phân công")
    await desk.says("còn mấy phiếu nữa")
    assert "1 phiếu đang mở" in (await desk.last()).text
    await desk.says("ai đang giữ phiếu này")
    assert "Minh tiếp nhận" in (await desk.last()).text
    await desk.says("chú Tuấn đi nhé")
    assert "Nguyễn Văn Tuấn phụ trách" in (await desk.last()).text
    assert "giao anh/chị phụ trách" in (await colleague.last()).text


async def test_a_sentence_without_a_day_is_noted_and_the_day_still_awaited(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("1 hẹn ngày")
    await desk.says("để hỏi lại đội thi công đã")
    assert "ghi chú nội bộ" in (await desk.last()).text
    assert "Vẫn chờ ngày hẹn" in (await desk.last()).text
    await desk.says("chiều mai lên")
    assert "hẹn thứ Ba 24/11/2026" in (await official.last()).text


async def test_another_button_is_pressed_in_words_while_a_day_is_awaited(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("1 hẹn ngày")
    await desk.says("chuyển đơn vị")
    assert "chuyển đơn vị nào" in (await desk.last()).text


async def test_a_documents_number_finishes_what_was_promised_before(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("1 hẹn 31/12")
    assert "văn bản đã ký" in (await desk.last()).text
    await desk.says("125/SXD-QLGT")
    assert "hẹn thứ Năm 31/12/2026" in (await official.last()).text


async def test_words_for_another_commune_reach_that_one(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    one, other = await world.joins("con_cuong"), await world.joins("chieu_luu")
    await one.says(BRIDGE)
    await other.says(SLIDE)
    await other.news()
    await desk.says("báo xã Con Cuông là cấm hẳn người qua cầu")
    assert "“cấm hẳn người qua cầu”" in (await one.last()).text
    assert await other.news() == []
    await desk.says("phiếu chiêu lưu đã gọi máy xúc lên")
    assert "NA-26-000002: đã ghi chú" in (await desk.last()).text

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


OFFICE = "Trụ sở xã chật, thiếu phòng tiếp dân, đề nghị bố trí vốn xây"


async def test_a_head_decides_in_plain_words(world: World) -> None:
    desk = await world.joins("so_tai_chinh", Role.STAFF)
    head = await world.joins("so_tai_chinh", Role.HEAD)
    official = await world.joins("con_cuong")
    await official.says(OFFICE)
    await head.says("đồng ý")
    assert (await world.ticket()).promised_at is None
    await desk.says("1 hẹn đầu năm sau")
    await head.says("chưa duyệt, làm rõ nguồn vốn đã")
    assert "“làm rõ nguồn vốn đã”" in (await desk.last()).text
    await desk.says("1 hẹn 31/12")
    await head.says("ok")
    assert "chưa duyệt" in (await head.last()).text
    assert "Duyệt" in await head.labels()
    assert (await world.ticket()).promised_at is None
    await head.says("đồng ý")
    assert "hẹn thứ Năm 31/12/2026" in (await official.last()).text


async def test_only_the_head_decides(world: World) -> None:
    desk = await world.joins("so_tai_chinh", Role.STAFF)
    await world.joins("so_tai_chinh", Role.HEAD)
    official = await world.joins("con_cuong")
    await official.says(OFFICE)
    await desk.says("1 hẹn 31/12")
    await desk.says("đồng ý")
    assert (await world.ticket()).promised_at is None


async def test_orders_in_whole_words_are_commands_of_who_may_give_them(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await coordinator.says("thông báo cho xã Con Cuông: mai họp 8h")
    assert "Chưa gửi" in (await coordinator.last()).text
    await desk.says("thông báo cho các xã: mai họp 8h")
    assert "Chưa gửi" not in (await desk.last()).text
    await desk.says("mai em nghỉ phép")
    assert "Báo vắng" in (await desk.last()).text
    await desk.says("dạ vâng ạ")
    assert (await desk.last()).text.startswith("Vâng ạ")


async def test_a_desk_says_that_it_is_not_theirs(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("không phải việc của bên em")
    assert await desk.labels() == ["Gửi cho xã", "Chuyển"]
    await desk.presses("Chuyển")
    assert "chuyển đơn vị nào" in (await desk.last()).text


async def test_a_helpers_words_are_kept_and_one_tap_sends_them(world: World) -> None:
    lead = await world.joins("so_xay_dung", Role.STAFF)
    other = await world.joins("so_tai_chinh", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(SLIDE)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được bao nhiêu?")
    await lead.news()
    await other.says("còn 200 triệu dự phòng thôi")
    await other.says("cần có văn bản đề nghị")
    assert "Chưa gửi" in (await other.last()).text
    assert await lead.news() == []
    await other.presses("Gửi")
    told = (await lead.last()).text
    assert "còn 200 triệu dự phòng thôi" in told
    assert "cần có văn bản đề nghị" in told
    await other.presses("Gửi", old=0)
    assert (await world.events()).count("task_answered") == 1


async def test_a_leaders_sentence_on_the_ticket_just_shown_is_read_back(world: World) -> None:
    leader = await world.joins("van_phong_ubnd", Role.LEADER)
    official = await world.joins("con_cuong")
    await official.says(SLIDE)
    await leader.says("cho xem phiếu 1")
    await leader.says("giao Sở Xây dựng thông đường trong hôm nay")
    assert "Gửi ý kiến này" in (await leader.last()).text
    await leader.presses("Thôi")
    await leader.says("còn mấy phiếu")
    assert "1 phiếu đang mở" in (await leader.last()).text


async def test_a_note_is_sent_by_its_buttons_words(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await desk.says("mai cử cán bộ lên xem cáp")
    await desk.says("gửi xã")
    assert "mai cử cán bộ lên xem cáp" in (await official.last()).text

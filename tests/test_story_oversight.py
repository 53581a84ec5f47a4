"""The coordinator's queue: what waits, why, what is decided, and a corrected category."""

from province.lookup import Lookup
from storage.decisions import corrected
from storage.people import Role
from tests.doubts import unsure_text
from tests.world import BUNDLED, World

VAGUE = "nhờ tỉnh xem giúp"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
OFFICE = "van_phong_ubnd"


def name_of(unit: str) -> str:
    return Lookup(BUNDLED).short_name(unit)


async def test_what_is_only_given_tentatively_waits_for_the_coordinator(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    await coordinator.says("/canxem")
    assert await coordinator.news() == ["Không có phiếu nào cần quyết."]

    await official.says(unsure_text())
    await world.forward(minutes=16)
    await official.news()
    await coordinator.news()
    await coordinator.says("cần xem")
    (queue,) = await coordinator.news()
    ticket = await world.ticket()
    assert "1 phiếu cần quyết" in queue
    assert ticket.code in queue
    assert "xã Chiêu Lưu (miền núi)" in queue
    assert "mới tạm giao, xã chưa chọn" in queue
    assert "đơn vị chưa có nhóm hay cán bộ nhận" in queue
    assert "Có thể:" in queue

    await coordinator.presses("Xem 1")
    (shown,) = await coordinator.news()
    assert "Cần quyết:" in shown
    assert await coordinator.labels() == [
        *[name_of(unit) for _, unit in ticket.verdict["alternatives"][:3]],
        "Khác",
        "Sửa lĩnh vực",
    ]
    second = ticket.verdict["alternatives"][1][1]
    await coordinator.presses(name_of(second))
    assert "đã giao" in (await coordinator.news())[0]
    decided = await world.ticket()
    assert (decided.lead, decided.tentative) == (second, False)
    assert any("Văn phòng UBND tỉnh giao" in text for text in await official.news())
    await coordinator.presses_data(f"t:give:1:{ticket.version}:other")
    assert "Nút này đã cũ" in (await coordinator.news())[0]
    await coordinator.says("/canxem")
    assert "mới tạm giao" not in (await coordinator.news())[0]


async def test_the_coordinator_types_where_it_goes_and_why(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await official.says(unsure_text())
    await official.says("khác")
    await coordinator.says("1 chuyen so xay dung: vi la duong tinh")
    ticket = await world.ticket()
    assert ticket.lead == "so_xay_dung"
    assert any(ticket.code in text for text in await desk.news())
    heard = await official.news()
    assert any("Sở Xây dựng chủ trì" in text and "duong tinh" in text for text in heard)
    await coordinator.says("/visao 1")
    assert "Văn phòng UBND tỉnh quyết định giao Sở Xây dựng" in (await coordinator.news())[-1]


async def test_staff_have_no_such_queue(world: World) -> None:
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await staff.says("/canxem")
    assert await staff.news() == [
        "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    ]
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SOFTWARE)
    await staff.presses_data("t:give:1:1:bridge_spillway")
    assert (await world.ticket()).lead == "so_khoa_hoc_cong_nghe"


async def test_a_department_without_anybody_waits_and_the_mountains_come_first(
    world: World,
) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    plain = await world.joins("vinh_loc", name="Bình")
    high = await world.joins("chieu_luu", name="Lan")
    await plain.says(SOFTWARE)
    await high.says(SOFTWARE)
    await coordinator.news()
    await coordinator.says("/canxem")
    (queue,) = await coordinator.news()
    assert queue.index("NA-26-000002") < queue.index("NA-26-000001")
    assert "phường Vinh Lộc ·" in queue
    await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await coordinator.says("/canxem")
    assert await coordinator.news() == ["Không có phiếu nào cần quyết."]


async def test_the_queue_turns_its_pages(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    for commune in ("chieu_luu", "con_cuong", "vinh_loc", "mon_son", "chau_khe", "my_ly"):
        official = await world.joins(commune)
        await official.says(SOFTWARE)
    await coordinator.news()
    await coordinator.says("/canxem")
    assert "6 phiếu cần quyết" in (await coordinator.news())[0]
    assert await coordinator.labels() == [*[f"Xem {n}" for n in (1, 2, 4, 5, 6)], "Trang sau"]
    await coordinator.says("trang sau")
    assert await coordinator.labels() == ["Xem 3", "Trang trước"]
    await coordinator.presses("Trang trước")
    assert "Trang sau" in await coordinator.labels()


async def test_a_commune_that_doubts_is_heard_and_the_answer_may_be_no(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await desk.presses("Tiếp nhận")
    await official.says("sai đơn vị")
    await official.news()
    await coordinator.says("/canxem")
    assert "xã cho là sai đơn vị" in (await coordinator.news())[-1]
    await coordinator.presses("Xem 1")
    await coordinator.presses("Giữ nguyên")
    await coordinator.says("Phần mềm một cửa do Sở KH&CN quản trị")
    assert "giữ nguyên, đã báo xã" in (await coordinator.news())[-1]
    assert any("Sở KH&CN quản trị" in text for text in await official.news())
    await coordinator.says("/canxem")
    assert (await coordinator.news())[-1] == "Không có phiếu nào cần quyết."


async def test_the_coordinator_moves_what_was_acknowledged_too(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    await official.says(SOFTWARE)
    await desk.presses("Tiếp nhận")
    await coordinator.says("1 chuyển sở tài chính: máy chủ do Sở TC mua")
    ticket = await world.ticket()
    assert (ticket.lead, ticket.status) == ("so_tai_chinh", "new")
    assert ticket.former == ["so_khoa_hoc_cong_nghe"]


async def test_a_category_is_corrected_and_kept_as_an_example(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await coordinator.says("1 lĩnh vực: cau tran: nói về cầu")
    assert "Cầu tràn" in (await coordinator.news())[-1]
    labels = await coordinator.labels()
    assert labels[0] == "Chọn 1"
    first = await coordinator.last()
    await coordinator.presses("Chọn 1")
    ticket = await world.ticket()
    assert (ticket.category, ticket.lead) == ("bridge_spillway", "so_khoa_hoc_cong_nghe")
    assert "lĩnh vực là Cầu tràn" in (await coordinator.news())[-1]
    assert any("Cầu tràn" in text for text in await desk.heard())
    await coordinator.presses_data(dict(first.buttons)["Chọn 1"])
    assert "Nút này đã cũ" in (await coordinator.news())[-1]
    (event,) = [row for row in await world.history() if row.kind == "recategorised"]
    assert (event.inputs["old"], event.inputs["new"]) == ("interop_software", "bridge_spillway")
    assert event.inputs["why"] == "nói về cầu"
    assert event.actor.startswith("person:")
    async with world.database.reading() as session:
        examples = await corrected(session)
    assert examples == [(SOFTWARE, "bridge_spillway")]


async def test_words_that_fit_no_category_are_asked_again(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SOFTWARE)
    await coordinator.says("1 lĩnh vực: xyzt")
    assert "chưa thấy lĩnh vực nào" in (await coordinator.news())[-1]
    await coordinator.says("cầu tràn")
    assert (await coordinator.labels())[0] == "Chọn 1"


async def test_a_commune_that_does_not_agree_to_wait_is_decided_upon(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("con_cuong", name="Lan")
    officer = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    boss = await world.joins("so_tai_chinh", Role.HEAD, name="Bình")
    await official.says("Trung tâm hành chính công xã có 2 máy scan hỏng, xin cấp máy mới")
    await officer.says("1 chưa có nguồn lực: mục 6900, báo lại 15/01/2027")
    await boss.presses("Duyệt")
    await coordinator.says("/canxem")
    assert (await coordinator.news())[-1] == "Không có phiếu nào cần quyết."
    await official.presses("Chưa đồng ý")
    await coordinator.says("/canxem")
    assert "xã chưa đồng ý với trả lời" in (await coordinator.news())[-1]
    await coordinator.says("1 chuyển sở khcn: dùng máy dự phòng của tỉnh")
    ticket = await world.ticket()
    assert (ticket.lead, ticket.status) == ("so_khoa_hoc_cong_nghe", "new")


async def test_what_was_rerouted_twice_waits_for_the_coordinator(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    official = await world.joins("chieu_luu", name="Lan")
    desks = {
        unit: await world.joins(unit, Role.STAFF)
        for unit in ("so_khoa_hoc_cong_nghe", "so_tai_chinh", "so_noi_vu")
    }
    await official.says(SOFTWARE)
    await desks["so_khoa_hoc_cong_nghe"].says("1 chuyển sở tài chính: máy chủ do Sở TC mua")
    await desks["so_tai_chinh"].says("1 chuyển sở nội vụ: việc của cán bộ")
    await desks["so_noi_vu"].says("1 chuyển sở y tế: không phải việc của Sở")
    assert (await world.ticket()).lead == OFFICE
    await coordinator.says("/canxem")
    assert "đã chuyển đi chuyển lại từ 2 lần" in (await coordinator.news())[-1]
    await coordinator.says("1 chuyển sở khcn: phần mềm do Sở quản trị")
    assert (await world.ticket()).lead == "so_khoa_hoc_cong_nghe"
    await coordinator.news()
    await coordinator.says("/canxem")
    assert (await coordinator.news())[-1] == "Không có phiếu nào cần quyết."

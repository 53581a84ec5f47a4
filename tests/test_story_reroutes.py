"""Chuyển: to a named department, with a reason; never back, and after two the coordinator."""

from storage.people import Role
from storage.tickets import Status
from tests.test_story_work import SCANNER, heard, people
from tests.world import World


async def test_a_ticket_goes_to_a_department_named_by_an_old_name(world: World) -> None:
    official, officer, _ = await people(world)
    other = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Khoa")
    first = await world.ticket()
    await officer.presses("Tiếp nhận")
    await officer.presses("Chuyển")
    await officer.says("so thong tin va truyen thong vì đây là thiết bị công nghệ thông tin")
    ticket = await world.ticket()
    assert (ticket.lead, ticket.status) == ("so_khoa_hoc_cong_nghe", Status.NEW)
    assert ticket.former == ["so_tai_chinh"]
    assert ticket.acknowledged_at is None
    assert ticket.acknowledge_by == first.acknowledge_by  # the clock starts anew, at the same hour
    card = await heard(other, SCANNER)
    assert "Sở TC chuyển sang" in card
    news = await official.news()
    assert any("đây là thiết bị công nghệ thông tin" in text for text in news)
    assert "Đã chuyển" in (await officer.heard())[0]
    await other.presses("Tiếp nhận")
    assert (await world.ticket()).status == Status.ACKNOWLEDGED


async def test_the_reason_is_asked_and_a_chosen_department_named(world: World) -> None:
    _, officer, _ = await people(world)
    await officer.presses("Chuyển")
    label = (await officer.labels())[0]
    await officer.presses(label)
    assert "vì sao chuyển" in (await officer.last()).text
    await officer.says("thuộc hạ tầng số")
    assert len((await world.ticket()).former) == 1


async def test_it_does_not_go_back_and_after_two_the_coordinator_decides(world: World) -> None:
    _, officer, _ = await people(world)
    science = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Khoa")
    home = await world.joins("so_noi_vu", Role.STAFF, name="Nội")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Vân")
    code = (await world.ticket()).code
    await officer.says(f"{code} chuyển skhcn: thiết bị số")
    await science.says(f"{code} chuyển sở tài chính: là mua sắm")
    assert "không chuyển trả được" in (await science.last()).text
    assert (await world.ticket()).lead == "so_khoa_hoc_cong_nghe"
    await science.says("Sở Nội vụ: do biên chế")
    await home.says(f"{code} chuyển sở y tế, không đúng")
    ticket = await world.ticket()
    assert ticket.lead == "van_phong_ubnd"
    assert ticket.former == ["so_tai_chinh", "so_khoa_hoc_cong_nghe", "so_noi_vu"]
    assert "đề nghị Sở Y tế" in await heard(coordinator, "Sở NV chuyển sang")
    await coordinator.says(f"{code} chuyển sở tài chính vì mua sắm tập trung")
    assert (await world.ticket()).lead == "so_tai_chinh"


async def test_an_unknown_department_is_asked_again(world: World) -> None:
    _, officer, _ = await people(world)
    await officer.presses("Chuyển")
    await officer.says("cho người khác làm")
    assert "Chưa rõ đơn vị nào" in (await officer.last()).text
    await officer.says("Sở Tài chính")
    assert "đang ở" in (await officer.last()).text
    assert (await world.ticket()).former == []

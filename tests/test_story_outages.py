"""One failure of many communes: proposed, made with one press, carried once, confirmed by each."""

import pytest

from storage.people import Role
from tests.world import BUNDLED, Actor, World

TOLD = (
    "iOffice từ sáng không đăng nhập được, báo lỗi máy chủ",
    "ioffice k vao dc tu sang, bao loi 502",
    "Hệ thống iOffice bị treo, không gửi được văn bản",
    "phần mềm iOffice chậm, không mở được văn bản đến",
)
COMMUNES = ("chieu_luu", "con_cuong", "mon_son", "huu_kiem")
LEAD = "so_khoa_hoc_cong_nghe"
FIRE = "iOffice không vào được, phòng máy đang cháy, có 2 người mắc kẹt bên trong"


async def told(world: World, count: int = 3) -> tuple[list[Actor], Actor, Actor]:
    """Some communes report that iOffice is down; the desk and the coordinator are there."""
    desk = await world.joins(LEAD, Role.STAFF, name="Minh")
    coordinator = await world.joins("van_phong_ubnd_tinh", Role.COORDINATOR, name="Hà")
    officials = [await world.joins(unit, name=unit) for unit in COMMUNES]
    for official, text in list(zip(officials, TOLD, strict=True))[:count]:
        await official.says(text)
        await world.forward(minutes=10)
    return officials, desk, coordinator


async def shared(world: World) -> tuple[list[Actor], Actor]:
    officials, desk, coordinator = await told(world)
    await coordinator.presses("Lập việc chung")
    for person in (*officials, desk):
        await person.news()
    return officials, desk


async def test_three_communes_within_two_hours_are_proposed_once(world: World) -> None:
    officials, desk, coordinator = await told(world, 2)
    assert not any("Lập một việc chung" in text for text in await desk.heard())
    await officials[2].says(TOLD[2])
    await officials[3].says(TOLD[3])
    for person in (desk, coordinator):
        (text,) = [text for text in await person.heard() if "Lập một việc chung" in text]
        assert "3 xã cùng báo iOffice" in text
        assert "NA-26-000001 · Chiêu Lưu" in text
    assert len(await world.tickets()) == 4


async def test_reports_hours_apart_or_of_one_commune_are_not_proposed(world: World) -> None:
    officials, desk, _ = await told(world, 2)
    await officials[1].says(f"vụ mới: {TOLD[2]}")
    await world.forward(hours=3)
    await officials[2].says(TOLD[2])
    assert not any("Lập một việc chung" in text for text in await desk.heard())


async def test_one_press_makes_it_and_the_reports_rest(world: World) -> None:
    officials, desk, coordinator = await told(world)
    await desk.presses("Lập việc chung")
    *members, parent = await world.tickets()
    assert [ticket.outcome for ticket in members] == ["merged"] * 3
    assert {ticket.merged_id for ticket in members} == {parent.id}
    assert (parent.shared, parent.status, parent.lead, parent.urgency) == (
        True, "acknowledged", LEAD, "urgent"
    )  # fmt: skip
    promised = [ticket.acknowledge_by for ticket in members if ticket.acknowledge_by]
    assert parent.acknowledge_by == min(promised)
    assert [ticket.next_due_at is None for ticket in members] == [True] * 3
    assert parent.next_due_at is not None
    for official in officials[:3]:
        (text,) = [text for text in await official.heard() if "Đã có 3 xã báo việc này" in text]
        assert "tiếp nhận" in text
    cards = [text for text in await desk.heard() if "Sự cố chung: iOffice" in text]
    assert any("Đã có 3 xã báo: Chiêu Lưu, Con Cuông, Môn Sơn" in text for text in cards)

    await coordinator.presses("Lập việc chung")
    assert "Minh đã lập việc chung NA-26-000004" in (await coordinator.last()).text
    assert len(await world.tickets()) == 4


async def test_a_stranger_to_the_matter_cannot_press(world: World) -> None:
    officials, _, _ = await told(world)
    other = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    for person in (other, officials[0]):
        await person.presses_data("t:outmake:1:1")
    assert len(await world.tickets()) == 3


async def test_no_shared_matter_leaves_every_ticket_running(world: World) -> None:
    officials, desk, _ = await told(world)
    await desk.presses("Không chung")
    assert "không phải việc chung" in (await desk.last()).text
    await desk.presses_data("t:outmake:1:1")
    await officials[3].says(TOLD[3])
    assert [ticket.status for ticket in await world.tickets()] == ["new"] * 4
    assert sum("Lập một việc chung" in text for text in await desk.heard()) == 1


async def test_a_later_report_joins_by_itself_and_may_leave(world: World) -> None:
    officials, desk = await shared(world)
    await officials[3].says(TOLD[3])
    receipt = (await officials[3].last()).text
    assert "Đã có 4 xã báo việc này: nhập vào việc chung NA-26-000004" in receipt
    late = (await world.tickets())[4]
    assert (late.outcome, late.carded_at) == ("merged", None)
    assert not any(TOLD[3] in text for text in await desk.heard())

    await officials[3].presses("Việc khác")
    late = (await world.tickets())[4]
    assert (late.status, late.outcome, late.merged_id) == ("new", None, None)
    assert late.next_due_at is not None
    assert any(TOLD[3] in text for text in await desk.heard())
    assert sum("Lập một việc chung" in text for text in await desk.heard()) == 1


@pytest.mark.parametrize("words", ["việc khác", "viec khac", "5 việc khác", "5 tách ra"])
async def test_it_may_leave_by_words(world: World, words: str) -> None:
    officials, _ = await shared(world)
    await officials[3].says(TOLD[3])
    await officials[3].says(words)
    assert (await world.tickets())[4].status == "new"


async def test_one_act_of_the_desk_reaches_every_commune(world: World) -> None:
    officials, desk = await shared(world)
    await officials[3].says(TOLD[3])
    for official in officials:
        await official.news()
    for act, heard in (
        ("4 tiếp nhận", "đã tiếp nhận"),
        ("4 cập nhật: đang khởi động lại máy chủ", "đang khởi động lại máy chủ"),
        ("4 đã xử lý: máy chủ chạy lại từ 10:30", "máy chủ chạy lại từ 10:30"),
    ):
        await desk.says(act)
        for number, official in enumerate(officials):
            news = await official.news()
            code = f"NA-26-00000{(1, 2, 3, 5)[number]}"
            assert any(heard in text and code in text for text in news), (act, news)


async def test_each_commune_confirms_for_itself_and_the_last_one_closes_it(world: World) -> None:
    officials, desk = await shared(world)
    await desk.says("4 đã xử lý: máy chủ chạy lại")
    await officials[0].presses("Đã xong")
    await officials[1].says("đã xong")
    first, second, third, parent = await world.tickets()
    assert [t.outcome for t in (first, second, third)] == ["confirmed", "confirmed", "merged"]
    assert parent.status == "resolved"
    await officials[0].says("5")
    assert (await world.tickets())[0].rating == 5

    await officials[2].presses("Chưa xong")
    _, _, third, parent = await world.tickets()
    assert (third.status, third.merged_id) == ("new", None)
    assert (parent.status, parent.outcome) == ("closed", "confirmed")


async def test_a_commune_that_is_silent_does_not_keep_it_open(world: World) -> None:
    officials, desk = await shared(world)
    await desk.says("4 đã xử lý: máy chủ chạy lại")
    await officials[0].presses("Đã xong")
    await world.forward(days=4)
    assert any("đã xong chưa" in text for text in await officials[1].news())
    assert not any("đã xong chưa" in text for text in await officials[0].news())
    await world.forward(days=6)
    first, second, _, parent = await world.tickets()
    assert (parent.status, parent.outcome) == ("closed", "unconfirmed")
    assert (first.outcome, second.outcome) == ("confirmed", "merged")
    await officials[2].says("3 chấm 4")  # it did not say so, and may judge all the same
    assert (await world.tickets())[2].rating == 4
    await officials[1].says("2 mở lại")
    assert (await world.tickets())[1].status == "new"


@pytest.mark.parametrize("who", ["desk", "coordinator"])
async def test_a_desk_and_a_coordinator_take_a_member_out(world: World, who: str) -> None:
    officials, desk, coordinator = await told(world)
    await coordinator.presses("Lập việc chung")
    await {"desk": desk, "coordinator": coordinator}[who].says("1 tách ra")
    first = (await world.tickets())[0]
    assert (first.status, first.merged_id) == ("new", None)
    assert any("đã tách khỏi NA-26-000004" in text for text in await officials[0].heard())


async def test_when_all_have_left_it_is_cancelled(world: World) -> None:
    officials, _ = await shared(world)
    for official in officials[:3]:
        await official.presses("Việc khác")
    *members, parent = await world.tickets()
    assert parent.status == "cancelled"
    assert [ticket.status for ticket in members] == ["new"] * 3


async def test_people_at_risk_stay_a_ticket_of_their_own(world: World) -> None:
    officials, _ = await shared(world)
    await officials[3].says(FIRE)
    late = (await world.tickets())[4]
    assert (late.urgency, late.merged_id, late.status) == ("emergency", None, "new")
    coordinator = await world.joins("van_phong_ubnd_tinh", Role.COORDINATOR, name="Hà")
    await coordinator.says("5 gộp 4")
    assert "không gộp được" in (await coordinator.last()).text
    assert (await world.tickets())[4].merged_id is None


async def test_a_member_that_becomes_an_emergency_leaves(world: World) -> None:
    officials, desk = await shared(world)
    await officials[3].says(TOLD[3])
    await officials[3].presses("KHẨN CẤP")
    late = (await world.tickets())[4]
    assert (late.urgency, late.status, late.merged_id) == ("emergency", "new", None)
    assert any("Đã có 3 xã báo" in text for text in await desk.heard())


async def test_the_parent_alone_is_in_the_queue_and_on_the_ladder(world: World) -> None:
    officials, desk = await shared(world)
    await desk.says("/hangdoi")
    queue = (await desk.last()).text
    assert "NA-26-000004" in queue
    assert "NA-26-000001" not in queue
    await world.forward(days=2)
    history = await world.history()
    told_of = {event.ticket_id for event in history if event.kind in {"reminded", "escalated"}}
    assert told_of == {4}
    await officials[0].says("/phieu 1")
    assert "Việc chung NA-26-000004" in (await officials[0].last()).text


async def test_a_desk_is_told_to_ask_one_commune_at_a_time(world: World) -> None:
    _, desk = await shared(world)
    await desk.says("4 hỏi thêm: máy nào bị?")
    assert "việc chung của nhiều xã" in (await desk.last()).text


async def test_words_to_a_member_reach_the_shared_ticket(world: World) -> None:
    officials, desk = await shared(world)
    await officials[0].says("phiếu 1 máy của văn thư cũng bị như vậy")
    assert any("máy của văn thư" in text for text in await desk.news())
    await officials[0].says("phiếu 1 có 2 người bị điện giật bất tỉnh ở phòng máy")
    first = (await world.tickets())[0]
    assert first.merged_id is None


MANY = 15
ROAD = (
    "QL7 km 42 sạt lở ta luy, xe không qua được",
    "sat lo tren QL7 km 42+300, tac duong",
    "QL7 km 42+500 đất đá sạt lở xuống mặt đường, ách tắc",
    "Sạt lở QL7 km 42+100, xe tải không đi được",
)


async def test_a_road_section_is_shared_once_all_are_safe(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    officials = [await world.joins(unit, name=unit) for unit in COMMUNES]
    for official, text in list(zip(officials, ROAD, strict=True))[:3]:
        await official.says(text)
        await official.says("không")
    assert any("QL7 km 42 trong 2 giờ" in text for text in await desk.heard())
    await desk.presses("Lập việc chung")
    parent = (await world.tickets())[3]
    assert parent.summary == "Sự cố chung: QL7 km 42"

    await officials[3].says(ROAD[3])
    late = (await world.tickets())[4]
    assert (late.outcome, late.linked_id) == (None, parent.id)
    await officials[3].says("không")
    assert (await world.tickets())[4].merged_id == parent.id
    assert "Đã có 4 xã báo" in (await officials[3].last()).text


async def test_many_communes_take_a_desk_two_acts(world: World) -> None:
    desk = await world.joins(LEAD, Role.STAFF, name="Minh")
    units = [commune.code for commune in BUNDLED.communes][:MANY]
    officials = [await world.joins(unit, name=unit) for unit in units]
    for number, official in enumerate(officials):
        await official.says(TOLD[number % len(TOLD)])
        if number == 2:
            await desk.presses("Lập việc chung")
    await desk.says("4 đã xử lý: máy chủ chạy lại")
    for official in officials:
        await official.says("đã xong")
    *_, last = found = await world.tickets()
    assert len(found) == MANY + 1
    parent = found[3]
    assert (parent.shared, parent.outcome) == (True, "confirmed")
    assert {ticket.outcome for ticket in found} == {"confirmed"}
    assert last.carded_at is None
    cards = [text for text in await desk.heard() if "Lỗi phần mềm dùng chung" in text]
    assert len([text for text in cards if "Lập một việc chung" not in text]) == 3

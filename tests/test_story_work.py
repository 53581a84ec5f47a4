"""A department at work: it asks, promises, updates, assigns, and its head decides."""

from datetime import timedelta

import pytest

from storage.people import Role
from storage.tickets import Status
from tests.world import Actor, World, rules

SCANNER = "Trung tâm phục vụ hành chính công xã có 2 máy scan hỏng, xin cấp máy mới"
LANDSLIDE = "Sạt lở đất tràn vào 2 nhà dân bản Khe Tang, có người bị vùi, cần cứu gấp"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


async def people(world: World, *, head: bool = True) -> tuple[Actor, Actor, Actor]:
    """An official, an officer of Sở Tài chính, and its head."""
    official = await world.joins("con_cuong", name="Lan")
    officer = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    boss = await world.joins("so_tai_chinh", Role.HEAD, name="Bình") if head else officer
    await official.says(SCANNER)
    for someone in (official, officer, boss):
        await someone.news()
    return official, officer, boss


async def heard(actor: Actor, words: str) -> str:
    """The one new message with these words."""
    news = await actor.news()
    found = [text for text in news if words in text]
    assert len(found) == 1, news
    return found[0]


async def test_the_desk_asks_and_the_answer_comes_back_into_the_ticket(world: World) -> None:
    official, officer, _ = await people(world)
    before = await world.ticket()
    await officer.presses("Hỏi thêm")
    assert "hỏi xã điều gì" in (await officer.last()).text
    await officer.says("Máy mua năm nào, còn bảo hành không?")
    assert "Máy mua năm nào" in await heard(official, "hỏi:")
    ticket = await world.ticket()
    assert ticket.status == Status.WAITING
    assert ticket.waiting_since == world.now

    await world.forward(hours=5)
    await official.says("mua nam 2019, het bao hanh roi")
    assert "mua nam 2019" in await heard(officer, "trả lời:")
    ticket = await world.ticket()
    assert ticket.status == Status.IN_PROGRESS
    assert ticket.text == SCANNER
    assert before.result_by is not None and ticket.result_by is not None
    assert ticket.result_by > before.result_by  # the clock stood still
    assert len(await world.tickets()) == 1


async def test_an_emergency_waits_for_nobody(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(LANDSLIDE)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF, name="Trực")
    await officer.says(f"{ticket.code[-6:]} hỏi thêm: Máy xúc vào được tới đâu?")
    assert "tạm dừng" not in await heard(official, "Máy xúc")
    await world.forward(minutes=20)
    await official.says("vao duoc toi cau ban Khe Tang")
    assert (await world.ticket()).result_by == ticket.result_by


async def test_a_promise_is_seen_and_a_far_one_needs_the_head(world: World) -> None:
    official, officer, boss = await people(world)
    await officer.presses("Hẹn ngày")
    await officer.says("sớm thôi")
    assert "chưa thấy ngày" in (await officer.last()).text
    await officer.says("thứ 6 tuần này")
    assert "27/11/2026" in await heard(official, "hẹn thứ Sáu")
    assert "hẹn thứ Sáu 27/11/2026" in (await officer.heard())[0]

    await officer.says("hẹn: cuối tháng 1")
    assert "trình lãnh đạo" in (await officer.last()).text
    assert not [text for text in await official.news() if "31/01" in text]
    assert "hẹn ngày" in await heard(boss, "trình duyệt")
    await boss.presses("Duyệt")
    assert "Lãnh đạo đơn vị duyệt 09:00" in await heard(official, "31/01/2027")
    assert "đã báo xã" in await heard(officer, "duyệt 09:00")


async def test_a_day_that_has_passed_is_asked_again(world: World) -> None:
    _, officer, _ = await people(world)
    await officer.presses("Hẹn ngày")
    await officer.says("20/11")
    assert "đã qua" in (await officer.last()).text
    await officer.says("mai")
    assert (await world.ticket()).promised_at is not None


async def test_no_resources_goes_through_the_head_and_the_commune_may_object(
    world: World,
) -> None:
    official, officer, boss = await people(world)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Vân")
    await officer.presses("Việc khác")
    await officer.presses("Chưa có nguồn")
    await officer.says("Chưa có nguồn năm 2026, đã đưa vào dự toán 2027, báo lại 15/01/2027")
    assert await official.news() == []
    await boss.presses("Sửa lại")
    await boss.says("Nêu rõ mục chi")
    assert "Nêu rõ mục chi" in await heard(officer, "đề nghị sửa")
    await boss.presses("Duyệt")
    assert "không còn gì chờ duyệt" in (await boss.last()).text
    ticket = await world.ticket()
    assert ticket.status == Status.NEW

    await officer.says(f"{ticket.code} chưa có nguồn lực: mục 6900, báo lại 15/01/2027")
    await boss.news()
    await boss.presses("Duyệt")
    told = await heard(official, "chưa có nguồn lực")
    assert "duyệt 09:00" in told and "15/01/2027" in told
    assert (await world.ticket()).status == Status.PLANNED
    await officer.says(f"{ticket.code} chưa có nguồn lực: mục 6900, báo lại 15/01/2027")
    assert "hiện: Đã trả lời (chưa có nguồn lực)" in (await officer.last()).text
    assert not [text for text in await boss.news() if "trình duyệt" in text]
    await official.presses("Chưa đồng ý")
    assert "chưa đồng ý" in await heard(coordinator, "mục 6900")
    assert "disagreed" in await world.events()


async def test_a_signed_document_counts_as_the_heads_word(world: World) -> None:
    official, officer, _ = await people(world, head=False)
    await officer.presses("Đã xử lý")
    await officer.says("đã cấp 2 máy scan mới")
    assert "số văn bản đã ký" in (await officer.last()).text
    assert (await world.ticket()).status == Status.NEW
    await officer.says("đã cấp 2 máy theo 1806/STC-QLNS")
    ticket = await world.ticket()
    assert (ticket.status, ticket.document) == (Status.RESOLVED, "1806/STC-QLNS")
    await heard(official, "báo đã xử lý")


async def test_the_head_needs_nobody(world: World) -> None:
    official, _, boss = await people(world)
    await boss.says("/phieu 1")
    await boss.presses("Đã xử lý")
    await boss.says("đã cấp 2 máy")
    assert "Lãnh đạo đơn vị duyệt" in await heard(official, "báo đã xử lý")


async def test_what_is_not_about_money_an_officer_resolves_alone(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    officer = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Khoa")
    await official.says(SOFTWARE)
    await officer.presses("Đã xử lý")
    await officer.says("đã khởi động lại máy chủ")
    assert (await world.ticket()).status == Status.RESOLVED


async def test_beyond_the_province_waits_for_the_centre(world: World) -> None:
    official, officer, boss = await people(world)
    await boss.says("/phieu 1")
    await boss.presses("Việc khác")
    await boss.presses("Ngoài thẩm quyền")
    await boss.says("theo Điều 9 Luật Ngân sách, thuộc thẩm quyền Bộ Tài chính")
    assert "vượt thẩm quyền" in await heard(official, "kiến nghị Trung ương")
    assert (await world.ticket()).status == Status.AWAITING_GUIDANCE
    await officer.presses("Có trả lời")
    await officer.says("Công văn 99/BTC-NSNN: địa phương tự cân đối")
    ticket = await world.ticket()
    assert (ticket.status, ticket.outcome) == (Status.CLOSED, "out_of_competence")
    await heard(official, "Trung ương đã trả lời")


async def test_a_sentence_after_an_act_is_a_note_that_one_tap_sends(world: World) -> None:
    official, officer, _ = await people(world)
    await officer.says("1 tiếp nhận")
    await official.news()
    await officer.says("cử người đi rồi, dự kiến 14h tới nơi")
    assert "đã ghi chú nội bộ, xã không thấy" in (await officer.last()).text
    assert await official.news() == []
    await officer.presses("Gửi cho xã")
    assert "“cử người đi rồi, dự kiến 14h tới nơi”" in (await official.news())[-1]
    await officer.says("vâng ạ")
    assert "Vâng ạ" in (await officer.last()).text
    world.now += timedelta(minutes=31)
    await officer.says("sáng nay họp giao ban ở phòng số hai")
    assert "Phiếu của đơn vị đến đây" in (await officer.last()).text


async def test_an_update_and_an_internal_note(world: World) -> None:
    official, officer, _ = await people(world)
    await officer.presses("Tiếp nhận")
    await official.news()
    await officer.presses("Cập nhật")
    await officer.says("đang xin báo giá")
    assert "đang xin báo giá" in await heard(official, "cập nhật")
    assert (await world.ticket()).status == Status.IN_PROGRESS
    card = (await officer.chat.screen())[2]
    await officer.says("máy này hãng ngừng bán", reply_to=card.receipt)
    assert await official.news() == []
    await officer.presses("Gửi cho xã")
    assert "ngừng bán" in await heard(official, "cập nhật")
    await officer.presses("Gửi cho xã")
    assert await official.news() == []


async def test_a_colleague_is_put_in_charge(world: World) -> None:
    _, officer, boss = await people(world)
    await officer.presses("Việc khác")
    await officer.presses("Phân công")
    await officer.says("ai đó")
    assert "chưa rõ là ai" in (await officer.last()).text
    await officer.presses("Bình")
    assert "giao anh/chị phụ trách" in await heard(boss, "Tài giao")
    assert (await world.ticket()).assignee_id == 3
    await boss.says("phân công: tai")
    assert "giao anh/chị phụ trách" in await heard(officer, "Bình giao")


async def test_an_emergency_is_lowered_with_a_reason_and_raised_again(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(LANDSLIDE)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF, name="Trực")
    await official.news()
    await officer.says(f"{ticket.code} hạ mức: đã kiểm tra, không có ai bị vùi")
    assert "không có ai bị vùi" in await heard(official, "hạ mức")
    assert (await world.ticket()).urgency == "urgent"
    await official.presses("KHẨN CẤP")
    assert (await world.ticket()).urgency == "emergency"


async def test_a_pause_counts_from_new_deadlines_on(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(LANDSLIDE)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF, name="Trực")
    await officer.says(f"{ticket.code} hỏi thêm: Máy xúc vào được tới đâu?")
    await world.forward(hours=2)
    await officer.says(f"{ticket.code} hạ mức: đã kiểm tra, không có ai bị vùi")
    lowered = await world.ticket()
    assert (lowered.status, lowered.waiting_since) == (Status.WAITING, world.now)
    await world.forward(minutes=20)
    await official.says("vao duoc toi cau ban Khe Tang")
    after = await world.ticket()
    assert after.status == Status.IN_PROGRESS
    assert after.result_by is not None and lowered.result_by is not None
    calendar = rules().calendar_of(after.lead)
    assert calendar.office_minutes_between(lowered.result_by, after.result_by) == 20


@pytest.mark.parametrize("move", ["Hỏi thêm", "Hẹn ngày", "Đã xử lý", "Chuyển", "Tiếp nhận"])
async def test_an_old_card_changes_nothing(world: World, move: str) -> None:
    official, officer, _ = await people(world)
    card = next(message for message in await officer.chat.screen() if message.buttons)
    press = dict(card.buttons)[move]
    await official.says("hủy")
    await officer.presses_data(press)
    assert (await world.ticket()).status == Status.CANCELLED
    assert "Nút này đã cũ" in (await officer.last()).text


async def test_a_press_is_taken_back(world: World) -> None:
    official, officer, _ = await people(world)
    await officer.presses("Hỏi thêm")
    await officer.says("thôi")
    assert "vẫn như trước" in (await officer.last()).text
    assert await official.news() == []


async def test_a_typed_label_is_not_taken_for_the_words_it_asks_for(world: World) -> None:
    _, officer, boss = await people(world)
    await officer.says("1 chưa có nguồn lực: chưa có tiền, báo lại 15/01/2027")
    await officer.news()
    await boss.says("sửa lại")
    assert "sửa gì" in (await boss.last()).text
    assert not [text for text in await officer.news() if "đề nghị sửa" in text]
    await boss.says("Nêu rõ mục chi")
    assert "Nêu rõ mục chi" in await heard(officer, "đề nghị sửa")


async def test_a_typed_label_does_not_close_what_waits_for_the_centre(world: World) -> None:
    _, officer, boss = await people(world)
    await boss.says("1 ngoài thẩm quyền: theo Điều 9 Luật Ngân sách")
    await officer.says("/phieu 1")
    await officer.says("có trả lời")
    assert "Trung ương trả lời thế nào" in (await officer.last()).text
    assert (await world.ticket()).status == Status.AWAITING_GUIDANCE

"""Coordinating units: who is asked when, who has taken it, who blocks, and who answers whom."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Role
from storage.tasks import Task
from tests.world import Actor, World

OUTAGE = "Cả bản Xiêng Thù mất điện từ hôm qua, đề nghị điện lực kiểm tra"
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SLIDE = "Sạt lở đường vào bản Khe Tang, đất đá tràn xuống 2 nhà dân, xe không qua được"
TOWER = "Trạm phát sóng truyền hình, tháp phát sóng bị gãy đổ"
FAITH = "Có nhóm người lạ đến bản truyền đạo trái phép, đạo lạ, bà con hoang mang"


async def tasks_of(world: World) -> list[Task]:
    async with world.database.reading() as session:
        return list((await session.execute(select(Task).order_by(col(Task.id)))).scalars())


async def states(world: World) -> list[tuple[str, str]]:
    return [(task.unit, task.status) for task in await tasks_of(world)]


def among(texts: list[str], words: str) -> str:
    """The one text that holds some words."""
    (found,) = [text for text in texts if words in text]
    return found


async def bridge(world: World) -> tuple[Actor, Actor, Actor]:
    """An urgent ticket with a lead, and the coordinating unit that nobody has asked yet."""
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    other = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    await official.says(BRIDGE)
    await official.says("không")
    await lead.says("1 tiếp nhận")
    return official, lead, other


@pytest.mark.needs("changes")
async def test_who_does_the_work_has_card_and_task_with_the_leads_card(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_cong_thuong", Role.STAFF, name="Công")
    power = await world.joins("evn_nghe_an", Role.STAFF, name="Điện")
    await official.says(OUTAGE)
    assert await states(world) == [("evn_nghe_an", "asked")]
    assert "Chờ: Điện lực (hạn" in among(await lead.heard(), "mất điện")
    card = among(await power.heard(), "mất điện")
    assert "Việc phối hợp: trả lời trước" in card
    assert await power.labels() == ["Nhận việc", "Trả lời"]

    await lead.news()
    await power.presses("Nhận việc")
    assert "đã nhận việc (Điện)" in among(await lead.news(), "đã nhận việc")
    assert "✅ Đã nhận việc 09:00" in among(await power.heard(), "✅")
    await power.presses("Trả lời")
    await official.news()
    await power.says("Đã đóng lại điện lúc 9 giờ")
    assert "“Đã đóng lại điện lúc 9 giờ”" in among(await lead.news(), "Đến nay")
    assert await official.news() == []
    assert "Phối hợp: Điện lực đã trả lời." in among(await lead.heard(), "· phối hợp")
    kinds = await world.events()
    assert [kind for kind in kinds if kind.startswith(("inv", "task"))] == [
        "invited", "task_acknowledged", "task_answered",
    ]  # fmt: skip


async def test_in_an_emergency_everybody_has_a_task_at_once(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    soldiers = await world.joins("bo_chqs_tinh", Role.STAFF, name="Quân")
    await official.says(SLIDE)
    units = ["so_xay_dung", "bo_chqs_tinh", "cong_an_tinh"]
    assert await states(world) == [(unit, "asked") for unit in units]
    assert await soldiers.labels() == ["Nhận việc", "Trả lời"]
    await soldiers.says("nhan viec")
    assert ("bo_chqs_tinh", "acknowledged") in await states(world)
    assert any("đã nhận việc (Quân)" in text for text in await lead.heard())


async def test_raised_to_an_emergency_the_others_are_asked_and_the_asked_are_hastened(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await world.joins("so_cong_thuong", Role.STAFF)
    power = await world.joins("evn_nghe_an", Role.STAFF)
    await official.says(OUTAGE)
    (before,) = await tasks_of(world)
    await official.says("khẩn cấp")
    (after,) = await tasks_of(world)
    assert before.answer_by and after.answer_by and after.answer_by < before.answer_by
    assert "KHẨN CẤP" in (await power.last()).text


async def test_otherwise_a_unit_hears_only_when_the_lead_invites_it(world: World) -> None:
    official, lead, other = await bridge(world)
    assert await other.news() == []
    await lead.says("1 mời phối hợp")
    assert "Sở TC" in await lead.labels()
    await lead.presses("Sở TC")
    await official.news()
    await lead.says("Bố trí được 1,2 tỷ sửa cầu không? hạn thứ 6")
    assert "trả lời trước 17:00 thứ Sáu 27/11" in (await lead.last()).text
    card = among(await other.news(), BRIDGE)
    assert "Sở XD hỏi: “Bố trí được 1,2 tỷ sửa cầu không? hạn thứ 6”" in card
    assert await official.news() == []
    await lead.says("/phieu 1")
    assert "Chờ: Sở TC (hạn 17:00 thứ Sáu 27/11)" in (await lead.last()).text


@pytest.mark.parametrize(
    "words",
    [
        "1 moi phoi hop So Tai chinh: bo tri duoc khong",
        "mời phối hợp: stc bố trí được không",
        "1 mời phối hợp Sở Tài chính bố trí được không",
    ],
)
async def test_unit_and_question_in_one_message(world: World, words: str) -> None:
    _, lead, _other = await bridge(world)
    await lead.says("/phieu 1")
    await lead.says(words)
    (task,) = await tasks_of(world)
    assert task.unit == "so_tai_chinh"
    assert task.question.startswith("b")
    assert task.answer_by == (await world.ticket()).answer_by  # the same period, from the same day


async def test_any_unit_may_be_typed_and_sees_the_ticket_then(world: World) -> None:
    _, lead, _other = await bridge(world)
    health = await world.joins("so_y_te", Role.STAFF)
    await lead.says("1 mời phối hợp: Sở Không Có")
    assert "chưa rõ là đơn vị nào" in (await lead.last()).text
    await lead.says("Sở Y tế")
    assert "hỏi Sở Y tế điều gì" in (await lead.last()).text
    await lead.says("có ai bị thương không?")
    assert await states(world) == [("so_y_te", "asked")]
    await health.says("/phieu 1")
    assert BRIDGE in (await health.last()).text
    assert await health.labels() == ["Nhận việc", "Trả lời"]
    await health.says("/viec")
    assert "1 việc phối hợp" in (await health.last()).text


async def test_the_lead_itself_and_a_day_that_has_passed_are_asked_again(world: World) -> None:
    _, lead, _other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Xây dựng: làm gì")
    assert "đang chủ trì" in (await lead.last()).text
    await lead.says("Sở Tài chính: bố trí được không? hạn 20/11")
    assert "hạn này đã qua" in (await lead.last()).text
    await lead.says("bố trí được không? trước 26/11")
    assert await states(world) == [("so_tai_chinh", "asked")]


async def test_the_second_answer_shows_the_lead_all_of_them(world: World) -> None:
    _, lead, finance = await bridge(world)
    farms = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Nông")
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không")
    await lead.says("1 mời phối hợp Sở Nông nghiệp và Môi trường: nước còn lên không")
    await lead.news()
    await finance.says("1 trả lời Bố trí được 800 triệu")
    first = among(await lead.news(), "Đến nay")
    assert "“Bố trí được 800 triệu”" in first
    assert "Chờ: Sở NN&MT (hạn" in first
    assert "Sở TC đã trả lời" in first
    await farms.says("trả lời: Nước đang rút")
    second = among(await lead.news(), "Đến nay")
    assert "“Bố trí được 800 triệu”" in second
    assert "“Nước đang rút”" in second
    assert "Đã đủ ý kiến" in second


async def test_a_unit_is_reminded_once_when_its_answer_is_due(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không? hạn 24/11")
    await other.news()
    await world.forward(days=1, hours=9)
    assert "đang chờ Sở TC trả lời, đã đến hạn" in among(await other.news(), "đến hạn")
    assert "Sở TC (quá hạn 17:00" in among(await lead.heard(), "quá hạn")
    await world.forward(days=3)
    assert not any("đến hạn" in text for text in await other.news())
    assert (await world.events()).count("task_reminded") == 1


async def test_who_has_answered_is_not_reminded(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không? hạn 24/11")
    await other.says("1 trả lời được")
    await other.news()
    await world.forward(days=3)
    assert await other.news() == []


@pytest.mark.needs("changes")
async def test_an_ended_ticket_ends_the_tasks_and_the_cards_say_so(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    old = (await other.last()).buttons
    await lead.says("1 đã xử lý đã gia cố tạm")
    assert await states(world) == [("so_tai_chinh", "cancelled")]
    assert "Việc phối hợp đã dừng" in among(await other.heard(), BRIDGE)
    await other.presses_data(old[0][1])
    assert "đã dừng" in (await other.last()).text
    await world.forward(days=5)
    assert "task_reminded" not in await world.events()


async def test_a_rerouted_ticket_ends_the_tasks_of_its_former_lead(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_cong_thuong", Role.STAFF)
    power = await world.joins("evn_nghe_an", Role.STAFF)
    health = await world.joins("so_y_te", Role.STAFF)
    await official.says(OUTAGE)
    await lead.says("1 mời phối hợp Sở Y tế: trạm y tế có máy phát không?")
    await power.news()
    await lead.says("1 chuyển Sở Xây dựng: đường dây nằm trong công trình của Sở")
    assert (await world.ticket()).lead == "so_xay_dung"
    assert await states(world) == [
        ("evn_nghe_an", "cancelled"), ("so_y_te", "cancelled"), ("evn_nghe_an", "asked"),
    ]  # fmt: skip
    assert "Việc phối hợp đã dừng" in among(await health.heard(), OUTAGE)
    assert "Việc phối hợp: trả lời trước" in (await power.news())[-1]


async def test_the_card_leads_to_the_invitation(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.presses("Việc khác")
    await lead.presses("Mời phối hợp")
    await lead.says("Sở Tài chính: bố trí được không?")
    assert "Sở XD hỏi" in (await other.last()).text


async def test_reopened_who_does_the_work_is_asked_anew(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_cong_thuong", Role.STAFF)
    await world.joins("evn_nghe_an", Role.STAFF)
    await official.says(OUTAGE)
    await lead.says("1 đã xử lý đã có điện")
    await official.says("chưa xong, vẫn mất điện")
    assert await states(world) == [("evn_nghe_an", "cancelled"), ("evn_nghe_an", "asked")]


async def test_the_communes_own_committee_is_asked_and_answers(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    colleague = await world.joins("chieu_luu", name="Minh")
    stranger = await world.joins("con_cuong", name="Xa")
    lead = await world.joins("so_van_hoa_the_thao_du_lich", Role.STAFF)
    await official.says(TOWER)
    await lead.says("1 mời phối hợp")
    if "Chiêu Lưu" in await lead.labels():  # an emergency has asked it already
        await lead.presses("Chiêu Lưu")
    else:
        await lead.says("UBND xã Chiêu Lưu")
    await lead.says("ai đang giữ chìa khóa trạm?")
    assert ("chieu_luu", "asked") in await states(world)
    await stranger.says("1 trả lời tôi giữ")
    assert ("chieu_luu", "asked") in await states(world)
    await colleague.says("1 trả lời anh Vi Văn Pha giữ chìa khóa")
    assert ("chieu_luu", "answered") in await states(world)
    assert any("anh Vi Văn Pha giữ chìa khóa" in text for text in await lead.heard())


async def test_a_communes_number_answers_its_safety_question_not_its_task(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await world.joins("so_van_hoa_the_thao_du_lich", Role.STAFF)
    await official.says(f"{TOWER}, có người bị đè")
    await official.says("khẩn cấp")
    await official.says("2")
    assert all(status == "asked" for _, status in await states(world))


async def test_asked_twice_the_same_a_unit_hears_it_once(world: World) -> None:
    _, lead, other = await bridge(world)
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    await other.news()
    await lead.says("1 mời phối hợp Sở Tài chính: bố trí được không?")
    assert await other.news() == []
    await lead.says("1 mời phối hợp Sở Tài chính: bao giờ có vốn?")
    assert "bố trí được không?\nbao giờ có vốn?" in (await other.last()).text
    assert len(await tasks_of(world)) == 1


async def test_a_restricted_matter_keeps_question_and_answer_off_channels_abroad(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    lead = await world.joins("so_dan_toc_ton_giao", Role.STAFF)
    other = await world.joins("so_noi_vu", Role.STAFF)
    await official.says(FAITH)
    assert (await world.ticket()).restricted
    await lead.says("1 mời phối hợp Sở Nội vụ: tên người đó là gì")
    await other.says("1 trả lời tên là Bí Mật")
    cards = [*await lead.heard(), *await other.heard()]
    shown = [text for text in cards if "Bí Mật" in text or "tên người đó là gì”" in text]
    assert bool(shown) == (world.channel != "telegram")

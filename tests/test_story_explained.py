"""Why: each automatic act of a ticket in plain words, for whoever may see the ticket."""

from storage.people import Role
from tests.doubts import unsure_text
from tests.world import World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


async def test_a_reporter_asks_why(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await staff.presses("Tiếp nhận")
    card = (await staff.chat.screen())[-1]
    await staff.says("ghi chú: gọi Viettel", reply_to=card.receipt)
    await official.news()
    await official.says("vì sao")
    (told,) = await official.news()
    assert told.startswith("NA-26-000001: chương trình đã tự làm")
    assert "phân loại: Vì có “" in told
    assert "Độ tin: 98 %, chắc chắn." in told
    assert "giao đơn vị: Bảng phân công bản 1" in told
    assert "do Sở Khoa học và Công nghệ chủ trì" in told
    assert "Căn cứ: " in told
    assert "Mức Gấp: hạn tiếp nhận" in told
    assert "gói dữ liệu Nghệ An bản 1, dùng từ 23/11/2026" in told
    assert "Minh" not in told
    assert "Viettel" not in told.replace("VNPT, Viettel", "")

    for asked in ("/visao NA-26-000001", "vi sao 1", "1 vì sao", "/vìsao 1"):
        await official.says(asked)
        assert await official.news() == [told]


async def test_each_step_of_an_unsure_ticket_says_its_rule(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(unsure_text())
    await world.forward(minutes=16)
    await official.says("khẩn cấp")
    await official.news()
    await official.says("/visao 1")
    (told,) = await official.news()
    assert "chưa chắc, nên hỏi xã" in told
    assert "Quá 15 phút xã chưa chọn đơn vị" in told
    assert "nâng mức: Cán bộ xã chọn KHẨN CẤP." in told


async def test_who_may_not_see_a_ticket_hears_nothing_of_it(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("so_ngoai_vu", Role.STAFF, name="Nga")
    await official.says(SOFTWARE)
    await other.says("/visao 1")
    assert "Không có phiếu này" in (await other.news())[-1]
    await other.presses_data("t:why:1:0")
    assert "Không có phiếu này" in (await other.news())[-1]
    await other.says("/visao")
    assert "Phiếu nào ạ" in (await other.news())[-1]


async def test_a_restricted_ticket_is_not_explained_on_telegram(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says("Có cháu bé bị bố dượng bạo hành ở bản, cần can thiệp bảo vệ trẻ em")
    ticket = await world.ticket()
    assert ticket.restricted
    await official.news()
    await official.says("/visao 1")
    told = "\n".join(await official.news())
    assert ("Vì có" in told) == (world.channel != "telegram")
    assert "phân loại" in told


async def test_a_long_history_is_split(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(unsure_text())
    async with world.database.transaction() as session:
        from storage import tickets  # noqa: PLC0415  only here

        ticket = await tickets.by_id(session, 1)
        assert ticket is not None
        for n in range(30):
            tickets.log(session, ticket, "reminded", at=world.now, actor="clock", rule=f"lần {n}")
    await official.news()
    await official.says("/visao 1")
    first, second = await official.news()
    assert "20. " in first
    assert "21. " not in first
    assert "Quy tắc:" not in first
    assert "Quy tắc:" in second


async def test_a_reminder_says_why_it_came(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await staff.news()
    await world.forward(days=1)
    await staff.presses("Vì sao")
    told = (await staff.news())[-1]
    assert "nhắc việc: " in told
    assert "quy trình đôn đốc" in told

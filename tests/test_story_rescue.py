"""A rescue told line by line: every word of it stays in the one emergency, and none is lost."""

from storage.people import Role
from tests.world import World

LEAD, ROADS = "so_nong_nghiep_moi_truong", "so_xay_dung"
FLOOD = (
    "nước lũ lên nhanh lắm, 3 nhà sát khe Choăng bị ngập tới mái, có mấy người trên mái nhà chưa ra"
    " được"
)
BURIED = "cuu voi sat lo de nha roi o ban Luu Tan"


async def test_what_is_told_of_a_rescue_opens_no_ticket_of_its_own(world: World) -> None:
    desk = await world.joins(LEAD, Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(FLOOD)
    await official.says("5 người, 2 trẻ em")
    assert any("5 người, 2 trẻ em" in text for text in await desk.news())
    await official.says("cần xuồng gấp, đt trưởng bản ko liên lạc đc")
    await official.says("mất hết lúa với trâu, dân xin hỗ trợ gạo với mì tôm")
    await world.forward(hours=1)
    await official.says("duong vao bi bit xe cap cuu k vao dc")
    await official.says("xin quan tai voi tien mai tang cho gia dinh")
    await official.news()
    await official.says("đưa ra được hết rồi, không ai sao")
    (calm,) = await official.news()
    assert "112" not in calm
    assert len(await world.tickets()) == 1
    heard = "\n".join(await desk.news())
    for words in ("cần xuồng gấp", "mì tôm", "xe cap cuu", "mai tang", "không ai sao"):
        assert words in heard


async def test_whether_somebody_comes_is_answered_with_how_it_stands(world: World) -> None:
    await world.joins(LEAD, Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(FLOOD)
    for words in ("có ai tới chưa", "cuu ho den dau roi", "sao chưa thấy ai lên"):
        await official.news()
        await official.says(words)
        (told,) = await official.news()
        assert "NA-26-000001" in told
        assert "chưa ai nhận" in told
    assert len(await world.tickets()) == 1


async def test_news_is_no_answer_to_where_it_is(world: World) -> None:
    desk = await world.joins(LEAD, Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says("Nước khe dâng nhanh, ngập tới mái mấy nhà, bà con đang trên mái")
    await official.says("Có")
    assert "bản, xóm nào" in (await official.last()).text
    await official.says("chau mat roi")
    ticket = await world.ticket()
    assert ticket.place == ""
    assert any("chau mat roi" in text for text in await desk.news())
    await official.says("bản Lưu Tân")
    assert (await world.ticket()).place == "bản Lưu Tân"


async def test_what_answers_in_an_emergency_is_said_aloud_to_its_desk(world: World) -> None:
    desk = await world.joins("cong_an_tinh", Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says("cháy nhà anh em ơi, xóm 4, lửa to lắm")
    await official.says("nhà sàn gỗ 5 gian")
    await desk.news()
    await official.says("có bà cụ 80t trong nhà")
    assert any("có bà cụ 80t trong nhà" in text for text in await desk.news())


async def test_who_helps_hears_what_is_added_to_an_emergency(world: World) -> None:
    await world.joins(LEAD, Role.STAFF)
    roads = await world.joins(ROADS, Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(BURIED)
    await roads.news()
    await official.says("2 me con con trong nha")
    assert any("2 me con con trong nha" in text for text in await roads.news())


async def test_what_is_added_calls_for_the_unit_that_it_concerns(world: World) -> None:
    await world.joins(LEAD, Role.STAFF)
    roads = await world.joins(ROADS, Role.STAFF)
    official = await world.joins("con_cuong")
    await official.says(FLOOD)
    assert not any("NA-26" in text for text in await roads.news())
    await official.says("Có")
    await official.says("duong vao bi bit xe cap cuu k vao dc")
    assert "Đã báo thêm Sở Xây dựng" in (await official.last()).text
    (card,) = await roads.news()
    assert "duong vao bi bit" in card
    assert await roads.labels() == ["Nhận việc", "Trả lời"]
    await official.says("duong vao con bi cay do chan")
    assert "Đã báo thêm" not in (await official.last()).text
    assert any("cay do chan" in text for text in await roads.news())


async def test_who_is_there_calls_for_no_other_unit(world: World) -> None:
    await world.joins(LEAD, Role.STAFF)
    children = await world.joins("so_y_te", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(BURIED)
    await official.says("5 người, 2 trẻ em")
    assert "Đã báo thêm" not in (await official.last()).text
    assert not any("5 người" in text for text in await children.heard())


async def test_a_typed_word_means_the_ticket_as_it_stands(world: World) -> None:
    desk = await world.joins(LEAD, Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(BURIED)
    await official.says("duong vao bi bit xe cap cuu k vao dc")
    await desk.says("tôi nhận")  # the newest buttons are those of before
    await desk.says("xong")
    assert "đã làm gì ạ" in (await desk.last()).text
    await desk.says("đã đưa 5 người ra trạm y tế, dân quân trực tại chỗ")
    assert (await world.ticket()).status == "resolved"
    await official.says("đúng rồi")
    assert (await world.ticket()).status == "closed"


async def test_nobody_under_a_landslide_is_asked_which_department_it_is(world: World) -> None:
    await world.joins(LEAD, Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(BURIED)
    assert (await world.ticket()).urgency == "emergency"
    assert not any("thuộc đơn vị nào" in text for text in await official.heard())
    for words in ("sdt truong ban 0912345678", "sat them mot mang nua"):
        await official.says(words)
        assert f"“{words}”" in (await official.last()).text
    assert len(await world.tickets()) == 1


async def test_a_matter_of_the_office_is_none_of_the_emergency(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says(FLOOD)
    await world.forward(minutes=50)
    await official.says("máy scan ở bộ phận một cửa hỏng từ sáng, xin thay máy mới")
    assert [ticket.urgency for ticket in await world.tickets()] == ["emergency", "normal"]

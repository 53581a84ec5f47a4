"""Two reports of one matter: asked after the receipt, merged, heard of together, taken apart."""

import pytest

from storage.people import Role
from tests.world import Actor, World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
AGAIN = "Cầu tràn Xiêng Thù trôi một nhịp, xe máy chưa qua được"
OTHER_BRIDGE = "Cầu tràn bản Lưu Hòa bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
LANDSLIDE = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"


async def two_reports(world: World) -> tuple[Actor, Actor, Actor]:
    """Lan has reported the bridge; Mai of the same office now tells of it too."""
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    desk = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await lan.says(BRIDGE)
    await lan.says("không")
    await mai.says(AGAIN)
    return lan, mai, desk


async def merged(world: World) -> tuple[Actor, Actor, Actor]:
    lan, mai, desk = await two_reports(world)
    await mai.presses("Gộp vào")
    for person in (lan, mai, desk):
        await person.news()
    return lan, mai, desk


async def test_the_second_reporter_is_asked_after_the_receipt(world: World) -> None:
    lan, mai, desk = await two_reports(world)
    first, second = await world.tickets()
    heard = await mai.heard()
    (receipt,) = (n for n, text in enumerate(heard) if "Chủ trì" in text)
    (hint,) = (n for n, text in enumerate(heard) if "Có phải cùng việc với NA-26-000001" in text)
    assert receipt < hint
    assert any(AGAIN in text for text in await desk.news())
    assert (second.status, second.merged_id) == ("new", None)

    await mai.presses("Gộp vào")
    first, second = await world.tickets()
    assert (second.status, second.outcome, second.merged_id) == ("closed", "merged", first.id)
    assert any("đã gộp vào NA-26-000001" in text for text in await mai.news())
    assert any("cũng báo việc này (NA-26-000002)" in text for text in await lan.news())
    heard = await desk.heard()
    assert any("cũng báo việc này (NA-26-000002)" in text and AGAIN in text for text in heard)
    assert any("Đã gộp vào phiếu khác" in text for text in heard)


@pytest.mark.parametrize("words", ["gộp vào", "gop vao", "2 gộp vào"])
async def test_it_may_be_typed_although_a_question_followed(world: World, words: str) -> None:
    _, mai, _ = await two_reports(world)
    await mai.says(words)
    assert (await world.tickets())[1].outcome == "merged"


async def test_no_answer_keeps_a_ticket_of_its_own(world: World) -> None:
    _, mai, _ = await two_reports(world)
    await mai.says("không")
    second = (await world.tickets())[1]
    assert second.status == "new"
    assert any(answer.endswith("Không") for answer in second.answers.values())
    await mai.presses("Việc khác")
    assert "vẫn là phiếu riêng" in (await mai.last()).text
    await mai.says("2 việc khác")
    assert "vẫn là phiếu riêng" in (await mai.last()).text
    assert (await world.tickets())[1].status == "new"


@pytest.mark.parametrize("text", [SCANNER, OTHER_BRIDGE, LANDSLIDE, f"vụ mới: {AGAIN}"])
async def test_what_is_another_matter_is_not_asked_about(world: World, text: str) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    await lan.says(BRIDGE)
    await mai.says(text)
    assert len(await world.tickets()) == 2
    assert not any("Có phải cùng việc" in heard for heard in await mai.heard())


async def test_an_emergency_is_never_asked_about(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    await lan.says(LANDSLIDE)
    await mai.says(LANDSLIDE)
    assert len(await world.tickets()) == 2
    assert not any("Có phải cùng việc" in heard for heard in await mai.heard())


async def test_two_communes_near_each_other_may_mean_the_same(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    noi = await world.joins("con_cuong", name="Nơi")
    far = await world.joins("mon_son", name="Xa")
    await lan.says(BRIDGE, lat=19.35, lon=104.3)
    await far.says(AGAIN, lat=19.45, lon=104.3)
    assert not any("Có phải cùng việc" in heard for heard in await far.heard())
    await noi.says(AGAIN, lat=19.352, lon=104.301)
    assert any("Có phải cùng việc với NA-26-000001" in heard for heard in await noi.heard())
    await noi.presses("Gộp vào")
    assert (await world.tickets())[2].outcome == "merged"
    await noi.says("/phieu 1")
    assert "Không có phiếu này" in (await noi.last()).text


async def test_a_forged_join_merges_nothing(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("con_cuong", name="Nơi")
    await lan.says(SCANNER)
    await other.says(BRIDGE)
    first, second = await world.tickets()
    await other.presses_data(f"t:join:{second.id}:0:{first.id}.")
    await other.presses_data(f"t:join:{first.id}:0:{second.id}.")
    assert [ticket.status for ticket in await world.tickets()] == ["new", "new"]


async def test_joined_reporters_hear_every_later_notice(world: World) -> None:
    lan, mai, desk = await merged(world)
    await desk.says("1 tiếp nhận")
    assert any("NA-26-000001" in t and "đã tiếp nhận" in t for t in await mai.news())
    await desk.says("1 cập nhật: mai khởi công")
    assert any("mai khởi công" in text for text in await mai.news())
    await desk.says("1 đã xử lý")
    await desk.says("đã lắp dầm tạm")
    (told,) = await mai.news()
    assert "đã lắp dầm tạm" in told
    assert "xong thật chưa" not in told
    assert "(NA-26-000002 của anh/chị đã gộp vào phiếu này.)" in told
    assert await mai.labels() == ["Mở lại"]
    assert await lan.labels() == ["Đã xong", "Chưa xong"]

    await mai.presses("Mở lại")
    first, second = await world.tickets()
    assert (first.status, second.status, second.merged_id) == ("resolved", "new", None)
    assert any(AGAIN in text for text in await desk.news())
    assert any("đã tách khỏi NA-26-000001" in text for text in await lan.news())


async def test_words_and_questions_of_a_joined_reporter_go_to_the_target(world: World) -> None:
    _lan, mai, desk = await merged(world)
    await mai.says("phiếu 2: nước đang rút dần, còn 3 hộ bên kia")
    assert any("NA-26-000001" in t and "3 hộ" in t for t in await desk.news())
    await mai.says("2 hỏi tiến độ")
    assert any("NA-26-000001" in t and "hỏi tiến độ" in t for t in await desk.news())
    first, second = await world.tickets()
    assert first.pressed_at is not None
    assert second.pressed_at is None


async def test_photos_are_shown_in_the_target(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await lan.says(BRIDGE)
    await mai.sends_photos(2, AGAIN)
    await mai.says("2 gộp vào")
    first, second = await world.tickets()
    assert (first.files, second.files) == (2, 2)
    shown = [message for message in await desk.chat.screen() if message.files]
    assert sum(message.files for message in shown) == 4
    await desk.says("2 tách ra")
    first, second = await world.tickets()
    assert (first.files, second.files) == (0, 2)


@pytest.mark.parametrize("words", ["2 gộp 1", "2 gộp vào phiếu NA-26-000001", "phieu 2 gop: 1"])
async def test_a_desk_merges_and_takes_apart(world: World, words: str) -> None:
    lan, mai, desk = await two_reports(world)
    for person in (lan, mai, desk):
        await person.news()
    await desk.says(words)
    first, second = await world.tickets()
    assert (second.outcome, second.merged_id) == ("merged", first.id)
    assert any("đã gộp vào NA-26-000001" in text for text in await mai.news())
    assert any("cũng báo việc này" in text for text in await lan.news())
    await desk.presses("Tách ra")
    first, second = await world.tickets()
    assert (second.status, second.merged_id, second.lead) == ("new", None, "so_xay_dung")
    for person in (lan, mai):
        assert any("đã tách khỏi NA-26-000001" in text for text in await person.news())


async def test_the_coordinator_merges_what_communes_reported_apart(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    noi = await world.joins("con_cuong", name="Nơi")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await world.joins("so_xay_dung", Role.STAFF)
    await lan.says(BRIDGE)
    await noi.says(BRIDGE)
    await coordinator.says("2 gộp 1")
    assert (await world.tickets())[1].outcome == "merged"
    assert any("xã Con Cuông cũng báo" in text for text in await lan.heard())
    await noi.says("mở lại")
    assert (await world.tickets())[1].status == "new"


async def test_what_cannot_be_merged_says_so(world: World) -> None:
    lan, _mai, desk = await two_reports(world)
    other = await world.joins("so_tai_chinh", Role.STAFF)
    for words in ("2 gộp 2", "2 gộp 77", "2 gộp abc"):
        await desk.says(words)
        assert "không gộp được" in (await desk.last()).text
    await other.says("2 gộp 1")
    await lan.says("2 gộp 1")
    assert [ticket.status for ticket in await world.tickets()] == ["new", "new"]
    await lan.says("1 hủy")
    await desk.says("2 gộp 1")
    assert "không gộp được" in (await desk.last()).text
    assert (await world.tickets())[1].status == "new"


async def test_what_was_joined_stands_by_itself_when_the_target_is_taken_back(
    world: World,
) -> None:
    lan, mai, desk = await merged(world)
    await lan.says("1 hủy")
    first, second = await world.tickets()
    assert (first.status, second.status, second.merged_id) == ("cancelled", "new", None)
    assert any("đã tách khỏi NA-26-000001" in text for text in await mai.news())
    assert any(AGAIN in text for text in await desk.news())


async def test_merged_ones_follow_when_the_target_is_merged_again(world: World) -> None:
    lan, mai, desk = await merged(world)
    third = await world.joins("chieu_luu", name="Thu")
    await third.says(AGAIN)
    await desk.says("1 gộp 3")
    await mai.news()
    await desk.says("3 tiếp nhận")
    assert any("NA-26-000003" in t and "đã tiếp nhận" in t for t in await mai.news())
    assert any("NA-26-000003" in t and "đã tiếp nhận" in t for t in await lan.news())
    await mai.says("phiếu 2: thêm ảnh sau nhé, nước còn lớn")
    assert any("NA-26-000003" in t and "nước còn lớn" in t for t in await desk.news())


async def test_nothing_becomes_less_pressing_because_it_was_merged(world: World) -> None:
    _lan, mai, desk = await two_reports(world)
    await mai.says("2 khẩn cấp")
    await desk.says("2 gộp 1")
    first, second = await world.tickets()
    assert (first.urgency, second.outcome) == ("emergency", "merged")
    assert any("NA-26-000001" in t and "KHẨN CẤP" in t for t in await desk.heard())


async def test_a_desk_merges_by_the_button_and_a_number(world: World) -> None:
    _, _, desk = await two_reports(world)
    await desk.presses("Việc khác")
    await desk.presses("Gộp phiếu")
    assert "gộp vào phiếu số mấy" in (await desk.last()).text
    await desk.says("1")
    assert (await world.tickets())[1].outcome == "merged"
    assert any("đã gộp vào NA-26-000001" in text for text in await desk.heard())

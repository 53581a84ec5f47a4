"""The commune's own part in its ticket: colleagues, adding, cancelling, asking how far it is."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Role
from storage.tickets import TicketEvent
from tests.world import Actor, World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
LANDSLIDE = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"


async def office(world: World) -> tuple[Actor, Actor, Actor]:
    """Lan reports, Mai is her colleague, Hùng sits at the desk."""
    lan = await world.joins("chieu_luu", name="Lan")
    mai = await world.joins("chieu_luu", name="Mai")
    hung = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await lan.says(BRIDGE)
    await lan.says("không")
    for person in (lan, mai, hung):
        await person.news()
    return lan, mai, hung


async def reasons(world: World) -> list[str]:
    async with world.database.reading() as session:
        rows = await session.execute(
            select(TicketEvent).where(col(TicketEvent.kind) == "explained")
        )
        return [row.inputs["text"] for row in rows.scalars()]


async def test_a_colleague_sees_adds_asks_confirms_and_reopens(world: World) -> None:
    lan, mai, hung = await office(world)
    await mai.says("/phieu 1")
    assert BRIDGE in (await mai.last()).text
    await mai.says("phiếu 1: thêm 2 hộ bị cô lập bên kia suối")
    assert any("Mai (cùng xã) bổ sung" in text and "2 hộ" in text for text in await lan.news())
    assert any("2 hộ" in text for text in await hung.news())

    await mai.says("1 hỏi tiến độ")
    assert any("Mai (cùng xã) vừa hỏi tiến độ" in text for text in await lan.news())
    await hung.says("1 đã xử lý")
    await hung.says("đã lắp dầm tạm, thông xe")
    await mai.says("1 đã xong")
    assert (await world.ticket()).status == "closed"
    assert any("Mai (cùng xã)" in text and "Kết thúc" in text for text in await lan.news())
    await mai.says("1 mở lại: lại trôi mất rồi")
    ticket = await world.ticket()
    assert (ticket.status, ticket.reopened) == ("new", 1)
    assert any("lại trôi mất rồi" in text for text in await hung.news())
    assert any("Mai (cùng xã)" in text for text in await lan.news())


async def test_another_communes_official_may_do_none_of_it(world: World) -> None:
    await office(world)
    other = await world.joins("con_cuong")
    before = await world.ticket()
    for words in ("1 hỏi tiến độ", "1 đã xong", "1 mở lại", "1 hủy", "1 hủy vì trùng", "1 chấm 5"):
        await other.says(words)
        assert "Không có phiếu này" in (await other.last()).text
    for press in ("progress", "cancel", "done", "reopen", "rate", "join", "apart", "unmerge"):
        await other.presses_data(f"t:{press}:{before.id}:0:.1")
        assert "Không có phiếu này" in (await other.last()).text
    assert (await world.ticket()).version == before.version
    assert len(await world.tickets()) == 1


# Asking how far it is.


async def test_progress_is_asked_once_a_day(world: World) -> None:
    lan, _, hung = await office(world)
    await lan.says("/phieu 1")
    version = (await world.ticket()).version
    await lan.presses("Hỏi tiến độ")
    (told,) = (await lan.news())[1:]
    assert "đã hỏi Sở Xây dựng" in told
    assert "chưa ai nhận" in told
    assert any("xã Chiêu Lưu hỏi tiến độ" in text for text in await hung.news())
    ticket = await world.ticket()
    assert ticket.pressed_at == world.now
    assert ticket.version == version

    await lan.says("đến đâu rồi")
    (told,) = await lan.news()
    assert "hôm nay xã đã hỏi Sở Xây dựng" in told
    assert await hung.news() == []
    assert (await world.events()).count("progress_asked") == 1
    await hung.says("/hangdoi")
    assert "xã hỏi tiến độ" in (await hung.last()).text

    await world.forward(days=1)
    await hung.news()
    await lan.says("1 hỏi tiến độ")
    assert any("hỏi tiến độ" in text for text in await hung.news())
    assert (await world.events()).count("progress_asked") == 2


async def test_an_answer_of_the_desk_ends_the_asking(world: World) -> None:
    lan, _, hung = await office(world)
    await lan.says("hỏi tiến độ")
    await hung.says("1 cập nhật: đang khảo sát")
    assert (await world.ticket()).pressed_at is None
    await lan.says("hỏi tiến độ")
    assert "mai hỏi lại được" in (await lan.last()).text


async def test_an_emergencys_desk_is_not_asked_by_message(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    hung = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Hùng")
    await lan.says(LANDSLIDE)
    ticket = await world.ticket()
    await hung.news()
    await lan.says("1 hỏi tiến độ")
    assert "Trực ban" in (await lan.last()).text
    assert await hung.news() == []
    assert (await world.ticket()).pressed_at is not None
    assert (await world.ticket()).version == ticket.version


async def test_what_is_done_is_not_asked_about(world: World) -> None:
    lan, _, hung = await office(world)
    await hung.says("1 đã xử lý")
    await hung.says("đã lắp dầm tạm")
    await hung.news()
    await lan.says("hỏi tiến độ")
    assert await lan.labels() == ["Đã xong", "Chưa xong"]
    assert await hung.news() == []


async def test_who_has_no_ticket_is_told_how_to_begin(world: World) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says("đến đâu rồi")
    assert await world.tickets() == []
    assert (await lan.news()) != []


# Cancelling.


@pytest.mark.parametrize(
    "words", ["trùng phiếu anh Thái gửi", "xã tự khắc phục xong rồi", "thôi ạ"]
)
async def test_a_cancelled_ticket_may_be_explained(world: World, words: str) -> None:
    lan, _, hung = await office(world)
    await hung.presses("Tiếp nhận")
    await hung.news()
    await lan.says("hủy")
    assert (await world.ticket()).status == "cancelled"
    assert "Vì sao" in (await lan.last()).text
    assert await lan.labels() == ["Bỏ qua", "Mở lại"]
    await lan.says(words)
    assert "đã ghi lý do" in (await lan.last()).text
    assert await reasons(world) == [words]
    assert any("hủy vì" in text and words in text for text in await hung.news())


@pytest.mark.parametrize("words", ["bỏ qua", "Bo qua", ""])
async def test_the_reason_may_be_left_out(world: World, words: str) -> None:
    lan, _, _ = await office(world)
    await lan.says("hủy")
    if words:
        await lan.says(words)
    else:
        await lan.presses("Bỏ qua")
    assert (await lan.last()).text == "Vâng ạ."
    assert await reasons(world) == []
    await lan.says(SCANNER)
    assert len(await world.tickets()) == 2


@pytest.mark.parametrize("words", ["1 hủy vì trùng phiếu khác", "hủy: trùng phiếu khác"])
async def test_the_reason_comes_in_the_same_message(world: World, words: str) -> None:
    lan, _, _ = await office(world)
    await lan.says(words)
    assert (await world.ticket()).status == "cancelled"
    assert await reasons(world) == ["trùng phiếu khác"]
    assert await lan.labels() == ["Mở lại"]


@pytest.mark.parametrize("words", [SCANNER, LANDSLIDE, "có 3 người bị vùi ở bản Khe Tang"])
async def test_a_report_never_vanishes_in_a_reason(world: World, words: str) -> None:
    lan, _, _ = await office(world)
    await lan.says("hủy")
    await lan.says(words)
    assert await reasons(world) == []
    tickets = await world.tickets()
    assert len(tickets) == 2
    assert tickets[1].text == words
    await lan.says("vụ mới: " + BRIDGE)
    assert len(await world.tickets()) == 3


async def test_what_was_cancelled_by_mistake_is_opened_again(world: World) -> None:
    lan, _, hung = await office(world)
    await lan.says("hủy")
    await lan.says("mở lại")
    ticket = await world.ticket()
    assert (ticket.status, ticket.lead) == ("new", "so_xay_dung")
    assert await reasons(world) == []
    assert any("mở lại lần 1" in text for text in await hung.news())


@pytest.mark.parametrize("words", ["3 huy động dân quân giúp dân", "hủy hoại rừng ở bản Xiêng Thù"])
async def test_other_words_that_begin_so_cancel_nothing(world: World, words: str) -> None:
    lan, _, _ = await office(world)
    await lan.says(words)
    assert (await world.tickets())[0].status == "new"


# Adding and correcting.


async def test_whatever_comes_later_is_added(world: World) -> None:
    lan, _, hung = await office(world)
    await lan.sends_photos(2, "ảnh nhịp cầu bị trôi")
    await lan.says(lat=19.35, lon=104.3)
    ticket = await world.ticket()
    assert (ticket.files, ticket.lat) == (2, 19.35)
    assert any("ảnh nhịp cầu" in text for text in await hung.news())
    await lan.says("à nhầm, bản Lưu Hòa")
    assert (await world.ticket()).place == "bản Lưu Hòa"
    await hung.says("1 đã xử lý")
    await hung.says("đã lắp dầm tạm")
    await lan.says("đã xong")
    await lan.says("phiếu 1: dầm lại võng xuống")
    assert "Mở lại" in await lan.labels()
    assert any("dầm lại võng" in text for text in await hung.news())

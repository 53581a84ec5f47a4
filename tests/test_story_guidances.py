"""A department's answer for all communes: published, found, counted, renewed."""

from datetime import date

import pytest
from sqlalchemy import select

from storage.guidances import Guidance
from storage.people import Role
from tests.world import Actor, World

ASKED = "Chữ ký số chuyên dùng của lãnh đạo xã hết hạn, chưa biết gia hạn ở đâu"
AGAIN = "chu ky so chuyen dung cua chu tich het han, gia han o dau"
OTHER = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
ANSWER = "Gửi danh sách gia hạn chữ ký số chuyên dùng về Sở KH&CN trước ngày 25 hằng tháng"
BASIS = "Công văn 1806/SKHCN-CĐS"


async def solved(world: World) -> tuple[Actor, Actor]:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(ASKED)
    lead = (await world.ticket()).lead
    desk = await world.joins(lead, Role.STAFF, name="Minh")
    await desk.says(f"1 đã xử lý: {ANSWER}; {BASIS}")
    await desk.news()
    return official, desk


async def published(world: World, until: str = "31/12/2027") -> tuple[Actor, Actor]:
    official, desk = await solved(world)
    await desk.says(f"1 công bố: {ANSWER}; căn cứ: {BASIS}; đến {until}")
    await desk.presses("Công bố")
    await desk.news()
    return official, desk


async def only(world: World) -> Guidance:
    async with world.database.reading() as session:
        return (await session.execute(select(Guidance))).scalars().one()


async def test_an_answer_is_previewed_and_published_once(world: World) -> None:
    _, desk = await solved(world)
    await desk.says(f"1 công bố: {ANSWER}; hỏi: Gia hạn chữ ký số; căn cứ: {BASIS}; đến 31/12/2027")
    preview = (await desk.last()).text
    for part in ("Sẽ công bố cho mọi xã", "Gia hạn chữ ký số", ANSWER, BASIS, "31/12/2027"):
        assert part in preview
    assert (await only(world)).published_at is None
    await desk.presses("Công bố")
    row = await only(world)
    assert (row.published_at, row.last) == (world.now, date(2027, 12, 31))
    assert "Đã công bố" in (await desk.last()).text
    await desk.presses_data("t:guidesend:1:1")
    assert "đang áp dụng đến 31/12/2027" in (await desk.last()).text
    assert "published" in await world.events()


async def test_a_basis_is_asked_for_and_the_words_come_later(world: World) -> None:
    _, desk = await solved(world)
    await desk.says("1 công bố: Nộp trước ngày 20")
    assert "công bố cần căn cứ" in (await desk.last()).text
    await desk.says(f"căn cứ: {BASIS}")
    preview = (await desk.last()).text
    assert "Nộp trước ngày 20" in preview
    assert "23/11/2027" in preview
    await desk.presses("Thôi")
    await desk.presses_data("t:guidesend:1:2")
    assert (await only(world)).published_at is None


async def test_only_the_department_publishes_and_only_what_is_solved(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(ASKED)
    desk = await world.joins((await world.ticket()).lead, Role.STAFF, name="Minh")
    other = await world.joins("so_xay_dung", Role.STAFF, name="Hùng")
    await desk.says(f"1 công bố: {ANSWER}; căn cứ: {BASIS}")
    assert "chỉ công bố được phiếu đã trả lời xong" in (await desk.last()).text
    await desk.says(f"1 đã xử lý: {ANSWER}; {BASIS}")
    await desk.says(f"1 công bố: {ANSWER}; căn cứ: {BASIS}")
    for person in (other, official):
        await person.presses_data("t:guidesend:1:1")
        await person.presses_data("t:publish:1:0")
    assert (await only(world)).published_at is None


@pytest.mark.parametrize("words", [None, "không cần phiếu", "khong can phieu", "2 không cần phiếu"])
async def test_it_is_shown_with_a_like_ticket_and_counted_when_it_helps(
    world: World, words: str | None
) -> None:
    await published(world)
    other = await world.joins("con_cuong", name="Mai")
    await other.says(AGAIN)
    heard = await other.heard()
    assert any("Có thể anh/chị cần" in text and ANSWER in text for text in heard)
    first, second = await world.tickets()
    assert second.status == "new"
    assert second.carded_at is not None
    assert (await only(world)).shown == 1
    await (other.says(words) if words else other.presses("Không cần phiếu"))
    assert (await world.tickets())[1].status == "cancelled"
    await other.says("2 không cần phiếu")
    assert (await only(world)).helped == 1
    assert first.status == "resolved"


async def test_without_a_press_the_ticket_runs(world: World) -> None:
    await published(world)
    other = await world.joins("con_cuong", name="Mai")
    await other.says(AGAIN)
    await world.forward(hours=1)
    second = (await world.tickets())[1]
    assert (second.status, second.next_due_at is not None) == ("new", True)
    assert (await only(world)).helped == 0


async def test_another_matter_is_not_told_of_it(world: World) -> None:
    await published(world)
    other = await world.joins("con_cuong", name="Mai")
    await other.says(OTHER)
    assert not any("Có thể anh/chị cần" in text for text in await other.heard())


@pytest.mark.parametrize("words", ["/hoi gia han chu ky so", "tìm hướng dẫn gia hạn chữ ký số"])
async def test_it_is_found_without_marks(world: World, words: str) -> None:
    await published(world)
    other = await world.joins("con_cuong", name="Mai")
    await other.says(words)
    assert ANSWER in (await other.last()).text
    await other.presses("Có ích")
    await other.presses_data("t:guideuseful:1:0")
    row = await only(world)
    assert (row.shown, len(row.thanked)) == (1, 1)
    await other.says("/hoi máy xúc san gạt")
    assert "Chưa có hướng dẫn nào về máy xúc san gạt" in (await other.last()).text
    await other.says("/hoi")
    assert "Gõ /hoi và vài chữ" in (await other.last()).text
    assert len(await world.tickets()) == 1


async def test_what_is_taken_back_is_found_no_more(world: World) -> None:
    _, desk = await published(world)
    await desk.presses("Rút")
    assert "Đã rút" in (await desk.last()).text
    other = await world.joins("con_cuong", name="Mai")
    await other.says("/hoi gia hạn chữ ký số")
    assert "Chưa có hướng dẫn" in (await other.last()).text


@pytest.mark.needs("silence")
async def test_what_has_expired_is_put_before_its_department_once(world: World) -> None:
    _, desk = await published(world, "30/11/2026")
    await world.comes_round()
    await world.forward(days=7)
    assert not any("hết hạn ngày" in text for text in await desk.news())
    await world.forward(days=2)
    told = [text for text in await desk.news() if "hết hạn ngày 30/11/2026" in text]
    assert len(told) == 1
    other = await world.joins("con_cuong", name="Mai")
    await other.says("/hoi gia hạn chữ ký số")
    assert "Chưa có hướng dẫn" in (await other.last()).text
    await desk.presses("Gia hạn")
    await other.says("/hoi gia hạn chữ ký số")
    assert ANSWER in (await other.last()).text


async def test_a_huge_search_is_not_said_back_whole(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    await official.says("/hoi " + "x" * 5000)
    answer = (await official.last()).text
    assert "Chưa có hướng dẫn nào" in answer
    assert len(answer) < 200

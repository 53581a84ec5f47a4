"""A matter told in pieces, as people type: what goes on, what is over, what is taken back."""

from storage.people import Role
from tests.world import World

POWER = "mất điện cả xã từ 5h sáng"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"


async def test_words_that_tell_no_trouble_are_more_of_the_last_matter(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await official.says("bỏ qua")
    await official.says("bỏ qua")
    await official.news()
    await official.says("QĐ 215 ngày 30/6/2025 của UBND huyện cũ")
    assert [ticket.category for ticket in await world.tickets()] == ["computers_scanners"]
    assert "Đã thêm" in (await official.last()).text
    assert await official.labels() == ["Lập phiếu"]
    await official.says("cầu tràn khe Nằn bị trôi mất một nhịp, xe không qua được")
    assert len(await world.tickets()) == 2
    assert "QĐ 215" not in (await world.tickets())[1].text


async def test_what_was_added_can_still_be_a_matter_of_its_own(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(SCANNER)
    await official.says("bỏ qua")
    await official.says("bỏ qua")
    await official.says("QĐ 215 ngày 30/6/2025 của UBND huyện cũ")
    await official.presses("Lập phiếu")
    assert [ticket.text for ticket in await world.tickets()][1].startswith("QĐ 215")


async def test_what_is_over_by_itself_is_one_tap_from_its_end(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(POWER)
    await official.says("có điện lại rồi nhé")
    assert "tự xong rồi" in (await official.last()).text
    await world.forward(days=2)
    await official.says("đã có điện lại rồi, cảm ơn các anh")
    assert await official.labels() == ["Hủy"]
    await official.presses("Hủy")
    assert [ticket.status for ticket in await world.tickets()] == ["cancelled"]


async def test_a_ticket_is_taken_back_in_passing_and_wanted_again(world: World) -> None:
    desk = await world.joins("so_cong_thuong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(POWER)
    await official.says("huỷ cái phiếu trên giúp em")
    assert (await world.ticket()).status == "cancelled"
    await official.says("khoan đừng huỷ")
    assert (await world.ticket()).status == "new"
    assert not any("hủy vì" in text for text in await desk.heard())


async def test_whether_anybody_answers_is_asked_of_the_tickets(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(POWER)
    for words in ("có ai trả lời không vậy", "còn vụ máy tính thì răng"):
        await official.says(words)
        assert "NA-26-000001" in (await official.last()).text
        assert "Đã" not in (await official.last()).text
    assert len(await world.tickets()) == 1


async def test_a_desk_asks_with_one_word(world: World) -> None:
    desk = await world.joins("so_cong_thuong", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(POWER)
    await desk.says("1 hỏi: mất ở trạm nào?")
    assert "mất ở trạm nào?" in (await official.last()).text


async def test_a_few_words_that_mean_nothing_alone_are_read_after_the_report(world: World) -> None:
    official = await world.joins("con_cuong")
    await official.says("cho em hỏi thủ tục cấp lại chữ ký số bị hỏng làm thế nào")
    await official.says("cần quyết định của ai ký")
    assert [ticket.category for ticket in await world.tickets()] == ["digital_certificate"]
    await official.says("cầu tràn khe Nằn bị trôi mất một nhịp, xe không qua được")
    assert len(await world.tickets()) == 2

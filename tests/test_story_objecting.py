"""A shared result that is none for some communes: one matter again, not one for each."""

from tests.test_story_outages import TOLD, shared
from tests.world import World


async def test_those_for_whom_it_is_not_done_are_one_ticket_again(world: World) -> None:
    officials, desk = await shared(world)
    await officials[3].says(TOLD[3])
    await desk.says("4 tiếp nhận")
    await desk.says("4 đã xử lý: máy chủ chạy lại")
    await officials[0].presses("Chưa xong")
    first = (await world.tickets())[0]
    assert (first.status, first.merged_id, first.linked_id) == ("new", None, 4)
    await desk.says("1 tiếp nhận")
    cards = len(await desk.heard())
    await officials[1].presses("Chưa xong")
    first, second, _, parent, _, rest = await world.tickets()
    assert (rest.shared, rest.status, rest.linked_id) == (True, "acknowledged", 4)
    assert (first.merged_id, second.merged_id, parent.status) == (6, 6, "resolved")
    assert any("nhập vào việc chung NA-26-000006" in text for text in await officials[0].news())
    await officials[2].says("chưa xong")
    assert (await world.tickets())[2].merged_id == 6
    told = (await desk.heard())[cards:]
    assert not any(TOLD[1] in text or TOLD[2] in text for text in told)  # one card for all

    await desk.says("6 đã xử lý: đã cài lại máy trạm")
    for official in officials[:3]:
        assert any("đã cài lại máy trạm" in text for text in await official.news())
        await official.presses("Đã xong")
    await officials[3].presses("Đã xong")
    assert {row.outcome for row in await world.tickets()} == {"confirmed"}


async def test_a_report_that_is_asked_about_stays_by_itself(world: World) -> None:
    officials, desk = await shared(world)
    await desk.says("4 đã xử lý: máy chủ chạy lại")
    await officials[0].presses("Chưa xong")
    await desk.says("1 hỏi thêm: máy nào ạ?")
    await officials[1].presses("Chưa xong")
    first, second, *_ = found = await world.tickets()
    assert (first.status, second.status, len(found)) == ("waiting", "new", 4)

"""A landslide without diacritics: routed, acknowledged, resolved, confirmed."""

from storage.people import Role
from tests.world import World

REPORT = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"


async def test_landslide_goes_the_whole_way(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Hùng")

    await official.says(REPORT)

    ticket = await world.ticket()
    assert ticket.code == "NA-26-000001"
    assert ticket.lead == "so_nong_nghiep_moi_truong"
    assert ticket.urgency == "emergency"
    first = (await official.news())[0]
    assert "NA-26-000001" in first
    assert "112" in first
    assert "chưa ai nhận" in first
    card = (await desk.news())[0]
    assert "KHẨN CẤP" in card
    assert REPORT in card

    await desk.presses("Tiếp nhận")
    assert (await world.ticket()).status == "acknowledged"
    assert any("đã tiếp nhận" in text for text in await official.news())

    await desk.presses("Đã xử lý")
    await desk.says("Đã đưa máy xúc vào thông đường")
    assert (await world.ticket()).status == "resolved"
    assert "Việc đã xong thật chưa ạ?" in (await official.news())[-1]

    await official.presses("Đã xong")
    closed = await world.ticket()
    assert (closed.status, closed.outcome) == ("closed", "confirmed")
    kinds = await world.events()
    assert [kind for kind in kinds if kind not in {"invited", "task_cancelled"}] == [
        "opened",
        "triaged",
        "routed",
        "acknowledged",
        "resolved",
        "closed",
    ]
    assert kinds.count("invited") == kinds.count("task_cancelled") == 3  # who coordinates
    assert not await world.unfinished()

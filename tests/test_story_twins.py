"""Words that press a button: which one is meant, and what it says when none can be."""

from storage.people import Role
from tests.world import World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"


async def test_a_number_answers_the_last_question_although_the_receipt_changed_since(
    world: World,
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await desk.presses("Tiếp nhận")
    await official.says("2")
    assert (await world.ticket()).answers["people_at_risk"].endswith("Không")


async def test_naming_the_department_that_has_it_sends_it_nowhere(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says("sai đơn vị")
    count = len(await desk.heard())
    await official.says("sở giao thông")
    assert "đang ở Sở Xây dựng rồi" in (await official.last()).text
    assert len(await desk.heard()) == count

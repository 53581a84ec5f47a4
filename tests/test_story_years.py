"""Numbers begin anew each year: which ticket a short one means."""

from storage.people import Role
from storage.tickets import Counter
from tests.test_story_lists import BRIDGE, copied
from tests.world import World


async def test_a_number_means_the_year_in_which_it_is_open(world: World) -> None:
    desk = await world.joins("so_xay_dung", Role.STAFF)
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    async with world.database.transaction() as session:
        session.add_all([Counter(name="NA-25", value=1), Counter(name="NA-24", value=1)])
    await copied(world, 1, code="NA-25-000001", status="closed", outcome="unconfirmed")
    await official.says("phiếu 1 đến đâu rồi")
    assert "NA-26-000001" in (await official.last()).text
    await desk.says("1 tiếp nhận")
    assert "đã tiếp nhận" in (await official.last()).text
    await copied(world, 1, code="NA-24-000001")
    await official.says("phiếu 1 đến đâu rồi")
    assert "vài phiếu" in (await official.last()).text
    await official.says("phiếu NA-25-000001 sao rồi")
    assert "NA-25-000001" in (await official.last()).text

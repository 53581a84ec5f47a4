"""Transfers within a commune: guidance at once, and after a quarter of an hour the right desk."""

from storage.people import Role
from tests.world import Actor, World

STATE = "Xin điều động cán bộ từ văn phòng sang phòng kinh tế trong nội bộ xã thì làm thế nào"
PARTY = "Xin luân chuyển cán bộ Ban Xây dựng Đảng trong nội bộ xã thì làm thế nào"


async def three(world: World) -> tuple[Actor, Actor, Actor]:
    return (
        await world.joins("chieu_luu"),
        await world.joins("ban_to_chuc_tinh_uy", Role.STAFF),
        await world.joins("so_noi_vu", Role.STAFF),
    )


async def test_party_staff_are_for_the_partys_organisation(world: World) -> None:
    official, party, _ = await three(world)
    await official.says(PARTY)
    ticket = await world.ticket()
    assert (ticket.category, ticket.lead) == ("rotation_transfer", "ban_to_chuc_tinh_uy")
    assert ticket.coordinating == ["so_noi_vu"]
    assert "578-KL/TU" in (await official.news())[0]
    await world.forward(minutes=16)
    assert any(ticket.code in card for card in await party.news())


async def test_what_is_added_may_say_that_party_staff_are_meant(world: World) -> None:
    official, party, _ = await three(world)
    await official.says(STATE)
    assert (await world.ticket()).lead == "so_noi_vu"
    await official.says("NA-26-000001 cán bộ khối Đảng")
    ticket = await world.ticket()
    assert (ticket.lead, ticket.coordinating) == ("ban_to_chuc_tinh_uy", ["so_noi_vu"])
    await world.forward(minutes=16)
    assert any(ticket.code in card for card in await party.news())


async def test_after_that_one_tap_still_cancels(world: World) -> None:
    official, party, _ = await three(world)
    await official.says(STATE)
    await official.says("NA-26-000001 cán bộ khối Đảng")
    await official.presses("Không cần phiếu")
    assert (await world.ticket()).status == "cancelled"
    await world.forward(minutes=16)
    assert await party.news() == []

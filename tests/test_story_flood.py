"""A night in which more cards come than a group can take: emergencies first, the rest as a list."""

import pytest

from storage.people import Role
from tests.world import World

SOFTWARE = "Phần mềm một cửa xã không đăng nhập được từ sáng, lỗi lần {n}"


@pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)
async def test_cards_beyond_a_groups_pace_become_one_list(world: World) -> None:
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    group = await world.group("so_khoa_hoc_cong_nghe", by=staff)
    communes = ("chieu_luu", "con_cuong", "luong_minh", "my_ly", "keng_du", "bac_ly")
    officials = [await world.joins(commune) for commune in communes]
    world.program.channels["telegram"].limits.group_per_minute = 20

    for n in range(6):
        await world.program.intake.receive(
            [official.message(f"vụ mới: {SOFTWARE.format(n=n)}") for official in officials]
        )
    await world.settle()
    before = len(await group.heard())
    assert before <= 20

    await officials[0].says("khẩn cấp")
    assert "KHẨN CẤP" in (await group.heard())[-1]

    await world.forward(minutes=2)
    heard = "\n".join(await group.heard())
    assert any("phiếu mới" in text for text in await group.heard())
    assert all(ticket.code in heard for ticket in await world.tickets())
    assert not await world.unfinished()

"""A night in which more cards come than a group can take: emergencies first, the rest as a list."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.merging import MANY
from bot.pace import FREELY
from storage.outbox import Kind
from storage.people import Contact, Role
from storage.tickets import Ticket
from tests.world import World
from tickets import notices
from tickets.moment import Moment

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


@pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)
async def test_reminders_of_many_emergencies_hold_up_neither_cards_nor_answers(
    world: World,
) -> None:
    unit = "so_nong_nghiep_moi_truong"
    staff = await world.joins(unit, Role.STAFF, name="Minh")
    group = await world.group(unit, by=staff)
    officials = [await world.joins("chieu_luu", name=f"Lan {n}") for n in range(MANY)]
    official, other = await world.joins("my_ly"), await world.joins("keng_du")
    await world.program.intake.receive([one.message(SOFTWARE.format(n=1)) for one in officials])
    await world.settle()
    tickets = await world.tickets()
    world.program.channels["telegram"].limits.group_per_minute = 20
    await to_group(world, [f"tin {n}" for n in range(FREELY)])
    await to_group(world, [f"nhắc {t.code}" for t in tickets], tickets)
    assert not [text for text in await group.heard() if "nhắc" in text]

    await official.says("Sạt lở ở bản Xốp Mạt, có 3 người bị vùi")
    assert "KHẨN CẤP" in (await group.heard())[-1]

    await to_group(world, [f"khẩn {n}" for n in range(80)], [tickets[0]] * 80, key="odd")
    assert len([text for text in await group.heard() if "khẩn " in text]) <= 20 - FREELY
    await other.says("Máy in của xã hỏng, không có máy nào khác")
    assert any("NA-26" in text for text in await other.news())

    await world.forward(minutes=1)
    (listed,) = [text for text in await group.heard() if "phiếu khẩn chưa ai tiếp nhận" in text]
    assert all(ticket.code in listed for ticket in tickets)
    assert not [text for text in await group.heard() if "nhắc" in text]


async def to_group(
    world: World, texts: list[str], tickets: Sequence[Ticket] = (), key: str = ""
) -> None:
    """Ordinary messages, or what is said again of emergencies."""
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        contact = (await session.execute(select(Contact).where(col(Contact.is_group)))).scalars()
        to = contact.one().id
        for n, text in enumerate(texts):
            ticket = tickets[n] if tickets else None
            kind = Kind.EMERGENCY if ticket else Kind.NOTICE
            named = key or f"ladder:{ticket.id if ticket else 0}:x"
            notices.post(moment, kind, text, contact=to, ticket=ticket, replace_key=named)
    await world.settle()

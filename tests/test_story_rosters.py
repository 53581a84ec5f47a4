"""Who is on duty, who is away, and who stands in with whose right."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Person, Role
from storage.tickets import TicketEvent
from tests.world import Actor, World

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SLIDE = "Sạt lở đường vào bản Khe Tang, đất đá tràn xuống 2 nhà dân, xe không qua được"
OUTAGE = "Cả bản Xiêng Thù mất điện từ hôm qua, đề nghị điện lực kiểm tra"
UNIT = "so_xay_dung"


async def department(world: World) -> tuple[Actor, Actor, Actor, Actor]:
    """A commune's official; the head and two officers of the department that answers it."""
    official = await world.joins("chieu_luu", name="Lan")
    head = await world.joins(UNIT, Role.HEAD, name="Trần Đức")
    minh = await world.joins(UNIT, Role.STAFF, name="Lê Minh")
    hoa = await world.joins(UNIT, Role.STAFF, name="Vi Thị Hoa")
    return official, head, minh, hoa


async def reports(official: Actor) -> None:
    await official.says(BRIDGE)
    await official.says("không")


async def events_of(world: World) -> list[TicketEvent]:
    async with world.database.reading() as session:
        rows = await session.execute(select(TicketEvent).order_by(col(TicketEvent.id)))
        return list(rows.scalars())


async def person(world: World, name: str) -> Person:
    async with world.database.reading() as session:
        found = await session.execute(select(Person).where(col(Person.name) == name))
        return found.scalar_one()


# On duty.


async def test_a_card_goes_to_who_is_on_duty_and_else_to_the_staff(world: World) -> None:
    official, head, minh, hoa = await department(world)
    await head.says("/truc Minh từ 08:00 đến 17:00")
    assert "Lê Minh trực Sở Xây dựng từ 08:00 đến 17:00" in (await head.last()).text
    assert "Anh/chị trực Sở Xây dựng" in (await minh.news())[-1]
    for actor in (head, hoa):
        await actor.news()
    await reports(official)
    assert any(BRIDGE in text for text in await minh.news())
    assert await hoa.news() == await head.news() == []

    await world.forward(hours=9)
    await official.says(f"vụ mới: {BRIDGE.replace('Xiêng Thù', 'Lưu Hòa')}")
    for actor in (minh, hoa):
        assert any("Lưu Hòa" in text for text in await actor.news())
    assert not any("Lưu Hòa" in text for text in await head.news())  # hears what climbs


@pytest.mark.needs("changes")
async def test_an_act_changes_every_copy(world: World) -> None:
    official, _, minh, hoa = await department(world)
    await reports(official)
    await hoa.presses("Tiếp nhận")
    for actor in (minh, hoa):
        assert any("✅ Vi Thị Hoa tiếp nhận 09:00" in text for text in await actor.heard())


async def test_the_roster_is_shown_and_a_shift_taken_out(world: World) -> None:
    _, head, minh, _hoa = await department(world)
    await head.says("/trực lê minh từ 17h đến 7h sáng mai")
    await minh.says("/truc")
    shown = (await minh.last()).text
    assert "1. Lê Minh, từ 17:00 đến 07:00 thứ Ba 24/11" in shown
    await minh.says("/truc xóa 1")
    assert "Không có ca trực này" in (await minh.last()).text
    await head.says("/truc xoa 1")
    await minh.says("lịch trực")
    assert "chưa có lịch trực" in (await minh.last()).text


async def test_only_the_head_or_who_keeps_all_rosters_sets_it(world: World) -> None:
    _, head, minh, _hoa = await department(world)
    await minh.says("/truc Hoa từ 17:00 đến 07:00")
    assert "chưa được phân quyền" in (await minh.last()).text
    await head.says("/truc Nam từ 17:00 đến 07:00")
    assert "Không có ai tên như vậy" in (await head.last()).text
    await head.says("/truc Hoa lúc nào đó")
    assert "Ví dụ: /truc" in (await head.last()).text
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await coordinator.says("/truc Hoa từ 17:00 25/11 đến 07:00 26/11")
    assert "Vi Thị Hoa trực Sở Xây dựng" in (await coordinator.last()).text
    await coordinator.says("/truc Sở Xây dựng")
    assert "Vi Thị Hoa" in (await coordinator.last()).text


# Away.


async def test_the_deputy_hears_for_whom_and_acts_with_the_same_right(world: World) -> None:
    official, head, minh, hoa = await department(world)
    await reports(official)
    await minh.says("1 tiếp nhận")
    await minh.says("/vang từ 23/11 đến 25/11 thay: hoa")
    span = "từ thứ Hai 23/11 đến hết thứ Tư 25/11"
    assert (await minh.last()).text == f"Lê Minh vắng {span}, Vi Thị Hoa thay."
    assert "Anh/chị thay Lê Minh" in (await hoa.news())[-1]
    await minh.news()
    await official.says("phiếu 1: nước rút rồi, xe đạp qua được")
    heard = [text for text in await hoa.news() if "bổ sung" in text]
    assert len(heard) == 1
    assert not any("bổ sung" in text for text in await minh.news())
    await hoa.says("1 cập nhật đang điều máy xúc")
    last = (await events_of(world))[-1]
    away, deputy = await person(world, "Lê Minh"), await person(world, "Vi Thị Hoa")
    assert (last.actor, last.inputs["for"]) == (f"person:{deputy.id}", f"person:{away.id}")
    await head.news()


async def test_what_is_for_the_head_goes_to_the_deputy_with_the_heads_right(world: World) -> None:
    official, head, minh, hoa = await department(world)
    await reports(official)
    await hoa.says("1 chưa có nguồn lực: chưa có vốn, hẹn 15/12")
    before = await head.news()
    assert any("Duyệt" in dict(message.buttons) for message in await head.chat.screen()), before
    await head.says("/vang đến 27/11 thay: Minh")
    await minh.news()
    await official.says(f"vụ mới: {BRIDGE.replace('Xiêng Thù', 'Lưu Hòa')}")
    await hoa.says("2 chưa có nguồn lực: chưa có vốn, hẹn 15/12")
    asked = [message for message in await minh.chat.screen() if "Duyệt" in dict(message.buttons)]
    assert "(gửi anh/chị thay Trần Đức, vắng đến hết thứ Sáu 27/11)" in asked[-1].text
    await minh.presses("Duyệt")
    assert [ticket.status for ticket in await world.tickets()] == ["new", "planned"]
    head_id = (await person(world, "Trần Đức")).id
    approved = [event for event in await events_of(world) if event.kind == "approved"]
    assert [event.inputs["for"] for event in approved] == [f"person:{head_id}"]


async def test_when_the_absence_is_over_so_is_the_right(world: World) -> None:
    official, head, minh, hoa = await department(world)
    await head.says("/vang đến 23/11 thay: Minh")
    await world.forward(days=1)
    await official.says(BRIDGE)
    await hoa.says("1 chưa có nguồn lực: chưa có vốn, hẹn 15/12")
    press = next(
        dict(message.buttons)["Duyệt"]
        for message in await head.chat.screen()
        if "Duyệt" in dict(message.buttons)
    )
    await minh.presses_data(press)
    assert (await world.ticket()).status == "new"


async def test_back_early_and_a_deputy_who_is_away_too(world: World) -> None:
    official, head, minh, hoa = await department(world)
    await head.says("/vang Minh từ 23/11 đến 27/11 thay: Hoa")
    assert "Trần Đức đã báo anh/chị vắng" in (await minh.news())[-1]
    await minh.says("/vang đến 24/11 thay: Minh")
    assert "Chọn người khác thay" in (await minh.last()).text
    await head.says("/vang từ 24/11 đến 25/11 thay: Minh")
    assert "Chọn người khác thay" in (await head.last()).text
    await hoa.says("/vắng từ 26/11 đến 26/11")
    assert "Đang nhận thay Lê Minh" in (await hoa.last()).text
    await hoa.says("/vang")
    assert "Lê Minh vắng" in (await hoa.last()).text
    await minh.says("/vang hết")
    assert "Lê Minh đã về" in (await minh.last()).text
    await minh.says("/vang het")
    assert "không báo vắng" in (await minh.last()).text
    await reports(official)
    assert any(BRIDGE in text for text in await minh.heard())


async def test_only_the_head_says_that_somebody_else_is_away(world: World) -> None:
    _, _head, minh, hoa = await department(world)
    outsider = await world.joins("so_y_te", Role.STAFF, name="Y")
    await minh.says("/vang Hoa đến 27/11 thay: Minh")
    assert "chưa được phân quyền" in (await minh.last()).text
    await outsider.says("/vang đến 27/11 thay: Minh")
    assert "Không có ai tên như vậy" in (await outsider.last()).text
    await hoa.says("/vang từ 27/11 đến 25/11")
    assert "Ví dụ: /vang" in (await hoa.last()).text


async def test_a_reporter_who_is_away_is_stood_in_for_by_a_colleague(world: World) -> None:
    official, _head, _minh, hoa = await department(world)
    colleague = await world.joins("chieu_luu", name="Pha")
    await reports(official)
    await official.says("/vang đến 27/11 thay: Pha")
    await colleague.news()
    await hoa.says("1 cập nhật đang điều máy xúc")
    (heard,) = [text for text in await colleague.news() if "máy xúc" in text]
    assert "thay Lan" in heard


async def test_where_no_card_can_change_one_short_line_follows_in_emergencies(
    world: World,
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    first = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Nông")
    second = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Lâm")
    bridge = await world.joins(UNIT, Role.STAFF, name="Hùng")
    world.program.channels[world.channel].limits.can_edit = False
    await official.says(SLIDE)
    await second.news()
    await first.says("1 tiếp nhận")
    lines = [text for text in await second.news() if "✅ Nông tiếp nhận 09:00" in text]
    assert [line.count("\n") for line in lines] == [0]
    await first.says("1 cập nhật đang đi")
    assert len([text for text in await second.news() if "Đang xử lý" in text]) == 1

    await official.says(f"vụ mới: {BRIDGE}")
    await official.says("không")
    await bridge.news()
    await bridge.says("2 tiếp nhận")
    assert not any("✅" in text for text in await bridge.news() if text.count("\n") == 0)

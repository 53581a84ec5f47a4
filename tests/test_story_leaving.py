"""A person's work goes to another in one command, and people leave."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Person, Role
from storage.webchat import BrowserSession
from tests.test_story_rosters import OUTAGE, department, person, reports
from tests.world import Actor, World
from web.sessions import begin, new_contact

BRIDGE = "Cầu tràn bản Lưu Hòa bị nước cuốn trôi một nhịp, xe máy không qua được"


async def busy(world: World) -> tuple[Actor, Actor, Actor, Actor]:
    """The department with two tickets in Minh's hands."""
    official, head, minh, hoa = await department(world)
    await reports(official)
    await official.says(f"vụ mới: {BRIDGE}")
    await minh.says("1 tiếp nhận")
    await minh.says("2 tiếp nhận")
    return official, head, minh, hoa


async def test_everything_goes_to_another_in_one_command(world: World) -> None:
    _, head, _minh, hoa = await busy(world)
    await head.says("/bangiao minh cho hoa")
    assert "2 phiếu, 0 việc phối hợp" in (await head.last()).text
    assert "handed_over" not in await world.events()
    await hoa.news()
    await head.presses("Bàn giao")
    hoa_id = (await person(world, "Vi Thị Hoa")).id
    assert [ticket.assignee_id for ticket in await world.tickets()] == [hoa_id, hoa_id]
    assert (await world.events()).count("handed_over") == 2
    assert any("Anh/chị nhận bàn giao từ Lê Minh" in text for text in await hoa.news())
    await head.presses("Bàn giao")
    assert "không có gì thay đổi" in (await head.last()).text
    assert (await world.events()).count("handed_over") == 2


async def test_tasks_go_too_and_what_is_another_units_stays(world: World) -> None:
    official, _head, minh, hoa = await busy(world)
    lead = await world.joins("so_cong_thuong", Role.STAFF)
    await official.says(f"vụ mới: {OUTAGE}")
    await lead.says("3 mời phối hợp Sở Xây dựng: cột điện nằm trong công trình nào?")
    await minh.says("3 nhận việc")
    await minh.says("/bangiao cho Hoa")
    assert "2 phiếu, 1 việc phối hợp" in (await minh.last()).text
    await minh.says("bàn giao")
    assert (await world.events()).count("task_handed_over") == 1
    other = await world.joins("so_y_te", Role.STAFF, name="Người Y Tế")
    await other.says("/bangiao Hoa cho Người Y Tế")
    assert "Không có ai tên như vậy" in (await other.last()).text
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quản Trị")
    await admin.says("/bangiao Hoa cho Người Y Tế")
    assert "không thuộc đơn vị" in (await admin.last()).text
    await hoa.says("/bangiao minh")
    assert "Ví dụ: /bangiao" in (await hoa.last()).text


async def test_who_leaves_hands_over_first_and_becomes_a_stranger(world: World) -> None:
    official, head, minh, hoa = await busy(world)
    await head.says("/truc Minh từ 17:00 đến 07:00")
    await head.says("/nghi Minh")
    assert "Lê Minh còn 2 phiếu" in (await head.last()).text
    assert "Vi Thị Hoa" in await head.labels()
    assert (await person(world, "Lê Minh")).active
    await minh.news()
    await head.presses("Vi Thị Hoa")
    assert "đã nghỉ khỏi kênh" in (await head.last()).text
    assert not (await person(world, "Lê Minh")).active
    assert "Anh/chị đã nghỉ khỏi kênh" in (await minh.news())[-1]
    hoa_id = (await person(world, "Vi Thị Hoa")).id
    assert [ticket.assignee_id for ticket in await world.tickets()] == [hoa_id, hoa_id]

    before = await minh.heard()
    await hoa.says("1 đã xử lý đã gia cố tạm")
    await official.says("vụ mới: cầu treo bản Nga đứt cáp, không ai qua được")
    assert await minh.heard() == before
    await minh.says("1 tiếp nhận")
    assert "cần mã mời" in (await minh.last()).text
    await head.says("/truc")
    assert "chưa có lịch trực" in (await head.last()).text
    await head.presses("Vi Thị Hoa")
    assert "đã nghỉ khỏi kênh" in (await head.last()).text


async def test_the_news_of_a_reporter_who_left_goes_to_colleagues(world: World) -> None:
    official, _head, minh, _hoa = await busy(world)
    colleague = await world.joins("chieu_luu", name="Pha")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quản Trị")
    await admin.says("/nghi Lan")
    await admin.presses("Cho nghỉ")
    await official.news()
    await minh.says("1 cập nhật đang điều máy xúc")
    assert any("máy xúc" in text for text in await colleague.news())
    assert await official.news() == []


async def test_sessions_and_links_end_with_the_person(world: World) -> None:
    _, head, _minh, _hoa = await department(world)
    async with world.database.transaction() as session:
        minh = await session.execute(select(Person).where(col(Person.name) == "Lê Minh"))
        contact = await new_contact(session, "thiết bị của Minh", person_id=minh.scalar_one().id)
        await begin(session, contact.id or 0, world.now)
    await head.says("/nghi Lê Minh")
    await head.presses("Cho nghỉ")
    async with world.database.reading() as session:
        found: Any = (await session.execute(select(BrowserSession))).scalars().all()
    assert [row.revoked_at for row in found] == [world.now]


@pytest.mark.parametrize("who", ["officer", "outsider", "herself"])
async def test_not_everybody_lets_somebody_go(world: World, who: str) -> None:
    _, head, minh, hoa = await department(world)
    other = await world.joins("so_y_te", Role.HEAD, name="Y")
    speaker = {"officer": minh, "outsider": other, "herself": head}[who]
    await speaker.says({"herself": "/nghi Trần Đức"}.get(who, "/nghi Hoa"))
    await speaker.presses_data(f"t:letgo:0:0:{(await person(world, 'Vi Thị Hoa')).id}.0") if (
        who != "herself"
    ) else None
    assert all([(await person(world, name)).active for name in ("Trần Đức", "Vi Thị Hoa")])
    await hoa.news()


async def test_a_deputy_does_not_let_go_whom_they_stand_in_for(world: World) -> None:
    _, head, minh, _hoa = await department(world)
    await head.says("/vang đến 27/11 thay: Minh")
    await minh.says("/nghi Trần Đức")
    assert "chưa được phân quyền" in (await minh.last()).text
    await minh.says("/nghi Hoa")
    assert "không còn việc nào" in (await minh.last()).text

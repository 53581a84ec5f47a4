"""An emergency that nobody takes: bearable for those who hear, safe for those who wait."""

from datetime import UTC, datetime

from sqlmodel import col, select

from storage.people import Contact, Duty, Person, Role
from storage.tasks import UNTAKEN, Task
from tests.test_story_work import LANDSLIDE
from tests.world import Actor, World

NIGHT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
"""22:00 in Vinh."""
LEAD, DUTY_OFFICE, OFFICE = "so_nong_nghiep_moi_truong", "ban_chi_huy_ptds", "van_phong_ubnd"


async def also(world: World, actor: Actor, unit: str, role: Role) -> None:
    """Give somebody a second post."""
    async with world.database.transaction() as session:
        found = await session.execute(
            select(Contact.person_id).where(col(Contact.address) == actor.chat.address)
        )
        session.add(Duty(person_id=found.scalar_one(), unit=unit, role=role, since=world.now))


async def phone(world: World, actor: Actor, number: str) -> None:
    async with world.database.transaction() as session:
        found = await session.execute(
            select(Contact.person_id).where(col(Contact.address) == actor.chat.address)
        )
        person = await session.get(Person, found.scalar_one())
        assert person is not None
        person.phone = number


async def overdue(actor: Actor) -> list[str]:
    return [text for text in await actor.news() if "quá hạn tiếp nhận" in text]


async def test_a_night_in_which_nobody_takes_an_emergency(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins(LEAD, Role.STAFF, name="Trực")
    head = await world.joins(LEAD, Role.HEAD, name="Trưởng")
    duty = await world.joins(DUTY_OFFICE, Role.STAFF, name="Ca trực")
    await world.joins(OFFICE, Role.COORDINATOR, name="Điều phối")
    leader = await world.joins("ubnd_tinh", Role.LEADER, name="Phó Chủ tịch")
    await official.says(LANDSLIDE)
    for somebody in (official, officer, head, duty, leader):
        await somebody.news()
    await world.forward(minutes=46)
    assert len(await overdue(officer)) == 9  # each five minutes while posts above it hear
    assert len(await overdue(leader)) == 2
    told = [text for text in await official.news() if "hưa ai nhận" in text]
    assert len(told) == 2
    assert "dù đã báo tới lãnh đạo cấp trên" in told[1]
    assert "112" in told[1]
    await head.news()
    await duty.news()
    await world.forward(hours=8)
    for somebody in (officer, head, duty):
        assert len(await overdue(somebody)) == 8  # once an hour, and not the desk alone
    assert len(await overdue(leader)) == 0
    still = [text for text in await official.news() if "vẫn chưa ai nhận" in text]
    assert len(still) == 4  # every two hours: silence is not help that comes
    await officer.says(f"{(await world.ticket()).code} tiếp nhận")
    await official.news()
    await world.forward(hours=1)
    assert not [text for text in await official.news() if "chưa ai nhận" in text]


async def test_who_holds_several_posts_hears_once_a_minute(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins(LEAD, Role.STAFF, name="Trực")
    await also(world, officer, OFFICE, Role.COORDINATOR)
    await official.says(LANDSLIDE)
    await officer.news()
    await world.forward(minutes=5)
    (text,) = await overdue(officer)  # desk, absent head and absent duty office
    assert "chỉ đạo ngay" in text
    assert "Gọi người trực" in text
    assert "Ban Chỉ huy Phòng thủ dân sự" in text
    await world.forward(minutes=10)
    assert len(await overdue(officer)) == 2
    kinds = await world.events()
    assert kinds.count("escalated") == 3  # every step stands in the history all the same


async def test_who_has_one_of_two_posts_alone_hears_of_it(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins(LEAD, Role.STAFF, name="Trực")
    colleague = await world.joins(LEAD, Role.STAFF, name="Bạn")
    head = await world.joins(LEAD, Role.HEAD, name="Trưởng")
    await also(world, officer, DUTY_OFFICE, Role.STAFF)
    await official.says(LANDSLIDE)
    for somebody in (officer, colleague, head):
        await somebody.news()
    await world.forward(minutes=5)
    assert len(await overdue(officer)) == 1
    assert len(await overdue(colleague)) == 1
    assert len(await overdue(head)) == 1


async def test_the_duty_office_has_a_task_to_phone(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins(LEAD, Role.STAFF, name="Hùng")
    head = await world.joins(LEAD, Role.HEAD, name="Trưởng")
    duty = await world.joins(DUTY_OFFICE, Role.STAFF, name="Ca trực")
    for actor, number in ((official, "0911"), (officer, "0922"), (head, "0933")):
        await phone(world, actor, number + "000000")
    await official.says(LANDSLIDE)
    await duty.news()
    await duty.says("/phieu 1")
    assert "bị vùi" not in " ".join(await duty.news())  # it is no part of theirs yet
    await world.forward(minutes=5)
    (asked,) = [text for text in await duty.news() if "☎" in text]
    assert all(number in asked for number in ("0911000000", "0922000000", "0933000000"))
    await duty.presses("Xem phiếu")
    assert "bị vùi" in " ".join(await duty.news())  # who is asked to act may read it
    await world.forward(minutes=10)
    assert any("☎" in text and "Chưa ai nhận" in text for text in await duty.news())
    await duty.presses("Nhận việc")
    await duty.says("trả lời: anh Hùng nghe máy 22:14, đang đi")
    assert any("anh Hùng nghe máy" in text for text in await officer.news())
    await world.forward(hours=1)
    assert not [text for text in await duty.news() if "☎" in text]


async def test_who_takes_it_ends_the_calls(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    officer = await world.joins(LEAD, Role.STAFF, name="Hùng")
    duty = await world.joins(DUTY_OFFICE, Role.STAFF, name="Ca trực")
    await official.says(LANDSLIDE)
    await world.forward(minutes=6)
    await officer.says(f"{(await world.ticket()).code} tiếp nhận")
    await duty.news()
    await world.forward(minutes=15)
    assert not [text for text in await duty.news() if "☎" in text]
    async with world.database.reading() as session:
        found = await session.execute(select(Task).where(col(Task.asked_by) == UNTAKEN))
        assert {task.status for task in found.scalars()} == {"cancelled"}


async def test_a_new_lead_that_does_not_take_it_is_called_too(world: World) -> None:
    world.now = NIGHT
    official = await world.joins("chieu_luu", name="Lan")
    office = await world.joins(OFFICE, Role.COORDINATOR, name="Mai")
    duty = await world.joins(DUTY_OFFICE, Role.STAFF, name="Ca trực")
    await official.says(LANDSLIDE)
    await world.forward(minutes=6)
    await office.says("1 chuyển: Sở Xây dựng vì sạt trên đường tỉnh")
    assert (await world.ticket()).lead == "so_xay_dung"
    await duty.news()
    await world.forward(minutes=6)
    assert any("☎" in text and "Sở Xây dựng" in text for text in await duty.news())

"""Department groups, people without the right, and an update that nobody can handle."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Contact, Role
from tests.doubts import unsure_text
from tests.world import World
from tickets.acts import clock

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
ON_TELEGRAM = pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


@ON_TELEGRAM
@pytest.mark.needs("groups")
async def test_a_group_becomes_a_desk_and_its_card_shows_who_took_it(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    group = await world.group("so_khoa_hoc_cong_nghe", by=staff)
    assert any("gắn một nhóm" in text for text in await coordinator.news())

    await official.says(SOFTWARE)
    assert any(SOFTWARE in text for text in await group.heard())
    await staff.presses("Tiếp nhận", chat=group)
    assert (await world.ticket()).status == "acknowledged"
    assert any("Minh tiếp nhận" in text for text in await group.heard())

    await coordinator.presses("Gỡ nhóm")
    assert any("không còn nhóm" in text for text in await coordinator.news())


@ON_TELEGRAM
@pytest.mark.needs("groups")
async def test_an_old_button_takes_no_newer_desk_away(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    group = await world.group("so_khoa_hoc_cong_nghe", by=staff)
    await coordinator.presses("Gỡ nhóm")
    heard = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    code = await world.invited("so_tai_chinh", Role.DESK)
    await heard.says(f"/start {code}", chat=group)
    await coordinator.news()
    await coordinator.presses("Gỡ nhóm", old=1)
    assert any("không có gì thay đổi" in text for text in await coordinator.news())
    async with world.database.reading() as session:
        [desk] = (await session.execute(select(Contact).where(col(Contact.is_group)))).scalars()
    assert desk.desk_of == "so_tai_chinh"


@ON_TELEGRAM
@pytest.mark.needs("groups")
async def test_only_people_of_the_unit_bind_a_group(world: World) -> None:
    outsider = await world.joins("so_tai_chinh", Role.STAFF, name="Tài")
    group = await world.group("so_khoa_hoc_cong_nghe", by=outsider)
    assert any("chưa được phân quyền" in text for text in await group.heard())


@pytest.mark.needs("presses")
async def test_another_department_cannot_press(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF)
    other = await world.joins("so_ngoai_vu", Role.STAFF)
    await official.says(SOFTWARE)
    card = next(message for message in await desk.chat.screen() if message.buttons)
    await other.presses_data(dict(card.buttons)["Tiếp nhận"])
    assert (await world.ticket()).status == "new"
    assert "Không có phiếu này" in (await other.news())[-1]


async def test_a_poison_update_is_set_aside_and_the_next_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    handle = world.program.intake.handle

    async def poisoned(moment, who, chat, said, reply):
        if said.text == "độc":
            raise ZeroDivisionError
        await handle(moment, who, chat, said, reply)

    monkeypatch.setattr(world.program.intake, "handle", poisoned)
    await world.receive(official.message("độc"), official.message(SOFTWARE))
    assert len(await world.tickets()) == 1
    assert any("đã giữ lại" in text for text in await official.news())
    assert any("không xử lý được" in text for text in await admin.news())
    assert await world.kept_texts("độc") == ["inbox"]


async def test_a_poison_album_is_set_aside_and_the_next_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("con_cuong", name="Minh")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    handle = world.program.intake.handle

    async def poisoned(moment, who, chat, said, reply):
        if said.text == "độc":
            raise ZeroDivisionError
        await handle(moment, who, chat, said, reply)

    monkeypatch.setattr(world.program.intake, "handle", poisoned)
    await official.sends_photos(2, "độc")
    await other.sends_photos(2, SOFTWARE)
    await world.forward(seconds=3)
    assert (await world.ticket()).text == SOFTWARE
    assert any("đã giữ lại" in text for text in await official.news())
    assert any("không xử lý được" in text for text in await admin.news())


async def test_a_step_that_fails_holds_no_other_ticket_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    for commune in ("chieu_luu", "con_cuong"):
        official = await world.joins(commune)
        await official.says(unsure_text())
    first, second = await world.tickets()
    act = clock.act
    fails = True

    async def poisoned(moment, ticket, step):
        if ticket.id == first.id and fails:
            raise ZeroDivisionError
        await act(moment, ticket, step)

    monkeypatch.setattr(clock, "act", poisoned)
    await world.forward(minutes=16)
    routed = [await world.events(ticket) for ticket in (first, second)]
    assert ["routed" in events for events in routed] == [False, True]
    (told,) = [text for text in await admin.news() if "Bước đến hạn" in text]
    assert first.code in told
    fails = False
    await world.forward(minutes=31)
    assert "routed" in await world.events(first)


async def test_what_the_database_refuses_for_good_does_not_come_again_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    handle = world.program.intake.handle

    async def refused(moment, who, chat, said, reply):
        await handle(moment, who, chat, said, reply)
        if said.text == "trùng":
            moment.session.add(Contact(channel=world.channel, address=official.chat.address))

    monkeypatch.setattr(world.program.intake, "handle", refused)
    await world.receive(official.message("trùng"), official.message(SOFTWARE))
    assert (await world.ticket()).text == SOFTWARE
    assert any("đã giữ lại" in text for text in await official.news())


async def test_typed_twins_press_the_card(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    desk = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await desk.says("1 tiep nhan")
    assert (await world.ticket()).status == "acknowledged"
    await desk.says("1 đã xử lý")
    await desk.says("Đã khởi động lại")
    assert (await world.ticket()).status == "resolved"
    await official.says("1")
    assert (await world.ticket()).status == "closed"

"""What happens to a desk's group: it grows, loses the bot, and never shows restricted matters."""

import pytest

from storage.people import Role
from tests.doubles.telegram_phone import Phone
from tests.world import Chat, World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
VIOLENCE = "Chồng đánh vợ nhiều lần, hai đứa trẻ sợ không dám về nhà, nhờ cơ quan bảo vệ"
IT = "so_khoa_hoc_cong_nghe"

pytestmark = pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


async def hears(world: World, payload: dict) -> None:
    """Let the program hear a payload as Telegram sends it."""
    incoming = world.program.channels["telegram"].parse({"update_id": world.photos, **payload})
    world.photos += 1
    await world.receive(incoming)


async def test_a_group_that_grows_keeps_its_desk(world: World) -> None:
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    official = await world.joins("chieu_luu")
    supergroup = -1_000_000_000_000 - abs(int(group.address))
    phone = Phone(int(staff.chat.address))
    await hears(world, phone.group_grows(int(group.address), supergroup))

    await official.says(SOFTWARE)
    grown = Chat(world, "telegram", str(supergroup), is_group=True)
    assert any(SOFTWARE in text for text in await grown.heard())


async def test_a_group_that_is_heard_at_its_new_address_first_keeps_its_desk(world: World) -> None:
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    official = await world.joins("chieu_luu")
    supergroup = -1_000_000_000_000 - abs(int(group.address))
    phone = Phone(int(staff.chat.address))
    await hears(world, phone.add_bot(supergroup))
    await hears(world, phone.text("chào cả nhà", group=supergroup))
    await hears(world, phone.group_grows(int(group.address), supergroup))
    await hears(world, phone.group_grows(int(group.address), supergroup))

    await official.says(SOFTWARE)
    grown = Chat(world, "telegram", str(supergroup), is_group=True)
    assert any(SOFTWARE in text for text in await grown.heard())
    assert not await world.unfinished()


async def test_a_group_whose_move_is_learnt_from_a_refused_card_keeps_its_desk(
    world: World,
) -> None:
    assert world.api is not None
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    official = await world.joins("chieu_luu")
    supergroup = world.api.migrate(int(group.address))
    phone = Phone(int(staff.chat.address))
    await hears(world, phone.text("chào cả nhà", group=supergroup))

    await official.says(SOFTWARE)
    grown = Chat(world, "telegram", str(supergroup), is_group=True)
    assert any(SOFTWARE in text for text in await grown.heard())
    await hears(world, phone.group_grows(int(group.address), supergroup))
    await official.says(f"vụ mới: {SOFTWARE} lần hai")
    assert any("lần hai" in text for text in await grown.heard())
    assert not await world.unfinished()


async def test_a_group_without_the_bot_is_no_desk_and_the_coordinator_hears(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    await coordinator.news()
    await hears(world, Phone(int(staff.chat.address)).remove_bot(int(group.address)))
    assert any("không còn nhóm" in text for text in await coordinator.news())

    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    assert any(SOFTWARE in text for text in await staff.news())


async def test_a_blocked_group_falls_back_on_the_staff(world: World) -> None:
    assert world.api is not None
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    official = await world.joins("chieu_luu")
    world.api.block(int(group.address), "bot was kicked from the group chat")
    await official.says(SOFTWARE)
    assert any(SOFTWARE in text for text in await staff.news())
    assert any("không còn nhóm" in text for text in await coordinator.news())


async def test_a_restricted_matter_shows_no_words_in_a_group(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(VIOLENCE)
    ticket = await world.ticket()
    assert ticket.restricted
    staff = await world.joins(ticket.lead, Role.STAFF)
    group = await world.group(ticket.lead, by=staff)
    await official.says("khẩn cấp")
    await official.says(f"phiếu {ticket.code}: cháu lớn bị thương ở tay")
    heard = "\n".join(await group.heard())
    assert ticket.code in heard
    assert VIOLENCE not in heard
    assert "cháu lớn" not in heard
    await staff.says(f"/phieu {ticket.code}", chat=group)
    assert VIOLENCE not in "\n".join(await group.heard())


async def test_only_somebody_of_the_unit_makes_a_group_its_desk(world: World) -> None:
    staff = await world.joins(IT, Role.STAFF)
    other = await world.joins("so_tai_chinh", Role.STAFF)
    reporter = await world.joins("chieu_luu")
    group = Chat(world, "telegram", "-900", is_group=True)
    code = await world.invited(IT, Role.DESK)
    for somebody in (world.stranger(), other, reporter):
        await somebody.says(code, chat=group)
    await reporter.says(SOFTWARE)
    assert not any(SOFTWARE in text for text in await group.heard())
    await staff.says(code, chat=group)
    await reporter.says(f"vụ mới: {SOFTWARE} lần hai")
    assert any("lần hai" in text for text in await group.heard())


async def test_the_coordinator_hears_of_a_new_desk_and_can_undo_it(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    told = (await coordinator.chat.screen())[-1]
    ((label, press),) = told.buttons
    await staff.presses_data(press)
    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    assert any(SOFTWARE in text for text in await group.heard())

    await coordinator.presses(label)
    await official.says(f"vụ mới: {SOFTWARE} lần hai")
    assert not any("lần hai" in text for text in await group.heard())
    assert any("lần hai" in text for text in await staff.news())


async def test_a_restricted_matter_is_read_on_the_web_and_not_on_telegram(world: World) -> None:
    official = await world.joins("chieu_luu")
    at_home = await world.joins("chieu_luu", channel="web")
    await official.says(VIOLENCE)
    ticket = await world.ticket()
    staff = await world.joins(ticket.lead, Role.STAFF)
    on_web = await world.joins(ticket.lead, Role.STAFF, channel="web")
    await staff.says(f"{ticket.code} hỏi thêm: cháu hiện ở với ai?")
    (asked,) = [text for text in await official.news() if "hỏi:" in text]
    assert "cháu hiện" not in asked and "/vao" in asked
    for somebody, sees in ((at_home, True), (on_web, True), (official, False), (staff, False)):
        await somebody.says(f"/phieu {ticket.code}")
        assert (VIOLENCE in (await somebody.last()).text) is sees
        assert ("cháu hiện" in (await somebody.last()).text) is sees


async def test_a_member_of_the_group_who_is_unknown_is_told_how_to_join(world: World) -> None:
    assert world.api is not None
    staff = await world.joins(IT, Role.STAFF)
    group = await world.group(IT, by=staff)
    official = await world.joins("chieu_luu")
    await official.says(SOFTWARE)
    before = await group.heard()
    await world.stranger().presses("Tiếp nhận", chat=group)
    toast = world.api.called("answerCallbackQuery")[-1]
    assert "mã mời" in toast.params["text"]
    assert await group.heard() == before
    assert (await world.ticket()).status == "new"

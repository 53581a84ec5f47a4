"""Invitations in chat and what became of them; people shut out and let in again."""

import re

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.people import Contact, Duty, Role
from storage.webchat import BrowserSession, OneTimeLink
from tests.world import World

OFFICE = "van_phong_ubnd"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


def code_in(text: str) -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert found, text
    return found.group()


async def test_the_coordinator_invites_and_sees_what_became_of_it(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says('/moi xa chieu luu can bo Lan "Công chức địa chính"')
    (told,) = await coordinator.news()
    assert "Mã mời cán bộ phản ánh xã Chiêu Lưu" in told
    assert "/join/" in told
    newcomer = world.stranger("Lan")
    await newcomer.says(code_in(told))
    assert any("Chào Lan" in text for text in await newcomer.news())
    async with world.database.reading() as session:
        duty = (
            await session.execute(select(Duty).where(col(Duty.unit) == "chieu_luu"))
        ).scalar_one()
    assert duty.post == "Công chức địa chính"

    await coordinator.says("/moi sở xây dựng lãnh đạo Hùng")
    await coordinator.news()
    await coordinator.says("/moi")
    (shown,) = await coordinator.news()
    assert "xã Chiêu Lưu: cán bộ phản ánh Lan, đã dùng 09:00" in shown
    assert "Sở Xây dựng: lãnh đạo đơn vị Hùng, còn đến" in shown
    assert "129 xã, phường chưa có ai" in shown


async def test_an_invitation_is_withdrawn_and_opens_nothing(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/moi xã Chiêu Lưu cán bộ Lan")
    code = code_in((await coordinator.news())[0])
    await coordinator.says("/moi")
    (label,) = await coordinator.labels()
    await world.forward(minutes=1)
    await coordinator.says(label)
    assert "đã rút" in (await coordinator.news())[-1]
    stranger = world.stranger("Lan")
    await stranger.says(code)
    assert "Mã mời chưa đúng" in (await stranger.news())[-1]
    await coordinator.says("/moi xã Chiêu Lưu cán bộ Vi")
    await world.forward(days=8)
    await coordinator.news()
    await coordinator.says("/moi")
    assert "Vi, hết hạn" in (await coordinator.news())[-1]


async def test_a_head_invites_for_the_own_unit_only(world: World) -> None:
    head = await world.joins("so_xay_dung", Role.HEAD, name="Hùng")
    await head.says("/moi sở xây dựng cán bộ Minh")
    assert "Mã mời cán bộ xử lý Sở Xây dựng" in (await head.news())[-1]
    for words in ("xã Chiêu Lưu cán bộ Lan", "sở xây dựng quản trị Minh"):
        await head.says(f"/moi {words}")
        assert "mời được cho đơn vị của mình thôi" in (await head.news())[-1]
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/moi vp ubnd quản trị Hà")
    assert "nhờ quản trị viên" in (await coordinator.news())[-1]
    await coordinator.says("/moi xã Chiêu Lưu cán bộ Lan")
    await coordinator.news()
    await head.says("/moi")
    (shown,) = await head.news()
    assert "Chiêu Lưu:" not in shown
    assert "chưa có ai" not in shown
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Tú")
    await staff.says("/moi sở xây dựng cán bộ Minh")
    assert await staff.news() == [
        "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    ]


async def test_words_that_lack_a_unit_or_a_role_are_asked_for(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/moi xã Mây cán bộ Lan")
    assert "Chưa rõ đơn vị" in (await coordinator.news())[-1]
    await coordinator.says("/moi xã Chiêu Lưu Lan")
    assert "mời làm gì ạ" in (await coordinator.news())[-1]


async def test_a_frozen_person_is_a_stranger_everywhere(world: World) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await staff.presses("Tiếp nhận")
    await staff.says("/vao")
    await staff.news()
    async with world.database.transaction() as session:
        [own] = (
            await session.execute(select(Contact).where(col(Contact.address) == staff.chat.address))
        ).scalars()
        at = {"created_at": world.now, "used_at": world.now}
        session.add(BrowserSession(id_hash="x", contact_id=own.id, csrf="y", **at))
    await official.news()

    await admin.says("/khoa minh")
    asked = (await admin.news())[-1]
    assert "Đang phụ trách 1 phiếu: NA-26-000001" in asked
    await admin.presses("Khóa")
    told = await admin.news()
    assert any("Đã khóa Minh" in text for text in told)
    async with world.database.reading() as session:
        links = list((await session.execute(select(OneTimeLink))).scalars())
        signed_in = list((await session.execute(select(BrowserSession))).scalars())
    assert all(link.used_at is not None for link in links)
    assert [row.revoked_at for row in signed_in] == [world.now]

    await official.says("bổ sung: mất cả mạng")
    await staff.says("1 đã xử lý: đã cấp lại chữ ký")
    heard = await staff.news()
    assert not any("NA-26" in text for text in heard)
    assert any("cần mã mời" in text for text in heard)
    assert (await world.ticket()).status == "acknowledged"

    await admin.presses("Khóa")
    assert "đang bị khóa rồi" in (await admin.news())[-1]
    await admin.says("/mokhoa Minh")
    await admin.presses("Mở khóa")
    assert any("Đã mở khóa Minh" in text for text in await admin.news())
    await staff.says("1 đã xử lý: đã cấp lại chữ ký")
    assert (await world.ticket()).status == "resolved"
    await world.forward(minutes=11)
    await admin.presses("Khóa")
    assert "quá 10 phút" in (await admin.news())[-1]


async def test_who_may_freeze_whom(world: World) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await staff.says("/khoa Hà")
    assert await staff.news() == [
        "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    ]
    await coordinator.says("/khoa Quân")
    await coordinator.presses("Khóa")
    assert (await coordinator.news())[
        -1
    ] == "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    await coordinator.says("/khoa Hà")
    await coordinator.presses("Khóa")
    assert (await coordinator.news())[
        -1
    ] == "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    await admin.says("/khoa ai đó")
    assert "Chưa rõ là ai" in (await admin.news())[-1]
    await world.joins("so_tai_chinh", Role.STAFF, name="Minh")
    await admin.says("/khoa Minh")
    shown = (await admin.news())[-1]
    assert "anh/chị gõ số" in shown
    assert "3. Minh: cán bộ Sở Xây dựng" in shown


async def test_while_somebody_guesses_codes_those_who_do_not_still_come_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.invitations.MANY_WRONG", 3)
    admin = await world.joins(OFFICE, Role.ADMIN, name="Bình")
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    codes = []
    for name in ("Lan", "Vi", "Mỵ"):
        await coordinator.says(f"/moi xã Chiêu Lưu cán bộ {name}")
        codes.append(code_in((await coordinator.news())[0]))
    guesser, clumsy = world.stranger("ai đó"), world.stranger("Vi")
    for wrong in ("2222-2222-2222", "3333-3333-3333", "4444-4444-4444"):
        await guesser.says(wrong)
    (warned,) = await admin.news()
    assert "3 lần nhập sai mã mời" in warned
    await guesser.says(codes[0])
    assert "thử lại sau một giờ" in (await guesser.news())[-1]
    fresh = world.stranger("Lan")
    await fresh.says(codes[0])
    assert "Lan" in (await fresh.news())[0]
    await clumsy.says("5555-5555-5555")
    await clumsy.says(codes[1])
    assert "thử lại sau một giờ" in (await clumsy.news())[-1]
    assert not await admin.news()
    await world.forward(minutes=10)
    await clumsy.says(codes[1])
    assert "Mã mời" not in (await clumsy.news())[0]
    await guesser.says(codes[2])
    assert "thử lại sau một giờ" in (await guesser.news())[-1]
    await world.forward(minutes=20)
    await guesser.says(codes[2])
    assert "thử lại" not in (await guesser.news())[0]

"""One message to many: previewed, edited, confirmed once, paced, and counted at the end."""

from sqlalchemy import select
from sqlmodel import col

from storage.outbox import Delivery, Fate, Kind, Notice
from storage.people import Contact, Role
from tests.world import World
from tickets.incoming import Kind as What

OFFICE = "van_phong_ubnd"
WORDS = "Họp trực tuyến về phòng chống bão lúc 14:00."


async def sent(world: World) -> list[Notice]:
    async with world.database.reading() as session:
        rows = await session.execute(
            select(Notice).where(col(Notice.replace_key).startswith("broadcast:"))
        )
        return list(rows.scalars())


async def test_a_broadcast_is_previewed_confirmed_once_and_counted(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    vi = await world.joins("chieu_luu", name="Vi")
    other = await world.joins("vinh_loc", name="Bình")
    await coordinator.says(f"/thongbao Chiêu Lưu, mỹ lý: {WORDS}")
    (preview,) = await coordinator.news()
    assert "Gửi 2 nơi, 2 người và nhóm: xã Chiêu Lưu, xã Mỹ Lý" in preview
    assert "Chưa có ai nhận ở 1 nơi: xã Mỹ Lý" in preview
    assert WORDS in preview
    assert await coordinator.labels() == ["Gửi", "Sửa", "Thôi"]
    assert await lan.news() == []

    await coordinator.presses("Gửi")
    assert "Đang gửi tới 2 người" in (await coordinator.news())[0]
    for official in (lan, vi):
        (heard,) = await official.news()
        assert heard == f"📢 Văn phòng UBND tỉnh thông báo:\n{WORDS}"
    assert await other.news() == []
    assert {notice.kind for notice in await sent(world)} == {Kind.BULK}

    await world.forward(seconds=2)
    (report,) = await coordinator.news()
    assert "đã đến 2/2" in report
    assert "Chưa đến ai ở: xã Mỹ Lý" in report
    await coordinator.presses("Gửi")
    assert "đã gửi lúc 09:00 tới 2 người" in (await coordinator.news())[-1]
    await world.forward(minutes=5)
    assert len(await sent(world)) == 2
    assert await lan.news() == []


async def test_a_preview_is_edited_and_its_old_buttons_send_nothing(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    await coordinator.says("/thongbao gap xa mien nui: nước lên")
    old = dict((await coordinator.last()).buttons)["Gửi"]
    assert "GẤP" in (await coordinator.news())[0]
    await coordinator.says("2")
    await coordinator.says("Nước lên nhanh, sơ tán ngay")
    assert "Nước lên nhanh, sơ tán ngay" in (await coordinator.news())[-1]
    await coordinator.presses_data(old)
    assert "Nội dung đã sửa" in (await coordinator.news())[-1]
    assert await sent(world) == []
    await coordinator.presses("Gửi")
    (heard,) = await lan.news()
    assert heard.startswith("📢 GẤP.")
    assert "sơ tán ngay" in heard
    assert {notice.kind for notice in await sent(world)} == {Kind.NOTICE}


async def test_a_preview_is_dropped(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    await coordinator.says("/thongbao tất cả xã: thử")
    await coordinator.says("thôi")
    assert (await coordinator.news())[-1] == "Vâng ạ, thông báo này không gửi."
    await coordinator.presses("Gửi")
    assert "đã bỏ lúc" in (await coordinator.news())[-1]
    assert await lan.news() == []


async def test_a_department_hears_in_its_group_or_else_each_of_its_people(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    minh = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    hung = await world.joins("so_xay_dung", Role.HEAD, name="Hùng")
    await coordinator.says("/thongbao sở xây dựng: nộp báo cáo")
    await coordinator.presses("Gửi")
    for person in (minh, hung):
        assert "nộp báo cáo" in (await person.news())[-1]
    if world.channel == "telegram":
        group = await world.group("so_xay_dung", by=minh)
        await minh.news()
        await coordinator.says("/thongbao sở xây dựng: nộp lại")
        await coordinator.presses("Gửi")
        assert "nộp lại" in (await group.heard())[-1]
        assert await minh.news() == []


async def test_only_the_coordinator_writes_to_many(world: World) -> None:
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    await staff.says("/thongbao tất cả xã: xin chào")
    assert await staff.news() == [
        "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    ]
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/thongbao xã Mây: xin chào")
    assert "Chưa rõ nơi nhận: “xã Mây”" in (await coordinator.news())[-1]
    await coordinator.says("/thongbao")
    assert "Nơi nhận" in (await coordinator.news())[-1]
    await coordinator.says("/thongbao tất cả xã: họp")
    press = dict((await coordinator.last()).buttons)["Gửi"]
    await staff.presses_data(press)
    assert await sent(world) == []


async def test_what_cannot_be_delivered_is_named_in_the_report(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    async with world.database.transaction() as session:
        from storage.people import set_reachable  # noqa: PLC0415  only here

        await set_reachable(session, 2, reachable=False)
    await coordinator.says("/thongbao Chiêu Lưu: họp")
    await coordinator.presses("Gửi")
    await world.forward(seconds=2)
    report = (await coordinator.news())[-1]
    assert "đã đến 0/1" in report
    assert "Không đến được: 1" in report
    assert "Chưa đến ai ở: xã Chiêu Lưu" in report
    assert await lan.news() == []


async def test_an_urgent_one_overtakes_an_ordinary_one_and_no_emergency(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    lan = await world.joins("chieu_luu", name="Lan")
    confirms = []
    for words in ("Chiêu Lưu: nộp báo cáo", "gấp Chiêu Lưu: nước lên"):
        await coordinator.says(f"/thongbao {words}")
        press = dict((await coordinator.last()).buttons)["Gửi"]
        confirms.append(coordinator.message("", kind=What.PRESS, press=press, press_id="p1"))
    emergency = lan.message("sạt lở vùi nhà dân ở bản Khe Tang, có người mắc kẹt")
    await world.receive(*confirms, emergency)
    async with world.database.reading() as session:
        rows = await session.execute(
            select(col(Notice.text))
            .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
            .join(Contact, col(Contact.id) == col(Delivery.contact_id))
            .where(col(Contact.address) == lan.chat.address, col(Delivery.fate) == Fate.DELIVERED)
            .order_by(col(Delivery.kind), col(Delivery.id))
        )
        texts = rows.scalars().all()
    heard = [text for text in texts if "112" in text or "📢" in text][-4:]
    places = {
        word: next(n for n, text in enumerate(heard) if word in text)
        for word in ("112", "nước lên", "báo cáo")
    }
    assert places["112"] < places["nước lên"] < places["báo cáo"]
    on_screen = await lan.heard()
    shown = [next(n for n, t in enumerate(on_screen) if w in t) for w in ("nước lên", "báo cáo")]
    assert shown == sorted(shown)

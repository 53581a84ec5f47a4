"""A storm night: the mode is switched on, communes are asked, one is silent, somebody is hurt."""

from dataclasses import dataclass

from storage import storms
from storage.people import Role
from storage.storms import Storm
from tests.world import Actor, World
from tickets import storms as stormy
from tickets.moment import Moment

OFFICE = "van_phong_ubnd"
ROAD = "Đường liên xã qua bản Hòa Lý hỏng nặng, nhiều ổ gà, xe máy đi lại khó khăn"
STATES = ["An toàn", "Mất điện", "Mất sóng", "Đường chia cắt", "Có người bị nạn", "Cần cứu trợ"]


async def current(world: World) -> Storm | None:
    async with world.database.reading() as session:
        return await storms.current(session)


async def states(world: World) -> dict[str, tuple[str, ...]]:
    async with world.database.reading() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        storm = await stormy.current(moment)
        assert storm is not None
        return {state.commune: state.states for state in await stormy.states(moment, storm)}


async def silent(world: World) -> list[str]:
    async with world.database.reading() as session:
        rules = await world.program.packs.in_force(session)
        found = await stormy.silent(Moment(session, world.now, rules))
        return [state.commune for state in found]


async def switched_on(world: World, whom: str = "Chiêu Lưu, Mỹ Lý") -> Actor:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says(f"/baolu {whom}")
    await coordinator.presses("Bật")
    await coordinator.news()
    return coordinator


@dataclass
class Night:
    """The people of the story."""

    coordinator: Actor
    leader: Actor
    lan: Actor
    vi: Actor
    binh: Actor


async def dusk(world: World) -> Night:
    """The mode is switched on for four communes; in one of them there is nobody."""
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    leader = await world.joins(OFFICE, Role.LEADER, name="Minh")
    lan = await world.joins("chieu_luu", name="Lan")
    vi = await world.joins("luong_minh", name="Vi")
    binh = await world.joins("my_ly", name="Bình")
    await binh.says("điện thoại: 0912345678")
    await binh.news()

    await coordinator.says("/baolu Chiêu Lưu, Lượng Minh, Mỹ Lý, Nhôn Mai mỗi 2 giờ")
    (preview,) = await coordinator.news()
    assert "Bật chế độ bão lũ?" in preview
    assert "4 xã, 3 người: xã Chiêu Lưu, xã Lượng Minh, xã Mỹ Lý, xã Nhôn Mai." in preview
    assert "Chưa có ai để hỏi ở 1 xã: xã Nhôn Mai." in preview
    assert "mỗi 2 giờ, cả ban đêm" in preview
    assert "Chưa đổi gì" in preview
    assert await lan.news() == []
    assert await current(world) is None
    await coordinator.presses("Bật")
    assert "Chế độ bão lũ bật từ 09:00 ở 4 xã" in (await coordinator.news())[0]
    assert "Hà vừa đổi chế độ bão lũ" in (await leader.news())[0]
    return Night(coordinator, leader, lan, vi, binh)


async def one_is_silent(world: World, night: Night) -> None:
    """Two communes answer, the third is called out and stands red in the list."""
    coordinator, leader, lan, vi = night.coordinator, night.leader, night.lan, night.vi
    (asked,) = await lan.news()
    assert "Tình hình xã Chiêu Lưu lúc này?" in asked
    assert "sẽ hỏi mỗi 2 giờ" in asked
    assert (await lan.labels())[:6] == STATES
    await lan.presses("Mất điện")
    await lan.presses("Xong")
    assert "Đã ghi xã Chiêu Lưu: mất điện." in (await lan.news())[-1]
    await vi.says("1")
    assert "Đã ghi xã Lượng Minh: an toàn." in (await vi.news())[-1]

    await world.forward(minutes=29)
    assert await coordinator.news() == []
    assert await silent(world) == []
    await world.forward(minutes=2)
    (called_out,) = await coordinator.news()
    assert "4 xã trong vùng bão lũ: 1 an toàn, 1 mất điện, 1 chưa trả lời." in called_out
    assert "🔴 xã Mỹ Lý, im lặng từ 09:00: Bình 0912345678" in called_out
    assert "Nhôn Mai" in called_out
    assert await leader.news() == []
    assert await silent(world) == ["my_ly"]
    await leader.says("/tinhhinh")
    (listed,) = await leader.news()
    first, *others = listed.splitlines()[1:]
    assert first == "🔴 xã Mỹ Lý: im lặng từ 09:00"
    assert others[0] == "🟠 xã Chiêu Lưu: mất điện (09:00)"
    assert others[1] == "🟢 xã Lượng Minh: an toàn (09:00)"
    assert others[2] == "⚫ xã Nhôn Mai: chưa có ai để hỏi"


async def test_a_storm_night(world: World) -> None:
    night = await dusk(world)
    await one_is_silent(world, night)
    coordinator, lan, vi, binh = night.coordinator, night.lan, night.vi, night.binh
    await world.forward(minutes=89)  # 11:00
    assert "Tình hình xã Lượng Minh lúc này?" in (await vi.news())[-1]
    await vi.says("2 4")
    assert "Đã ghi xã Lượng Minh: mất điện, đường chia cắt." in (await vi.news())[-1]
    await lan.news()
    await lan.presses("Có người bị nạn")
    told = await lan.news()
    assert any("112" in text for text in told)
    (ticket,) = await world.tickets()
    assert (ticket.commune, ticket.urgency) == ("chieu_luu", "emergency")
    assert "có người bị nạn" in ticket.text
    await binh.says("nhà tôi vẫn ổn, đường chia cắt")
    assert await silent(world) == []

    await coordinator.says("/baolu hết")
    assert "Tắt chế độ bão lũ ở 4 xã?" in (await coordinator.news())[-1]
    await coordinator.presses("Tắt")
    report = next(text for text in await coordinator.news() if "Kết thúc chế độ" in text)
    assert "xã Chiêu Lưu: 2/2 · mất điện 1, có người bị nạn 1 · 1/0" in report
    assert "xã Mỹ Lý: 1/2 · đường chia cắt 1" in report or "xã Mỹ Lý: 0/2" in report
    assert "Bảng đầy đủ" in report
    assert "đã kết thúc" in (await vi.news())[-1]
    assert await current(world) is None
    await world.forward(hours=8)
    assert not [text for text in await vi.news() if "lúc này" in text]


async def test_new_tickets_get_shorter_deadlines_and_old_ones_only_when_confirmed(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("vinh_loc", name="Bình")
    await lan.says(ROAD)
    before = (await world.ticket()).answer_by
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    await coordinator.says("/baolu Chiêu Lưu")
    assert "1 phiếu đang mở giữ nguyên hạn." in (await coordinator.news())[0]
    await coordinator.presses("Bật")
    assert "1 phiếu mở từ trước giữ hạn cũ" in (await coordinator.news())[-1]
    await world.forward(minutes=1)
    assert (await world.ticket()).answer_by == before
    assert (await world.ticket()).storm_id is None

    await coordinator.presses("Rút hạn")
    assert any("Đã rút hạn 1 phiếu" in text for text in await coordinator.news())
    old = await world.ticket()
    assert old.answer_by is not None and before is not None and old.answer_by < before
    await coordinator.presses("Rút hạn")
    assert "Chế độ bão lũ bật từ" in (await coordinator.news())[-1]

    await lan.says("vụ mới: cột điện ở bản Lưu Tân nghiêng, dân lo lắng")
    await other.says(ROAD)
    _, new, elsewhere = await world.tickets()
    assert new.storm_id is not None
    assert elsewhere.storm_id is None
    rules = [event.rule for event in await world.history(new) if event.kind == "hastened"]
    assert len(rules) == 1
    assert "Chế độ bão lũ số 1 (bật 09:00 23/11/2026 cho xã Chiêu Lưu)" in rules[0]
    await lan.says(f"/visao {new.id}")
    assert any("rút hạn vì bão lũ" in text for text in await lan.news())


async def test_intake_is_short_and_what_the_text_says_is_not_asked(world: World) -> None:
    await switched_on(world)
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says("Sạt lở QL7 km 12, tắc đường hoàn toàn, không ai bị vùi")
    heard = await lan.news()
    assert any("Có mất điện không?" in text for text in heard)
    await lan.says("có")
    assert "Cần gấp nhất thứ gì lúc này?" in (await lan.news())[-1]
    await lan.says("cần máy xúc")
    (ticket,) = await world.tickets()
    assert set(ticket.answers) == {"power_out", "needs"}
    assert ticket.answers["needs"].endswith("cần máy xúc")


async def test_communes_are_added_taken_out_and_old_buttons_do_nothing(world: World) -> None:
    coordinator = await switched_on(world)
    vi = await world.joins("luong_minh", name="Vi")
    lan = await world.joins("chieu_luu", name="Lan")
    await coordinator.says("/baolu thêm Lượng Minh")
    assert "Thêm 1 xã, 1 người: xã Lượng Minh." in (await coordinator.news())[0]
    old = dict((await coordinator.last()).buttons)["Áp dụng"]
    await coordinator.says("/baolu bớt Chiêu Lưu")
    assert "Bớt 1 xã: xã Chiêu Lưu." in (await coordinator.news())[-1]
    await coordinator.presses_data(old)
    assert "ở 2 xã: xã Chiêu Lưu, xã Mỹ Lý" in (await coordinator.news())[-1]
    assert await vi.news() == []
    await coordinator.presses("Áp dụng")
    assert "đã kết thúc" in (await lan.news())[-1]
    await coordinator.says("/baolu lượng minh")
    await coordinator.presses("Áp dụng")
    assert "Tình hình xã Lượng Minh" in (await vi.news())[-1]
    await coordinator.says("/baolu bớt lượng minh")
    await coordinator.presses("Thôi")
    assert "không đổi gì" in (await coordinator.news())[-1]
    storm = await current(world)
    assert storm is not None
    assert storm.communes == ["my_ly", "luong_minh"]


async def test_only_coordinators_and_leaders_switch_it_and_see_it(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    staff = await world.joins("so_xay_dung", Role.STAFF, name="Minh")
    lan = await world.joins("chieu_luu", name="Lan")
    vi = await world.joins("luong_minh", name="Vi")
    for words in ("/baolu Chiêu Lưu", "/tinhhinh"):
        await staff.says(words)
        assert await staff.news() == [
            "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
        ]
    await coordinator.says("/baolu xã Mây")
    assert "Chưa rõ xã nào" in (await coordinator.news())[-1]
    await coordinator.says("/baolu sở xây dựng")
    assert "Chưa rõ xã nào" in (await coordinator.news())[-1]
    await coordinator.says("/baolu Chiêu Lưu mỗi 40 giờ")
    assert "từ 1 đến 24 giờ" in (await coordinator.news())[-1]
    await coordinator.says("/tinhhinh")
    assert "Không xã nào" in (await coordinator.news())[-1]
    await coordinator.says("/baolu Chiêu Lưu")
    press = dict((await coordinator.last()).buttons)["Bật"]
    await staff.presses_data(press)
    assert await current(world) is None
    await coordinator.presses_data(press)
    await coordinator.presses_data(press)
    assert "Chế độ bão lũ bật từ" in (await coordinator.news())[-1]
    answer = dict((await lan.last()).buttons)["An toàn"]
    await vi.presses_data(answer)
    assert (await vi.news())[
        -1
    ] == "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."

"""The chair of a commune: sees what is asked for in its name, agrees or takes it back."""

import pytest

from storage.people import Role
from tests.world import BUNDLED, Actor, World
from tickets.chair import asks_for_means

SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
DIGGER = "xin máy xúc gấp, đất vùi nhà ở bản Khe Tang, có người mắc kẹt"


async def office(world: World) -> tuple[Actor, Actor, Actor]:
    lan = await world.joins("chieu_luu", name="Lan")
    chair = await world.joins("chieu_luu", Role.HEAD, name="Vi Văn Thành")
    desk = await world.joins("so_tai_chinh", Role.STAFF, name="Hùng")
    return lan, chair, desk


@pytest.mark.needs("changes")
async def test_a_request_for_means_is_shown_to_the_chair_while_it_runs(world: World) -> None:
    lan, chair, desk = await office(world)
    await lan.says(SCANNER)
    assert any(SCANNER in text for text in await desk.news())
    (shown,) = await chair.news()
    assert "Lan đề nghị thay mặt xã Chiêu Lưu" in shown
    assert SCANNER in shown
    assert await chair.labels() == ["Đồng ý", "Rút"]
    await desk.presses("Tiếp nhận")
    version = (await world.ticket()).version
    await chair.presses("Đồng ý")
    ticket = await world.ticket()
    assert (ticket.status, ticket.version) == ("acknowledged", version)
    (card,) = [text for text in await desk.heard() if "✅" in text]
    assert "Chủ tịch xã đồng ý" in card
    assert "chair_agreed" in await world.events()
    await chair.presses("Đồng ý")
    assert (await world.events()).count("chair_agreed") == 1


async def test_the_chair_takes_it_back_and_is_named(world: World) -> None:
    lan, chair, desk = await office(world)
    await lan.says(SCANNER)
    await desk.presses("Tiếp nhận")
    for person in (lan, desk, chair):
        await person.news()
    await chair.presses("Rút")
    assert (await world.ticket()).status == "cancelled"
    assert any("Vi Văn Thành, Chủ tịch xã, đã rút" in text for text in await lan.news())
    assert any("đã hủy" in text for text in await desk.news())
    await chair.says("xã đã có nguồn khác")
    assert any("xã đã có nguồn khác" in text for text in await desk.news())


@pytest.mark.parametrize("words", ["1 rút", "rút", "2"])
async def test_the_chair_may_type_it(world: World, words: str) -> None:
    lan, chair, _ = await office(world)
    await lan.says(SCANNER)
    await chair.says(words)
    assert (await world.ticket()).status == "cancelled"


@pytest.mark.parametrize("words", ["1 đồng ý", "dong y", "1"])
async def test_the_chair_may_type_yes(world: World, words: str) -> None:
    lan, chair, _ = await office(world)
    await lan.says(SCANNER)
    await chair.says(words)
    assert (await world.ticket()).answers["chair"] == "Chủ tịch xã đồng ý"


async def test_other_matters_are_not_the_chairs_to_allow(world: World) -> None:
    lan, chair, _ = await office(world)
    await lan.says(BRIDGE)
    assert await chair.news() == []
    await chair.says("/phieu")
    assert "1 phiếu" in (await chair.last()).text
    await chair.says("/phieu 1")
    assert BRIDGE in (await chair.last()).text
    assert await chair.labels() == []


async def test_an_emergency_waits_for_nobody(world: World) -> None:
    lan, chair, _ = await office(world)
    await lan.says("khẩn cấp")
    await lan.says(SCANNER)
    ticket = await world.ticket()
    assert ticket.urgency == "emergency"
    assert ticket.carded_at is not None
    (told,) = await chair.news()
    assert "Báo để đồng chí biết" in told
    assert await chair.labels() == []
    await chair.says("1 rút")
    assert "không rút được" in (await chair.last()).text
    assert (await world.ticket()).status == "new"


async def test_only_the_chair_of_the_commune_may(world: World) -> None:
    lan, _, desk = await office(world)
    stranger = await world.joins("con_cuong", Role.HEAD)
    await lan.says(SCANNER)
    ticket = await world.ticket()
    for person in (lan, desk, stranger):
        for press in ("chairyes", "withdraw"):
            await person.presses_data(f"t:{press}:{ticket.id}:0")
    assert (await world.ticket()).status == "new"
    assert "chair" not in (await world.ticket()).answers
    await stranger.says("/phieu 1")
    assert "Không có phiếu này" in (await stranger.last()).text


async def test_without_a_chair_nothing_is_asked_and_the_chair_does_not_ask_itself(
    world: World,
) -> None:
    lan = await world.joins("con_cuong", name="Lan")
    await lan.says(SCANNER)
    assert (await world.ticket()).status == "new"
    chair = await world.joins("chieu_luu", Role.HEAD, name="Vi Văn Thành")
    code = await world.invited("chieu_luu", Role.REPORTER)
    await chair.says(f"/start {code}")
    await chair.news()
    await chair.says(SCANNER)
    assert not any("thay mặt" in text for text in await chair.news())


async def test_the_chair_hears_when_the_matter_becomes_known(world: World) -> None:
    lan, chair, _ = await office(world)
    await lan.sends_photos(1)
    await world.forward(minutes=16)
    assert await chair.news() == []
    await lan.says("ảnh hôm qua là " + SCANNER)
    assert any("thay mặt xã Chiêu Lưu" in text for text in await chair.news())
    await lan.says("sai đơn vị")
    await lan.says("sở nội vụ")
    assert await chair.news() == []


def test_means_are_money_people_and_machines() -> None:
    asked = {route.category for route in BUNDLED.routing if asks_for_means(route)}
    assert {"computers_scanners", "operating_budget", "staffing_quota", "training"} <= asked
    assert {"machinery_request", "teacher_shortage", "health_station"} <= asked
    assert not asked & {"tax_fees", "rotation_transfer", "landslide_road", "power_outage"}
    assert not asks_for_means(None)

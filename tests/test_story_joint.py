"""One request of several communes: named or invited, seen by all, confirmed by each, left."""

import pytest
from sqlalchemy import select

from province.lookup import lookup
from storage.carriers import Carrier
from storage.people import Person, Role
from storage.tickets import Ticket
from tests.desks import console
from tests.site import site_of
from tests.world import BUNDLED, Actor, World
from tickets.joint import invited_by, neighbours, together

DIGGER = "Đề nghị cấp 1 máy xúc dùng chung cho cụm xã Chiêu Lưu, Hữu Kiệm, Nậm Cắn"
HURRIED = "xin 1 may xuc dung chung cho cum xa chieu luu, huu kiem va nam can"
ALONE = "Xã xin cấp một máy xúc để hót đất sạt trên đường liên bản"
HOME = "chieu_luu"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (DIGGER, ["huu_kiem", "nam_can"]),
        (HURRIED, ["huu_kiem", "nam_can"]),
        ("cho cụm xã Hữu Kiệm, Nậm Cắn cùng xã em 1 máy xúc", ["huu_kiem", "nam_can"]),
        ("máy xúc cho 3 xã: Chiêu Lưu, Hữu Kiệm và Nậm Cắn", ["huu_kiem", "nam_can"]),
        ("liên xã Hữu Kiệm - xã Chiêu Lưu xin trạm BTS", ["huu_kiem"]),
        ("các xã Hữu Kiệm, Nậm Cắn đã có máy xúc, xã tôi chưa có", []),
        ("đường từ xã Hữu Kiệm sang xã Nậm Cắn bị sạt", []),
        ("xin máy xúc cho cụm xã", []),
        ("xin máy xúc cho cụm xã Không Có", []),
        ("", []),
    ],
)
def test_who_asks_together_is_read_with_and_without_marks(text: str, others: list[str]) -> None:
    assert together(text, lookup(BUNDLED), HOME) == others


def test_an_invitation_names_communes_and_nothing_else() -> None:
    units = lookup(BUNDLED)
    assert invited_by("Hữu Kiệm, Nậm Cắn nhé", units) == ["huu_kiem", "nam_can"]
    assert invited_by("huu kiem", units) == ["huu_kiem"]
    assert invited_by("Hữu Kiệm về họp giao ban", units) == []
    near = neighbours(units, HOME, ["huu_kiem"])
    assert len(near) == 3
    assert HOME not in near
    assert "huu_kiem" not in near


async def people(world: World) -> tuple[Actor, Actor, Actor]:
    """An official of each of three neighbouring communes."""
    lan = await world.joins(HOME, name="Lan")
    kiem = await world.joins("huu_kiem", name="Kiệm")
    can = await world.joins("nam_can", name="Cắn")
    return lan, kiem, can


async def asked(world: World) -> tuple[Actor, Actor, Actor, Actor, Ticket]:
    """Three communes carry one request, and its desk is there."""
    lan, kiem, can = await people(world)
    await lan.says(DIGGER)
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF, name="Minh")
    for person in (lan, kiem, can):
        await person.news()
    return lan, kiem, can, desk, ticket


@pytest.mark.parametrize("text", [DIGGER, HURRIED])
async def test_a_report_for_several_communes_is_one_ticket_of_all(world: World, text: str) -> None:
    lan, kiem, can = await people(world)
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF)
    await lan.says(text)
    ticket = await world.ticket()
    assert (ticket.commune, ticket.carriers) == (HOME, ["huu_kiem", "nam_can"])
    assert any("đề nghị chung với Hữu Kiệm, Nậm Cắn" in said for said in await lan.heard())
    for person in (kiem, can):
        assert any("đề nghị chung cho cả xã anh/chị" in said for said in await person.heard())
        await person.says("/phieu")
        assert "NA-26-000001" in (await person.last()).text
        assert "(cùng Hữu Kiệm, Nậm Cắn)" in (await person.last()).text
    assert any("Cùng đề nghị: 3 xã" in said for said in await desk.heard())


async def test_a_commune_that_nobody_speaks_for_is_named_to_the_reporter(world: World) -> None:
    lan = await world.joins(HOME, name="Lan")
    await world.joins("huu_kiem", name="Kiệm")
    await lan.says(DIGGER)
    assert (await world.ticket()).carriers == ["huu_kiem"]
    assert any("Nậm Cắn chưa có cán bộ nào" in said for said in await lan.heard())


@pytest.mark.parametrize("words", ["vụ mới", "thêm vào"])
async def test_others_are_told_only_when_it_is_a_matter_of_its_own(
    world: World, words: str
) -> None:
    lan, kiem, _ = await people(world)
    await lan.says(ALONE)
    for _ in range(3):
        await lan.says("bỏ qua")
    await world.forward(hours=3)
    await lan.says(DIGGER)
    assert "hay vụ mới ạ?" in (await lan.last()).text
    assert not any("đề nghị chung cho cả xã" in said for said in await kiem.heard())
    await lan.says(words)
    heard = any("đề nghị chung cho cả xã" in said for said in await kiem.heard())
    assert heard == (words == "vụ mới")
    assert (await world.tickets())[1].carriers == (["huu_kiem", "nam_can"] if heard else [])


async def test_every_carrier_adds_and_all_others_hear(world: World) -> None:
    lan, kiem, can, desk, _ = await asked(world)
    await desk.says("1 tiếp nhận")
    for person in (lan, kiem, can):
        assert any("đã tiếp nhận" in said for said in await person.news())
    await kiem.presses("Xem phiếu")
    await kiem.says("Hữu Kiệm cần máy trước mùa mưa, 12 điểm sạt")
    for person in (lan, can):
        news = await person.news()
        assert any("Kiệm (xã Hữu Kiệm) bổ sung" in said for said in news), news
    assert any("xã Hữu Kiệm bổ sung: “Hữu Kiệm cần" in said for said in await desk.heard())


async def test_a_colleague_hears_for_the_commune_when_its_official_has_left(world: World) -> None:
    _, kiem, _, desk, _ = await asked(world)
    other = await world.joins("huu_kiem", name="Kiên")
    await kiem.says("1 xem")
    await kiem.says("Hữu Kiệm cần máy trước mùa mưa, 12 điểm sạt")
    await desk.says("1 cập nhật: đang xem kho máy của tỉnh")
    assert any("kho máy" in said for said in await kiem.heard())
    assert not any("kho máy" in said for said in await other.heard())
    async with world.database.transaction() as session:
        for person in (await session.execute(select(Person))).scalars():
            person.active = person.name != "Kiệm"
    await desk.says("1 cập nhật: thứ Hai có máy")
    assert any("thứ Hai có máy" in said for said in await other.heard())


async def test_what_is_merged_still_reaches_all_who_carry_it(world: World) -> None:
    lan, kiem, _, desk, ticket = await asked(world)
    cuong = await world.joins("con_cuong", name="Cường")
    await cuong.says(ALONE)
    second = (await world.tickets())[1]
    assert second.lead == ticket.lead
    await desk.says("1 gộp 2")
    await desk.says("2 cập nhật: thứ Hai có máy")
    for person in (lan, kiem, cuong):
        assert any("thứ Hai có máy" in said for said in await person.heard()), person.name


async def test_each_commune_confirms_its_own_result_and_the_last_ends_it(world: World) -> None:
    lan, kiem, can, desk, ticket = await asked(world)
    head = await world.joins(ticket.lead, Role.HEAD, name="Trưởng")

    async def solved() -> None:
        await desk.says("1 đã xử lý: máy xúc lên từ thứ Hai")
        if (await world.ticket()).proposal:
            await head.presses("Duyệt")

    await solved()
    await lan.presses("Đã xong")
    assert "còn chờ Hữu Kiệm, Nậm Cắn" in (await lan.last()).text
    assert (await world.ticket()).status == "resolved"
    await kiem.presses("Chưa xong")
    ticket = await world.ticket()
    assert (ticket.status, ticket.reopened) == ("new", 1)
    assert any("xã Hữu Kiệm báo chưa xong" in said for said in await desk.news())

    await solved()
    for person, left in ((kiem, "Chiêu Lưu, Nậm Cắn"), (can, "Chiêu Lưu")):
        await person.says("đã xong")
        assert f"còn chờ {left}" in (await person.last()).text
    await lan.says("1 đã xong")
    ticket = await world.ticket()
    assert (ticket.status, ticket.outcome) == ("closed", "confirmed")
    assert any("xã Chiêu Lưu vừa đổi thành" in said for said in await can.heard())


async def test_each_commune_judges_for_itself_as_soon_as_it_has_confirmed(world: World) -> None:
    lan, kiem, can, desk, ticket = await asked(world)
    await kiem.says("1 chấm 4")
    assert "chưa" in (await kiem.last()).text
    head = await world.joins(ticket.lead, Role.HEAD, name="Trưởng")
    await desk.says("1 đã xử lý: máy xúc lên từ thứ Hai")
    if (await world.ticket()).proposal:
        await head.presses("Duyệt")
    await kiem.presses("Đã xong")
    assert (await kiem.labels())[:5] == [f"{n} điểm" for n in range(1, 6)]
    await kiem.says("4")
    await lan.says("1 đã xong")
    await lan.says("5")
    await can.says("1 đã xong")
    await can.says("1 chấm 2")
    assert (await world.ticket()).rating == 5
    async with world.database.reading() as session:
        rows = await session.execute(select(Carrier.commune, Carrier.rating))
        assert {row[0]: row[1] for row in rows} == {
            "chieu_luu": None, "huu_kiem": 4, "nam_can": 2,
        }  # fmt: skip
    assert (await world.events()).count("rated") == 3


@pytest.mark.parametrize("how", ["press", "label", "number"])
async def test_a_neighbour_is_invited_and_says_yes(world: World, how: str) -> None:
    lan, kiem, can = await people(world)
    await lan.says(ALONE)
    await lan.says("mời xã Hữu Kiệm, Nậm Cắn")
    assert "đã mời Hữu Kiệm, Nậm Cắn" in (await lan.last()).text
    await kiem.says("/phieu 1")
    assert "Không có phiếu này" in (await kiem.last()).text
    match how:
        case "press":
            await kiem.presses("Đồng ý")
        case "label":
            await can.says("không")
            await kiem.says("đồng ý")
        case _:
            await kiem.says("/giup")
            await kiem.says("1 đồng ý")
    assert (await world.ticket()).carriers == ["huu_kiem"]
    assert any("xã Hữu Kiệm cùng đề nghị" in said for said in await lan.heard())
    if how != "label":
        await can.says("1 từ chối")
    assert any("xã Nậm Cắn không cùng đề nghị" in said for said in await lan.heard())
    await can.says("1 đồng ý")
    assert (await world.ticket()).carriers == ["huu_kiem"]


async def test_neighbours_are_offered_by_buttons_and_asked_for_by_name(world: World) -> None:
    lan, _, can = await people(world)
    await lan.says(ALONE)
    await lan.says("1 mời xã bên")
    labels = await lan.labels()
    assert len(labels) == 3
    await lan.says("xã gì đó bên cạnh")
    assert "Chưa rõ xã nào" in (await lan.last()).text
    await lan.says("nam can")
    assert any("mời xã anh/chị cùng đề nghị" in said for said in await can.heard())


async def test_a_carrier_leaves_and_the_first_one_hands_over(world: World) -> None:
    lan, kiem, can, desk, _ = await asked(world)
    await desk.says("1 tiếp nhận")
    await can.says("1 rút xã")
    assert (await world.ticket()).carriers == ["huu_kiem"]
    assert any("xã Nậm Cắn đã rút" in said for said in await lan.heard())
    await can.says("/phieu 1")
    assert "Không có phiếu này" in (await can.last()).text

    await lan.says("1 rút xã")
    assert "chưa xã nào khác lên tiếng" in (await lan.last()).text
    await kiem.says("1 xem")
    await kiem.says("xã em vẫn cần máy xúc này")
    await lan.says("1 hủy")
    ticket = await world.ticket()
    assert (ticket.status, ticket.commune, ticket.carriers) == ("acknowledged", "huu_kiem", [])
    await desk.news()
    await desk.says("1 cập nhật: thứ Hai có máy")
    assert any("thứ Hai có máy" in said for said in await kiem.heard())
    assert not any("thứ Hai có máy" in said for said in await lan.heard())


async def test_what_a_carrier_may_not_do(world: World) -> None:
    _, kiem, _, _, ticket = await asked(world)
    for press in (f"t:wrong:1:{ticket.version}", "t:jointask:1:0:nam_can", "t:pick:1:0:other"):
        await kiem.presses_data(press)
        after = await world.ticket()
        assert (after.lead, after.status, after.carriers) == (
            ticket.lead, ticket.status, ticket.carriers,
        )  # fmt: skip
    stranger = await world.joins("con_cuong", name="Cuông")
    for press in ("t:jointyes:1:0:con_cuong", "t:jointyes:1:0:huu_kiem", "t:jointleave:1:0"):
        await stranger.presses_data(press)
    assert (await world.ticket()).carriers == ticket.carriers
    head = await world.joins("nam_can", Role.HEAD, name="Chủ tịch")
    await head.says("/phieu 1")
    assert "NA-26-000001" in (await head.last()).text


async def test_the_console_names_all_who_carry_it(world: World) -> None:
    *_, desk, ticket = await asked(world)
    async with console(site_of(world), desk) as browser:
        for path in ("/phieu", f"/phieu/{ticket.code}"):
            assert "(cùng Hữu Kiệm, Nậm Cắn)" in (await browser.get(path)).text


async def test_a_restricted_ticket_is_shown_to_no_other_commune(world: World) -> None:
    lan, kiem, _ = await people(world)
    await lan.says(ALONE)
    async with world.database.transaction() as session:
        row = await session.get(Ticket, 1)
        assert row is not None
        row.restricted = True
        from storage import tickets as rows  # noqa: PLC0415  only here is history written

        rows.log(session, row, "noted", at=world.now, actor="person:1")
    await lan.says("1 mời xã Hữu Kiệm")
    assert "không mời xã khác được" in (await lan.last()).text
    assert not any("mời xã anh/chị" in said for said in await kiem.heard())

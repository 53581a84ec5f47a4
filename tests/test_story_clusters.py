"""Needs that communes near each other have alike: proposed once, decided by a person, undone."""

import io
import re
from datetime import timedelta

import docx
import pytest
from sqlalchemy import select

from province.lookup import lookup
from storage.clusters import Asked, Cluster
from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.world import BUNDLED, START, Actor, World
from tickets.clusters import groups
from tickets.wants import want_of
from triage import triage

TOLD = (
    "Xã xin cấp một máy xúc để hót đất sạt trên đường liên bản",
    "xa de nghi ho tro 01 may xuc don dat da sat lo duong ban",
    "Đề nghị tỉnh cấp máy xúc cho xã để khắc phục sạt lở các tuyến đường bản",
    "Xin máy xúc thông đường bản, xã không có máy móc gì",
)
NEAR = ("chieu_luu", "huu_kiem", "nam_can", "muong_xen")
FAR = "cua_lo"


def asked(*communes: str, days: int = 0) -> list[Asked]:
    """A request of each commune."""
    at = START - timedelta(days=days)
    return [Asked(n, "máy xúc", "c", "so", at, (code,)) for n, code in enumerate(communes, 1)]


def test_near_each_other_is_a_former_district_or_twenty_kilometres() -> None:
    units = lookup(BUNDLED)
    (group,) = groups(asked(*NEAR[:3], FAR), units)
    assert group.communes == NEAR[:3]
    assert group.tickets == (1, 2, 3)
    assert 0 < group.span_km < 60
    assert groups(asked(*NEAR[:2], FAR), units) == []
    assert groups(asked(NEAR[0], NEAR[0], NEAR[0]), units) == []
    one = Asked(1, "máy xúc", "c", "so", START, NEAR[:3])
    assert groups([one], units) == []
    assert len(groups([one, *asked("x", NEAR[0])[1:]], units)) == 1
    every = [commune.code for commune in BUNDLED.communes]
    wide = groups(asked(*every), units)
    assert len(wide) > 5
    assert all(found.span_km < 120 for found in wide)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (TOLD[0], "máy xúc"),
        (TOLD[1], "máy xúc"),
        ("Trường THCS thiếu giáo viên tiếng Anh, xin biệt phái", "giáo viên tiếng Anh"),
        ("truong tieu hoc thieu gv tin hoc 2 nam nay", "giáo viên tin học"),
        ("Bản Huồi Cọ lõm sóng, xin trạm BTS", "trạm BTS"),
        ("Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới", "máy scan"),
        ("Phần mềm một cửa từ sáng không đăng nhập được", ""),
    ],
)
def test_what_is_asked_for_has_one_name(text: str, need: str) -> None:
    verdict = triage(text, BUNDLED)
    route = lookup(BUNDLED).route(verdict.category, START.date())
    assert want_of(text, verdict, route) == need


async def told(world: World, count: int = 3) -> tuple[list[Actor], Actor, Actor]:
    """Neighbours ask for the same within some days; the desk and the coordinator are there."""
    officials = [await world.joins(unit, name=unit) for unit in NEAR]
    desk = await world.joins("so_nong_nghiep_moi_truong", Role.STAFF, name="Minh")
    coordinator = await world.joins("van_phong_ubnd_tinh", Role.COORDINATOR, name="Hà")
    for official, text in list(zip(officials, TOLD, strict=True))[:count]:
        await official.says(text)
    return officials, desk, coordinator


async def cluster_of(world: World) -> Cluster:
    async with world.database.reading() as session:
        return (await session.execute(select(Cluster))).scalars().one()


def words_of(content: bytes) -> str:
    """All words of a .docx, tables included."""
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def proposals(heard: list[str]) -> list[str]:
    return [text for text in heard if "xã gần nhau cùng cần" in text]


async def test_three_neighbours_are_proposed_once_and_all_tickets_run_on(world: World) -> None:
    officials, desk, coordinator = await told(world, 2)
    assert proposals(await desk.heard()) == []
    await officials[2].says(TOLD[2])
    await officials[3].says(TOLD[3])
    for person in (desk, coordinator):
        (text,) = proposals(await person.heard())
        assert "3 xã gần nhau cùng cần máy xúc" in text
        assert "Chiêu Lưu, Hữu Kiệm, Nậm Cắn" in text
    assert {ticket.status for ticket in await world.tickets()} == {"new"}
    assert (await cluster_of(world)).tickets == [1, 2, 3, 4]

    await desk.presses("Lập đề xuất chung")
    answer = (await desk.last()).text
    assert "Đã lập đề xuất chung máy xúc, 4 xã" in answer
    assert "/letters/" in answer
    for official in officials:
        assert any("đưa vào đề xuất chung máy xúc của 4 xã" in t for t in await official.heard())
    assert {ticket.status for ticket in await world.tickets()} == {"new"}
    assert (await world.events()).count("clustered") == 4

    await coordinator.presses("Lập đề xuất chung")
    assert "Minh đã lập đề xuất chung" in (await coordinator.last()).text
    await coordinator.says("bỏ đề xuất")
    assert (await cluster_of(world)).state == "proposed"
    assert any("không còn trong đề xuất chung" in t for t in await officials[0].heard())


async def test_no_common_need_is_said_once_and_may_be_thought_over(world: World) -> None:
    officials, desk, _ = await told(world)
    await desk.says("không phải")
    assert "không phải nhu cầu chung" in (await desk.last()).text
    await officials[3].says(TOLD[3])
    assert len(proposals(await desk.heard())) == 1
    await desk.presses_data("t:clmake:1:0")
    assert (await cluster_of(world)).state == "made"


async def test_who_may_not_decide_and_what_is_too_old(world: World) -> None:
    officials, _, _ = await told(world, 2)
    await world.forward(days=61)
    await officials[2].says(TOLD[2])
    async with world.database.reading() as session:
        assert (await session.execute(select(Cluster))).scalars().all() == []
    await officials[3].says(TOLD[3])
    await officials[0].says(f"vụ mới: {TOLD[2]}")
    assert (await cluster_of(world)).state == "proposed"
    stranger = await world.joins("so_y_te", Role.STAFF, name="Hùng")
    for person in (stranger, officials[0]):
        await person.presses_data("t:clmake:1:0")
        await person.presses_data("t:cldrop:1:0")
    assert (await cluster_of(world)).state == "proposed"


async def test_the_digest_names_what_waits_to_be_decided(world: World) -> None:
    await world.comes_round()
    _, desk, coordinator = await told(world)
    await coordinator.news()
    await world.forward(hours=47)  # Tuesday is a holiday
    digest = "\n".join(await coordinator.news())
    assert "Nhu cầu giống nhau chờ quyết (1): máy xúc: 3 xã" in digest
    await desk.presses("Không phải")
    await world.forward(days=1)
    assert "Nhu cầu giống nhau chờ quyết" not in "\n".join(await coordinator.news())


async def test_the_page_shows_list_map_and_draft_to_who_may_see(world: World) -> None:
    _, desk, coordinator = await told(world)
    other = await world.joins("so_y_te", Role.STAFF, name="Hùng")
    site = site_of(world)
    async with console(site, other) as browser:
        assert "máy xúc" not in (await browser.get("/nhu-cau")).text
        answer = await browser.post("/nhu-cau/1", {"viec": "lap", "thay": "1"})
        assert answer.status_code in {403, 404}  # without a form of ours there is no secret
        assert (await browser.get("/nhu-cau/1.docx")).status_code == 404
    async with console(site, coordinator) as browser:
        page = (await browser.get("/toan-canh")).text
        assert '<a href="/nhu-cau#giong"><b>1</b></a>' in page
    async with console(site, desk) as browser:
        page = (await browser.get("/nhu-cau")).text
        assert "Chiêu Lưu, Hữu Kiệm, Nậm Cắn" in page
        assert page.count("<line") == 2
        for seen in ("7", "1", "1"):
            await browser.post("/nhu-cau/1", {"viec": "lap", "thay": seen})
        assert (await cluster_of(world)).version == 2
        draft = await browser.get("/nhu-cau/1.docx")
    words = words_of(draft.content)
    for part in ("SỞ NÔNG NGHIỆP", "TỜ TRÌNH", "xã Hữu Kiệm", "NA-26-000002", "Lịch dùng chung"):
        assert part in words
    assert words.count("xã Nậm Cắn") >= 4
    async with console(site, coordinator) as browser:
        assert "Đã lập đề xuất chung" in (await browser.get("/nhu-cau?bang=1")).text
        await browser.post("/nhu-cau/1", {"viec": "bo", "thay": "2"})
    assert (await cluster_of(world)).state == "proposed"


async def test_the_draft_is_behind_the_link_of_the_chat(world: World) -> None:
    _, desk, _ = await told(world)
    await desk.says("lập đề xuất chung")
    found = re.search(r"/letters/([\w-]+)", (await desk.last()).text)
    assert found
    async with site_of(world).browser() as browser:
        answer = await browser.get(f"/letters/{found.group(1)}")
        assert "nhu cầu chung về máy xúc" in words_of(answer.content)
        assert (await browser.get("/letters/none")).status_code == 404

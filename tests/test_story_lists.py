"""Lists of tickets: an office's pages, a search without marks, and who finds what."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import ended, tickets
from storage.people import Contact, Duty, Person, Role, Speaker
from storage.tickets import Ticket
from tests.world import BUNDLED, START, Actor, World
from tickets import access, queue
from tickets.moment import Rules

BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
SCANNER = "Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới"
VIOLENCE = "Bạo lực gia đình ở bản Khe Nằn, chồng đánh vợ con, xin can thiệp"
ON_TELEGRAM = pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


async def copied(world: World, count: int, **values: object) -> None:
    """More tickets like the first one: lists need many, and each told would take long."""
    async with world.database.transaction() as session:
        first = (await session.execute(select(Ticket).order_by(col(Ticket.id)))).scalars().first()
        assert first is not None
        kept = first.model_dump(exclude={"id", "code"})
        kept["next_due_at"] = START + timedelta(days=1)  # as of tickets that were told
        for n in range(count):
            ticket = Ticket(**{**kept, "code": f"NA-26-0001{n:02}", **values})
            session.add(ticket)
            await session.flush()
            row = tickets.snapshot(ticket)
            tickets.log(session, ticket, "opened", at=START, actor="person:1", set=row)


async def made(world: World, **values: object) -> None:
    """Make the first ticket what the story needs."""
    async with world.database.transaction() as session:
        first = (await session.execute(select(Ticket).order_by(col(Ticket.id)))).scalars().first()
        assert first is not None
        for name, value in values.items():
            setattr(first, name, value)
        tickets.log(session, first, "corrected", at=START, actor="console:1")


async def test_an_office_pages_through_its_open_and_ended_tickets(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    colleague = await world.joins("chieu_luu", name="Mai")
    await official.says(BRIDGE)
    await copied(world, 8)
    await copied(world, 1, code="NA-26-000777", status="closed", outcome="unconfirmed")
    await colleague.news()
    await colleague.says("phiếu")
    (page,) = await colleague.news()
    assert page.startswith("xã Chiêu Lưu: 10 phiếu, 9 đang mở · trang 1/2.")
    assert page.count("NA-26-") == 8
    assert "NA-26-000777" not in page
    assert await colleague.labels() == ["Trang sau"]
    await colleague.presses("Trang sau")
    (page,) = await colleague.news()
    assert page.index("NA-26-000001") < page.index("NA-26-000777")
    assert "Kết thúc (chưa xác nhận)" in page
    await colleague.says("trang truoc")
    assert "trang 1/2" in (await colleague.news())[0]


async def test_another_communes_list_is_its_own(world: World) -> None:
    official = await world.joins("chieu_luu")
    stranger = await world.joins("con_cuong")
    await official.says(BRIDGE)
    await stranger.says("/phieu")
    assert "Chưa có phiếu nào" in (await stranger.last()).text
    for words in ("/tim cau tran", "tìm cầu tràn", "tìm phiếu cầu tràn"):
        await stranger.says(words)
        assert "Không thấy phiếu nào" in (await stranger.last()).text
    assert len(await world.tickets()) == 1


@pytest.mark.parametrize(
    "words",
    ["/tim cau tran", "tìm cầu tràn", "tim xieng thu", "/tìm CẦU tràn xiêng", "tìm: 000001"],
)
async def test_a_search_needs_no_marks(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await official.says(f"vụ mới: {SCANNER}")
    await official.says(words)
    told = (await official.last()).text
    assert "1 phiếu có" in told
    assert "NA-26-000001" in told


async def test_a_search_finds_what_was_said_after_the_report(world: World) -> None:
    """Words added, answers given, what was done and its document: not the desk's own notes."""
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await official.says("1 thêm: phía bên kia là điểm trường Lưu Tiến, có 42 cháu")
    await desk.says("1 tiếp nhận")
    await desk.says("1 đã xử lý: đã bắc cầu phao, theo Công văn 218/SXD-QLGT")
    for words in ("tim diem truong luu tien", "tim cau phao", "tim 218/sxd"):
        await official.says(words)
        assert "NA-26-000001" in (await official.last()).text, words


async def test_a_search_says_what_it_needs(world: World) -> None:
    official = await world.joins("chieu_luu")
    for words in ("/tim", "/tim a b", "/tim %%%"):
        await official.says(words)
        assert "ít nhất 3 chữ cái" in (await official.last()).text
    await official.says("/tim 100%_")
    assert "Không thấy phiếu nào" in (await official.last()).text


@pytest.mark.parametrize(
    "words", ["tìm người mất tích ở suối", "tìm 2 cháu bị lạc", "tim dap nhanh kho tho"]
)
async def test_somebody_looked_for_is_no_search(world: World, words: str) -> None:
    official = await world.joins("chieu_luu")
    await official.says(words)
    assert "Không thấy phiếu" not in (await official.last()).text


async def test_a_desk_finds_what_it_leads_or_helps(world: World) -> None:
    official = await world.joins("chieu_luu")
    lead = await world.joins("so_xay_dung", Role.STAFF)
    other = await world.joins("so_noi_vu", Role.STAFF)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    leader = await world.joins("van_phong_ubnd", Role.LEADER)
    await official.says(BRIDGE)
    for person in (lead, coordinator, leader):
        await person.says("/tim xieng thu")
        assert "NA-26-000001" in (await person.last()).text
    await other.says("/tim xieng thu")
    assert "Không thấy phiếu" in (await other.last()).text


@ON_TELEGRAM
async def test_what_is_restricted_is_not_found_in_a_group(world: World) -> None:
    official = await world.joins("chieu_luu")
    staff = await world.joins("cong_an_tinh", Role.STAFF)
    group = await world.group("cong_an_tinh", by=staff)
    await official.says(VIOLENCE)
    await made(world, restricted=True, lead="cong_an_tinh")
    await staff.says("/tim khe nan", chat=group)
    assert "Không thấy phiếu" in (await group.heard())[-1]
    await staff.says("/hangdoi khe nan", chat=group)
    assert "không có phiếu nào" in (await group.heard())[-1]
    await staff.says("/hangdoi", chat=group)
    queue_told = (await group.heard())[-1]
    assert "NA-26-000001" in queue_told
    assert "Khe Nằn" not in queue_told


async def test_a_search_finds_no_more_than_may_be_seen(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    await copied(world, 1, lead="so_tai_chinh", coordinating=["so_xay_dung"], commune="con_cuong")
    await copied(
        world, 1, code="NA-26-000555", lead="so_y_te", operator="so_noi_vu", commune="my_ly"
    )
    people = [
        (("chieu_luu", Role.REPORTER),),
        (("con_cuong", Role.HEAD),),
        (("so_xay_dung", Role.STAFF),),
        (("so_noi_vu", Role.HEAD),),
        (("van_phong_ubnd", Role.COORDINATOR),),
        (("van_phong_ubnd", Role.LEADER),),
        (("van_phong_ubnd", Role.ADMIN),),
        (),
    ]
    async with world.database.reading() as session:
        everything = (await session.execute(select(Ticket))).scalars().all()
        for duties in people:
            who = Speaker(
                Contact(channel="web", address="1"), Person(id=9, joined_at=START), tuple(duties)
            )
            page = await ended.found(session, access.scope_of(who), ("na-26",), 0, 50)
            may = {row.code for row in everything if access.may_see(row, who)}
            assert {row.code for row in page.tickets} == may, duties


async def _queue_of(desk: Actor, words: str) -> list[str]:
    await desk.says(words)
    lines = (await desk.last()).text.splitlines()
    return [
        line.split(" · ")[0].removeprefix("🔴 ")
        for line in lines
        if " · " in line and "NA-" in line
    ]


async def test_a_queue_stands_in_the_order_of_work(world: World) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    plain = {"urgency": "normal", "place": "", "acknowledge_by": None}
    await copied(world, 1, code="NA-26-000011", **plain, commune="vinh_phu")
    await copied(world, 1, code="NA-26-000012", **plain, commune="chieu_luu")
    await copied(world, 1, code="NA-26-000013", **plain, commune="vinh_phu", pressed_at=START)
    await copied(world, 1, code="NA-26-000014", **{**plain, "urgency": "emergency"})
    await copied(world, 1, code="NA-26-000015", **plain, commune="vinh_loc", status="closed")
    await made(world, urgency="urgent")
    order = await _queue_of(desk, "hàng đợi")
    assert [code[-2:] for code in order] == ["14", "01", "13", "12", "11"]
    told = (await desk.last()).text
    assert told.startswith("Sở Xây dựng: 5 phiếu đang mở.")
    assert "Chiêu Lưu (miền núi)" in told
    assert "xã hỏi tiến độ" in told


@pytest.mark.parametrize(
    ("words", "codes", "told"),
    [
        ("/hangdoi quá hạn", ["01"], "lọc: quá hạn"),
        ("/hangdoi qua han xa chieu luu", ["01"], "quá hạn, xã Chiêu Lưu"),
        ("/hangdoi khẩn", ["11"], "KHẨN CẤP"),
        ("hàng đợi gấp", ["12"], "Gấp"),
        ("/hangdoi cho xa", ["13"], "Chờ xã bổ sung"),
        ("/hangdoi của tôi", ["14"], "của tôi"),
        ("/hangdoi phuong vinh phu", ["12"], "phường Vinh Phú"),
        ("/hangdoi mới", ["11", "12", "01"], "Mới"),
        ("/hangdoi cầu tràn chieu luu moi", ["11", "01"], "xã Chiêu Lưu, có chữ “cau tran”"),
        ("/hangdoi trạm y tế", [], "không có phiếu nào"),
    ],
)
async def test_a_queue_is_narrowed_by_words(
    world: World, words: str, codes: list[str], told: str
) -> None:
    official = await world.joins("chieu_luu")
    desk = await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await made(world, urgency="normal")
    async with world.database.reading() as session:
        mine = (
            await session.execute(select(col(Duty.person_id)).where(col(Duty.role) == "staff"))
        ).scalar_one()
    await copied(world, 1, code="NA-26-000011", urgency="emergency", acknowledge_by=None)
    await copied(
        world, 1, code="NA-26-000012", urgency="urgent", commune="vinh_phu", acknowledge_by=None
    )
    await copied(world, 1, code="NA-26-000013", status="waiting")
    await copied(world, 1, code="NA-26-000014", status="acknowledged", assignee_id=mine)
    world.now = (await world.tickets())[0].acknowledge_by or world.now
    await world.forward(minutes=1)
    order = await _queue_of(desk, words)
    assert [code[-2:] for code in order] == codes
    assert told in (await desk.last()).text


async def test_the_coordinator_sees_every_queue_and_narrows_it_to_one(world: World) -> None:
    official = await world.joins("chieu_luu")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await world.joins("so_xay_dung", Role.STAFF)
    await official.says(BRIDGE)
    await copied(world, 9, lead="so_tai_chinh")
    await coordinator.says("/hangdoi")
    assert (await coordinator.last()).text.startswith("Toàn tỉnh: 10 phiếu đang mở · trang 1/2.")
    await coordinator.says("/hangdoi sở tài chính")
    told = (await coordinator.last()).text
    assert told.startswith("Toàn tỉnh: 9 phiếu đang mở · lọc: Sở Tài chính · trang 1/2.")
    await coordinator.presses("Trang sau")
    told = (await coordinator.last()).text
    assert "lọc: Sở Tài chính · trang 2/2" in told
    assert told.count("NA-26-") == 1


def test_what_narrows_is_read_from_words() -> None:
    units = Rules.of(BUNDLED, 1).units
    read = queue.wanted("quá hạn khẩn nông thôn mới", units, 7)
    assert (read.is_overdue, read.urgencies, read.statuses) == (True, ("emergency",), ())
    assert read.words == ("nong thon moi",)
    assert queue.wanted("sở tài chính", units, 7).words == ("so", "tai", "chinh")
    assert queue.wanted("sở tài chính", units, 7, by_lead=True).leads == ("so_tai_chinh",)
    assert queue.short("a" * 39 + " bcd") == "a" * 39
    assert queue.searched("ab") == ()


def test_area_three_comes_before_the_mountains() -> None:
    communes = tuple(
        commune.model_copy(update={"area_class": "III" if commune.code == "my_ly" else None})
        for commune in BUNDLED.communes
    )
    remote = queue.remote(BUNDLED.model_copy(update={"communes": communes}))
    assert remote.area_three == ("my_ly",)
    assert "my_ly" not in remote.mountainous
    assert "chieu_luu" in remote.mountainous

"""The weekly question to each commune: when, to whom, what answers it, and who stays silent."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from province.pack import CheckIn
from storage import rounds
from storage.outbox import Kind, Notice
from storage.people import Person, Role
from tests.test_story_work import SCANNER, SOFTWARE, people
from tests.world import ZONE, Actor, World, rules
from tickets.check_ins import CHECK_IN

OFFICE = "van_phong_ubnd"
MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


async def until(world: World, local: str) -> None:
    await world.forward(seconds=(at(local) - world.now).total_seconds())


async def asked(actor: Actor) -> list[str]:
    return [text for text in await actor.news() if "vướng mắc gì không" in text]


async def started(world: World) -> None:
    world.now = MONDAY
    await world.comes_round()
    await world.program.tick()


async def test_on_friday_a_commune_hears_where_its_tickets_stand_and_is_asked(world: World) -> None:
    await started(world)
    official, _, _ = await people(world)
    other = await world.joins("chieu_luu", name="Vi")
    await until(world, "2026-12-04T13:59")
    assert await asked(official) == []
    await world.forward(minutes=1)
    (told,) = await asked(official)
    assert told.startswith("xã Con Cuông, tuần này: 1 phiếu đang mở.\n– NA-26-000001 ")
    assert "Sở TC, quá hạn tiếp nhận" in told
    assert await official.labels() == ["Không có"]
    (told,) = await asked(other)
    assert told.startswith("xã Chiêu Lưu, tuần này: 0 phiếu đang mở.\nTuần này")
    await official.presses("Không có")
    assert "Đã ghi: xã Con Cuông tuần này không có vướng mắc" in (await official.last()).text
    await world.forward(days=6, hours=23)
    assert len(await asked(official)) <= 1  # on Zalo OA six days after the press
    assert len(await world.tickets()) == 1


@pytest.mark.parametrize("words", ["không", "dạ không có gì", "ko co vuong mac gi", "Không có ạ"])
async def test_no_is_said_in_many_words(world: World, words: str) -> None:
    await started(world)
    official = await world.joins("con_cuong", name="Lan")
    await until(world, "2026-12-04T15:00")
    await official.says(words)
    assert "tuần này không có vướng mắc" in (await official.last()).text
    assert await world.tickets() == []


async def test_no_answers_the_department_that_asked_since(world: World) -> None:
    await started(world)
    official, officer, _ = await people(world)
    await until(world, "2026-12-04T14:30")
    await officer.says("1 hỏi thêm: xã còn máy dự phòng không?")
    for words in ("không có", "không"):
        await official.says(words)
        assert "tuần này không có vướng mắc" not in (await official.last()).text
    async with world.database.reading() as session:
        row = await rounds.named(session, CHECK_IN, "con_cuong")
        assert row is not None
        assert row.kept["answer"] is None
    told = [event for event in await world.history() if event.kind == "information_given"]
    assert told[0].inputs["text"] == "không có"


@pytest.mark.needs("replies")
async def test_no_as_a_reply_answers_what_it_replies_to(world: World) -> None:
    await started(world)
    official, officer, _ = await people(world)
    await until(world, "2026-12-04T14:30")
    question = await official.last()
    await officer.says("1 hỏi thêm: xã còn máy dự phòng không?")
    await official.says("không có", reply_to=question.receipt)
    assert "tuần này không có vướng mắc" in (await official.last()).text


async def test_an_answer_in_words_becomes_a_ticket(world: World) -> None:
    await started(world)
    official = await world.joins("con_cuong", name="Lan")
    await until(world, "2026-12-04T15:00")
    await official.says(SOFTWARE)
    assert (await world.ticket()).commune == "con_cuong"
    await until(world, "2026-12-10T09:00")
    office = await world.joins(OFFICE, Role.COORDINATOR)
    await office.says("/imlang")
    assert "đã trả lời" in (await office.last()).text


async def test_the_first_answer_counts_for_the_commune(world: World) -> None:
    await started(world)
    lan = await world.joins("con_cuong", name="Lan")
    hoa = await world.joins("con_cuong", name="Hoa")
    other = await world.joins("chieu_luu", name="Vi")
    await until(world, "2026-12-04T15:00")
    press = dict((await hoa.last()).buttons)["Không có"]
    await lan.presses("Không có")
    await hoa.presses("Không có")
    assert "xã Con Cuông: Lan đã trả lời lúc 15:00" in (await hoa.last()).text
    await lan.presses_data(press)
    assert "Lan đã trả lời" in (await lan.last()).text
    await other.presses_data(press)
    assert "con_cuong" not in (await other.last()).text
    assert "Con Cuông" not in (await other.last()).text
    async with world.database.reading() as session:
        row = await rounds.named(session, CHECK_IN, "con_cuong")
        assert row is not None
        assert row.kept["answer"]["by"] == 1


async def test_a_button_of_last_week(world: World) -> None:
    await started(world)
    lan = await world.joins("con_cuong", name="Lan")
    await until(world, "2026-12-04T15:00")
    press = dict((await lan.last()).buttons)["Không có"]
    await until(world, "2026-12-11T15:00")
    await lan.presses_data(press)
    assert "tuần trước" in (await lan.last()).text


@pytest.mark.needs("silence")
async def test_on_a_friday_that_is_a_holiday_the_last_working_day_before(world: World) -> None:
    world.now = at("2026-12-28T09:00")
    official = await world.joins("con_cuong", name="Lan")
    await world.comes_round()
    await until(world, "2026-12-31T13:59")
    assert await asked(official) == []
    await world.forward(minutes=1)  # Thursday: 1 January 2027 is a day off
    assert len(await asked(official)) == 1
    await until(world, "2027-01-08T13:59")
    assert await asked(official) == []
    await world.forward(minutes=1)
    assert len(await asked(official)) == 1


@pytest.mark.needs("silence")
async def test_silence_is_counted_shown_by_name_and_never_nagged(world: World) -> None:
    await started(world)
    office = await world.joins(OFFICE, Role.COORDINATOR, name="Vân")
    quiet = [await world.joins(unit, name=unit) for unit in ("my_ly", "chieu_luu")]
    heard = await world.joins("con_cuong", name="Lan")
    await until(world, "2026-12-04T15:00")
    await heard.presses("Không có")
    await office.says("/imlang")
    assert "Xã nào cũng đã trả lời" in (await office.last()).text
    await until(world, "2026-12-08T08:00")
    digest = [text for text in await office.news() if "phiếu đang xử lý" in text][-1]
    assert "Chưa trả lời câu hỏi tuần (2): xã Chiêu Lưu, xã Mỹ Lý." in digest
    for official in quiet:
        assert len(await official.news()) == 1
    await until(world, "2026-12-15T09:00")
    await office.says("im lặng")
    told = (await office.last()).text
    assert told.endswith("\nxã Chiêu Lưu (2 tuần), xã Con Cuông (1 tuần), xã Mỹ Lý (2 tuần).")
    for official in quiet:
        assert len(await official.news()) == 1
    await quiet[0].says("cảm ơn em")
    await office.says("/imlang")
    assert "Mỹ Lý" not in (await office.last()).text
    await heard.says("/imlang")
    assert "chưa được phân quyền" in (await heard.last()).text


async def test_a_deputy_answers_for_the_only_official_who_is_away(world: World) -> None:
    await started(world)
    lan = await world.joins("con_cuong", name="Lan")
    chair = await world.joins("con_cuong", Role.HEAD, name="Chủ tịch Hà")
    await lan.says("/vang từ 30/11 đến 6/12 thay: Chủ tịch Hà")
    await lan.news()
    await chair.news()
    await until(world, "2026-12-04T15:00")
    assert await asked(lan) == []
    (told,) = await asked(chair)
    assert "Lan" in told.splitlines()[-1] or "Lan" in told
    await chair.presses("Không có")
    assert "Đã ghi: xã Con Cuông" in (await chair.last()).text


async def test_nobody_is_asked_who_is_frozen_or_cannot_be_reached(world: World) -> None:
    await started(world)
    await world.joins("con_cuong", name="Lan")
    await world.joins("chieu_luu", name="Vi")
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quản trị")
    async with world.database.transaction() as session:
        from storage.people import set_reachable  # noqa: PLC0415  only here

        frozen = await session.get(Person, 1)
        assert frozen is not None
        frozen.active = False
        await set_reachable(session, 2, reachable=False)
    await until(world, "2026-12-04T18:00")
    async with world.database.reading() as session:
        found = await session.execute(select(Notice).where(col(Notice.kind) == Kind.DIGEST))
        assert list(found.scalars()) == []
    assert not [text for text in await admin.news() if "digest" in text]


@pytest.mark.needs("silence")
async def test_an_outage_over_friday_asks_once_as_offices_open(world: World) -> None:
    await started(world)
    official = await world.joins("con_cuong", name="Lan")
    world.now = at("2026-12-05T22:00")  # nothing ran since Monday
    await world.program.tick()
    await world.settle()
    assert await asked(official) == []
    await until(world, "2026-12-07T07:29")
    assert await asked(official) == []
    await until(world, "2026-12-07T08:00")
    assert len(await asked(official)) == 1
    await until(world, "2026-12-11T18:00")
    assert await asked(official) == []  # four days ago
    await until(world, "2026-12-18T18:00")
    assert len(await asked(official)) == 1


async def test_a_pack_may_ask_nobody(world: World) -> None:
    pack = rules().pack
    policies = pack.policies.model_copy(update={"check_in": CheckIn(asks=False)})
    from storage.policies import put_in_force  # noqa: PLC0415  only here

    async with world.database.transaction() as session:
        changed = pack.model_copy(update={"policies": policies})
        await put_in_force(session, changed, by="test", now=MONDAY)
    await started(world)
    official = await world.joins("con_cuong", name="Lan")
    await until(world, "2026-12-04T18:00")
    assert await asked(official) == []


@pytest.mark.parametrize("world", [("zalo_oa", "sqlite")], indirect=True)
async def test_on_an_official_account_before_the_window_closes(world: World) -> None:
    world.now = at("2026-12-02T10:00")  # Wednesday
    official = await world.joins("con_cuong", name="Lan")
    await world.comes_round()
    await until(world, "2026-12-04T14:00")
    assert len(await asked(official)) == 1
    await official.presses("Không có")
    await until(world, "2026-12-10T13:59")
    assert await asked(official) == []
    await world.forward(minutes=1)  # six days after the press
    assert len(await asked(official)) == 1
    await until(world, "2026-12-25T18:00")
    assert await asked(official) == []  # the window has closed: nobody is asked in vain


async def test_a_hostile_name_and_many_tickets(world: World) -> None:
    await started(world)
    official = await world.joins("con_cuong", name="<b>Lan & Co</b>")
    for n in range(8):
        await official.says(f"vụ mới: {SCANNER}, phòng <i>{n}</i>")
    colleague = await world.joins("con_cuong", name="Hoa")
    await until(world, "2026-12-04T15:00")
    (told,) = await asked(colleague)
    assert "8 phiếu đang mở" in told
    assert told.count("– NA-26-") == 5
    assert "– và 3 phiếu khác: gõ /phieu" in told
    await official.says("không có")
    await colleague.presses("Không có")
    assert "<b>Lan & Co</b> đã trả lời" in (await colleague.last()).text

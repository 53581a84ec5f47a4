"""The morning digest of leaders and coordinators."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import rounds
from storage.outbox import Fate, Kind, Notice
from storage.people import Person, Role
from storage.tallies import Overall
from storage.tickets import Ticket
from tests.test_story_work import LANDSLIDE, SCANNER, people
from tests.world import BUNDLED, ZONE, Actor, World, rules
from tickets.acts import digests
from tickets.check_ins import Silence
from tickets.digest import PAGE, Asked, Digest
from tickets.moment import Moment
from tickets.owed import Owed
from tickets.rich import units
from tickets.texts import Texts

OFFICE, PROVINCE, PARTY = "van_phong_ubnd", "ubnd_tinh", "thuong_truc_tinh_uy"
MONDAY = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
"""09:00 in Vinh; Tuesday 24 November 2026 is a day off, this week has none."""


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


async def found(actor: Actor) -> list[str]:
    """The digests among what somebody heard since they were asked last."""
    return [text for text in await actor.news() if "phiếu đang xử lý" in text]


async def leader(world: World, name: str = "Phó", unit: str = PROVINCE) -> Actor:
    return await world.joins(unit, Role.LEADER, name=name)


@pytest.mark.needs("silence")
async def test_leaders_and_coordinators_hear_on_working_days_at_seven(world: World) -> None:
    world.now = MONDAY
    vice, office = await leader(world), await world.joins(OFFICE, Role.COORDINATOR)
    party = await leader(world, "Thường trực", PARTY)
    clerk = await world.joins(PARTY, Role.STAFF, name="Thư ký")
    head = await world.joins("so_tai_chinh", Role.HEAD)
    await world.comes_round()
    await world.forward(hours=21, minutes=59)  # Tuesday 06:59
    assert await found(vice) == []
    official = await world.joins("con_cuong", name="Lan")
    await official.says(SCANNER)
    await world.forward(minutes=1)
    for reader in (vice, office, party, clerk):
        (told,) = await found(reader)
        assert told.startswith("Sáng thứ Ba 01/12 · 130 xã, phường · 1 phiếu đang xử lý (mới 1,")
        assert await reader.labels() == ["Đã xem"]
    assert await found(head) == []
    await world.forward(days=1)
    assert "(mới 0," in (await found(vice))[0]
    assert "Tin trước: 0/4 người đã xem." in (await found(office))[0]
    await world.forward(days=3)  # Thursday, Friday; Saturday 5 December is none
    assert len(await found(vice)) == 2
    await world.forward(days=1)
    assert await found(vice) == []


async def test_a_leader_who_asks_hears_at_once_how_things_stand(world: World) -> None:
    world.now = MONDAY
    official, officer, _ = await people(world)
    vice = await leader(world)
    for words in ("/toancanh", "tình hình thế nào?", "bao cao"):
        await vice.says(words)
        (told,) = await found(vice)
        assert told.startswith("09:00 thứ Hai 30/11 · 130 xã, phường · 1 phiếu đang xử lý (mới 1,")
    await official.says("tình hình")
    assert "1 phiếu" in (await official.last()).text
    await officer.says("tinh hinh")
    assert "NA-26-000001" in (await officer.last()).text


@pytest.mark.needs("silence")
async def test_a_day_off_has_no_digest_and_tuesday_counts_from_monday(world: World) -> None:
    vice = await leader(world)
    await world.comes_round()
    await world.forward(days=2)  # Tuesday 24 November is Culture Day; Wednesday 07:00
    (told,) = await found(vice)
    assert told.startswith("Sáng thứ Tư 25/11")


@pytest.mark.needs("silence")
async def test_after_three_days_without_the_program_each_hears_once(world: World) -> None:
    world.now = MONDAY
    vice = await leader(world)
    await world.comes_round()
    await world.forward(days=1)
    await vice.news()
    world.now = at("2026-12-04T10:00")  # nothing ran since Tuesday
    await world.program.tick()
    await world.settle()
    (told,) = await found(vice)
    assert told.startswith("Sáng thứ Sáu 04/12")
    await world.forward(hours=20)
    assert await found(vice) == []


@pytest.mark.needs("silence")
@pytest.mark.parametrize("back", ["2026-12-04T22:30", "2026-12-05T10:00"])
async def test_what_was_missed_is_not_told_at_night_nor_on_a_day_off(
    world: World, back: str
) -> None:
    world.now = MONDAY
    vice = await leader(world)
    await world.comes_round()
    world.now = at(back)
    await world.program.tick()
    await world.settle()
    await world.forward(seconds=(at("2026-12-07T06:59") - world.now).total_seconds())
    assert await found(vice) == []
    await world.forward(hours=1)
    (told,) = await found(vice)
    assert told.startswith("Sáng thứ Hai 07/12")


async def test_a_digest_that_no_channel_took_in_time_is_told_no_more(world: World) -> None:
    world.now = MONDAY
    await leader(world)
    await world.comes_round()
    world.now = at("2026-12-01T07:00")
    await world.program.sweep()
    async with world.database.reading() as session:
        (notice,) = (await session.execute(select(Notice).where(col(Notice.kind) == 7))).scalars()
    assert notice.expires_at == at("2026-12-02T07:00")
    assert notice.person_id is not None


async def test_what_stands_in_it(world: World) -> None:
    world.now = MONDAY
    world.program.public_url = "https://thaogo.example"
    official, officer, _ = await people(world)
    far = await world.joins("chieu_luu", name="Vi")
    await far.says(LANDSLIDE)
    vice = await leader(world)
    await officer.says("1 hẹn: mai")
    await official.says("hạn giúp xã")  # heard lately on every channel
    await world.comes_round()
    await world.forward(hours=22)
    await vice.says("đã xem tin hôm nay")
    await world.forward(days=2)
    told = (await found(vice))[-1]
    assert told.startswith("Sáng thứ Năm 03/12")
    assert "quá hạn 2" in told.splitlines()[0]
    assert "khẩn cấp 1" in told.splitlines()[0]
    assert "Quá ngày hẹn (1): NA-26-000001 (Sở TC)." in told
    assert "Xã cần hỗ trợ: xã Chiêu Lưu (NA-26-000002 Sạt lở" in told
    assert told.endswith(f"Bản đầy đủ: https://thaogo.example{PAGE}")


@pytest.mark.needs("silence")
async def test_without_a_public_address_there_is_no_link(world: World) -> None:
    world.now = MONDAY
    vice = await leader(world)
    await world.comes_round()
    await world.forward(days=1)
    assert "http" not in (await found(vice))[0]


async def test_it_is_counted_once_who_has_seen_it(world: World) -> None:
    world.now = MONDAY
    vice, official = await leader(world), await world.joins("con_cuong", name="Lan")
    await world.comes_round()
    await world.forward(hours=22)
    press = dict((await vice.last()).buttons)["Đã xem"]
    await vice.presses("Đã xem")
    await vice.says("đã xem")
    await official.presses_data(press)
    async with world.database.reading() as session:
        row = await rounds.named(session, digests.DIGEST)
        assert row is not None
        assert row.kept["sent"] == 1
        assert len(row.kept["seen"]) == 1
    await vice.presses_data("t:seen:0:0:2020-01-01")
    await vice.presses_data("t:seen:0:0:x")


async def test_a_deputy_who_hears_it_anyway_hears_it_once(world: World) -> None:
    world.now = MONDAY
    chair = await world.joins(PROVINCE, Role.LEADER, name="Chủ tịch")
    vice = await leader(world)
    await chair.says("/vang từ 1/12 đến 4/12 thay: Phó")
    await chair.news()
    await vice.news()
    await world.comes_round()
    await world.forward(hours=23)
    assert len(await found(vice)) == 1
    assert await found(chair) == []


async def test_a_frozen_leader_and_one_without_a_channel(world: World) -> None:
    world.now = MONDAY
    frozen, gone = await leader(world, "Khóa"), await leader(world, "Mất máy")
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quản trị")
    async with world.database.transaction() as session:
        from storage.people import set_reachable  # noqa: PLC0415  only here

        person = await session.get(Person, 1)
        assert person is not None
        person.active = False
        await set_reachable(session, 2, reachable=False)
    await world.comes_round()
    await world.forward(hours=23)
    assert await found(frozen) == await found(gone) == []
    async with world.database.reading() as session:
        (notice,) = (
            await session.execute(select(Notice).where(col(Notice.kind) == Kind.DIGEST))
        ).scalars()
    assert notice.fate == Fate.DEAD
    assert len([text for text in await admin.news() if "digest" in text]) == 1


NOW = at("2026-12-03T07:00")


def ticket(number: int, **more: object) -> Ticket:
    fields: dict[str, object] = {
        "id": number,
        "code": f"NA-26-{number:06d}",
        "commune": BUNDLED.communes[number].code,
        "reporter_id": 1,
        "contact_id": 1,
        "lead": BUNDLED.agencies[number % 39].code,
        "opened_at": NOW,
        "summary": "Chưa rõ <b>việc</b> & việc khác rất dài dòng, kể mãi không hết" * 2,
    }
    return Ticket(**{**fields, **more})


@pytest.mark.parametrize("count", [0, 1, 5, 6, 40, 129])
@pytest.mark.parametrize("posts", [frozenset(), frozenset({"chair"})])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_never_grows_beyond_what_zalo_takes(
    count: int, posts: frozenset[str], language: str
) -> None:
    many = [ticket(n) for n in range(count)]
    stands = Digest(
        130,
        Overall(48, new=9, overdue=count, emergencies=1),
        [(BUNDLED.agencies[n % 39].code, 99) for n in range(count)],
        many,
        [Asked(one, Owed("result", NOW), frozenset({"chair"})) for one in many],
        many,
        [Silence(one.commune, 2) for one in many],
    )
    say = Texts(language, rules().units, ZONE)
    text = say.digest(stands, posts, NOW, "https://thaogo.example/dieu-hanh")
    deputy = say.in_place_of("Nguyễn Thị Hồng Hạnh Phúc", NOW + timedelta(days=9), NOW)
    assert units(f"{text}\n{deputy}\n1. {say.label('seen')}") <= 2000
    assert text.count("\n") < 16
    assert text.endswith("dieu-hanh")


def test_in_a_storm_it_would_come_on_days_off_too() -> None:
    saturday = Moment(None, at("2026-12-05T08:00"), rules())  # type: ignore[arg-type]  # no query
    assert digests.next_morning(saturday) == at("2026-12-07T07:00")
    assert digests.next_morning(saturday, daily=True) == at("2026-12-06T07:00")
    assert digests.next_look(saturday) == at("2026-12-06T07:00")


async def test_in_a_storm_it_comes_on_days_off_too(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Vân")
    await world.comes_round()
    await coordinator.says("/baolu Chiêu Lưu")
    await coordinator.presses("Bật")
    await coordinator.news()
    await world.forward(days=1)  # 24 November is Culture Day
    assert len(await found(coordinator)) == 1

"""What was kept for as long as the province decided goes at night, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from bot.doctor_keeping import retention as told
from bot.tidying import tidy
from province.pack import Retention
from storage import inbox, pruning, rounds
from storage.inbox import Received
from storage.media import Media
from storage.outbox import Delivery, Fate, Notice
from storage.people import Role
from storage.policies import put_in_force
from storage.rounds import Round
from storage.tickets import Ticket, TicketEvent
from storage.viewings import Viewing
from storage.webchat import Line
from tests.world import BUNDLED, World
from tickets.acts import retention
from tickets.moment import Moment

BRIDGE = "Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
ALL = Retention(
    payloads="92 days", messages="92 days", lines="92 days", files="92 days", looks="92 days"
)


async def decide(world: World, policy: Retention) -> None:
    """The province decides how long things are kept; the round is the only one that comes."""
    policies = BUNDLED.policies.model_copy(update={"retention": policy})
    async with world.database.transaction() as session:
        pack = BUNDLED.model_copy(update={"policies": policies})
        await put_in_force(session, pack, by="test", now=world.now)
        await session.flush()
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        due = retention.next_look(moment)
        session.add(Round(name=retention.RETENTION, next_due_at=due))


async def count(world: World, model: type) -> int:
    async with world.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(model))).scalar_one())


async def night(world: World, days: int) -> None:
    """So many days later, the night's work alone: months of reminders take long."""
    world.now += timedelta(days=days)
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        row = await rounds.named(session, retention.RETENTION, lock=True)
        assert row is not None
        row.next_due_at = await retention.prune(moment, row)
    await tidy(world.program)


async def a_year_ago(world: World) -> None:
    """One ticket with two photos that was cancelled, and one that is open; a message aside."""
    official = await world.joins("chieu_luu")
    await official.sends_photos(2, BRIDGE)
    await official.says("hủy")
    first = await world.ticket()
    if first.status != "cancelled":
        async with world.database.transaction() as session:
            await session.execute(
                update(Ticket).values(status="cancelled", closed_at=world.now, next_due_at=None)
            )
    await official.sends_photos(1, SOFTWARE)
    async with world.database.transaction() as session:
        row = {"channel": "web", "key": "odd", "received_at": world.now}
        await inbox.set_aside(session, row, {"said": "secret"}, "KeyError")
        for what in ("page", "xlsx"):
            session.add(Viewing(person_id=1, what=what, at=world.now))


@pytest.mark.parametrize(
    "world",
    [("web", "sqlite"), pytest.param(("telegram", "postgresql"), marks=pytest.mark.prove)],
    ids="+".join,
    indirect=True,
)
async def test_what_is_over_goes_and_what_is_open_stays(world: World) -> None:
    await decide(world, ALL)
    await a_year_ago(world)
    closed, open_ = await world.tickets()
    before = [await count(world, model) for model in (TicketEvent, Notice, Delivery, Received)]
    await night(world, 91)
    after = [await count(world, model) for model in (TicketEvent, Notice, Delivery, Received)]
    assert after == before
    async with world.database.transaction() as session:
        session.add(Viewing(person_id=1, what="page", at=world.now))
    await night(world, 2)
    assert await count(world, Viewing) == 1
    async with world.database.reading() as session:
        notices = (await session.execute(select(Notice))).scalars().all()
        files = (await session.execute(select(Media).order_by(col(Media.id)))).scalars().all()
        lines = (await session.execute(select(Line))).scalars().all()
        aside = (await session.execute(select(Received).where(col(Received.key) == "odd"))).scalar()
        row = await rounds.named(session, retention.RETENTION)
    ended = {notice.ticket_id for notice in notices if notice.fate in pruning.ENDED}
    assert ended == {open_.id}
    assert [(file.fate, file.hash is None, file.error) for file in files] == [
        ("lost", True, "expired"), ("lost", True, "expired"), ("kept", False, "")
    ]  # fmt: skip
    assert {line.ticket_id for line in lines} <= {open_.id}
    assert aside is not None and aside.payload is None and aside.error == "KeyError"
    kept = [file.name for file in world.program.storeroom.folder.glob("??/*")]
    assert kept == [files[2].hash]
    assert await world.events(closed) and "files_expired" in await world.events(closed)
    assert "files_expired" not in await world.events(open_)
    (event,) = [one for one in await world.history(closed) if one.kind == "files_expired"]
    assert "thời hạn" in event.rule
    finding = told(await world.program.rules(), row)
    assert "2 files" in finding.found
    assert "1 payloads" in finding.found
    async with world.database.transaction() as session:  # what 93 leapt days left behind
        await session.execute(update(Ticket).values(next_due_at=world.now + timedelta(days=9)))
        await session.execute(
            update(Notice).where(col(Notice.fate) == Fate.PENDING).values(fate=Fate.CANCELLED)
        )
        await session.execute(update(Round).values(next_due_at=world.now + timedelta(days=9)))


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_by_default_only_payloads_go_and_the_same_photo_stays_for_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decide(world, Retention())
    await a_year_ago(world)
    before = [await count(world, model) for model in (Notice, Delivery, Line, Media)]
    async with world.database.transaction() as session:
        rows = (await session.execute(select(Media).order_by(col(Media.id)))).scalars().all()
        rows[0].fate, rows[0].error, rows[0].hash = "lost", pruning.EXPIRED, rows[2].hash
    await night(world, 200)
    assert await count(world, Viewing) == 2
    assert [await count(world, model) for model in (Notice, Delivery, Line, Media)] == before
    assert world.program.storeroom.path(str(rows[2].hash)).exists()
    async with world.database.transaction() as session:
        await session.execute(update(Ticket).values(next_due_at=world.now + timedelta(days=9)))
        await session.execute(update(Round).values(next_due_at=world.now + timedelta(days=9)))


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_much_goes_in_pieces_in_one_night(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 2)
    await decide(world, Retention(messages="92 days"))
    await world.enters("van_phong_ubnd", Role.STAFF)
    await world.enters("chieu_luu")
    many = await count(world, Notice)
    world.now += timedelta(days=93)
    await world.forward(seconds=1)
    assert await count(world, Notice) == many - 2
    await world.forward(minutes=many)
    assert await count(world, Notice) == 0
    async with world.database.reading() as session:
        row = await rounds.named(session, retention.RETENTION)
    assert row is not None and row.kept["messages"] == many


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_the_boundary_is_found_by_halving(world: World) -> None:
    async with world.database.transaction() as session:
        for number in (3, 4, 7, 8, 20):
            session.add(
                Notice(
                    id=number, kind=3, text="", contact_id=1, fate=Fate.DELIVERED,
                    created_at=world.now + timedelta(days=number), not_before=world.now,
                )
            )  # fmt: skip
        await session.flush()
        for day, last in ((0, 0), (3, 0), (4, 3), (5, 4), (8, 7), (9, 8), (20, 8), (99, 20)):
            than = world.now + timedelta(days=day)
            found = await pruning.older(session, Notice, col(Notice.created_at), than)
            assert found == last, day

"""What becomes of calls when their sender dies, the clock leaps, or the database goes away."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from bot import working
from bot.app import utc_now
from bot.roles import Role
from bot.settings import Settings
from bot.working import Working
from storage.engine import Database
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.peers import Alone
from storage.tickets import Ticket
from tests.conftest import PROVE
from tests.test_deliverer import post
from tests.world import World
from tickets.moment import Moment
from web.hub import Hub

ON = [("telegram", "sqlite"), *([("telegram", "postgresql")] if PROVE else [])]
pytestmark = pytest.mark.parametrize("world", ON, ids="+".join, indirect=True)
FULL = OperationalError("COMMIT", {}, Exception("database or disk is full"))


@asynccontextmanager
async def sending(world: World) -> AsyncIterator[Working]:
    """A process that has the turn to send."""
    work = Working(world.program, Alone(), frozenset({Role.DELIVER}), Settings(), utc_now)
    work.connect(Hub())
    work.start(None, None)
    yield work
    await work.end()


async def fates(world: World) -> list[str]:
    async with world.database.reading() as session:
        found = await session.execute(select(col(Delivery.fate)).order_by(col(Delivery.id)))
        return list(found.scalars())


async def until(world: World, *wanted: Fate) -> None:
    async with asyncio.timeout(10):
        while (await fates(world))[-len(wanted) :] != list(wanted):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)


@contextmanager
def breaking(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A database without room for a commit; how often one was tried."""
    tried: list[int] = []

    @asynccontextmanager
    async def refusing() -> AsyncIterator[Any]:
        tried.append(1)
        async with database.reading() as session:
            yield session
        raise FULL

    with monkeypatch.context() as broken:
        broken.setattr(database, "transaction", refusing)
        yield tried


async def test_who_takes_the_turn_makes_the_calls_of_who_died(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "GRACE", 0.05)
    lan = await world.joins("chieu_luu", name="Lan")
    await post(world, lan, Kind.ANSWER, "đã ghi", "hai")
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        assert len(await world.program.deliverer._claim(moment, 10)) == 1
    await world.restart()
    async with sending(world):
        await until(world, Fate.DELIVERED, Fate.DELIVERED)
    assert await lan.news() == ["(gửi lại) đã ghi", "hai"]


async def test_who_stops_breaks_off_a_silent_call_and_leaves_it_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.api is not None
    monkeypatch.setattr(working, "STOP_WITHIN", 0.05)
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.fail(method="sendMessage", silent=True, taken=False)
    async with sending(world):
        await post(world, lan, Kind.ANSWER, "đã ghi")
        await until(world, Fate.SENDING)
    async with world.database.reading() as session:
        left = (await session.execute(select(Delivery).order_by(col(Delivery.id).desc()))).scalars()
        assert next(left).lease_until is None
    await world.settle()
    assert await lan.news() == ["(gửi lại) đã ghi"]


async def test_a_clock_that_leaps_does_not_send_twice_what_is_under_way(world: World) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.fail(method="sendMessage", slow=0.3)
    await post(world, lan, Kind.CARD, "phiếu mới")
    deliverer = world.program.deliverer
    await deliverer._look()
    world.now += timedelta(hours=1)
    await deliverer._look()
    await asyncio.wait(deliverer._chats)
    await world.settle()
    assert await lan.news() == ["phiếu mới"]


async def test_a_clock_that_is_set_back_holds_nothing_up(world: World) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.flood(20)
    await post(world, lan, Kind.ANSWER, "một")
    await world.settle()
    await post(world, lan, Kind.ANSWER, "hai")
    world.now -= timedelta(hours=1)
    await world.settle()
    world.now += timedelta(seconds=25)
    await world.settle()
    assert await lan.news() == ["một", "hai"]


async def test_an_album_that_was_parked_before_the_clock_was_set_back_is_read(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    for number in (1, 2):
        await world.program.intake.receive(lan.message(f"cầu hỏng {number}", group_key="g"))
    world.now -= timedelta(hours=1)
    await world.program.tick()
    assert len(await world.tickets()) == 1


async def test_an_answer_is_not_forgotten_while_the_database_has_no_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await post(world, lan, Kind.ANSWER, "đã ghi")
    deliverer = world.program.deliverer
    await deliverer._look()
    await asyncio.wait(deliverer._chats)
    with breaking(world.database, monkeypatch) as tried:
        for _ in range(3):
            with pytest.raises(OperationalError):
                await deliverer._recover(claims=True)
    assert tried == [1, 1, 1]
    await deliverer._recover(claims=True)
    await world.settle()
    assert (await lan.news(), (await fates(world))[-1]) == (["đã ghi"], Fate.DELIVERED)


async def test_a_step_that_the_database_refuses_stays_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await lan.says("Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục")
    async with world.database.reading() as session:
        due = (await session.execute(select(col(Ticket.next_due_at)))).scalar_one()
    world.now = due
    with breaking(world.database, monkeypatch), pytest.raises(OperationalError):
        await world.program.tick()
    async with world.database.reading() as session:
        assert (await session.execute(select(col(Ticket.next_due_at)))).scalar_one() == due
    await world.program.tick()
    async with world.database.reading() as session:
        waits = await session.execute(select(Notice).where(col(Notice.fate) == Fate.PENDING))
        assert list(waits.scalars())


@pytest.mark.parametrize(
    ("kind", "heard"),
    [
        (Kind.ANSWER, ["đã ghi", "(gửi lại) đã ghi"]),
        (Kind.BULK, ["đã ghi"]),
    ],
)
async def test_what_may_not_have_come_is_sent_once_more_but_not_to_five_hundred(
    world: World, kind: Kind, heard: list[str]
) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.fail(method="sendMessage", cut=True)
    await post(world, lan, kind, "đã ghi")
    await world.settle()
    await world.forward(minutes=2)
    assert await lan.news() == heard

"""The auditor: what falls short is an alarm; the heartbeat beats only while all is well."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from sqlmodel import col

from bot.auditor import Auditor
from storage.outbox import Fate, Kind, Notice
from storage.people import Role
from storage.shortfalls import shortfalls
from storage.tickets import Ticket
from tests.test_story_work import SCANNER
from tests.world import World

MINUTE = timedelta(minutes=1)


@asynccontextmanager
async def watchdog() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A real HTTP server that notes who calls."""
    calls: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await reader.readline())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ping/1", calls


def auditor(world: World, heartbeat: str | None = None) -> Auditor:
    address = SecretStr(heartbeat) if heartbeat else None
    return Auditor(world.database, world.program.packs, lambda: world.now, address)


async def look(world: World, looking: Auditor) -> bool:
    is_well = await looking.once()
    await world.settle()
    return is_well


async def lose_the_next_step(world: World) -> None:
    async with world.database.transaction() as session:
        await session.execute(update(Ticket).values(next_due_at=None))


async def find_it_again(world: World) -> None:
    async with world.database.transaction() as session:
        await session.execute(update(Ticket).values(next_due_at=world.now + timedelta(days=1)))


async def test_the_heartbeat_beats_only_while_nothing_falls_short(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    await official.says(SCANNER)
    async with watchdog() as (address, calls):
        looking = auditor(world, address)
        assert await look(world, looking)
        assert calls == [b"GET /ping/1 HTTP/1.1\r\n"]
        await lose_the_next_step(world)
        assert not await look(world, looking)
        assert len(calls) == 1
        await find_it_again(world)
        assert await look(world, looking)
        assert len(calls) == 2


async def test_a_dead_watchdog_stops_nothing(world: World) -> None:
    async with watchdog() as (address, _):
        gone = address
    assert await look(world, auditor(world, gone))


async def test_administrators_hear_once_an_hour_and_when_it_is_over(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    await official.says(SCANNER)
    await admin.news()
    looking, another = auditor(world), auditor(world)
    await lose_the_next_step(world)
    await look(world, looking)
    (alarm,) = await admin.news()
    assert "1 phiếu mở không có bước tiếp theo" in alarm
    await look(world, another)  # a second process looks as well
    world.now += 30 * MINUTE
    await look(world, looking)
    assert await admin.news() == []
    world.now += 31 * MINUTE
    await look(world, looking)
    assert len(await admin.news()) == 1
    await find_it_again(world)
    await look(world, looking)
    assert "chạy đủ trở lại" in (await admin.news())[0]
    await look(world, looking)
    assert await admin.news() == []


@pytest.mark.parametrize(
    ("kind", "minutes", "said"),
    [(Kind.EMERGENCY, 6, "notices"), (Kind.REMINDER, 6, "notices"), (Kind.REMINDER, 4, "")],
)
async def test_what_nobody_sends_is_missed(
    world: World, kind: Kind, minutes: int, said: str
) -> None:
    async with world.database.transaction() as session:
        session.add(
            Notice(kind=kind, desk="so_tai_chinh", text="x", created_at=world.now,
                   not_before=world.now)
        )  # fmt: skip
    async with world.database.reading() as session:
        found = await shortfalls(session, world.now + minutes * MINUTE)
    assert [shortfall.kind for shortfall in found] == ([said] if said else [])
    async with world.database.transaction() as session:
        await session.execute(
            update(Notice).where(col(Notice.text) == "x").values(fate=Fate.CANCELLED)
        )


async def test_a_sweep_that_stands_still_is_missed(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    await official.says(SCANNER)
    ticket = await world.ticket()
    assert ticket.next_due_at is not None
    world.now = ticket.next_due_at + 6 * MINUTE
    assert not await look(world, auditor(world))
    await world.program.tick()
    await world.settle()
    assert await look(world, auditor(world))

"""What processes on one PostgreSQL tell each other, and what one of them alone does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import make_url, text

from storage import peers
from storage.engine import Database
from storage.peers import Alone, Peers, peers_of


@pytest.fixture
def url(make_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(peers, "BEAT", 0.02)
    return make_database("postgresql")


@asynccontextmanager
async def in_touch(url: str) -> AsyncIterator[Peers]:
    process = Peers(make_url(url))
    touch = asyncio.create_task(process.run())
    await until(lambda: process.is_connected)
    yield process
    await process.close()
    await asyncio.wait_for(touch, 5)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  another session of the database tells nobody
            await asyncio.sleep(0.005)


class Job:
    """A work that notes how often it is begun, and by how many it is done at a time."""

    begun = doing = most = 0

    async def __call__(self, ended: asyncio.Event) -> None:
        Job.begun, Job.doing = Job.begun + 1, Job.doing + 1
        Job.most = max(Job.most, Job.doing)
        await ended.wait()
        Job.doing -= 1


@pytest.fixture
def job() -> Job:
    Job.begun = Job.doing = Job.most = 0
    return Job()


async def test_a_word_reaches_the_others_at_once_and_not_oneself(url: str) -> None:
    async with in_touch(url) as one, in_touch(url) as other:
        here: list[str] = []
        there: list[str] = []
        one.hear, other.hear = here.append, there.append
        for _ in range(3):
            one.tell("outbox")
        one.tell("chat 7")
        await until(lambda: len(there) == 2)
    assert (here, there) == ([], ["outbox", "chat 7"])


async def test_one_does_it_and_the_next_takes_over_when_the_first_stops(url: str, job: Job) -> None:
    async with in_touch(url) as one, in_touch(url) as other:
        stop, never = asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(one.in_turn("poll", job, stop))
        await until(lambda: one.at_work.get("poll"))
        second = asyncio.create_task(other.in_turn("poll", job, never))
        await asyncio.sleep(0.1)
        assert other.at_work == {"poll": False}
        stop.set()
        await first
        await until(lambda: other.at_work["poll"])
        never.set()
        await second
    assert (Job.most, one.at_work) == (1, {"poll": False})


async def test_a_turn_ends_with_its_connection_and_whoever_is_there_takes_it(
    url: str, job: Job
) -> None:
    database = Database(url)
    async with in_touch(url) as one, in_touch(url) as other:
        stop = asyncio.Event()
        works = [asyncio.create_task(each.in_turn("send", job, stop)) for each in (one, other)]
        await until(lambda: Job.doing == 1)
        for turn in (2, 3, 4):
            async with database.transaction() as session:
                cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                await session.execute(text(cut))
            await until(lambda turn=turn: Job.begun == turn and Job.doing == 1)
        stop.set()
        await asyncio.gather(*works)
    await database.close()


async def test_a_process_that_hangs_loses_its_turn(
    url: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(peers.NEVER_IDLE, "idle_session_timeout", "300ms")
    async with in_touch(url) as one, in_touch(url) as other:
        stop = asyncio.Event()
        first = asyncio.create_task(one.in_turn("send", job, stop))
        await until(lambda: Job.doing == 1)
        async with one._one_at_a_time:  # it says nothing any more
            second = asyncio.create_task(other.in_turn("send", job, stop))
            await until(lambda: other.at_work.get("send"))
        await until(lambda: not one.at_work["send"])
        stop.set()
        await asyncio.gather(first, second)


async def test_work_that_fails_is_not_left_to_nobody(url: str) -> None:
    tries: list[asyncio.Event] = []
    stop = asyncio.Event()

    async def fails(ended: asyncio.Event) -> None:
        tries.append(ended)
        if len(tries) == 3:
            stop.set()
        raise ValueError

    async with in_touch(url) as one:
        await one.in_turn("send", fails, stop)
    assert len(tries) == 3


async def test_on_sqlite_every_turn_is_ones_own(
    make_database: Callable[[str], str], job: Job
) -> None:
    database = Database(make_database("sqlite"))
    only, stop = peers_of(database), asyncio.Event()
    work = asyncio.create_task(only.in_turn("send", job, stop))
    only.tell("outbox")
    await until(lambda: Job.doing == 1)
    stop.set()
    await work
    assert (type(only), only.at_work, only.is_connected) == (Alone, {"send": True}, True)
    await database.close()

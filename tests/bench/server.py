"""The real program in its own process, in webhook mode, and a made-up Telegram beside it."""

import asyncio
import os
import socket
import sys
import time
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import psutil

from bot.app import BUNDLED_PACK, ensure_pack
from storage.engine import Database, migrate
from tests.bench import people
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.telegram_chats import Call
from tests.doubles.telegram_queue import SECRET_HEADER

SECRET = "a-made-up-secret"
PATIENCE, STARTS = 60.0, 180.0
"""Seconds that an answer, or a start, may take before the bench gives up."""
KNOCK = 0.01
EVERY = 3.0
"""Seconds between two messages of one person."""
LEAD_IN = EVERY * (people.STEPS - 1)


class Listening(BotApi):
    """A Bot API that notes when each chat was first spoken to since `expect`."""

    def __init__(self, *, pace: bool = False) -> None:
        super().__init__(pace=pace)
        self.waiting: dict[int, asyncio.Future[float]] = {}

    def expect(self, chat: int) -> asyncio.Future[float]:
        """The instant of the next message to a chat."""
        self.waiting[chat] = asyncio.get_running_loop().create_future()
        return self.waiting[chat]

    async def _record(self, call: Call) -> None:
        arrived = time.perf_counter()
        if call.method == "sendMessage" and (waiter := self.waiting.pop(call.chat, None)):
            if not waiter.done():  # given up meanwhile
                waiter.set_result(arrived)
        self.calls.append(call)


@dataclass
class Running:
    """What was started: its processes, their addresses, and how long the start took."""

    processes: list[Process]
    urls: list[str]
    api: Listening
    database_url: str = ""
    page_after: float = 0.0
    ready_after: float = 0.0
    client: aiohttp.ClientSession = field(repr=False, kw_only=True)

    @property
    def memory(self) -> float:
        """The resident memory of all processes in MB."""
        return sum(psutil.Process(one.pid).memory_info().rss for one in self.processes) / 1e6

    @property
    def busy(self) -> float:
        """The seconds of processor time that they have taken so far."""
        times = [psutil.Process(one.pid).cpu_times() for one in self.processes]
        return float(sum(each.user + each.system for each in times))

    async def post(self, payload: dict[str, Any], patience: float = PATIENCE) -> float:
        """Post one update; the seconds until its answer arrived. TimeoutError after `patience`."""
        chat = payload["message"]["chat"]["id"]
        answered = self.api.expect(chat)
        started = time.perf_counter()
        headers = {SECRET_HEADER: SECRET}
        url = f"{self.urls[chat % len(self.urls)]}/hooks/telegram"
        while True:
            try:
                async with self.client.post(url, json=payload, headers=headers) as taken:
                    assert taken.status == 200, taken.status
                break
            except aiohttp.ClientConnectionError:  # an idle connection ended: it calls again
                assert all(one.returncode is None for one in self.processes), "a server has ended"
        return await asyncio.wait_for(answered, patience) - started


@asynccontextmanager
async def running(
    users: int,
    module: Sequence[str] = ("bot", "run"),
    *,
    url: str = "",
    processes: int = 1,
    api: Listening | None = None,
    around: Mapping[str, str] | None = None,
    fill: Callable[[Database], Awaitable[None]] | None = None,
) -> AsyncIterator[Running]:
    """Servers on a database in which `users` reporters have joined; stopped at the end.

    `url` is an empty PostgreSQL, SQLite when there is none; `fill` puts more into it first;
    `around` is what tests.bench.child reads.
    """
    with TemporaryDirectory() as folder:
        url = url or f"sqlite:///{Path(folder) / 'bench.db'}"
        await _prepare(url, users, fill)
        ports = [free_port() for _ in range(processes)]
        async with api or Listening() as api:  # noqa: PLR1704  the same, started
            given = dict(around or {})
            commands = [
                (module, _environment(folder, url, port, api.url) | given) for port in ports
            ]
            async with serving(api, ports, commands) as server:
                server.database_url = url
                yield server


@asynccontextmanager
async def serving(
    api: Listening, ports: Sequence[int], commands: Sequence[tuple[Sequence[str], dict[str, str]]]
) -> AsyncIterator[Running]:
    """Processes, each with its module and environment, from their being ready until they stop."""
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as client:
        started = [
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *module), env=environment, stdout=asyncio.subprocess.DEVNULL
            )
            for module, environment in commands
        ]
        server = Running(started, urls, api, client=client)
        try:
            server.page_after, server.ready_after = await _started(server)
            yield server
        finally:
            for process in started:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


async def _prepare(
    url: str, users: int, fill: Callable[[Database], Awaitable[None]] | None
) -> None:
    await asyncio.to_thread(migrate, url)
    database, pack = Database(url), people.bundled()
    await ensure_pack(database, BUNDLED_PACK, people.NOW)
    await people.settle_desks(database, pack)
    if users:
        await people.settle_people(database, pack, 1, users)
    if fill:
        await fill(database)
    await database.close()


async def _started(server: Running) -> tuple[float, float]:
    """Seconds until the first page answers, and until all are ready."""
    started = time.perf_counter()
    page = await _answers(server, server.urls[0] + "/healthz", started)
    return page, max([await _answers(server, url + "/readyz", started) for url in server.urls])


async def _answers(server: Running, page: str, started: float) -> float:
    while time.perf_counter() - started < STARTS:
        try:
            async with server.client.get(page) as answer:
                if answer.status == 200:
                    return time.perf_counter() - started
        except aiohttp.ClientError:
            ended = any(process.returncode is not None for process in server.processes)
            assert not ended, "a server ended at its start"
        await asyncio.sleep(KNOCK)
    raise SystemExit(f"bench: {page} did not answer within {STARTS:.0f} s")


def _environment(folder: str, url: str, port: int, api_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THAOGO_")}
    return kept | {
        "THAOGO_DATABASE_URL": url,
        "THAOGO_DATA_DIR": folder,
        "THAOGO_HTTP_PORT": str(port),
        "THAOGO_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "THAOGO_TELEGRAM_TOKEN": TOKEN,
        "THAOGO_TELEGRAM_API_URL": api_url,
        "THAOGO_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "THAOGO_LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


async def converse(
    server: Running, rate: float, seconds: float, reports: Sequence[str], *, first: int = 1
) -> list[float]:
    """Post `rate` updates a second for `seconds`, whether answered or not; how long each took.

    Reporters, whose ids count from `first`, begin one after another and say something every three
    seconds, so that all steps of the talk are there at once; the first twelve seconds, when they
    are not yet, do not count. The time runs from the instant an update was due: one that waits
    for its person's last answer, or for this process, is late.
    """
    due: list[tuple[float, int, dict[str, Any]]] = []
    for nth in range(users_for(rate, seconds)):
        begins = nth * people.STEPS / rate
        for step, payload in enumerate(people.talk(first + nth, reports)):
            due.append((begins + step * EVERY, nth, payload))
    return await _keep_pace(server, sorted(due, key=lambda entry: entry[0]), seconds)


def users_for(rate: float, seconds: float) -> int:
    """How many reporters `converse` needs."""
    return int((seconds + LEAD_IN) * rate / people.STEPS)


async def _keep_pace(
    server: Running, due: Iterable[tuple[float, int, dict[str, Any]]], seconds: float
) -> list[float]:
    started = time.perf_counter()
    tasks: list[tuple[float, asyncio.Task[float]]] = []
    turn: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def one(at: float, user: int, payload: dict[str, Any]) -> float:
        async with turn[user]:
            waited = max(0.0, time.perf_counter() - started - at)
            return waited + await server.post(payload)

    for at, user, payload in due:
        await asyncio.sleep(max(0.0, started + at - time.perf_counter()))
        tasks.append((at, asyncio.create_task(one(at, user, payload))))
    took = await asyncio.gather(*(task for _, task in tasks))
    end = LEAD_IN + seconds
    return [span for (at, _), span in zip(tasks, took, strict=True) if LEAD_IN <= at < end]

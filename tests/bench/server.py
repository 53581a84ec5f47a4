"""The real program in its own process, in webhook mode, and a made-up Telegram beside it."""

import asyncio
import os
import socket
import sys
import time
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
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
PATIENCE = 60.0
"""Seconds that a start, or an answer, may take before the bench gives up."""
KNOCK = 0.01


class Listening(BotApi):
    """A Bot API that notes when each chat was first spoken to since `expect`."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[int, asyncio.Future[float]] = {}

    def expect(self, chat: int) -> asyncio.Future[float]:
        """The instant of the next message to a chat."""
        self.waiting[chat] = asyncio.get_running_loop().create_future()
        return self.waiting[chat]

    async def _record(self, call: Call) -> None:
        arrived = time.perf_counter()
        if call.method == "sendMessage" and (waiter := self.waiting.pop(call.chat, None)):
            waiter.set_result(arrived)
        self.calls.append(call)


@dataclass
class Running:
    """A started server: its process, its address, and how long its start took."""

    process: Process
    url: str
    api: Listening
    page_after: float = 0.0
    ready_after: float = 0.0
    client: aiohttp.ClientSession = field(repr=False, kw_only=True)

    @property
    def memory(self) -> float:
        """The process's resident memory in MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    async def post(self, payload: dict[str, Any]) -> float:
        """Post one update; the seconds until its answer arrived at the double."""
        answered = self.api.expect(payload["message"]["chat"]["id"])
        started = time.perf_counter()
        headers = {SECRET_HEADER: SECRET}
        async with self.client.post(
            f"{self.url}/hooks/telegram", json=payload, headers=headers
        ) as taken:
            assert taken.status == 200, taken.status
        return await asyncio.wait_for(answered, PATIENCE) - started


@asynccontextmanager
async def running(users: int, module: Sequence[str] = ("bot", "run")) -> AsyncIterator[Running]:
    """A server on a database in which `users` reporters have joined; stopped at the end."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        await _prepare(url, users)
        port = free_port()
        async with Listening() as api, aiohttp.ClientSession() as client:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", *module),
                env=_environment(folder, url, port, api.url),
                stdout=asyncio.subprocess.DEVNULL,
            )
            server = Running(process, f"http://127.0.0.1:{port}", api, client=client)
            try:
                server.page_after, server.ready_after = await _started(server)
                yield server
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


async def _prepare(url: str, users: int) -> None:
    await asyncio.to_thread(migrate, url)
    database, pack = Database(url), people.bundled()
    await ensure_pack(database, BUNDLED_PACK, people.NOW)
    await people.settle_desks(database, pack)
    if users:
        await people.settle_people(database, pack, 1, users)
    await database.close()


async def _started(server: Running) -> tuple[float, float]:
    """Seconds until the first page answers, and until the program is ready."""
    started = time.perf_counter()
    page = await _answers(server, "/healthz", started)
    return page, await _answers(server, "/readyz", started)


async def _answers(server: Running, path: str, started: float) -> float:
    while time.perf_counter() - started < PATIENCE:
        try:
            async with server.client.get(server.url + path) as answer:
                if answer.status == 200:
                    return time.perf_counter() - started
        except aiohttp.ClientError:
            assert server.process.returncode is None, "the server ended at its start"
        await asyncio.sleep(KNOCK)
    raise SystemExit(f"bench: {path} did not answer within {PATIENCE:.0f} s")


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
    server: Running, rate: float, seconds: float, reports: Sequence[str]
) -> list[float]:
    """Post `rate` updates a second for `seconds`, whether answered or not; how long each took.

    Reporters begin one after another and say something every three seconds, so that all steps
    of the talk are there at once; the first twelve seconds, when they are not yet, do not count.
    """
    every, lead_in = 3.0, 3.0 * (people.STEPS - 1)
    users = users_for(rate, seconds)
    due: list[tuple[float, int, dict[str, Any]]] = []
    for user in range(1, users + 1):
        begins = (user - 1) * people.STEPS / rate
        for step, payload in enumerate(people.talk(user, reports)):
            due.append((begins + step * every, user, payload))
    return await _keep_pace(server, sorted(due, key=lambda entry: entry[0]), lead_in, seconds)


def users_for(rate: float, seconds: float) -> int:
    """How many reporters `converse` needs."""
    return int((seconds + 3.0 * (people.STEPS - 1)) * rate / people.STEPS)


async def _keep_pace(
    server: Running,
    due: Iterable[tuple[float, int, dict[str, Any]]],
    lead_in: float,
    seconds: float,
) -> list[float]:
    started = time.perf_counter()
    tasks: list[tuple[float, asyncio.Task[float]]] = []
    turn: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def one(user: int, payload: dict[str, Any]) -> float:
        async with turn[user]:
            return await server.post(payload)

    for at, user, payload in due:
        await asyncio.sleep(max(0.0, started + at - time.perf_counter()))
        tasks.append((at, asyncio.create_task(one(user, payload))))
    took = await asyncio.gather(*(task for _, task in tasks))
    end = lead_in + seconds
    return [span for (at, _), span in zip(tasks, took, strict=True) if lead_in <= at < end]

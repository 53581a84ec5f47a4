"""The highest rate at which 99 of 100 are answered within a second: ours, and the rivals."""

import asyncio
import math
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from tempfile import TemporaryDirectory

from tests.bench import rival_server, rivals, server
from tests.bench.child import CHILD, PACING_OFF, in_office_hours
from tests.bench.figures import Figure
from tests.bench.server import Listening, Running
from tests.bench.steady import DURABLE, cut
from tests.postgresql import own_postgresql

WITHIN = 1.0
"""Seconds."""
FIRST, LAST = 12.5, 1600.0
SECONDS = 8.0
"""Of each trial, after the twelve in which it fills up."""
BISECTIONS = 2
REST = 1.0
"""Seconds without a call after which what a trial left behind is done."""
FOUND = ("highest rate with p99 under 1 s", "p99 there", "processor time an update")
Contestant = Callable[[], AbstractAsyncContextManager[Running]]


async def measure(is_short: bool, reports: Sequence[str]) -> list[Figure]:
    """One after another; each alone on the machine with the bench."""
    found = []
    with rivals.redis() as redis:
        for name, opened in _contestants(redis, 1_500 if is_short else 24_000).items():
            async with opened() as running:
                climbed = await _climb(name, running, reports, is_short=is_short)
            found += climbed
            sys.stderr.write("".join(f"{f.name}: {f.value:.1f} {f.unit}\n" for f in climbed))
    if redis is None:
        sys.stderr.write(f"NOT RUN: aiogram with RedisStorage; {rivals.HOW_TO_INSTALL}\n")
    return found


def _contestants(redis: str | None, users: int) -> dict[str, Contestant]:
    ours = {
        "ours, 1 process, SQLite": partial(_ours, users, 1, is_sqlite=True),
        **{
            f"ours, {count} {'process' if count == 1 else 'processes'}, PostgreSQL": partial(
                _ours, users, count, is_sqlite=False
            )
            for count in (1, 2, 4)
        },
    }
    others = {"rival: PTB, PicklePersistence": "ptb", "the bench itself": "nothing"}
    if redis:
        others = {"rival: aiogram, RedisStorage": "aiogram"} | others
    return ours | {name: partial(_rival, which, redis or "") for name, which in others.items()}


@asynccontextmanager
async def _ours(users: int, processes: int, *, is_sqlite: bool) -> AsyncIterator[Running]:
    """Processes that each do everything; one of them has the turn to send."""
    opened = nullcontext() if is_sqlite else own_postgresql(on_disk=True, **DURABLE)
    with opened as database:
        url = database.url if database else ""
        around = PACING_OFF | in_office_hours()
        async with server.running(
            users, CHILD, url=url, processes=processes, around=around
        ) as running:
            yield running


@asynccontextmanager
async def _rival(which: str, redis: str) -> AsyncIterator[Running]:
    port = server.free_port()
    with TemporaryDirectory() as folder:
        async with Listening() as api:
            given = {
                rival_server.API: api.url,
                rival_server.PORT: str(port),
                rival_server.REDIS: redis,
                rival_server.FOLDER: folder,
            }
            command = (("tests.bench.rival_server", which), os.environ | given)
            async with server.serving(api, [port], [command]) as running:
                yield running


async def _climb(
    name: str, running: Running, reports: Sequence[str], *, is_short: bool
) -> list[Figure]:
    """Twice the rate while it is borne, then between the last borne and the first that was not."""
    first, seconds = 1, 2.0 if is_short else SECONDS
    p99: dict[float, float] = {}
    costs: list[float] = []

    async def bears(rate: float) -> bool:
        nonlocal first
        users = server.users_for(rate, seconds)
        busy = running.busy
        try:
            took = await server.converse(running, rate, seconds, reports, first=first)
            p99[rate] = cut(took)
        except TimeoutError:
            p99[rate] = math.inf
        first += users
        await _rests(running)
        costs.append((running.busy - busy) / (users * 5))
        return p99[rate] <= WITHIN

    low, high = 0.0, FIRST
    while high <= (FIRST if is_short else LAST) and await bears(high):
        low, high = high, 2 * high
    for _ in range(BISECTIONS if low and not is_short else 0):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if await bears(middle) else (low, middle)
    values = (low, 1000 * p99.get(low, math.inf), 1000 * min(costs))
    units = ("updates/s", "ms", "ms")
    return [
        Figure("load", f"{name}: {what}", value, unit)
        for what, value, unit in zip(FOUND, values, units, strict=True)
    ]


async def _rests(running: Running) -> None:
    """Wait until what the trial has left is sent."""
    calls = -1
    while calls != (calls := len(running.api.calls)):  # noqa: ASYNC110  nobody tells the end
        await asyncio.sleep(REST)

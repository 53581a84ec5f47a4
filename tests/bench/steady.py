"""The same rate for long, and beside many tickets: how long people wait for their answer."""

import asyncio
import os
import signal
import statistics
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import Database
from tests.bench import people, sampler, server, years
from tests.bench.child import CHILD, PACING_OFF, STACKS, in_office_hours
from tests.bench.figures import Figure
from tests.postgresql import own_postgresql

RATE, PACED = 50.0, 15.0
MOST = 250.0
"""Milliseconds, for 99 of 100 at either rate."""
SCALES, FEW, LONG = (10_000, 100_000), (2_000, 10_000), (10_000, 100_000, 1_000_000)
CROWD, SMALL = 100_000, 2_000
"""Officials who have joined, beside those who talk."""
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "128MB",
}
"""As PostgreSQL ships, in place of what makes tests fast."""
is_sampled = False
"""Whether the first server is to tell where its time goes."""


def minutes() -> float:
    """How long the sustained load lasts."""
    long = 10.0 if "THAOGO_BENCH_LONG" in os.environ else 1.0
    return float(os.environ.get("THAOGO_BENCH_MINUTES", long))


async def sustained(is_short: bool, reports: Sequence[str]) -> list[Figure]:
    """On SQLite, one process: without pacing and as it runs; memory tells whether it piles up."""
    seconds = 5.0 if is_short else 60 * minutes()
    cases = ((RATE, "pacing off", PACING_OFF), (PACED, "real pacing", {}))
    found = []
    for rate, how, pacing in cases:
        users = server.users_for(rate, seconds)
        with TemporaryDirectory() as folder:
            stacks = Path(folder) / "stacks"
            around = {**pacing, **in_office_hours()}
            around |= {STACKS: str(stacks)} if is_sampled else {}
            async with server.running(users, CHILD, around=around) as running:
                if is_sampled:
                    running.processes[0].send_signal(signal.SIGUSR2)
                before, busy = running.memory, running.busy
                took = await server.converse(running, rate, seconds, reports)
                cost = (running.busy - busy) / (rate * (seconds + server.LEAD_IN))
                after = running.memory
            if is_sampled:
                sampler.read(str(stacks))
        name = f"{rate:.0f}/s for {seconds / 60:g} min, {how}"
        found += [
            *waits(name, took),
            Figure("load", f"{name}: processor time an update", 1000 * cost, "ms"),
            Figure("load", f"{name}: memory before", before, "MB"),
            Figure("load", f"{name}: memory after", after, "MB"),
        ]
    return found


def waits(name: str, took: Sequence[float]) -> list[Figure]:
    """From due to answered, in milliseconds."""
    times = [1000 * span for span in took]
    return [
        Figure("load", f"{name}: p50", statistics.median(times), "ms"),
        Figure("load", f"{name}: p99", cut(times), "ms", target=MOST, is_least=False),
        Figure("load", f"{name}: longest", max(times), "ms"),
        Figure("load", f"{name}: answers measured", len(times), ""),
    ]


def cut(values: Sequence[float]) -> float:
    """What 99 of 100 do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[98]


async def growth(is_short: bool, reports: Sequence[str]) -> list[Figure]:
    """The rate of the sustained load beside so many tickets and 100,000 officials."""
    scales = LONG if "THAOGO_BENCH_LONG" in os.environ else FEW if is_short else SCALES
    seconds = 5.0 if is_short else 30.0
    crowd = SMALL if is_short else CROWD
    talking = server.users_for(RATE, seconds)
    found = []
    for kind in ("SQLite", "PostgreSQL"):
        for scale in scales:
            fill = partial(_fill, first=talking + 1, crowd=crowd, scale=scale)
            opened = own_postgresql(on_disk=True, **DURABLE) if kind != "SQLite" else nullcontext()
            with opened as database:
                url = database.url if database else ""
                around = PACING_OFF | in_office_hours()
                async with server.running(
                    talking, CHILD, url=url, around=around, fill=fill
                ) as running:
                    took = await server.converse(running, RATE, seconds, reports)
            name = f"{RATE:.0f}/s beside {scale:,} tickets, {crowd:,} people, {kind}"
            found += waits(name, took)[:2]
            await asyncio.sleep(1)  # let the disk rest before the next
    return found


async def _fill(database: Database, *, first: int, crowd: int, scale: int) -> None:
    pack = people.bundled()
    for begin in range(first, first + crowd, 10_000):
        count = min(10_000, first + crowd - begin)
        await people.settle_people(database, pack, begin, count)
    await years.settle(database, scale, first="NA-25-900000")

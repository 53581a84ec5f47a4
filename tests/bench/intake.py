"""How many updates a second become durable, beside aiogram's own storages without any ticket."""

import asyncio
import gc
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from typing import Any, TypeVar

from aiogram.fsm.storage.memory import MemoryStorage
from sqlalchemy import func, select

from bot.app import Program
from bot.channels.telegram_parse import parse
from storage.outbox import Fate, Notice
from storage.tickets import Ticket
from tests.bench import figures, people, rivals, sampler
from tests.bench.figures import Figure
from tickets.incoming import Incoming
from triage.judge import Judge

CONCURRENCY = (1, 16, 64)
ROUNDS = 5
TALKS = 128
"""Conversations of five updates in one measurement."""
LEAST = 1.2
"""Ours against Redis."""

Said = TypeVar("Said")
Talks = Sequence[Sequence[dict[str, Any]]]
Heard = Sequence[Sequence[Incoming]]
Rates = dict[tuple[str, int], list[float]]


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Interleaved rounds, so that a busy neighbour slows all of them alike."""
    pack = people.bundled()
    reports = people.suitable_reports(pack)
    count, talks = (2, 48) if is_short else (ROUNDS, TALKS)
    rates: Rates = defaultdict(list)
    with rivals.redis() as address:
        async with AsyncExitStack() as opened:
            program = await opened.enter_async_context(people.program(people.NullChannel()))
            await people.settle_desks(program.database, pack)
            first = 1
            for turn in range(count + 1):
                for concurrency in CONCURRENCY:
                    await people.settle_people(program.database, pack, first, talks)
                    users = range(first, first + talks)
                    said = [list(people.talk(user, reports)) for user in users]
                    first += talks
                    found = await _round(program, address, said, concurrency, profile)
                    for name, rate in found.items() if turn else ():
                        rates[name, concurrency].append(rate)
            await _check(program, first - 1)
    if address is None:
        sys.stderr.write(f"NOT RUN: the comparison with Redis; {rivals.HOW_TO_INSTALL}\n")
    return _figures(rates)


async def _round(
    program: Program, redis: str | None, talks: Talks, concurrency: int, profile: bool
) -> dict[str, float]:
    found = {}
    memory = rivals.Rival(MemoryStorage())
    found["memory"] = await rate(memory.receive, talks, concurrency)
    if redis is not None:
        found["redis"] = await _redis_rate(redis, talks, concurrency)
    ready = [[read(payload) for payload in talk] for talk in talks]
    with judging() as spent, sampler.sampling(enabled=profile):
        ours = await rate(program.intake.receive, ready, concurrency)
    updates = sum(map(len, talks))
    found["ours"] = ours
    found["ours, triage left out"] = updates / (updates / ours - spent[0])
    found["triage's share"] = spent[0] * ours / updates
    return found


async def _redis_rate(address: str, talks: Talks, concurrency: int) -> float:
    from aiogram.fsm.storage.redis import RedisStorage  # noqa: PLC0415  an optional part

    storage = RedisStorage.from_url(address)
    try:
        return await rate(rivals.Rival(storage).receive, talks, concurrency)
    finally:
        await storage.close()


def read(payload: dict[str, Any]) -> Incoming:
    """A Telegram update in our one shape."""
    incoming = parse(payload, received_at=people.NOW)
    assert incoming is not None
    return incoming


async def rate(
    receive: Callable[[Said], Awaitable[None]], talks: Iterable[Sequence[Said]], concurrency: int
) -> float:
    """Updates a second when `concurrency` phones talk at once, each waiting for its turn."""
    talks = list(talks)
    updates = sum(map(len, talks))
    waiting = iter(talks)

    async def phone() -> None:
        for talk in waiting:
            for said in talk:
                await receive(said)

    gc.collect()
    started = time.perf_counter()
    await asyncio.gather(*(phone() for _ in range(concurrency)))
    return updates / (time.perf_counter() - started)


@contextmanager
def judging() -> Iterator[list[float]]:
    """The seconds that triage takes within."""
    spent = [0.0]
    verdict = Judge.verdict

    def timed(self: Judge, *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return verdict(self, *arguments)
        finally:
            spent[0] += time.perf_counter() - started

    Judge.verdict = timed  # type: ignore[method-assign]  # a stopwatch around it
    try:
        yield spent
    finally:
        Judge.verdict = verdict  # type: ignore[method-assign]  # as it was


async def _check(program: Program, talks: int) -> None:
    """A fast bench that drops its work would be worth nothing: every talk is a ticket."""
    async with program.database.reading() as session:
        tickets = (await session.execute(select(func.count()).select_from(Ticket))).scalar_one()
        waiting = select(func.count()).select_from(Notice).where(Notice.fate == Fate.PENDING)  # type: ignore[arg-type]  # a column
        notices = (await session.execute(waiting)).scalar_one()
    assert tickets == talks, f"{tickets} tickets of {talks} talks"
    assert notices >= talks * (people.STEPS + 2), f"{notices} notices of {talks} talks"


def _figures(rates: Rates) -> list[Figure]:
    found = []
    for concurrency in CONCURRENCY:
        at = f"at {concurrency}"
        ours, memory = rates["ours", concurrency], rates["memory", concurrency]
        bare = rates["ours, triage left out", concurrency]
        redis = rates.get(("redis", concurrency))
        for name in ("memory", "redis", "ours", "ours, triage left out"):
            if values := rates.get((name, concurrency)):
                found.append(figures.rounds("intake", f"{name} {at}", values, "updates/s"))
        share = rates["triage's share", concurrency]
        found.append(figures.rounds("intake", f"triage's share {at}", share, "of time"))
        pairs = {"ours / memory": (ours, memory), "without triage / memory": (bare, memory)}
        if redis:
            pairs |= {"redis / memory": (redis, memory), "without triage / redis": (bare, redis)}
            goal = LEAST if concurrency > 1 else None
            found.append(_ratio(f"ours / redis {at}", ours, redis, target=goal))
        found += [_ratio(f"{name} {at}", *pair) for name, pair in pairs.items()]
    return found


def _ratio(
    name: str, first: Sequence[float], second: Sequence[float], *, target: float | None = None
) -> Figure:
    """Best against best, and median against median."""
    return Figure(
        "intake",
        name,
        max(first) / max(second),
        "ratio",
        target=target,
        median=statistics.median(first) / statistics.median(second),
    )

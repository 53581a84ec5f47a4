"""How fast what was decided goes out: the deliverer alone, and beside a busy intake."""

import asyncio
import time

from sqlalchemy import func, select
from sqlmodel import col

from bot.app import Program
from storage.outbox import Delivery, Fate, Notice
from tests.bench import figures, intake, people, sampler
from tests.bench.figures import Figure

ROUNDS, TALKS, CONCURRENCY = 3, 64, 16


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """A channel that takes everything at once: what is measured is claiming and settling."""
    pack = people.bundled()
    reports = people.suitable_reports(pack)
    alone, beside, through = [], [], []
    channel = people.NullChannel()
    async with people.program(channel) as program:
        await people.settle_desks(program.database, pack)
        for turn in range(1 if is_short else ROUNDS):
            first = 1 + 2 * TALKS * turn
            await people.settle_people(program.database, pack, first, 2 * TALKS)
            talks = [
                [intake.read(payload) for payload in people.talk(user, reports)]
                for user in range(first, first + 2 * TALKS)
            ]
            await intake.rate(program.intake.receive, talks[:TALKS], CONCURRENCY)
            with sampler.sampling(enabled=profile):
                alone.append(await _drain(program, channel))
            rates = await _both(program, talks[TALKS:])
            beside.append(rates[0])
            through.append(rates[1])
        await _check(program)
    return [
        figures.rounds("delivery", "calls, intake resting", alone, "calls/s"),
        figures.rounds("delivery", f"intake beside it at {CONCURRENCY}", beside, "updates/s"),
        figures.rounds("delivery", "updates in and their answers out", through, "updates/s"),
    ]


async def _drain(program: Program, channel: people.NullChannel) -> float:
    sent, started = channel.sent, time.perf_counter()
    while await program.deliverer.once():
        pass
    return (channel.sent - sent) / (time.perf_counter() - started)


async def _both(program: Program, talks: intake.Heard) -> tuple[float, float]:
    """Updates a second until the last commit, and until the last delivery."""
    stop, updates = asyncio.Event(), sum(map(len, talks))
    started = time.perf_counter()
    running = asyncio.create_task(program.deliverer.run(stop))
    rate = await intake.rate(program.intake.receive, talks, CONCURRENCY)
    while await _waiting(program):  # noqa: ASYNC110  nobody tells when the last one is settled
        await asyncio.sleep(0.01)
    whole = updates / (time.perf_counter() - started)
    stop.set()
    program.deliverer.wake()
    await running
    return rate, whole


async def _waiting(program: Program) -> int:
    async with program.database.reading() as session:
        open_ones = select(func.count()).where(col(Notice.fate).in_([Fate.PENDING, Fate.SENDING]))
        count: int = (await session.execute(open_ones)).scalar_one()
        return count


async def _check(program: Program) -> None:
    async with program.database.reading() as session:
        ends = await session.execute(select(col(Delivery.fate)).distinct())
        assert set(ends.scalars()) == {Fate.DELIVERED}

"""How long the sweep takes to remind of what is due, with years of tickets beside it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, insert, select, update
from sqlmodel import SQLModel, col

from storage.outbox import Fate, Notice
from storage.people import Role
from storage.tickets import Ticket
from tests.bench import sampler
from tests.bench.figures import Figure, rounds
from tests.databases import POSTGRESQL, SQLITE, Databases
from tests.world import World, world_for
from tickets import agenda

SCALES, FEW = (10_000, 100_000, 1_000_000), (2_000, 10_000)
OPEN, DUE = 10_000, 100
FLAT = 1.5
"""How much longer the largest scale may take than the smallest."""
AFTER_OUTAGE, WITHIN = 10_000, 30.0
"""Reminders due at once after an outage, and seconds in which they are with the channel."""
LEADS = ("so_tai_chinh", "so_xay_dung", "so_y_te", "so_noi_vu", "so_khoa_hoc_cong_nghe")
HEAP = 10_000
AGAIN = 5


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """The sweep at three scales on both databases, an outage's end, and a job for each ticket."""
    found = []
    scales = FEW if is_short else SCALES
    for kind in (SQLITE, POSTGRESQL):
        times = []
        for scale in scales:
            async with province(kind) as world:
                await fill(world, scale, due=DUE)
                with sampler.sampling(enabled=profile):
                    took = [await _swept(world) for _ in range(2 if is_short else AGAIN)]
            times.append(min(took))
            name = f"{DUE} due of {scale:,} on {kind}"
            found.append(rounds("sweep", name, took, "s", is_least=False))
        name = f"largest by smallest scale on {kind}"
        found.append(Figure("sweep", name, times[-1] / times[0], "×", FLAT, is_least=False))
    for kind in (SQLITE, POSTGRESQL):
        found.append(await _after_an_outage(kind, 500 if is_short else AFTER_OUTAGE))
    found.append(await _jobs(1_000 if is_short else OPEN))
    return found


@asynccontextmanager
async def province(kind: str) -> AsyncIterator[World]:
    """A desk and a head in five departments, and one official who has reported once."""
    databases = await asyncio.to_thread(Databases, None)
    try:
        url = await asyncio.to_thread(databases.make, kind)
        async with world_for(channel="web", database_url=url) as world:
            for lead in LEADS:
                await world.joins(lead, Role.STAFF)
                await world.joins(lead, Role.HEAD)
            await world.joins("van_phong_ubnd", Role.COORDINATOR)
            official = await world.joins("con_cuong")
            await official.says("Xin cấp 2 máy scan cho Trung tâm phục vụ hành chính công xã")
            yield world
    finally:
        await asyncio.to_thread(databases.close)


async def fill(world: World, count: int, *, due: int) -> None:
    """Tickets like the first: `due` of them due now, 10,000 open, the others closed."""
    table = SQLModel.metadata.tables["tickets"]
    async with world.database.transaction() as session:
        first = select(table).order_by(table.c.id).limit(1)
        row = dict((await session.execute(first)).mappings().one())
    del row["id"]
    later = world.now + timedelta(days=300)
    for begin in range(0, count, HEAP):
        rows = [
            {**row, "code": f"S{n:09}", **_state(world.now, n, due, later)}
            for n in range(begin, min(begin + HEAP, count))
        ]
        async with world.database.transaction() as session:
            await session.execute(insert(table), rows)


def _state(now: datetime, n: int, due: int, later: datetime) -> dict[str, Any]:
    lead = LEADS[n % len(LEADS)]
    if n >= OPEN:
        return {"status": "closed", "outcome": "confirmed", "lead": lead, "next_due_at": None,
                "next_step": None}  # fmt: skip
    return {
        "status": "new",
        "lead": lead,
        "urgency": "normal",
        "carded_at": now - timedelta(days=2),
        "acknowledge_by": now - timedelta(minutes=1),
        "next_step": agenda.LADDER,
        "next_due_at": now if n < due else later,
    }


async def _swept(world: World) -> float:
    """Seconds to claim, remind of and commit everything that is due; then it is due again."""
    started = time.perf_counter()
    done = await world.program.sweep()
    took = time.perf_counter() - started
    assert done >= DUE, done
    async with world.database.transaction() as session:
        await session.execute(
            update(Ticket)
            .where(col(Ticket.code).in_([f"S{n:09}" for n in range(DUE)]))
            .values(next_due_at=world.now, next_step=agenda.LADDER, ladder={}, owed={})
        )
    return took


async def _after_an_outage(kind: str, count: int) -> Figure:
    """Seconds until every reminder that an outage held up is merged, and with the channel."""
    async with province(kind) as world:
        await fill(world, count, due=count)
        started = time.perf_counter()
        await world.program.sweep()
        world.now += timedelta(days=1)  # the next round of reminders
        while await _waiting(world):
            await world.program.deliverer.once()
        took = time.perf_counter() - started
    name = f"{count:,} due at once, merged and sent, {kind}"
    return Figure("sweep", name, took, "s", WITHIN, is_least=False)


async def _waiting(world: World) -> int:
    async with world.database.reading() as session:
        asked = select(func.count()).where(
            col(Notice.fate).in_([Fate.PENDING, Fate.SENDING]), col(Notice.not_before) <= world.now
        )
        return int((await session.execute(asked)).scalar_one())


# The rival: one APScheduler job for each open ticket, in its own SQLite job store.

_ran: list[int] = []


def remind(ticket: int) -> None:
    """What a job does: nothing but say that it ran."""
    _ran.append(ticket)


async def _jobs(count: int) -> Figure:
    """Seconds until the due ones of so many jobs have run; they do no work at all."""
    _ran.clear()
    with TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{Path(folder) / 'jobs.db'}")
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
        scheduler.start(paused=True)
        now = datetime.now(UTC)
        for n in range(count):
            at = now - timedelta(seconds=1) if n < DUE else now + timedelta(days=300)
            scheduler.add_job(remind, "date", run_date=at, args=[n], misfire_grace_time=None)
        started = time.perf_counter()
        scheduler.resume()
        while len(_ran) < DUE:  # noqa: ASYNC110  its jobs know no event of ours
            await asyncio.sleep(0.001)
        took = time.perf_counter() - started
        scheduler.shutdown(wait=False)
    return Figure("sweep", f"rival: {DUE} of {count:,} APScheduler jobs, empty", took, "s")

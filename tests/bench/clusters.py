"""How long it takes to find like needs near each other among ten thousand open tickets.

Counted is the time of this thread: SQLite runs inline, and other work on the machine is none of it.
"""

import random
import statistics
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select
from sqlmodel import SQLModel

from storage.engine import Database, migrate
from storage.people import Role
from storage.tickets import Ticket
from tests.bench import sampler
from tests.bench.figures import Figure
from tests.site import START, rules, site_for
from tickets.acts import clusters
from tickets.moment import Moment
from tickets.wants import GOODS

OPEN, FEW = 10_000, 2_000
SECONDS, MILLISECONDS = 2.0, 5.0
NEW = 200
"""Reports that come one after the other."""


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """All at once, as each morning, and one new ticket after another."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        migrate(url)
        async with site_for(url, Path(folder), secure_cookies=False) as site:
            await site.person("Lan", "chieu_luu", Role.REPORTER)
            database = site.doors.database
            await settle(database, FEW if is_short else OPEN)
            with sampler.sampling(enabled=profile):
                return [await _all(database), await _proposing(database), *await _each(database)]


async def settle(database: Database, count: int) -> None:
    """Open tickets of the last sixty days, each asking for something: the worst there is."""
    chance = random.Random(1)
    table = SQLModel.metadata.tables["tickets"]
    communes = [commune.code for commune in rules().pack.communes]
    needs = sorted(GOODS)
    async with database.transaction() as session:
        first = Ticket(
            code="NA-26-000001", commune="chieu_luu", lead="so_xay_dung", reporter_id=1,
            contact_id=1, opened_at=START, carded_at=START, summary="Xin máy",
        )  # fmt: skip
        session.add(first)
        await session.flush()
        row = dict((await session.execute(select(table))).mappings().one())
    del row["id"]
    rows = [
        {
            **row,
            "code": f"B{n:08}",
            "commune": chance.choice(communes),
            "category": "machinery_request",
            "need": chance.choice(needs),
            "opened_at": START - chance.random() * timedelta(days=59),
        }
        for n in range(count)
    ]
    async with database.transaction() as session:
        await session.execute(insert(table), rows)


async def _all(database: Database) -> Figure:
    """Nothing is known yet, so all is proposed, with its messages."""
    return await _review(database, "all open tickets, all proposed anew")


async def _proposing(database: Database) -> Figure:
    return await _review(database, "all open tickets, each morning")


async def _review(database: Database, name: str) -> Figure:
    started = time.thread_time()
    async with database.transaction() as session:
        await clusters.review(Moment(session, START, rules()))
    took = time.thread_time() - started
    return Figure("clusters", name, took, "s", SECONDS, is_least=False)


async def _each(database: Database) -> list[Figure]:
    """What a new report waits longer for its receipt."""
    chance, times = random.Random(2), []
    communes = [commune.code for commune in rules().pack.communes]
    for number in range(NEW):
        async with database.transaction() as session:
            ticket = Ticket(
                code=f"C{number:08}", commune=chance.choice(communes), lead="so_xay_dung",
                reporter_id=1, contact_id=1, opened_at=START, carded_at=START,
                need=chance.choice(sorted(GOODS)), category="machinery_request",
            )  # fmt: skip
            session.add(ticket)
            await session.flush()
            moment = Moment(session, START, rules())
            started = time.thread_time()  # SQLite runs inline: nothing else is waited for
            await clusters.consider(moment, ticket)
            times.append((time.thread_time() - started) * 1000)
    times.sort()
    p95, median = times[int(0.95 * NEW) - 1], statistics.median(times)
    name = "one new ticket, p95"
    return [Figure("clusters", name, p95, "ms", MILLISECONDS, is_least=False, median=median)]

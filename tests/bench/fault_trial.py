"""A database with processes on it and people who talk, to which things are going to happen."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import Database, migrate
from tests.bench import people
from tests.bench.fault_check import Verdict
from tests.bench.fault_fleet import Fleet, until
from tests.bench.fault_load import Load, Talker
from tests.bench.faulty import PAGES, set_clock
from tests.doubles.bot_api import BotApi
from tests.doubles.telegram_phone import Phone
from tests.doubles.zalo_bot_api import ZaloBotApi
from tests.postgresql import Embedded, own_postgresql

QUIET_WITHIN = 150.0
"""Seconds after which what has not come by then counts as lost."""
MAGNITUDES = {"talkers": (16, 10), "kills": (4, 2), "seconds": (20.0, 4.0)}
"""Of a scenario, in the long form and in the short one."""


@dataclass
class Trial:
    """One database with its processes, the load on it, and what was found so far."""

    kind: str
    load: Load
    fleet: Fleet
    folder: Path
    server: Embedded | None
    is_short: bool
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    ahead: float = 0.0
    before: Verdict = field(default_factory=Verdict)
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    faults: int = 0
    probes: list[Talker] = field(default_factory=list)
    talking: list[asyncio.Task[None]] = field(default_factory=list)
    """What more is being said so that a process dies."""

    def size(self, what: str) -> float:
        """How much of something the long or the short form has."""
        return MAGNITUDES[what][self.is_short]

    @property
    def now(self) -> datetime:
        """What the processes' clocks say."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def leap(self, seconds: float) -> None:
        """Set every clock."""
        if seconds > 0:
            self.spans.append((self.now, self.now + timedelta(seconds=seconds)))
        self.ahead += seconds
        set_clock(self.folder, self.ahead)

    def allow_pages(self, most: int) -> None:
        """Let SQLite's file have so many pages."""
        (self.folder / PAGES).write_text(str(most))

    async def recovers(self) -> None:
        """Count a fault, and how long somebody who speaks up at this moment waits for an answer."""
        self.faults += 1
        talker, began = self.probes.pop(), time.monotonic()
        await self.load.telegram.push(Phone(talker.number).text(talker.texts[0]))
        talker.said += 1
        answered = await until(lambda: self.load.heard(talker), QUIET_WITHIN)
        self.recoveries.append(time.monotonic() - began if answered else QUIET_WITHIN)


@asynccontextmanager
async def prepared(kind: str, *, is_short: bool = False) -> AsyncIterator[Trial]:
    """A database of a kind with its processes, which are ready."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory()))
        server = None
        url = f"sqlite:///{folder / 'faults.db'}"
        if kind == "postgresql":
            server = opened.enter_context(own_postgresql(synchronous_commit="on"))
            url = server.url
        telegram = await opened.enter_async_context(BotApi())
        zalo = await opened.enter_async_context(ZaloBotApi())
        await asyncio.to_thread(migrate, url)
        database = Database(url)
        opened.push_async_callback(database.close)
        load = Load(database, people.bundled(), telegram, zalo)
        fleet = Fleet(folder, url, telegram, zalo)
        trial = Trial(kind, load, fleet, folder, server, is_short)
        trial.leap((people.NOW - datetime.now(UTC)).total_seconds())
        await load.settle()
        if kind == "postgresql":
            for roles in (
                ("web", "poll"),
                ("web", "poll"),
                ("deliver", "clock"),
                ("deliver", "clock"),
            ):
                fleet.add(*roles)
        else:
            fleet.add()
        for member in fleet.members:
            await fleet.start(member)
        await fleet.ready()
        try:
            yield trial
        finally:
            for member in fleet.members:
                await fleet.kill(member)

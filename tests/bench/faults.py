"""Whether anything is lost or doubled when processes die and all around them fails."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from tests.bench.fault_check import judge, unfinished
from tests.bench.fault_fleet import Fleet, Member
from tests.bench.fault_trial import QUIET_WITHIN, Trial, prepared
from tests.bench.faulty import ALL_PAGES, POINTS
from tests.bench.figures import Figure

RATE = 8.0
"""Updates a second: what is said in answer stays under the 30 that Telegram takes."""
MORE = 5.0
"""Seconds without a death after which more people talk."""
HOUR = 3600.0


@dataclass
class Row:
    """How one scenario ended: what was new in it."""

    database: str
    name: str
    faults: int
    updates: int
    tickets: int
    messages: int
    twice: int
    unknown: int
    recovery: float
    wrong: list[str]

    @property
    def lost(self) -> int:
        """What is not there any more, or never came."""
        return sum(line.startswith("lost") for line in self.wrong)


Scenario = Callable[[Trial], Awaitable[None]]


async def at_random(trial: Trial) -> None:
    """Processes die one after another, at whatever they are doing."""
    for _ in range(int(trial.size("kills"))):
        await asyncio.sleep(trial.chance.uniform(0.2, 2.0))
        victim = trial.fleet.any(trial.chance)
        await trial.fleet.kill(victim)
        await trial.fleet.start(victim)
        await trial.recovers()
        await trial.fleet.ready(victim)


def at(point: str) -> Scenario:
    """A process dies at a boundary, later and later; at those of sending whoever has the turn."""

    async def scenario(trial: Trial) -> None:
        for turn, times in enumerate([1, 4, 9, 17][: int(trial.size("kills")) // 2 + 1]):
            victim, others = _victims(trial.fleet, point, turn)
            for member in (victim, *others):
                await trial.fleet.kill(member)
            await trial.fleet.start(victim, f"{point}:{times}")
            await _talk_until_it_dies(trial, victim)
            for member in (victim, *others):
                await trial.fleet.start(member)
            await trial.recovers()
            await trial.fleet.ready()

    return scenario


async def _talk_until_it_dies(trial: Trial, victim: Member) -> None:
    """On a busy machine those who were to talk have finished before it has come so far."""
    dying = asyncio.create_task(trial.fleet.dies(victim))
    while not dying.done():
        await asyncio.wait({dying}, timeout=MORE)
        if not dying.done():
            more = await trial.load.join(2)
            trial.talking.append(asyncio.create_task(trial.load.say(more, RATE, trial.fleet.ports)))
    await dying


def _victims(fleet: Fleet, point: str, turn: int) -> tuple[Member, list[Member]]:
    """Who is to die, and who must not be there to do it instead."""
    ways = list(dict.fromkeys(member.roles for member in fleet.members))
    sends = [roles for roles in ways if not roles or "deliver" in roles]
    roles = sends[0] if point.endswith("send") else ways[turn % len(ways)]
    victim, *others = [member for member in fleet.members if member.roles == roles]
    return victim, others


async def stopped(trial: Trial) -> None:
    """The database crashes, and is started again."""
    assert trial.server is not None
    for _ in range(int(trial.size("kills")) // 2):
        await asyncio.to_thread(trial.server.stop)
        await asyncio.sleep(trial.size("seconds") / 6)
        await asyncio.to_thread(trial.server.start)
        await trial.recovers()


async def cut(trial: Trial) -> None:
    """All connections to the database end at once."""
    for _ in range(int(trial.size("kills"))):
        await asyncio.sleep(trial.chance.uniform(0.2, 1.0))
        connection = await asyncpg.connect(trial.load.database.url.set(
            drivername="postgresql").render_as_string(hide_password=False))  # fmt: skip
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        await connection.close()
        await trial.recovers()


async def full(trial: Trial) -> None:
    """The disk is full for a while."""
    for _ in range(int(trial.size("kills")) // 2):
        path = Path(trial.load.database.url.database or "")
        trial.allow_pages(path.stat().st_size // 4096)  # noqa: ASYNC240  the bench may wait for a disk
        await asyncio.sleep(trial.size("seconds") / 3)
        trial.allow_pages(ALL_PAGES)
        await trial.recovers()


async def leaps(trial: Trial) -> None:
    """The clock jumps an hour ahead, and back again."""
    for seconds in (HOUR, -HOUR, HOUR):
        await asyncio.sleep(1.0)
        trial.leap(seconds)
        await trial.recovers()
        await asyncio.sleep(2.0)


async def refused(trial: Trial) -> None:
    """The channels answer 429, then 5xx, then hang up after they have taken it."""
    telegram, zalo, lasts = trial.load.telegram, trial.load.zalo, trial.size("seconds")
    wrong: Sequence[dict[str, object]] = (
        {"status": 429, "description": "Too Many Requests", "parameters": {"retry_after": 2}},
        {"status": 502, "description": "Bad Gateway", "taken": False},
        {"cut": True, "taken": True},
    )
    for kind in wrong:
        fault = telegram.fail(method="sendMessage", times=1_000_000, **kind)
        zalo.fail(method="sendMessage", times=1_000_000, status=502, body="<html>")
        await asyncio.sleep(lasts)
        fault.times = 0
        zalo.faults.clear()
        await trial.recovers()


EVERYWHERE: dict[str, Scenario] = {
    "kill -9 at random": at_random,
    **{f"kill -9 {point}": at(point) for point in POINTS},
    "clock +1 h, -1 h, +1 h": leaps,
    "channels refuse, then hang up": refused,
}
SCENARIOS: dict[str, dict[str, Scenario]] = {
    "sqlite": EVERYWHERE | {"disk full": full},
    "postgresql": EVERYWHERE | {"database crashes": stopped, "connections cut": cut},
}


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Each scenario under load on each database, one after another on the same processes."""
    del profile
    rows: list[Row] = []
    asked = os.environ.get("THAOGO_BENCH_PARTS", ",".join(SCENARIOS)).split(",")
    for kind, scenarios in SCENARIOS.items():
        if kind not in asked:
            continue
        async with prepared(kind, is_short=is_short) as trial:
            for name, scenario in scenarios.items():
                rows.append(_told(await run(trial, name, scenario)))
            rows.append(_told(await _ends(trial)))
    return [figure for row in rows for figure in figures_of(row)]


def _told(row: Row) -> Row:
    """Say how far it is, and at once what was wrong: the whole takes a quarter of an hour."""
    sys.stderr.write(
        f"{row.database}, {row.name}: {row.faults} faults, {row.updates} updates, "
        f"{row.tickets} tickets, {row.messages} messages, {row.twice} again, {row.unknown} unsure, "
        f"{row.recovery:.1f} s, {len(row.wrong)} wrong\n"
    )
    sys.stderr.writelines(f"    {line}\n" for line in row.wrong)
    return row


async def run(trial: Trial, name: str, scenario: Scenario) -> Row:
    """Let people talk, let it happen, wait until all is quiet, and judge."""
    new = await trial.load.join(int(trial.size("talkers")))
    trial.probes = await trial.load.join(16, "telegram")
    trial.recoveries, trial.faults = [], 0
    talking = asyncio.create_task(trial.load.say(new, RATE, trial.fleet.ports))
    await asyncio.sleep(0.5)
    await scenario(trial)
    await asyncio.gather(talking, *trial.talking)
    trial.talking.clear()
    left = await _quiet(trial)
    return await _row(trial, name, left)


async def _quiet(trial: Trial) -> str:
    began, left = time.monotonic(), "?"
    while left and time.monotonic() - began < QUIET_WITHIN:
        await asyncio.sleep(0.3)
        try:
            left = await unfinished(trial.load, trial.now)
        except Exception as error:  # noqa: BLE001  the bench's own connections were cut as well
            left = type(error).__name__
    await asyncio.sleep(0.5)
    return left


async def _row(trial: Trial, name: str, left: str = "") -> Row:
    found, before = await judge(trial.load, trial.spans, trial.now), trial.before
    trial.before = found
    lists = ("lost", "doubled", "disordered", "ladder")
    fresh = {
        what: [x for x in getattr(found, what) if x not in getattr(before, what)] for what in lists
    }
    wrong = [f"{what}: {line}" for what in lists for line in fresh[what]]
    return Row(
        trial.kind,
        name,
        trial.faults,
        found.updates - before.updates,
        found.tickets - before.tickets,
        found.messages - before.messages,
        len(found.twice) - len(before.twice),
        len(found.unknown) - len(before.unknown),
        max(trial.recoveries, default=0.0),
        wrong + ([f"lost: {left} never came"] if left else []),
    )


async def _ends(trial: Trial) -> Row:
    """All are told to stop while people talk, and start again."""
    new = await trial.load.join(int(trial.size("talkers")))
    talking = asyncio.create_task(trial.load.say(new, RATE, trial.fleet.ports))
    await asyncio.sleep(1.0)
    took = await trial.fleet.stop()
    codes = [member.process.returncode for member in trial.fleet.members if member.process]
    for member in trial.fleet.members:
        await trial.fleet.start(member)
    await talking
    left = await _quiet(trial)
    trial.faults, trial.recoveries = len(took), [max(took)]
    row = await _row(trial, "told to stop (seconds it took)", left)
    row.wrong += [f"stopped with status {code}" for code in codes if code]
    return row


def figures_of(row: Row) -> list[Figure]:
    name = f"{row.database}, {row.name}"
    none = {"target": 0.0, "is_least": False}
    return [
        Figure("faults", f"{name}: faults", row.faults, "faults"),
        Figure("faults", f"{name}: updates", row.updates, "updates"),
        Figure("faults", f"{name}: tickets", row.tickets, "tickets"),
        Figure("faults", f"{name}: messages", row.messages, "messages"),
        Figure("faults", f"{name}: lost", row.lost, "lost", **none),
        Figure(
            "faults",
            f"{name}: doubled, disordered, or wrong",
            len(row.wrong) - row.lost,
            "wrong",
            **none,
        ),
        Figure("faults", f"{name}: sent again", row.twice, "again"),
        Figure("faults", f"{name}: unsure", row.unknown, "unsure"),
        Figure("faults", f"{name}: recovery", row.recovery, "s"),
    ]


def table(figures: Sequence[Figure]) -> str:
    """A line for each scenario, and a column for each thing that was counted."""
    columns = list(dict.fromkeys(figure.unit for figure in figures))
    rows: dict[str, dict[str, float]] = {}
    for figure in figures:
        rows.setdefault(figure.name.rpartition(": ")[0], {})[figure.unit] = figure.value
    head = f"{'':46}" + "".join(f"{name:>10}" for name in columns)
    lines = [
        f"{name:46}" + "".join(f"{row[unit]:>10.{1 if unit == 's' else 0}f}" for unit in columns)
        for name, row in rows.items()
    ]
    return "\n".join([head, *lines])

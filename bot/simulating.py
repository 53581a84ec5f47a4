"""`thaogo simulate`: a province lives for some weeks, and its books are checked afterwards."""

import asyncio
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from bot.app import Program, ensure_pack, ensure_rounds
from bot.dispatch import Dispatch
from bot.life import faults, sharing
from bot.life.driving import Clock, live
from bot.life.expected import Outages
from bot.life.habits import Deed, Habits
from bot.life.hearing import Hearing
from bot.life.ledger import Books, Ledger, read_books
from bot.life.life import Life, chance, move_in
from bot.life.matters import STORM, Matters
from bot.life.members import Member, gather
from bot.packs import Packs
from bot.storeroom import Storeroom
from storage.engine import Database, migrate
from storage.outbox import Kind
from storage.people import Role
from storage.tickets import OPEN
from tickets.moment import Rules

START = datetime(2026, 9, 6, 17, 0, tzinfo=UTC)
"""Monday 7 September 2026, midnight in Vinh; the season changes within six weeks of it."""
STORM_SHARE = 0.23
"""The communes over which the storm goes."""
DOWN = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see lived."""

    days: int
    communes: int
    seed: int
    fault: str = ""
    is_shared: bool = False
    """Whether one failure of many communes and one need of neighbours happen too."""
    without_sharing: bool = False
    """Whether nothing is proposed to be shared, to compare."""


def simulate(province: Path, asked: Asked, *, as_json: bool) -> int:
    """Live, check, print; 0 when nothing was violated, 1 otherwise."""
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        found = asyncio.run(lived(province, asked, Path(folder), _shown(as_json=as_json)))
    found["seconds"] = round(time.monotonic() - begun, 1)
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if as_json else _lines(found)) + "\n")
    return 1 if found["violations"] else 0


def _lines(found: dict[str, Any]) -> str:
    figures = {**found, "violations": len(found["violations"])}
    return "\n".join(
        [*(f"{name}: {value}" for name, value in figures.items()), *found["violations"]]
    )


def _shown(*, as_json: bool) -> Callable[[datetime], None]:
    """Show each new day on the terminal, where somebody may be waiting."""
    days: set[date] = set()

    def progress(now: datetime) -> None:
        day = (now + timedelta(hours=7)).date()
        if day not in days and not as_json and sys.stderr.isatty():
            sys.stderr.write(f"\r{day:%d/%m/%Y} … ")
            sys.stderr.flush()
        days.add(day)

    return progress


async def lived(
    province: Path,
    asked: Asked,
    folder: Path,
    progress: Callable[[datetime], None] = lambda _now: None,
) -> dict[str, Any]:
    """Let a province live in an empty folder: the figures of its life, and what was violated."""
    url = f"sqlite:///{(folder / 'life.db').as_posix()}"
    await asyncio.to_thread(migrate, url)
    database, clock = Database(url), Clock(START)
    event.listen(database.writer.sync_engine, "connect", _carelessly)
    await ensure_pack(database, province, clock.now)
    rules = await _rules(database)
    members = gather(rules.pack, asked.communes, chance(asked.seed, "members"))
    await move_in(database, members, clock.now)
    life = life_of(members, rules, asked, START)
    channel = Hearing(clock, chance(asked.seed, "channel"), life.hear)
    program = Program(
        database, {"web": channel}, Dispatch(), Storeroom(folder, rules.zone), clock, rules
    )
    await ensure_rounds(program)
    until, outages = START + timedelta(days=asked.days), outages_of(asked)
    gc.collect()
    gc.freeze()  # as bot.serve does: the collector would walk all that is loaded, again and again
    fault = faults.injected(asked.fault, chance(asked.seed, "fault"))
    with fault, sharing.unshared(is_off=asked.without_sharing):
        await live(program, life, clock, until, outages, progress)
    books = await read_books(database)
    await program.close()
    return report(asked, life, books, Ledger(rules.pack, outages, clock.now, books))


def _carelessly(connection: Any, _record: object) -> None:
    """Nobody needs this database after a crash: nothing waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


async def _rules(database: Database) -> Rules:
    async with database.reading() as session:
        return await Packs().in_force(session)


def life_of(members: list[Member], rules: Rules, asked: Asked, start: datetime) -> Life:
    """The life of some members from an instant on: what they will report stands already."""
    names = [
        a.short for a in rules.pack.agencies if a.chain == "departments" and a.code != "ubnd_xa"
    ]
    habits = Habits(chance(asked.seed, "habits"), rules.calendar, names)
    life = Life(members, habits)
    matters = Matters(chance(asked.seed, "matters"))
    reporters = [member for member in members if member.role == Role.REPORTER]
    end = start + timedelta(days=asked.days)
    reports = list(matters.month(reporters, start, end, rules.calendar))
    hit = reporters[: max(1, round(len(reporters) * STORM_SHARE))]
    storm = start + timedelta(days=asked.days * 0.4)
    reports += matters.storm(hit, storm)
    affected = ", ".join(rules.units.unit_name(member.unit) for member in hit)
    coordinator = next(member for member in members if member.role == Role.COORDINATOR)
    for at, words in ((storm, affected), (storm + STORM, "hết")):
        life.expect(Deed(at, coordinator, f"/baolu {words}"))
    if asked.is_shared:
        life.shared = sharing.shared_matters(
            reporters, rules.units, start, asked.days, chance(asked.seed, "shared")
        )
    for report in [*reports, *life.shared]:
        if report.at < end:
            life.reports += 1
            life.expect(Deed(report.at, report.by, f"vụ mới: {report.text}"))
    return life


def outages_of(asked: Asked) -> Outages:
    """The system itself is down for nine hours of a working day, past the middle."""
    down = START + timedelta(days=asked.days * 6 // 10, hours=9, minutes=40)
    return Outages(((down, down + DOWN),))


def report(asked: Asked, life: Life, books: Books, ledger: Ledger) -> dict[str, Any]:
    """The figures of a life, and what was violated."""
    events = [event.kind for own in books.events.values() for event in own]
    messages = ledger.to_communes().values()
    told = sharing.cost(books, life.shared) if asked.is_shared else {}
    return {
        "days": asked.days,
        "reports": life.reports,
        "tickets": len(books.tickets),
        "notices": sum(notice.kind != Kind.EDIT for notice in books.notices),
        "reminders": events.count("reminded"),
        "escalations": events.count("escalated"),
        "closed": sum(ticket.status == "closed" for ticket in books.tickets),
        "open": sum(ticket.status in OPEN for ticket in books.tickets),
        "messages_per_ordinary_ticket": round(statistics.mean(messages), 2) if messages else 0,
        "most_messages_of_an_ordinary_ticket": max(messages, default=0),
        **told,
        "violations": ledger.violations(),
    }

"""The trial in which time runs fast and a whole province lives beside the visitor."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

from bot.app import Program
from bot.channels.base import Channel, Part
from bot.life.habits import Deed, Habits
from bot.life.hearing import Overheard
from bot.life.life import Life, chance, move_in
from bot.life.matters import Matters
from bot.life.members import Member, gather
from bot.packs import Packs
from bot.trial import PEOPLE
from storage.engine import Database
from storage.people import Role
from tickets.moment import Rules

COMMUNES, DAYS, SEED = 40, 90, 7
"""How much of a province lives beside the visitor, and for how long it has something to say."""
A_WEEK = 4.0
"""Reports of a commune in a week: more than in life, for there is to be something to see."""
EAST, FRIDAY = timedelta(hours=7), 4
LOOK = 0.5
"""Seconds between two looks at what people are about to do."""

log = structlog.get_logger()


@dataclass
class FastClock:
    """An instant that runs `speed` times as fast as the real one."""

    speed: int
    started: datetime = field(default_factory=lambda: next_morning(datetime.now(UTC)))
    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """The present instant of the trial (UTC)."""
        return self.started + timedelta(seconds=(time.monotonic() - self.began) * self.speed)


def next_morning(now: datetime) -> datetime:
    """07:30 in Vietnam on the next day from Monday to Friday: a show begins with work."""
    day = now + timedelta(days=1)
    while (day + EAST).weekday() > FRIDAY:
        day += timedelta(days=1)
    return (day + EAST).replace(hour=7, minute=30, second=0, microsecond=0) - EAST


class Show:
    """Made-up people who report, answer, forget and hurry while the visitor looks on."""

    def __init__(self, speed: int) -> None:
        """Nobody is there before the pack is in force."""
        self.speed = speed
        self.tick = LOOK
        """Seconds between two looks at what is due."""
        self.clock = FastClock(speed)
        self._life: Life | None = None
        self._members: list[Member] = []

    def overhear(self, channel: Channel) -> Channel:
        """The channel, on which they hear what is theirs."""
        return Overheard(channel, self._hear)

    def _hear(self, address: str, part: Part) -> None:
        if self._life is not None:
            self._life.hear(address, part)

    async def move_in(self, database: Database) -> None:
        """Put them into the trial's province; the visitor's own units are left to the visitor."""
        async with database.reading() as session:
            rules = await Packs().in_force(session)
        theirs = {person.unit for person in PEOPLE if person.role in {Role.REPORTER, Role.STAFF}}
        everybody = gather(rules.pack, COMMUNES, chance(SEED, "members"), "neighbour")
        self._members = [member for member in everybody if member.unit not in theirs]
        names = [agency.short for agency in rules.pack.agencies if agency.chain == "departments"]
        habits = Habits(chance(SEED, "habits"), rules.calendar, names)
        self._life = Life(self._members, habits)
        await asyncio.to_thread(self._expect, self._life, rules)
        await move_in(database, self._members, self.clock())

    def _expect(self, life: Life, rules: Rules) -> None:
        start = self.clock()
        reporters = [member for member in self._members if member.role == Role.REPORTER]
        matters = Matters(chance(SEED, "matters"))
        end = start + timedelta(days=DAYS)
        month = matters.month(reporters, start, end, rules.calendar, A_WEEK)
        storm = matters.storm(reporters[: len(reporters) // 8], start + timedelta(hours=6))
        for report in (*month, *storm):
            life.expect(Deed(report.at, report.by, f"vụ mới: {report.text}"))

    async def live(self, program: Program, stop: asyncio.Event) -> None:
        """Let them do what they are about to do, until told to stop."""
        assert self._life is not None
        while not stop.is_set():
            try:
                await self._life.act(program, self.clock())
            except Exception as error:  # noqa: BLE001  a show must go on
                log.warning("life", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK)

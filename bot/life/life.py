"""A province that lives: what its people will do, in the order of time, through the real intake."""

import heapq
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from bot.app import Program
from bot.channels.base import Part
from bot.life.habits import Deed, Habits
from bot.life.matters import Report
from bot.life.members import Member
from bot.trial import invent_one
from storage.engine import Database
from tickets.incoming import Incoming, Kind

FORGET = "quên "
"""A deed that says nothing: from then on its member no longer has the ticket in mind."""


class Life:
    """Members, their habits, and a heap of what they are about to do."""

    def __init__(self, members: Iterable[Member], habits: Habits, channel: str = "web") -> None:
        """`channel` is the one on which they speak and hear."""
        self.members = {member.address: member for member in members}
        self.habits = habits
        self.channel = channel
        self.reports = 0
        self.shared: list[Report] = []
        """What many communes report alike; see bot.life.sharing."""
        self._numbers = count(1)
        self._coming: list[tuple[datetime, int, Deed]] = []
        self.now = datetime.min.replace(tzinfo=UTC)

    def expect(self, deed: Deed) -> None:
        """Let somebody do something later."""
        heapq.heappush(self._coming, (deed.at, next(self._numbers), deed))

    def hear(self, address: str, part: Part) -> None:
        """A message has come to somebody; called by the channel."""
        member = self.members.get(address)
        for deed in self.habits.hear(member, part, self.now) if member else ():
            self.expect(deed)

    @property
    def next_at(self) -> datetime | None:
        """When the next deed is due (UTC)."""
        return self._coming[0][0] if self._coming else None

    async def act(self, program: Program, now: datetime) -> int:
        """Do everything that is due; how many updates that made."""
        self.now = now
        said = []
        while self._coming and self._coming[0][0] <= now:
            _, number, deed = heapq.heappop(self._coming)
            if deed.text.startswith(FORGET):
                self.habits.at_work.discard((deed.by.address, deed.text.removeprefix(FORGET)))
            else:
                said.append(self._update(number, deed))
        if said:
            await program.intake.receive(said)
        return len(said)

    def _update(self, number: int, deed: Deed) -> Incoming:
        return Incoming(
            channel=self.channel,
            key=f"life:{number}",
            address=deed.by.address,
            sender=deed.by.address,
            sent_at=deed.at,
            kind=Kind.PRESS if deed.press else Kind.MESSAGE,
            text=deed.text,
            press=deed.press,
            receipt=f"r{number}",
            sender_name=deed.by.name,
        )


async def move_in(database: Database, members: Iterable[Member], now: datetime) -> None:
    """Put the members into an empty province."""
    async with database.transaction() as session:
        for member in members:
            await invent_one(
                session, member.address, member.name, member.unit, member.role, now, member.post
            )


def chance(seed: int, what: str) -> random.Random:
    """Randomness of its own for each thing, so that one more draw changes nothing else."""
    return random.Random(f"{seed}:{what}")  # noqa: S311  a made-up life keeps no secret

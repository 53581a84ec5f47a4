"""What communes report in such a month, and when: words of the labelled examples, in their pace."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.life.members import Member
from tickets.calendar import OfficeCalendar
from triage.training import read_examples

A_WEEK = 0.6
"""Reports of a commune in an ordinary week: a guess, as nobody has counted; 340 a month in all."""
OUT_OF_HOURS = 0.12
"""The share of them that comes while offices are closed."""
STORM_REPORTS = 3.0
"""What a commune reports in a storm of 36 hours, as much a guess."""
STORM = timedelta(hours=36)
SHORT = 20
"""Letters; what is shorter is an answer rather than a report."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody will say, and when (UTC)."""

    at: datetime
    by: Member
    text: str


class Matters:
    """The texts, drawn from the examples that triage has learnt from."""

    def __init__(self, chance: random.Random) -> None:
        """Read the examples once."""
        self.chance = chance
        rows = [row for row in read_examples() if row.category not in {"not_a_report", ""}]
        self.ordinary = [row.text for row in rows if not row.urgent and len(row.text) > SHORT]
        self.of_storms = [row.text for row in rows if row.urgent]

    def month(
        self,
        members: list[Member],
        start: datetime,
        end: datetime,
        calendar: OfficeCalendar,
        a_week: float = A_WEEK,
    ) -> Iterator[Report]:
        """Each commune's reports from `start` to `end`, `a_week` on average, in no order."""
        for member in members:
            at = start
            while True:
                at += timedelta(days=self.chance.expovariate(a_week / 7))
                if at >= end:
                    break
                yield Report(self._hour(at, calendar), member, self.chance.choice(self.ordinary))

    def _hour(self, at: datetime, calendar: OfficeCalendar) -> datetime:
        if self.chance.random() < OUT_OF_HOURS:
            return at
        opening = calendar.next_office_opening(at)
        return calendar.add_office_minutes(opening, self.chance.randrange(1, 420))

    def storm(self, members: list[Member], start: datetime) -> Iterator[Report]:
        """What some communes report in a storm that begins at `start`, by day and by night."""
        for member in members:
            at = start
            while True:
                at += STORM * self.chance.expovariate(STORM_REPORTS)
                if at >= start + STORM:
                    break
                yield Report(at, member, self.chance.choice(self.of_storms))

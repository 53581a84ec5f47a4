"""What departments did over a period, counted week by week: a past week is seldom counted again."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import figures
from storage.figures import WEEK, Work
from tickets.moment import Moment

WEEKS = 12
FEWEST = 5
"""Of fewer tickets no share is told, of fewer ratings no satisfaction: they say nothing."""
GOOD_FOR = timedelta(minutes=5)
"""A period's figures are counted no more often: they do not change by the minute."""
SETTLING_FOR = timedelta(hours=1)
SETTLED_FOR = timedelta(hours=12)
"""What is over is counted no more often: now and then one of its tickets is reopened or rated."""
STILL = 5 * WEEK
"""How long a week's tickets are at work, the last ones seldom; what is older is over."""
LIVELY = 2
"""Weeks, the present one among them, in which most of what happens, happens."""


@dataclass(frozen=True, slots=True)
class Score:
    """A department's row of the scoreboard; None where there is too little to tell."""

    unit: str
    volume: int
    answered: int | None
    """Percent of first answers in time."""
    solved: int | None
    """Percent of results in time; a promised day counts as the deadline."""
    median: float | None
    """Hours from card to first answer, day and night."""
    reopened: int | None
    broken: int
    stars: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Two bars of the chart of weeks."""

    label: str
    opened: int
    solved: int
    x: int
    opened_high: int
    solved_high: int


@dataclass(frozen=True, slots=True)
class Board:
    """What was counted over a period, and when."""

    at: datetime
    scores: list[Score]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was counted of a week, or the part of one that a period begins with."""

    at: datetime
    works: list[Work]
    waits: dict[str, dict[int, int]]
    broken: dict[str, int]


class Boards:
    """The boards that this app has counted: a period's is good for five minutes."""

    def __init__(self) -> None:
        """Nothing has been counted."""
        self._boards: dict[tuple[int, int], Board] = {}
        self._stretches: dict[tuple[datetime, datetime], Stretch] = {}
        self._weeks: dict[datetime, tuple[datetime, list[tuple[int, int]]]] = {}

    async def of(self, moment: Moment, days: int) -> Board:
        """The board of the last `days` and of today, counted anew when it is too old."""
        version = days, moment.rules.version
        known = self._boards.get(version)
        if known is not None and timedelta() <= moment.now - known.at < GOOD_FOR:
            return known
        stretches = [await self._counted(moment, *ends) for ends in _weeks(moment, days)]
        board = Board(moment.now, scores_of(moment, stretches), await self._bars(moment))
        self._boards[version] = board
        return board

    async def _counted(self, moment: Moment, start: datetime, end: datetime) -> Stretch:
        known = self._stretches.get((start, end))
        over = moment.now - end
        good_for = SETTLED_FOR if over > STILL else SETTLING_FOR if over > WEEK else GOOD_FOR
        if known is not None and timedelta() <= moment.now - known.at < good_for:
            return known
        await asyncio.sleep(0)  # on SQLite counting holds up the loop: a week at a time
        stretch = await _count(moment.session, start, end, moment.now)
        self._forget(moment.now)
        self._stretches[start, end] = stretch
        return stretch

    def _forget(self, now: datetime) -> None:
        """Let go of what a new period does not ask for: its first week begins on another day."""
        old = [ends for ends, known in self._stretches.items() if now - known.at > SETTLED_FOR]
        for ends in old:
            del self._stretches[ends]

    async def _bars(self, moment: Moment) -> list[Bar]:
        """The last twelve weeks, ending with this one; all but two are counted once an hour."""
        monday = moment.today - timedelta(days=moment.today.weekday() + 7 * (WEEKS - 1))
        start = datetime(monday.year, monday.month, monday.day, tzinfo=moment.rules.zone)
        at, past = self._weeks.get(start, (None, []))
        if at is None or not timedelta() <= moment.now - at < SETTLING_FOR:
            past = await figures.weeks(moment.session, start, WEEKS - LIVELY)
            self._weeks = {start: (moment.now, past)}
        lively = start + (WEEKS - LIVELY) * WEEK
        return bars_of(start, [*past, *await figures.weeks(moment.session, lively, LIVELY)])


async def _count(session: AsyncSession, start: datetime, end: datetime, now: datetime) -> Stretch:
    """By three indexes: see storage.figures."""
    return Stretch(
        now,
        await figures.works(session, start, end, now),
        await figures.waits(session, start, end),
        await figures.broken(session, start, end),
    )


def _weeks(moment: Moment, days: int) -> list[tuple[datetime, datetime]]:
    """A period from its first midnight on, cut at Mondays; the last week is not over yet."""
    first = moment.today - timedelta(days=days)
    cuts = [datetime.combine(first, time(), moment.rules.zone)]
    monday = first - timedelta(days=first.weekday()) + WEEK
    while monday <= moment.today:
        cuts.append(datetime.combine(monday, time(), moment.rules.zone))
        monday += WEEK
    return list(zip(cuts, [*cuts[1:], cuts[-1] + WEEK], strict=True))


def scores_of(moment: Moment, stretches: Iterable[Stretch]) -> list[Score]:
    """The scoreboard by name: it shows who answers in time, and ranks nobody by what came in."""
    works: dict[str, Work] = {}
    waits: dict[str, Counter[int]] = {}
    broken: Counter[str] = Counter()
    for stretch in stretches:
        broken.update(stretch.broken)
        for work in stretch.works:
            known = works.get(work.lead)
            works[work.lead] = known.with_more(work) if known else work
        for unit, counts in stretch.waits.items():
            waits.setdefault(unit, Counter()).update(counts)
    rows = []
    for work in works.values():
        is_enough = work.volume >= FEWEST
        median = figures.median(waits.get(work.lead, {})) if is_enough else None
        rows.append(
            Score(
                work.lead,
                work.volume,
                _percent(work.in_time, work.due),
                _percent(work.result_in_time, work.result_due),
                round(median / 3600, 1) if median is not None else None,
                _percent(work.reopened, work.solved),
                broken[work.lead],
                round(work.stars / work.rated, 1) if work.rated >= FEWEST else None,
            )
        )
    return sorted(rows, key=lambda row: moment.rules.units.short_name(row.unit))


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole >= FEWEST else None


def bars_of(start: datetime, weeks: list[tuple[int, int]]) -> list[Bar]:
    """The bars of the chart, the highest as high as it is."""
    most = max((count for week in weeks for count in week), default=0) or 1
    high = 150
    return [
        Bar(
            f"{start + n * WEEK:%d/%m}",
            opened,
            solved,
            44 + n * 49,
            round(high * opened / most),
            round(high * solved / most),
        )
        for n, (opened, solved) in enumerate(weeks)
    ]

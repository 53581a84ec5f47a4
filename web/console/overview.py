"""The leadership's page: today's picture, what waits, who is late, fairly counted, and where."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from storage import clusters, figures, outages
from storage.figures import Standing, Work
from storage.people import Role
from tickets import escalation, needs
from tickets.moment import Moment
from tickets.needs import Need, Waiting
from web.console.bubbles import Bubble, bubbles
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, looking
from web.doors import Door

PERIODS = {"30": 30, "90": 90, "365": 365}
"""Days that the scoreboard may look back."""
WEEKS = 12
FEWEST = 5
"""Of fewer tickets no share is told, of fewer ratings no satisfaction: they say nothing."""
STEPS = ("step_none", "step_assignee", "step_head", "step_office", "step_leaders")
"""How far an overdue ticket has climbed, the columns of a table."""
LEADERS = frozenset({"vice_chair", "chair", "thuong_truc_tinh_uy"})
TOP = 10
FRESH_FOR = timedelta(seconds=20)
"""However many look at today's picture, it is not counted more often."""
GOOD_FOR = timedelta(minutes=5)
"""A period's figures are counted no more often: they do not change by the minute."""


@dataclass(frozen=True, slots=True)
class Late:
    """A department's overdue tickets by how far they have climbed."""

    unit: str
    steps: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.steps)


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
class Overview:
    """Everything on the page."""

    open: int
    new: int
    late: int
    emergencies: int
    unanswered: int
    shared: int
    alike: int
    waiting: Sequence[Waiting]
    climbed: Sequence[figures.Late]
    overdue: list[Late]
    dots: list[Bubble]
    groups: list[tuple[str, str, int, int]]
    """(code, label, open, late)."""


@dataclass(frozen=True, slots=True)
class Board:
    """What was counted over a period, and when."""

    at: datetime
    scores: list[Score]
    bars: list[Bar]


class Boards:
    """The boards that this app has counted: a period's is good for five minutes."""

    def __init__(self) -> None:
        """Nothing has been counted."""
        self._known: dict[tuple[int, int], Board] = {}
        self._today: tuple[datetime, int, Overview] | None = None

    async def today(self, moment: Moment) -> Overview:
        """Today's picture, at most twenty seconds old."""
        version = moment.rules.version
        if self._today is not None:
            at, known, overview = self._today
            if known == version and timedelta() <= moment.now - at < FRESH_FOR:
                return overview
        overview = await gather(moment)
        self._today = moment.now, version, overview
        return overview

    async def of(self, moment: Moment, days: int) -> Board:
        """The board of the last `days`, counted anew when it is too old; by three indexes."""
        version = days, moment.rules.version
        known = self._known.get(version)
        if known is not None and timedelta() <= moment.now - known.at < GOOD_FOR:
            return known
        session, since = moment.session, moment.now - timedelta(days=days)
        scores = scores_of(
            moment,
            await figures.works(session, since, moment.now),
            await figures.medians(session, since),
            await figures.broken(session, since),
        )
        board = Board(moment.now, scores, await _bars(moment))
        self._known[version] = board
        return board


async def boards_of(request: Request) -> Boards:
    """The boards of the app that a request came to."""
    boards: Boards = request.app.state.boards
    return boards


async def gather(moment: Moment) -> Overview:
    """Today's picture in five statements, each by an index: see storage.figures."""
    session, now = moment.session, moment.now
    standings = await figures.standings(session, now)
    late = await figures.late(session, now)
    waiting = await needs.stuck(moment)
    return Overview(
        open=sum(row.open for row in standings),
        new=sum(row.new for row in standings),
        late=sum(row.late for row in standings),
        emergencies=sum(row.emergencies for row in standings),
        unanswered=sum(row.unanswered for row in standings),
        shared=len(await outages.shared_ones(session, None)),
        alike=len(await clusters.newest(session, only_open=True)),
        waiting=[
            row for row in waiting if Need.BOUNCED in row.needs or Need.DISAGREED in row.needs
        ],
        climbed=[ticket for ticket in late if step_of(ticket) == len(STEPS) - 1],
        overdue=overdue_of(late),
        dots=bubbles(moment.rules.pack, _by_commune(standings)),
        groups=_groups(moment, await figures.matters(session, now)),
    )


def step_of(ticket: figures.Late) -> int:
    """How far an overdue ticket has climbed: the place in STEPS of the highest post that heard."""
    if not ticket.ladder:
        return 0
    ladder = escalation.read(ticket.ladder)
    heard = [_place(step.post) for step in ladder.steps[: ladder.done]]
    return max(heard, default=0)


def _place(post: str) -> int:
    if post in LEADERS:
        return 4
    return {"assignee": 1, "head": 2}.get(post, 3)


def overdue_of(late: Iterable[figures.Late]) -> list[Late]:
    """Departments with what is overdue, the most first."""
    counts: dict[str, Counter[int]] = {}
    for ticket in late:
        counts.setdefault(ticket.lead, Counter())[step_of(ticket)] += 1
    rows = [
        Late(unit, tuple(steps[n] for n in range(len(STEPS)))) for unit, steps in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.unit))


def scores_of(
    moment: Moment, works: Iterable[Work], medians: dict[str, int], broken: dict[str, int]
) -> list[Score]:
    """The scoreboard by name: it shows who answers in time, and ranks nobody by what came in."""
    rows = []
    for work in works:
        is_enough = work.volume >= FEWEST
        median = medians.get(work.lead) if is_enough else None
        rows.append(
            Score(
                work.lead,
                work.volume,
                _percent(work.in_time, work.due),
                _percent(work.result_in_time, work.result_due),
                round(median / 3600, 1) if median is not None else None,
                _percent(work.reopened, work.solved),
                broken.get(work.lead, 0),
                round(work.stars / work.rated, 1) if work.rated >= FEWEST else None,
            )
        )
    return sorted(rows, key=lambda row: moment.rules.units.short_name(row.unit))


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole >= FEWEST else None


def _by_commune(standings: Iterable[Standing]) -> dict[str, tuple[int, int]]:
    return {row.commune: (row.open, row.late) for row in standings}


def _groups(moment: Moment, matters: dict[str, tuple[int, int]]) -> list[tuple[str, str, int, int]]:
    """Open tickets by family of categories, in the pack's order."""
    counts: dict[str, tuple[int, int]] = {}
    for category, (open_ones, overdue_ones) in matters.items():
        route = moment.route(category) if category else None
        group = route.group if route else ""
        count, late = counts.get(group, (0, 0))
        counts[group] = count + open_ones, late + overdue_ones
    labels = [(group.code, group.label) for group in moment.rules.pack.groups]
    return [(code, label, *counts[code]) for code, label in labels if code in counts]


async def _bars(moment: Moment) -> list[Bar]:
    """The last twelve weeks, ending with this one."""
    zone = moment.rules.zone
    monday = moment.today - timedelta(days=moment.today.weekday() + 7 * (WEEKS - 1))
    start = datetime(monday.year, monday.month, monday.day, tzinfo=zone)
    weeks = await figures.weeks(moment.session, start, WEEKS)
    most = max((count for week in weeks for count in week), default=0) or 1
    high = 150
    return [
        Bar(
            f"{start + n * figures.WEEK:%d/%m}",
            opened,
            solved,
            44 + n * 49,
            round(high * opened / most),
            round(high * solved / most),
        )
        for n, (opened, solved) in enumerate(weeks)
    ]


async def show(
    request: Request,
    doors: Door,
    sitting: Seated,
    boards: Annotated[Boards, Depends(boards_of)],
    ky: str = "90",
    bang: str = "",
) -> Response:
    """One page; `ky` is the scoreboard's period in days, `bang` a table in place of the map."""
    require(sitting, Role.LEADER, Role.COORDINATOR)
    period = ky if ky in PERIODS else "90"
    async with looking(doors) as moment:
        return view(
            request,
            sitting,
            moment,
            "overview.html",
            place="/toan-canh",
            o=await boards.today(moment),
            board=await boards.of(moment, PERIODS[period]),
            period=period,
            as_table=bang == "1",
            periods=PERIODS,
            steps=STEPS,
            top=TOP,
            decides=sitting.who.holds(Role.COORDINATOR),
            fewest=FEWEST,
        )


def add_routes(router: APIRouter) -> None:
    """The page."""
    router.add_api_route("/toan-canh", show, methods=["GET"])

"""The leadership's page: today's picture, what waits, who is late, fairly counted, and where."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage import clusters, figures, outages
from storage.figures import Standing
from storage.people import Role
from tickets import escalation, needs
from tickets.moment import Moment
from tickets.needs import Need, Waiting
from web.console.boards import FEWEST, Boards
from web.console.bubbles import Bubble, bubbles
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, looking
from web.doors import Door

PERIODS = {"30": 30, "90": 90, "365": 365}
"""Days that the scoreboard may look back."""
STEPS = ("step_none", "step_assignee", "step_head", "step_office", "step_leaders")
"""How far an overdue ticket has climbed, the columns of a table."""
LEADERS = frozenset({"vice_chair", "chair", "thuong_truc_tinh_uy"})
TOP = 10
FRESH_FOR = timedelta(seconds=20)
"""However many look at today's picture, it is not counted more often."""


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


class Pictures:
    """Today's picture, counted by this app however many look."""

    def __init__(self) -> None:
        """Nothing has been counted."""
        self._newest: tuple[datetime, int, Overview] | None = None

    async def today(self, moment: Moment) -> Overview:
        """Today's picture, at most twenty seconds old."""
        version = moment.rules.version
        if self._newest is not None:
            at, known, overview = self._newest
            if known == version and timedelta() <= moment.now - at < FRESH_FOR:
                return overview
        overview = await gather(moment)
        self._newest = moment.now, version, overview
        return overview


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


async def show(
    request: Request,
    doors: Door,
    sitting: Seated,
    ky: str = "90",
    bang: str = "",
) -> Response:
    """One page; `ky` is the scoreboard's period in days, `bang` a table in place of the map."""
    require(sitting, Role.LEADER, Role.COORDINATOR)
    pictures: Pictures = request.app.state.pictures
    boards: Boards = request.app.state.boards
    period = ky if ky in PERIODS else "90"
    async with looking(doors) as moment:
        return view(
            request,
            sitting,
            moment,
            "overview.html",
            place="/toan-canh",
            o=await pictures.today(moment),
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

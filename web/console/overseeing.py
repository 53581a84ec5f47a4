"""The coordinator's queue in the browser: what waits for a decision, why, where it may go."""

import hashlib
import secrets
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage.people import Role
from storage.tickets import newest_event
from tickets import needs
from tickets.moment import Moment
from tickets.needs import DISPUTED, Waiting
from tickets.offered import label_of, options_of
from web.console.doing import DONES
from web.console.frame import view
from web.console.live import stream
from web.console.queue import tag_of
from web.console.sitting import Seated, Seen, Sitting, looking, texts
from web.doors import Door
from web.forms import whole
from web.pages import Problem

SIZE = 15
"""Of one page: with their forms they are under 60 KB."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A ticket that waits, with what may be decided."""

    row: Waiting
    tag: str
    why: str
    options: list[tuple[str, str, str]]
    """(category, unit, label)."""
    is_disputed: bool


def require(sitting: Sitting, *roles: Role) -> None:
    """Raise Problem unless the person holds one of the roles: for others the page is not there."""
    if not sitting.who.holds(*roles):
        raise Problem(404, "not_there")


async def show(
    request: Request, doors: Door, sitting: Seated, da: str = "", trang: str = "1"
) -> Response:
    """One page of the queue, the most urgent first."""
    require(sitting, Role.COORDINATOR)
    async with looking(doors) as moment:
        rows = await needs.waiting(moment)
        last = max(1, -(-len(rows) // SIZE))
        number = max(1, min(last, whole(trang)))
        shown = rows[(number - 1) * SIZE : number * SIZE]
        say = texts(moment, sitting)
        return view(
            request,
            sitting,
            moment,
            "needs.html",
            place="/can-xem",
            note=f"done_{da}" if f"done_{da}" in DONES else "",
            total=len(rows),
            mark=_mark(rows),
            number=number,
            last=last,
            rows=[_decision(moment, row, tag_of(say, row.ticket.commune)) for row in shown],
            agencies=moment.rules.pack.agencies,
            key=secrets.token_hex(16),
            since=await newest_event(moment.session),
        )


def _decision(moment: Moment, row: Waiting, tag: str) -> Decision:
    ticket = row.ticket
    options = [(c, u, label_of(moment, c)) for c, u in options_of(moment, ticket)]
    return Decision(
        row,
        tag,
        "" if ticket.restricted else str(ticket.verdict.get("why", "")),
        [option for option in options if option[1] != ticket.lead or ticket.tentative],
        bool(DISPUTED.intersection(row.needs)),
    )


def _mark(rows: list[Waiting]) -> str:
    """What the queue holds, in short: another mark, another queue."""
    held = ",".join(f"{row.ticket.id}.{row.ticket.version}" for row in rows)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


async def renew(request: Request, doors: Door, sitting: Seen) -> Response:
    """Whether the queue is another: the page says so and keeps what is being typed."""
    require(sitting, Role.COORDINATOR)

    async def render(moment: Moment, sitting: Sitting) -> str:
        require(sitting, Role.COORDINATOR)
        return _mark(await needs.waiting(moment))

    return stream(request, doors, sitting, render)


def add_routes(router: APIRouter) -> None:
    """The queue and its stream; decisions are sent to the ticket's page."""
    router.add_api_route("/can-xem", show, methods=["GET"])
    router.add_api_route("/can-xem/luong", renew, methods=["GET"])

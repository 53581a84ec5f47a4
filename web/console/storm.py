"""The storm board: the communes by colour on map and table, who is silent, what is needed."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage.tickets import newest_event
from tickets.acts.storms import MAY
from tickets.moment import Moment
from tickets.stormboard import Board, board
from web.console.bubbles import Bubble, bubbles
from web.console.frame import view
from web.console.live import stream
from web.console.overseeing import require
from web.console.sitting import Seated, Seen, Sitting, looking, texts
from web.doors import Door
from web.forms import whole
from web.labels import labels
from web.pages import base_of, templates

OFTEN = 5
"""Looks between two renewals: answers to roll-calls are no events of a ticket."""
RADIUS = 9.0
SIZE = 40
"""Communes in the table at once, the worst first: all 130 would weigh 80 KB in the night that
has the least signal. The map has them all."""


@dataclass(frozen=True, slots=True)
class Light:
    """A commune of the storm on the map."""

    dot: Bubble
    light: str


def _turned(found: Board | None, number: int) -> dict[str, Any]:
    """The part of the table that is shown, which of how many it is."""
    places = found.places if found else []
    last = max(1, -(-len(places) // SIZE))
    number = max(1, min(last, number))
    return {
        "rows": places[(number - 1) * SIZE : number * SIZE],
        "number": number,
        "last": last,
    }


async def show(request: Request, doors: Door, sitting: Seated, trang: str = "1") -> Response:
    """The board as it stands; without a script a reload shows what is new."""
    require(sitting, *MAY)
    async with looking(doors) as moment:
        found = await board(moment)
        return view(
            request,
            sitting,
            moment,
            "storm.html",
            place="/bao-lu",
            board=found,
            lights=_lights(moment, found),
            **_turned(found, whole(trang)),
            since=await newest_event(moment.session),
        )


def _lights(moment: Moment, found: Board | None) -> list[Light]:
    """Every commune of the province; those outside the storm have no light."""
    known = {place.state.commune: place.light for place in found.places} if found else {}
    dots = bubbles(moment.rules.pack, {})
    every = [Light(dot, known.get(dot.code, "")) for dot in dots]
    return sorted(every, key=lambda one: bool(one.light))


async def renew(request: Request, doors: Door, sitting: Seen, trang: str = "1") -> Response:
    """The board again and again, as long as the page is open."""
    require(sitting, *MAY)
    language, base = sitting.person.language, base_of(request)

    async def render(moment: Moment, sitting: Sitting) -> str:
        require(sitting, *MAY)
        found = await board(moment)
        return templates.get_template("console/stormboard.html").render(
            say=labels(language),
            base=base,
            board=found,
            lights=_lights(moment, found),
            **_turned(found, whole(trang)),
            t=texts(moment, sitting),
            now=moment.now,
        )

    return stream(request, doors, sitting, render, anew=OFTEN)


def add_routes(router: APIRouter) -> None:
    """The board and its stream."""
    router.add_api_route("/bao-lu", show, methods=["GET"])
    router.add_api_route("/bao-lu/luong", renew, methods=["GET"])

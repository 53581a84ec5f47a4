"""What failed, for whoever runs the line: messages nobody got, updates nobody could handle."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import failures
from tickets import failing
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, acting, looking, texts
from web.doors import Door
from web.forms import read_form, text_of, whole
from web.lines import html_of
from web.pages import Problem, base_of
from web.sessions import check_form

SIZE = 20
"""Of each kind on one page."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, in words, with its number and which of its deaths this is."""

    number: int
    line: str
    seen: int = 0


async def show(
    request: Request, doors: Door, sitting: Seated, da: str = "", trang: str = "1"
) -> Response:
    """Both lists; never what was said."""
    require(sitting, *failing.SEES)
    async with looking(doors) as moment:
        say, number = texts(moment, sitting), max(1, whole(trang))
        page = {"offset": (number - 1) * SIZE, "limit": SIZE + 1}
        dead = await failures.dead_notices(moment.session, **page)
        aside = await failures.aside(moment.session, **page)
        return view(
            request,
            sitting,
            moment,
            "failures.html",
            place="/tin-hong",
            note={"1": "failure_done", "0": "failure_stale"}.get(da, ""),
            number=number,
            more=max(len(dead), len(aside)) > SIZE,
            dead=[
                Failure(
                    row.id or 0,
                    html_of(await failing.dead_line(moment, row, say)),
                    failures.died(row),
                )
                for row in dead[:SIZE]
            ],
            aside=[
                Failure(row.id or 0, html_of(await failing.aside_line(moment, row, say)))
                for row in aside[:SIZE]
            ],
        )


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Send again, drop, handle again, forget: each press counts once."""
    require(sitting, *failing.SEES)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, number, seen = (text_of(form, name) for name in ("viec", "so", "thay"))
    row, died = whole(number, digits=17), whole(seen, digits=17)
    async with acting(doors, sitting) as moment:
        session = moment.session
        match do:
            case "resend":
                done = await failures.send_again(session, row, died, moment.now) is not None
            case "drop":
                done = await failures.drop(session, row, died) is not None
            case "rerun":
                done = await failures.handle_again(session, row, moment.now)
            case "forget":
                done = await failures.forget(session, row)
            case _:
                raise Problem(400, "bad")
    return RedirectResponse(f"{base_of(request)}/tin-hong?da={int(done)}", 303)


def add_routes(router: APIRouter) -> None:
    """The lists and their buttons."""
    router.add_api_route("/tin-hong", show, methods=["GET"])
    router.add_api_route("/tin-hong/viec", act, methods=["POST"])

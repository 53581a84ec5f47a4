"""What administrators look at: the history of all tickets, and how the channels stand."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from storage import deeds, directory, people, rounds, tickets, viewings
from storage.people import Role
from tickets import reach, usage
from tickets.acts.usage import NEARLY
from tickets.rich import clean
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, looking
from web.console.words.events import EVENTS
from web.doors import Door
from web.forms import whole

SIZE = 100
WHAT = {
    "page": "look_page",
    "file": "look_file",
    "letter": "look_letter",
    "xlsx": "look_xlsx",
    "csv": "look_csv",
    "report": "look_report",
    "own": "look_own",
    "api": "look_api",
}
"""What a look was: a word each."""


async def history(request: Request, doors: Door, sitting: Seated, truoc: str = "") -> Response:
    """Who did what to which ticket, the newest first; never what was said."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        rows = await directory.happenings(
            moment.session, before=whole(truoc, digits=17), limit=SIZE
        )
        numbers = [whole(event.actor.removeprefix("person:")) for event, _ in rows]
        return view(
            request,
            sitting,
            moment,
            "audit.html",
            place="/nhat-ky",
            rows=rows,
            names=await people.names_of(moment.session, numbers),
            events=EVENTS,
            column=int(sitting.person.language == "en"),
            last=rows[-1][0].id if len(rows) == SIZE else 0,
        )


async def channels(request: Request, doors: Door, sitting: Seated) -> Response:
    """People by channel, who cannot be reached, whose quota rests, what waits."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        row, month = await rounds.named(moment.session, usage.USAGE), f"{moment.today:%Y-%m}"
        return view(
            request,
            sitting,
            moment,
            "channels.html",
            place="/kenh",
            rows=await directory.channels(moment.session, moment.now),
            use=usage.use_of(row.kept)
            if row is not None and row.kept.get("month") == month
            else None,
            counted=row.last_at if row is not None else None,
            most=reach.BOT_MONTH,
            nearly=NEARLY * reach.BOT_MONTH,
            waiting=await directory.undelivered(moment.session),
        )


async def looks(
    request: Request, doors: Door, sitting: Seated, truoc: str = "", phieu: str = ""
) -> Response:
    """The log, newest first, of one ticket (`phieu`) or all; never what was written."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        code = clean(phieu).upper()[:20]
        found = await tickets.by_code(moment.session, code) if code else None
        number = (found.id if found else 0) if code else None
        rows = await viewings.newest(
            moment.session, before=whole(truoc, digits=17), limit=SIZE, ticket=number
        )
        return view(
            request,
            sitting,
            moment,
            "looks.html",
            place="/nhat-ky",
            rows=rows,
            what=WHAT,
            code=code,
            last=rows[-1][0].id if len(rows) == SIZE else 0,
        )


async def about_people(request: Request, doors: Door, sitting: Seated, truoc: str = "") -> Response:
    """Who invited, withdrew, shut out and let in whom, newest first."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        before = whole(truoc, digits=17)
        rows = await deeds.newest(moment.session, before=before, limit=SIZE)
        numbers = [whole(row.actor.removeprefix("person:")) for row, *_ in rows]
        return view(
            request,
            sitting,
            moment,
            "deeds.html",
            place="/nhat-ky",
            rows=rows,
            names=await people.names_of(moment.session, numbers),
            last=rows[-1][0].id if len(rows) == SIZE else 0,
        )


def add_routes(router: APIRouter) -> None:
    """Pages to look at."""
    router.add_api_route("/nhat-ky", history, methods=["GET"])
    router.add_api_route("/kenh", channels, methods=["GET"])
    router.add_api_route("/nhat-ky/xem", looks, methods=["GET"])
    router.add_api_route("/nhat-ky/quan-tri", about_people, methods=["GET"])

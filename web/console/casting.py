"""Broadcasts in the browser: to whom, which words, a preview, one confirmation, and how it went."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import broadcasts
from storage.broadcasts import Broadcast
from storage.people import Role
from tickets.acts import broadcasts as acts
from tickets.audience import UnknownAudience, audience
from tickets.moment import Moment
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, looking, texts
from web.doors import Door
from web.forms import read_form, text_of, whole
from web.lines import html_of
from web.pages import Problem, base_of
from web.sessions import check_form

SHOWN = 15
LONGEST = 2000
"""Characters of a broadcast: more is a document."""


async def show(request: Request, doors: Door, sitting: Seated) -> Response:
    """The form for a new one, and the newest ones with their counts."""
    require(sitting, Role.COORDINATOR)
    async with looking(doors) as moment:
        return await _page(request, moment, sitting)


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    *,
    status: int = 200,
    told: str = "",
    typed: tuple[str, str, bool] = ("", "", False),
) -> Response:
    rows = await broadcasts.newest(moment.session, SHOWN)
    outcomes = [(row, await acts.outcome_of(moment, row) if row.sent_at else None) for row in rows]
    return view(
        request,
        sitting,
        moment,
        "broadcasts.html",
        place="/thong-bao",
        status=status,
        rows=outcomes,
        told=html_of(told) if told else "",
        whom=typed[0],
        words=typed[1],
        urgent=typed[2],
    )


async def draft(request: Request, doors: Door, sitting: Seated) -> Response:
    """A new preview; nothing goes out yet."""
    require(sitting, Role.COORDINATOR)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        whom, words = text_of(form, "noi-nhan")[:500], text_of(form, "loi")[:LONGEST]
        urgent = text_of(form, "gap") == "1"
    try:
        async with acting(doors, sitting) as moment:
            units = audience(moment.rules.units, whom)
            if not words:
                raise UnknownAudience([])
            row = acts.draft(moment, sitting.who, units, words, urgent=urgent)
            await moment.session.flush()
            number = row.id
    except UnknownAudience as error:
        async with looking(doors) as moment:
            say = texts(moment, sitting)
            told = say.broadcast_unknown(error.names) if error.names else say.broadcast_help()
            typed = (whom, words, urgent)
            return await _page(request, moment, sitting, status=422, told=told, typed=typed)
    return RedirectResponse(f"{base_of(request)}/thong-bao/{number}", 303)


async def preview(request: Request, doors: Door, sitting: Seated, number: int) -> Response:
    """What would go to whom, or what became of it."""
    require(sitting, Role.COORDINATOR)
    async with looking(doors) as moment:
        row = await _own(moment, sitting, number)
        say = texts(moment, sitting)
        is_open = acts.is_open(row, 0)
        if is_open:
            to = await acts.receivers_of(moment, row.units)
            missing = [unit for unit in row.units if unit not in to.units()]
            told = say.broadcast_preview(row, to.count, missing)
        else:
            told = say.broadcast_done(row, moment.now)
            if row.sent_at is not None:
                told += "\n" + say.broadcast_report(row, await acts.outcome_of(moment, row))
        return view(
            request,
            sitting,
            moment,
            "broadcast.html",
            place="/thong-bao",
            row=row,
            told=html_of(told),
            is_open=is_open,
        )


async def _own(moment: Moment, sitting: Sitting, number: int, *, lock: bool = False) -> Broadcast:
    """Somebody's own broadcast, as in chat; with `lock` for whoever is going to end it."""
    find = broadcasts.by_id if lock else broadcasts.shown
    row = await find(moment.session, number) if 0 < number < 2**31 else None
    if row is None or row.by != sitting.person.id:
        raise Problem(404, "not_there")
    return row


async def act(request: Request, doors: Door, sitting: Seated, number: int) -> Response:
    """Gửi, Sửa, Thôi: once, on the preview as it was seen; later presses see what was done."""
    require(sitting, Role.COORDINATOR)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, seen = text_of(form, "viec"), text_of(form, "thay")
        words = text_of(form, "loi")[:LONGEST]
    async with acting(doors, sitting) as moment:
        row = await _own(moment, sitting, number, lock=True)
        if acts.is_open(row, whole(seen, otherwise=-1)):
            if do == "gui":
                await acts.send(moment, row)
            elif do == "sua" and words:
                acts.edit(row, words)
            elif do == "thoi":
                acts.drop(moment, row)
    return RedirectResponse(f"{base_of(request)}/thong-bao/{number}", 303)


def add_routes(router: APIRouter) -> None:
    """The list, a new one, its preview and what is pressed there."""
    router.add_api_route("/thong-bao", show, methods=["GET"])
    router.add_api_route("/thong-bao", draft, methods=["POST"])
    router.add_api_route("/thong-bao/{number}", preview, methods=["GET"])
    router.add_api_route("/thong-bao/{number}", act, methods=["POST"])

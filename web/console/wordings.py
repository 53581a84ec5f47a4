"""Wordings for answers in the browser: kept by heads and the coordinator, offered at a ticket."""

import secrets
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from storage import wordings
from storage.wordings import Wording
from tickets import access, moves
from tickets.acts import wordings as acts
from tickets.moment import Moment
from tickets.wordings import KEEPS, LONGEST, TITLE, units_kept
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, is_first, looking, texts
from web.doors import Door
from web.forms import client_key, read_form, text_of, whole
from web.pages import Problem, base_of
from web.sessions import check_form

SIZE = 15
"""Wordings of one page."""
NOTES = {"1": "wording_kept", "x": "wording_gone"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form said."""

    number: int
    seen: int
    unit: str
    category: str
    title: str
    text: str


async def show(
    request: Request, doors: Door, sitting: Seated, da: str = "", trang: str = "1", sua: str = ""
) -> Response:
    """The wordings of whoever keeps some, and forms for one more and for the one in `sua`."""
    require(sitting, *KEEPS)
    note, number, changing = NOTES.get(da, ""), whole(trang), whole(sua, digits=17)
    async with looking(doors) as moment:
        return await _page(request, moment, sitting, note=note, number=number, changing=changing)


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    *,
    status: int = 200,
    note: str = "",
    typed: Typed | None = None,
    number: int = 1,
    changing: int = 0,
) -> Response:
    units = units_kept(moment, sitting.who)
    rows = await wordings.of_units(moment.session, None if "" in units else units)
    say, changing = texts(moment, sitting), typed.number if typed else changing
    last = max(1, -(-len(rows) // SIZE))
    number = max(1, min(last, number))
    shown = [row for row in rows if row.id == changing] or rows[(number - 1) * SIZE :][:SIZE]
    return view(
        request,
        sitting,
        moment,
        "wordings.html",
        place="/mau-tra-loi",
        status=status,
        note=note,
        typed=typed,
        rows=shown,
        changing=changing,
        number=number,
        last=last if len(shown) > 1 else 1,
        kept_by=[(unit, say.unit(unit)) for unit in units],
        routes=moment.rules.units.routes(moment.today),
        titles={row.id: _title(moment, row) for row in shown},
        longest=LONGEST,
        key=secrets.token_hex(16),
    )


def _title(moment: Moment, row: Wording) -> str:
    route = moment.route(row.category) if row.category else None
    return route.title if route else row.category


def _typed(form: FormData) -> Typed:
    return Typed(
        whole(text_of(form, "so"), digits=17),
        whole(text_of(form, "thay")),
        text_of(form, "don-vi")[:60],
        text_of(form, "lv")[:60],
        text_of(form, "ten")[:TITLE],
        text_of(form, "loi"),
    )


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Keep a new one, change one, remove one: on what was seen, or it says why not."""
    require(sitting, *KEEPS)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, key, typed = text_of(form, "viec"), client_key(form), _typed(form)
    try:
        async with acting(doors, sitting) as moment:
            wrong = "" if do == "xoa" else _wrong(moment, typed)
            if not wrong and await is_first(moment, sitting, f"{key}-{do}-{typed.number}"):
                await _do(moment, sitting, do, typed)
    except access.NotAllowed:
        raise Problem(404, "not_there") from None
    except moves.Stale:
        wrong = "wording_stale"
    except acts.Full:
        wrong = "wording_full"
    if wrong:
        async with looking(doors) as moment:
            status = 409 if wrong == "wording_stale" else 422
            return await _page(request, moment, sitting, status=status, note=wrong, typed=typed)
    done = "x" if do == "xoa" else "1"
    return RedirectResponse(f"{base_of(request)}/mau-tra-loi?da={done}", 303)


def _wrong(moment: Moment, typed: Typed) -> str:
    """Why what was typed cannot be kept: one of our words, or ''."""
    if not typed.title or not typed.text:
        return "wording_empty"
    if len(typed.text) > LONGEST:
        return "wording_long"
    if typed.category and moment.route(typed.category) is None:
        return "wording_matter"
    return ""


async def _do(moment: Moment, sitting: Sitting, do: str, typed: Typed) -> None:
    who, said = sitting.who, {"title": typed.title, "text": typed.text, "category": typed.category}
    match do:
        case "them":
            await acts.write(moment, who, unit=typed.unit, **said)
        case "sua":
            await acts.change(moment, who, typed.number, seen=typed.seen, **said)
        case "xoa":
            await acts.remove(moment, who, typed.number, seen=typed.seen)
        case _:
            raise Problem(400, "bad")


def add_routes(router: APIRouter) -> None:
    """The list, and what its forms do."""
    router.add_api_route("/mau-tra-loi", show, methods=["GET"])
    router.add_api_route("/mau-tra-loi", act, methods=["POST"])

"""The administrator's queue of requests about people's own data: answered, put off once, done."""

import secrets
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import data_requests, directory, people
from storage.data_requests import DataRequest
from storage.people import Role
from tickets import access, moves
from tickets.acts import data_requests as acts
from tickets.moment import Moment
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, is_first, looking, texts
from web.doors import Door
from web.forms import client_key, read_form, text_of, whole
from web.pages import Problem, base_of
from web.sessions import check_form

LONGEST = 2000
SIZE = 12
"""Requests of one page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the page shows it."""

    row: DataRequest
    name: str
    duties: str
    by: str
    is_late: bool
    is_own: bool


async def show(request: Request, doors: Door, sitting: Seated, trang: str = "1") -> Response:
    """Open requests with their clocks, then those that have ended."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        return await _page(request, moment, sitting, number=whole(trang))


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    *,
    status: int = 200,
    note: str = "",
    typed: tuple[int, str] = (0, ""),
    number: int = 1,
) -> Response:
    every = await data_requests.listed(moment.session)
    last = max(1, -(-len(every) // SIZE))
    number = max(1, min(last, number))
    typed_in = [row for row in every if row.id == typed[0]]
    rows = typed_in or every[(number - 1) * SIZE : number * SIZE]
    numbers = [number for row in rows for number in (row.person_id, row.by or 0)]
    names = await people.names_of(moment.session, numbers)
    return view(
        request,
        sitting,
        moment,
        "data_requests.html",
        place="/du-lieu-ca-nhan",
        status=status,
        note=note,
        typed=typed,
        number=number,
        last=last,
        rows=[await _asked(moment, sitting, row, names) for row in rows],
        longest=LONGEST,
        key=secrets.token_hex(16),
    )


async def _asked(
    moment: Moment, sitting: Sitting, row: DataRequest, names: dict[int, str]
) -> Asked:
    held = await directory.duties(moment.session, row.person_id)
    say = texts(moment, sitting)
    due = row.stop_by if row.answered_at else row.answer_by
    return Asked(
        row,
        names.get(row.person_id, ""),
        "; ".join(say.duty(role, unit) for unit, role in held),
        names.get(row.by or 0, ""),
        row.ended_at is None and due < moment.now,
        row.person_id == sitting.person.id,
    )


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Accept, refuse, put off once, do it: as it was seen, what cannot be undone confirmed."""
    require(sitting, Role.ADMIN)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        key, do = client_key(form), text_of(form, "viec")
        number, seen = whole(text_of(form, "so"), digits=17), whole(text_of(form, "thay"))
        words, is_sure = text_of(form, "loi")[:LONGEST], text_of(form, "chac") == "1"
    wrong = ""
    if do in {"tu-choi", "gia-han"} and not words:
        wrong = "data_words"
    elif do == "lam" and not is_sure:
        wrong = "data_unsure"
    try:
        if not wrong:
            async with acting(doors, sitting) as moment:
                row = await data_requests.by_id(moment.session, number, lock=True)
                if row is None:
                    raise Problem(404, "not_there")
                if await is_first(moment, sitting, f"{key}-{do}-{number}"):
                    await _do(moment, sitting, row, do, words, seen)
    except moves.Stale:
        wrong = "data_stale"
    except access.NotAllowed:
        wrong = "data_own"
    if not wrong:
        return RedirectResponse(f"{base_of(request)}/du-lieu-ca-nhan", 303)
    async with looking(doors) as moment:
        status = 409 if wrong == "data_stale" else 403 if wrong == "data_own" else 422
        return await _page(
            request, moment, sitting, status=status, note=wrong, typed=(number, words)
        )


async def _do(
    moment: Moment, sitting: Sitting, row: DataRequest, do: str, words: str, seen: int
) -> None:
    if row.version != seen:
        raise moves.Stale
    match do:
        case "dong-y" | "tu-choi":
            await acts.answer(moment, sitting.who, row, words, yes=do == "dong-y")
        case "gia-han":
            await acts.extend(moment, sitting.who, row, words)
        case "lam":
            await acts.carry_out(moment, sitting.who, row)
        case _:
            raise Problem(400, "bad")


def add_routes(router: APIRouter) -> None:
    """The queue, and what is pressed there."""
    router.add_api_route("/du-lieu-ca-nhan", show, methods=["GET"])
    router.add_api_route("/du-lieu-ca-nhan", act, methods=["POST"])

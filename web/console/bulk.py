"""Several tickets of the coordinator's queue given to one department: each is checked as alone."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.datastructures import FormData

from storage.people import Role
from storage.tickets import Ticket
from tickets import access, moves
from tickets.moment import Moment
from web.console.doing import do
from web.console.form import Doing, Given, Unclear
from web.console.frame import view
from web.console.further_acts import need_giving
from web.console.overseeing import SIZE, require
from web.console.sheet import find
from web.console.sitting import Seated, Sitting, acting, is_first, looking, texts
from web.console.ticket import CODE
from web.doors import Door, Doors
from web.forms import client_key, read_form, text_of, whole
from web.lines import html_of
from web.pages import Problem
from web.saying import LONGEST
from web.sessions import check_form


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form said: (number, version) of each ticket, the department, the reason."""

    chosen: Sequence[tuple[str, int]]
    unit: str
    words: str
    key: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket, and what will or did become of it: one of our words, or a chat's sentence."""

    code: str
    seen: int
    told: str | Markup
    is_fine: bool = False
    is_word: bool = True
    summary: str = ""
    lead: str = ""


def _asked(form: FormData) -> Asked:
    """Read the form; raises Problem for numbers that no page of ours has sent."""
    chosen: dict[str, int] = {}
    for value in form.getlist("chon"):
        code, _colon, seen = str(value).partition(":")
        if not CODE.fullmatch(code) or whole(seen) < 1:
            raise Problem(400, "bad")
        chosen[code] = whole(seen)
    words = text_of(form, "loi")
    if len(words) > LONGEST:
        raise Problem(413, "too_long")
    return Asked(
        list(chosen.items())[:SIZE],
        text_of(form, "don-vi")[:60],
        words,
        client_key(form),
        text_of(form, "viec") == "giao",
    )


async def give(request: Request, doors: Door, sitting: Seated) -> Response:
    """Look over what was chosen, or give it: whatever cannot be given says why, row by row."""
    require(sitting, Role.COORDINATOR)
    async with read_form(request, fields=SIZE + 20) as form:
        check_form(form, sitting.visitor)
        asked = _asked(form)
    async with looking(doors) as moment:
        is_known = moment.rules.units.agency(asked.unit) is not None
    if not asked.chosen or not is_known:
        return await _page(request, doors, sitting, asked, [], note="bulk_none")
    one = _given if asked.is_confirmed else _checked
    rows = [await one(doors, sitting, asked, code, seen) for code, seen in asked.chosen]
    return await _page(request, doors, sitting, asked, rows)


async def _page(
    request: Request,
    doors: Doors,
    sitting: Sitting,
    asked: Asked,
    rows: Sequence[Row],
    note: str = "",
) -> Response:
    async with looking(doors) as moment:
        return view(
            request,
            sitting,
            moment,
            "bulk.html",
            place="/can-xem",
            status=422 if note else 200,
            note=note,
            rows=rows,
            fine=sum(row.is_fine for row in rows),
            unit=asked.unit,
            words=asked.words,
            key=asked.key,
            is_done=asked.is_confirmed and bool(rows),
        )


async def _checked(doors: Doors, sitting: Sitting, asked: Asked, code: str, seen: int) -> Row:
    """What would become of one ticket; nothing is done."""

    async def work(moment: Moment, ticket: Ticket, given: Given) -> str:
        need_giving(Doing(moment, ticket, sitting, given))
        return "bulk_will"

    async with looking(doors) as moment:
        return await _row(moment, sitting, asked, (code, seen), work)


async def _given(doors: Doors, sitting: Sitting, asked: Asked, code: str, seen: int) -> Row:
    """One ticket, given in a transaction of its own: what fails alone fails alone."""

    async def work(moment: Moment, ticket: Ticket, given: Given) -> str:
        if not await is_first(moment, sitting, f"{asked.key}-{code}-{asked.unit}"):
            return "bulk_before"
        await do(moment, ticket, sitting, given)
        return "bulk_done"

    try:
        async with acting(doors, sitting) as moment:
            return await _row(moment, sitting, asked, (code, seen), work, lock=True)
    except _Refused as refused:
        return refused.row


class _Refused(Exception):
    """A ticket was not given: what its transaction has done so far is undone."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row


async def _row(
    moment: Moment,
    sitting: Sitting,
    asked: Asked,
    chosen: tuple[str, int],
    work: Callable[[Moment, Ticket, Given], Awaitable[str]],
    *,
    lock: bool = False,
) -> Row:
    code, seen = chosen
    given = Given("decide", seen, words=asked.words, unit=asked.unit)
    try:
        ticket = await find(moment, code, sitting, lock=lock)
    except access.NotAllowed:
        return Row(code, seen, "bulk_gone")
    row = Row(code, seen, "", summary=ticket.summary, lead=ticket.lead)
    say = texts(moment, sitting)
    try:
        return replace(row, told=await work(moment, ticket, given), is_fine=True)
    except moves.Stale:
        told = say.stale(ticket, moment.now, typed=True)
    except access.NotAllowed:
        told = say.not_allowed(ticket)
    except Unclear as unclear:
        told = unclear.sentence
    row = replace(row, told=html_of(told), is_word=False)
    if lock:
        raise _Refused(row)
    return row


def add_routes(router: APIRouter) -> None:
    """Where the queue's form goes, twice: to look it over, and to confirm."""
    router.add_api_route("/can-xem/giao", give, methods=["POST"])

"""Purging a file of a ticket: asked once more, then destroyed in database and storeroom."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage.media import Media
from storage.tickets import Ticket
from tickets import access, moves
from tickets.acts.purging import REASONS, may_purge, purge
from tickets.moment import Moment
from web.console.frame import view
from web.console.sheet import files_of, find
from web.console.sitting import Seated, Sitting, acting, looking
from web.doors import Door
from web.forms import read_form, text_of
from web.pages import Problem, base_of
from web.sessions import check_form


async def _found(
    moment: Moment, code: str, name: str, sitting: Sitting, *, lock: bool = False
) -> tuple[Ticket, Media]:
    """The ticket and its file; Problem for what is absent, not theirs, or not theirs to purge."""
    try:
        ticket = await find(moment, code, sitting, lock=lock)
    except access.NotAllowed:
        raise Problem(404, "not_there") from None
    file = next((f for f in await files_of(moment, ticket) if f.hash == name), None)
    if file is None or not may_purge(ticket, sitting.who):
        raise Problem(404, "not_there")
    return ticket, file


async def ask(request: Request, doors: Door, sitting: Seated, code: str, name: str) -> Response:
    """What would be destroyed, and that it cannot be undone."""
    async with looking(doors) as moment:
        ticket, file = await _found(moment, code, name, sitting)
        return view(
            request,
            sitting,
            moment,
            "purge.html",
            place="/phieu",
            p=ticket,
            file=file,
            reasons=REASONS,
        )


async def act(request: Request, doors: Door, sitting: Seated, code: str, name: str) -> Response:
    """Destroy it: the rows with the commit, then the content; pressed again it is not there."""
    async with looking(doors) as moment:
        await _found(moment, code, name, sitting)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        why, is_sure = text_of(form, "ly-do"), text_of(form, "chac") == "1"
    if why not in REASONS or not is_sure:
        raise Problem(400, "bad")
    try:
        async with acting(doors, sitting) as moment:
            ticket, _file = await _found(moment, code, name, sitting, lock=True)
            await purge(moment, ticket, sitting.who, name, why)
    except moves.Stale:
        raise Problem(404, "not_there") from None
    await asyncio.to_thread(doors.forget_file, name)
    return RedirectResponse(f"{base_of(request)}/phieu/{code}?da=purged", 303)


def add_routes(router: APIRouter) -> None:
    """The question and the press."""
    router.add_api_route("/phieu/{code}/tep/{name}/xoa", ask, methods=["GET"])
    router.add_api_route("/phieu/{code}/tep/{name}/xoa", act, methods=["POST"])

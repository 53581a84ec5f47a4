"""Lists taken in as tickets: work left by the districts, a leader's notice, voters' petitions."""

import csv
import io
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import imports, people
from storage.imports import KINDS
from storage.people import Role
from tickets import moves, taking_in
from tickets.acts import taking_in as acts
from tickets.moment import Moment
from tickets.taking_in import Line, Problem
from web.console.frame import view
from web.console.overseeing import require
from web.console.sheets import UnreadableError, rows_of
from web.console.sitting import Seated, Sitting, acting, is_first, looking
from web.doors import Door
from web.forms import client_key, read_form, text_of, uploads
from web.pages import Problem as Refusal
from web.pages import base_of
from web.sessions import check_form

LARGEST = 200_000
"""Bytes of a checked list that a form sends back."""
TITLE = 200
PROBLEMS = {
    Problem.NO_TEXT: "take_no_text",
    Problem.TOO_LONG: "take_too_long",
    Problem.NO_COMMUNE: "take_no_commune",
    Problem.NO_LEAD: "take_no_lead",
    Problem.NO_HELPER: "take_no_helper",
    Problem.NO_MATTER: "take_no_matter",
    Problem.NO_DAY: "take_no_day",
    Problem.PAST_DAY: "take_past_day",
    Problem.TWICE: "row_twice",
    Problem.KNOWN: "take_known",
}
WORDS = {"handed_over": "take_handed_over", "notice": "take_notice", "petition": "take_petition"}


async def show(request: Request, doors: Door, sitting: Seated, da: str = "") -> Response:
    """The lists so far with how far they are, and the form for another."""
    require(sitting, Role.COORDINATOR)
    async with looking(doors) as moment:
        return await _page(request, moment, sitting, note="take_done" if da == "1" else "")


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    *,
    status: int = 200,
    note: str = "",
    kind: str = "",
    title: str = "",
    lines: Sequence[Line] = (),
    kept: str = "",
) -> Response:
    found = await imports.newest(moment.session, moment.now)
    return view(
        request,
        sitting,
        moment,
        "taking_in.html",
        place="/nhap-viec",
        status=status,
        note=note,
        kind=kind,
        title=title,
        lines=lines,
        kept=kept,
        wrong=sum(line.problem is not None for line in lines),
        leads=Counter(line.lead for line in lines if line.problem is None).most_common(),
        problems=PROBLEMS,
        kinds=WORDS,
        lists=found,
        names=await people.names_of(moment.session, [one.row.by for one in found]),
        key=secrets.token_hex(16),
    )


async def _judged(moment: Moment, kind: str, rows: Sequence[Sequence[str]]) -> list[Line]:
    """Each row as it was read; what an earlier list has brought is told as well."""
    lines = taking_in.read(moment, kind, rows)
    known = await acts.known(moment, [line for line in lines if line.problem is None])
    return [
        replace(line, problem=Problem.KNOWN) if not line.problem and line.key in known else line
        for line in lines
    ]


async def check(request: Request, doors: Door, sitting: Seated) -> Response:
    """Read a list row by row; nothing is done yet."""
    require(sitting, Role.COORDINATOR)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        kind, title = text_of(form, "loai"), text_of(form, "ten")[:TITLE]
        files = uploads(form, "tep")
        content = await files[0].read() if files else b""
    if kind not in KINDS:
        raise Refusal(400, "bad")
    async with looking(doors) as moment:
        lines: list[Line] = []
        try:
            rows = rows_of(content)
            lines, kept = await _judged(moment, kind, rows), _kept(rows)
            note = _note(lines, kept, title)
        except (UnreadableError, taking_in.NoHeads):
            note, kept = "take_unreadable", ""
        is_right = note == "take_right"
        return await _page(
            request,
            moment,
            sitting,
            status=200 if is_right else 422,
            note=note,
            kind=kind,
            title=title,
            lines=lines,
            kept=kept if is_right else "",
        )


def _note(lines: Sequence[Line], kept: str, title: str) -> str:
    if not title:
        return "take_no_title"
    if not lines:
        return "list_empty"
    if len(kept.encode()) > LARGEST:
        return "take_large"
    return "list_wrong" if any(line.problem for line in lines) else "take_right"


def _kept(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Take a checked list in: every row becomes a ticket, or nothing does."""
    require(sitting, Role.COORDINATOR)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        key, kept = client_key(form), text_of(form, "danh-sach")
        kind, title = text_of(form, "loai"), text_of(form, "ten")[:TITLE]
    if kind not in KINDS or not title:
        raise Refusal(400, "bad")
    try:
        rows = rows_of(kept.encode())
        async with acting(doors, sitting) as moment:
            if await is_first(moment, sitting, key):
                lines = await _judged(moment, kind, rows)
                if not lines or any(line.problem for line in lines):
                    raise moves.Stale
                await acts.take_in(moment, sitting.who, kind, title, lines)
    except moves.Stale:
        raise Refusal(409, "old_page") from None
    except (UnreadableError, taking_in.NoHeads):
        raise Refusal(400, "bad") from None
    return RedirectResponse(f"{base_of(request)}/nhap-viec?da=1", 303)


def add_routes(router: APIRouter) -> None:
    """The page, the check, and the press."""
    router.add_api_route("/nhap-viec", show, methods=["GET"])
    router.add_api_route("/nhap-viec/kiem-tra", check, methods=["POST"])
    router.add_api_route("/nhap-viec/lam", act, methods=["POST"])

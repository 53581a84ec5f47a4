"""Templates of Word in the browser: taken away, edited in an office, looked through, put back."""

import asyncio
import secrets
from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from storage import paper_templates, people
from storage.paper_templates import PaperTemplate
from tickets import access, moves
from tickets.acts import paper_templates as acts
from tickets.moment import Moment
from tickets.paper_samples import SAMPLES
from tickets.papers import KEEPS, KINDS, units_kept
from tickets.rich import clean
from web import drafts
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, is_first, looking, texts
from web.doors import Door
from web.forms import client_key, read_form, text_of, uploads, whole
from web.pages import Problem, base_of
from web.sessions import check_form
from web.template_tags import Fault, Unfit

NOTES = {"1": "tpl_done", "x": "tpl_gone"}
NAME = 120


def _owner(sitting: Sitting, unit: str | None) -> str:
    """Whose templates are looked at: the one asked for, else the first that is theirs."""
    own = units_kept(sitting.who)
    if unit is None:
        return own[0]
    if unit not in own:
        raise Problem(404, "not_there")
    return unit


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Problem(404, "not_there")
    return kind


async def show(request: Request, doors: Door, sitting: Seated, dv: str | None = None) -> Response:
    """All kinds of papers, and by which template an owner's are made."""
    require(sitting, *KEEPS)
    async with looking(doors) as moment:
        unit, say = _owner(sitting, dv), texts(moment, sitting)
        return view(
            request,
            sitting,
            moment,
            "paper_templates.html",
            place="/mau-van-ban",
            kinds=KINDS,
            unit=unit,
            owners=[(code, say.unit(code)) for code in units_kept(sitting.who)],
            own=await paper_templates.newest_of_units(moment.session, list({unit, ""})),
        )


async def one(
    request: Request, doors: Door, sitting: Seated, kind: str, dv: str | None = None, da: str = ""
) -> Response:
    """One kind: what is in force, its fields, and the form that takes another."""
    require(sitting, *KEEPS)
    async with looking(doors) as moment:
        kind, unit = _kind(kind), _owner(sitting, dv)
        return await _page(request, moment, sitting, kind, unit, note=NOTES.get(da, ""))


async def _page(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    kind: str,
    unit: str,
    *,
    note: str = "",
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> Response:
    rows = await paper_templates.versions(moment.session, kind, unit, acts.KEPT)
    row = await paper_templates.in_force(moment.session, kind, unit)
    broken = () if row is None or faults else await _broken(row)
    return view(
        request,
        sitting,
        moment,
        "paper_template.html",
        place="/mau-van-ban",
        status=status,
        note=note,
        faults=faults,
        broken=broken,
        kind=kind,
        unit=unit,
        owner=texts(moment, sitting).unit(unit),
        row=row,
        rows=rows,
        seen=rows[0].id if rows else 0,
        names=await people.names_of(moment.session, [one.by for one in rows]),
        fields=SAMPLES[kind],
        key=secrets.token_hex(16),
    )


@lru_cache(maxsize=64)
def _why_not(content: bytes, kind: str) -> tuple[Fault, ...]:
    """Why a file cannot make papers of a kind; () where it can. It costs a tenth of a second."""
    try:
        drafts.tried(content, kind)
    except Unfit as unfit:
        return tuple(unfit.faults)
    return ()


async def _broken(row: PaperTemplate) -> Sequence[Fault]:
    """Why a kept template fits no more, as after an update; () where it fits."""
    return await asyncio.to_thread(_why_not, b64decode(row.content), row.kind)


async def file(
    doors: Door, sitting: Seated, kind: str, dv: str | None = None, ban: str = "", thu: str = ""
) -> Response:
    """A template to edit: the one in force, an earlier version, or (with `thu`) filled in."""
    require(sitting, *KEEPS)
    async with looking(doors) as moment:
        kind, unit = _kind(kind), _owner(sitting, dv)
        content = await _content(moment, kind, unit, ban)
    if thu:
        try:
            content = await asyncio.to_thread(drafts.tried, content, kind)
        except Unfit:
            raise Problem(409, "old_page") from None
    return drafts.download(content, drafts.DOCX, f"{'thu' if thu else 'mau'}-{kind}.docx")


async def _content(moment: Moment, kind: str, unit: str, version: str) -> bytes:
    if version == "goc":
        return drafts.bundled(kind)
    if not version:
        row = await paper_templates.in_force(moment.session, kind, unit)
        return b64decode(row.content) if row else drafts.bundled(kind)
    row = await paper_templates.by_id(moment.session, whole(version, digits=17))
    if row is None or (row.kind, row.unit) != (kind, unit) or not row.content:
        raise Problem(404, "not_there")
    return b64decode(row.content)


async def act(request: Request, doors: Door, sitting: Seated, kind: str) -> Response:
    """Take a template, after it was looked through and tried; or give the own one up."""
    require(sitting, *KEEPS)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, key, unit = text_of(form, "viec"), client_key(form), text_of(form, "dv")
        seen, files = whole(text_of(form, "thay"), digits=17), uploads(form, "tep")
        content = await files[0].read() if files else b""
        if do not in {"nop", "bo"}:
            raise Problem(400, "bad")
        kind, unit = _kind(kind), _owner(sitting, unit)
        name = clean(PurePath((files[0].filename or "") if files else "").name)[:NAME]
    note, faults = "", await _faults(content, kind) if do == "nop" else []
    try:
        if not faults:
            async with acting(doors, sitting) as moment:
                if await is_first(moment, sitting, f"{key}-{do}"):
                    put = partial(acts.put, moment, sitting.who, kind, unit, seen=seen)
                    await put(content=content if do == "nop" else b"", name=name)
            done = "1" if do == "nop" else "x"
            there = f"{base_of(request)}/mau-van-ban/{kind}?dv={unit}&da={done}"
            return RedirectResponse(there, 303)
    except access.NotAllowed:
        raise Problem(404, "not_there") from None
    except moves.Stale:
        note = "tpl_stale"
    async with looking(doors) as moment:
        status = 409 if note else 422
        return await _page(
            request, moment, sitting, kind, unit, note=note, faults=faults, status=status
        )


async def _faults(content: bytes, kind: str) -> Sequence[Fault]:
    """Why a file cannot be taken; () for one that can."""
    if not content:
        return [Fault("tpl_no_file")]
    return await asyncio.to_thread(_why_not, content, kind)


def add_routes(router: APIRouter) -> None:
    """The list, one kind, its file, and what its form does."""
    router.add_api_route("/mau-van-ban", show, methods=["GET"])
    router.add_api_route("/mau-van-ban/{kind}.docx", file, methods=["GET"])
    router.add_api_route("/mau-van-ban/{kind}", one, methods=["GET"])
    router.add_api_route("/mau-van-ban/{kind}", act, methods=["POST"])

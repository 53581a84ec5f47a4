"""A ticket's page: what is known, where it lies, what was done, and forms for what can be done."""

import asyncio
import hashlib
import re
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from storage import tickets
from storage.tickets import Ticket, newest_event
from tickets import access, moves
from tickets.acts.deciding import NobodyDecides
from tickets.moment import Moment
from tickets.wordings import INTO, offered
from web.chat import NOTES
from web.console import looks
from web.console.doing import DONES, do
from web.console.form import Given, Unclear
from web.console.frame import view
from web.console.history import NEWEST, entries
from web.console.live import stream
from web.console.queue import owed_words, tag_of
from web.console.sheet import FIRST, files_of, find, sheet
from web.console.sitting import Seated, Seen, Sitting, acting, is_first, looking, texts
from web.doors import Door, Doors
from web.files import answer as file_answer
from web.forms import client_key, read_form, text_of, uploads, whole
from web.labels import labels
from web.lines import html_of
from web.pages import Problem, base_of, templates
from web.saying import LONGEST, keep_photos
from web.sessions import check_form

CODE = re.compile(r"[A-Z]{2,4}-\d{2}-\d{6}")
TWO = frozenset({"merge", "unmerge"})
LISTS = frozenset({"can-xem"})
"""Lists with buttons of their own, to which a form may lead back."""
DONE = re.compile(r"[a-z]{2,16}")


async def show(
    request: Request,
    doors: Door,
    sitting: Seated,
    code: str,
    da: str = "",
    anh: str = "",
    mau: str = "",
    vao: str = "",
    het: str = "",
) -> Response:
    """One ticket; the same answer for one that is not there and one that is not theirs.

    `mau` is a kept wording that the form `vao` begins with; `da` and `anh` say what was done;
    `het` asks for the whole history.
    """
    async with looking(doors) as moment:
        ticket = await seen_by(moment, code, sitting)
        given = await _begun(moment, ticket, sitting, mau, vao)
        note = f"done_{da}" if f"done_{da}" in DONES else ""
        photos = anh if anh in NOTES else ""
        await looks.note(doors, sitting, "page", ticket=ticket.id)
        return await _page(
            request,
            moment,
            ticket,
            sitting,
            note=note,
            photos=photos,
            given=given,
            het=int(het == "1"),
        )


async def _begun(
    moment: Moment, ticket: Ticket, sitting: Sitting, wording: str, act: str
) -> Given | None:
    """A form that begins with a wording that fits; nothing for any other address."""
    if not wording or act not in INTO or not access.leads(ticket, sitting.who):
        return None
    fitting = await offered(moment, ticket)
    chosen = next((row for row in fitting if row.number == whole(wording, digits=17)), None)
    return Given(act, ticket.version, words=chosen.text) if chosen else None


async def seen_by(moment: Moment, code: str, sitting: Sitting, *, lock: bool = False) -> Ticket:
    """The ticket of a number as somebody may see it; raises Problem 404 for all else."""
    try:
        if not CODE.fullmatch(code):
            raise access.NotAllowed
        return await find(moment, code, sitting, lock=lock)
    except access.NotAllowed:
        raise Problem(404, "not_there") from None


async def _page(
    request: Request,
    moment: Moment,
    ticket: Ticket,
    sitting: Sitting,
    *,
    status: int = 200,
    note: str = "",
    photos: str = "",
    told: str = "",
    given: Given | None = None,
    het: int = 0,
) -> Response:
    """The page; `note` is one of our words, `told` a chat's sentence, `given` what was typed."""
    say = texts(moment, sitting)
    return view(
        request,
        sitting,
        moment,
        "ticket.html",
        place="/phieu",
        status=status,
        s=await sheet(moment, ticket, sitting),
        p=ticket,
        note=note,
        photos=photos,
        told=html_of(told) if told else "",
        given=given,
        first=FIRST,
        het=het,
        newest=NEWEST,
        into=INTO,
        tag=tag_of(say, ticket.commune),
        owed=owed_words(ticket, say, moment, sitting.person.language),
        agencies=moment.rules.pack.agencies,
        key=secrets.token_hex(16),
        today=moment.today.isoformat(),
        since=await newest_event(moment.session),
    )


async def act(request: Request, doors: Door, sitting: Seated, code: str) -> Response:
    """A form was sent: it acts once, on the ticket as it was seen, or says what stands now."""
    async with looking(doors) as moment:
        await seen_by(moment, code, sitting)  # before anything that came along is kept
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        key = client_key(form)
        given, photos = await _given(doors, form)
        back = text_of(form, "ve")
    try:
        async with acting(doors, sitting) as moment:
            # Merging locks two rows itself, the smaller id first.
            ticket = await seen_by(moment, code, sitting, lock=given.act not in TWO)
            if not await is_first(moment, sitting, _key(key, code, given)):
                return _back(request, code, "")
            done = await do(moment, ticket, sitting, given)
            is_seen = access.may_see(ticket, sitting.who)
    except moves.Stale:
        return await _again(request, doors, sitting, code, given, 409, "form_old")
    except NobodyDecides:
        return await _again(request, doors, sitting, code, given, 422, "nobody")
    except Unclear as unclear:
        return await _again(request, doors, sitting, code, given, 422, unclear.sentence)
    except access.NotAllowed:
        return await _again(request, doors, sitting, code, None, 403, "not_allowed")
    if back in LISTS:
        return RedirectResponse(f"{base_of(request)}/{back}?da={done}", 303)
    if not is_seen:
        return RedirectResponse(f"{base_of(request)}/phieu?da={done}", 303)
    return _back(request, code, done, photos)


def _back(request: Request, code: str, done: str, photos: str = "") -> Response:
    query = f"?da={done}" if DONE.fullmatch(done) else ""
    query += f"&anh={photos}" if query and photos else ""
    return RedirectResponse(f"{base_of(request)}/phieu/{code}{query}", 303)


async def _again(
    request: Request,
    doors: Doors,
    sitting: Sitting,
    code: str,
    given: Given | None,
    status: int,
    why: str,
) -> Response:
    """The page as it stands, with what was typed, and why nothing was done."""
    async with looking(doors) as moment:
        ticket = await seen_by(moment, code, sitting)
        say = texts(moment, sitting)
        told = {
            "form_old": say.stale(ticket, moment.now, typed=True),
            "nobody": say.nobody_decides(ticket),
            "not_allowed": say.not_allowed(ticket),
            "words_missing": "",
        }.get(why, why)
        note = why if why in {"form_old", "words_missing"} else ""
        return await _page(
            request, moment, ticket, sitting, status=status, note=note, told=told, given=given
        )


async def _given(doors: Doors, form: FormData) -> tuple[Given, str]:
    """The fields of a form with the photos that could be kept, and what to say of the others."""
    words, seen = text_of(form, "loi"), text_of(form, "thay")
    if len(words) > LONGEST:
        raise Problem(413, "too_long")
    files, photos = await keep_photos(doors, uploads(form, "anh"))
    given = Given(
        act=text_of(form, "viec"),
        seen=whole(seen) or -1,
        words=words,
        day=text_of(form, "ngay")[:10],
        unit=text_of(form, "don-vi")[:60],
        more=text_of(form, "them")[:60],
        files=files,
    )
    return given, photos


def _key(key: str, code: str, given: Given) -> str:
    """The same for a form that is sent again, another when its content was changed in between."""
    content = (code, given.act, given.words, given.day, given.unit, given.more)
    return f"{key}-{hashlib.sha256(repr(content).encode()).hexdigest()[:12]}"


async def file(doors: Door, sitting: Seen, code: str, name: str) -> Response:
    """A file of the ticket, or of what was merged into it."""
    async with looking(doors) as moment:
        ticket = await seen_by(moment, code, sitting)
        found = next((f for f in await files_of(moment, ticket) if f.hash == name), None)
    if found is None:
        raise Problem(404, "not_there")
    await looks.note(doors, sitting, "file", ticket=ticket.id, asked=name[:12])
    try:
        content = await asyncio.to_thread(doors.read_file, name)
    except (OSError, doors.refused):
        raise Problem(404, "not_there") from None
    return file_answer(content, found.mime, found.name)


async def renew(request: Request, doors: Door, sitting: Seen, code: str, het: str = "") -> Response:
    """The history as long as the page is open; the forms stay, with what is being typed."""
    language, base = sitting.person.language, base_of(request)
    async with looking(doors) as moment:
        number = (await seen_by(moment, code, sitting)).id or 0

    async def render(moment: Moment, sitting: Sitting) -> str:
        ticket = await tickets.by_id(moment.session, number)
        if ticket is None or not access.may_see(ticket, sitting.who):
            return ""
        say, events = texts(moment, sitting), await tickets.events_of(moment.session, number)
        rows = await entries(moment, ticket, events, sitting.who, say, int(language == "en"))
        return templates.get_template("console/history.html").render(
            say=labels(language),
            base=base,
            t=say,
            p=ticket,
            history=rows,
            acts=(),
            most=len(rows) if het == "1" else NEWEST,
        )

    return stream(request, doors, sitting, render)


def add_routes(router: APIRouter) -> None:
    """A ticket, its forms, its files and its stream."""
    router.add_api_route("/phieu/{code}", show, methods=["GET"])
    router.add_api_route("/phieu/{code}/viec", act, methods=["POST"])
    router.add_api_route("/phieu/{code}/luong", renew, methods=["GET"])
    router.add_api_route("/phieu/{code}/tep/{name}", file, methods=["GET"])

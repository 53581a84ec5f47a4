"""The editor of the pack: fields, what they would change, then in force now or from a day on."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from province import edits as fields
from province.difference import difference
from province.load import PackError, pack_from_json
from province.pack import Pack, Retention
from storage import pack_changes, people, policies
from storage.people import Role
from tickets import moves
from tickets.acts import packs as acts
from tickets.acts.packs import TooMany
from tickets.moment import Moment
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, is_first, looking
from web.doors import Door
from web.forms import client_key, read_form, text_of, whole
from web.pages import Problem, base_of
from web.sessions import check_form

FIELDS = 1500
VERSIONS = 10
LONGEST = 60_000
NOTES = {"1": "pack_done", "2": "pack_planned", "3": "pack_withdrawn", "4": "pack_same"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was typed, and what it would do."""

    typed: dict[str, str] = field(default_factory=dict)
    days: str | None = None
    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    edits: str = ""
    """What is to be applied, as the second form carries it; checked anew."""
    back: int = 0
    """The earlier version that is to come back."""
    is_asked: bool = False


async def show(
    request: Request, doors: Door, sitting: Seated, da: str = "", ban: str = ""
) -> Response:
    """The fields as they are in force; with `ban` what going back to a version would change."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        looked = await _earlier(moment, whole(ban)) if ban else Looked()
        return await page_of(request, moment, sitting, looked, note=NOTES.get(da, ""))


async def _earlier(moment: Moment, number: int) -> Looked:
    row = await policies.version(moment.session, number) if number else None
    if row is None:
        raise Problem(404, "not_there")
    try:
        lines = difference(moment.rules.pack, pack_from_json(row.content))
    except PackError as error:
        return Looked(wrong=error.problems, is_asked=True)
    return Looked(lines=lines, back=number, is_asked=True)


async def page_of(
    request: Request,
    moment: Moment,
    sitting: Sitting,
    looked: Looked,
    *,
    status: int = 200,
    note: str = "",
    **more: Any,
) -> Response:
    """The editor with what was looked over above it; `more` is what a list of offices shows."""
    waiting = await pack_changes.waiting(moment.session)
    versions = await policies.newest(moment.session, VERSIONS)
    by = [whole(row.applied_by.removeprefix("person:"), digits=17) for row in versions]
    names = await people.names_of(moment.session, [*by, *(row.by for row in waiting)])
    pack, is_english = moment.rules.pack, sitting.person.language == "en"

    def is_said(path: str) -> bool:
        return is_english or path.startswith("duty.")

    return view(
        request,
        sitting,
        moment,
        "pack.html",
        place="/goi-du-lieu",
        status=status,
        note=note,
        looked=looked,
        now_values={
            path: value if is_said(path) else fields.told(value)
            for path, value in {**fields.values(pack), **looked.typed}.items()
        },
        days=fields.days_text(pack) if looked.days is None else looked.days,
        pack=pack,
        kinds=list(Retention.model_fields),
        **{"rows": (), "wrong": 0, "problems": {}} | more,
        version=moment.rules.version,
        waiting=[(row, _told(pack, row.edits)) for row in waiting],
        failed=await pack_changes.failed(moment.session),
        versions=[(row, names.get(n, row.applied_by)) for row, n in zip(versions, by, strict=True)],
        names=names,
        key=secrets.token_hex(16),
    )


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """See what changes; apply it; go back; withdraw: each press counts once."""
    require(sitting, Role.ADMIN)
    async with read_form(request, fields=FIELDS) as form:
        check_form(form, sitting.visitor)
        do, key = text_of(form, "viec"), client_key(form)
        if do == "xem":
            async with looking(doors) as moment:
                return await page_of(request, moment, sitting, _look(moment, form))
        note, wrong = "", []
        try:
            async with acting(doors, sitting) as moment:
                done = "" if not await is_first(moment, sitting, f"{key}-{do}") else None
                done = done if done is not None else await _do(moment, sitting, do, form)
            return RedirectResponse(f"{base_of(request)}/goi-du-lieu?da={done}", 303)
        except moves.Stale:
            note = "pack_stale"
        except TooMany:
            note = "pack_too_many"
        except _BadDay:
            note = "pack_day_wrong"
        except PackError as error:
            wrong = error.problems
    async with looking(doors) as moment:
        looked = Looked(wrong=wrong, is_asked=bool(wrong))
        status = 409 if note == "pack_stale" else 422
        return await page_of(request, moment, sitting, looked, status=status, note=note)


def _told(pack: Pack, edits: dict[str, str]) -> list[str]:
    """What waits, in words with the values; as it was noted where it fits the pack no more."""
    try:
        lines = difference(pack, fields.apply(pack, edits))
    except PackError:
        return [f"{path}: {value or '—'}" for path, value in edits.items()]
    said = " ".join(lines)
    return lines + [value for value in map(fields.told, edits.values()) if value not in said]


def _look(moment: Moment, form: FormData) -> Looked:
    """What the fields would change; what is wrong keeps what was typed."""
    pack = moment.rules.pack
    typed = {path: text_of(form, path)[:60] for path in fields.values(pack) if path in form}
    typed = {p: v if p.startswith("duty.") else fields.span(v) for p, v in typed.items()}
    days = text_of(form, "ngay")
    try:
        edits = fields.changed(pack, typed | fields.read_days(days))
        lines = difference(pack, fields.apply(pack, edits))
    except PackError as error:
        return Looked(typed, days, wrong=error.problems, is_asked=True)
    return Looked(typed, days, lines, edits=json.dumps(edits, ensure_ascii=False), is_asked=True)


class _BadDay(Exception):
    """The day is none, or has begun."""


async def _do(moment: Moment, sitting: Sitting, do: str, form: FormData) -> str:
    seen, number = whole(text_of(form, "thay")), whole(text_of(form, "so"), digits=17)
    match do:
        case "ap-dung":
            due = _due(moment, text_of(form, "tu"))
            await acts.change(moment, sitting.who, _edits(form), seen=seen, due_at=due)
            return "2" if due else "1"
        case "tro-lai":
            is_new = await acts.go_back(moment, sitting.who, number, seen=seen)
            return "1" if is_new else "4"
        case "rut":
            if not await acts.withdraw(moment, number):
                raise moves.Stale
            return "3"
        case _:
            raise Problem(400, "bad")


def _edits(form: FormData) -> dict[str, str]:
    try:
        given = json.loads(text_of(form, "sua")[:LONGEST])
    except ValueError:
        raise Problem(400, "bad") from None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Problem(400, "bad")
    return given


def _due(moment: Moment, day: str) -> datetime | None:
    """When a day begins here; None for at once."""
    if not day:
        return None
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise _BadDay from None
    if not moment.today < chosen or chosen.year > moment.today.year + 5:
        raise _BadDay
    return datetime.combine(chosen, time(), moment.rules.zone)


def add_routes(router: APIRouter) -> None:
    """The editor, and what its forms do."""
    router.add_api_route("/goi-du-lieu", show, methods=["GET"])
    router.add_api_route("/goi-du-lieu", act, methods=["POST"])

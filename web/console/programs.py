"""Other programs, for the administrator: their keys and the addresses that are told of news."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from storage import api_tokens, people, webhooks
from storage.api_tokens import ApiToken, Scope
from storage.people import Role, find_people
from storage.webhooks import Webhook
from tickets.acts import programs as acts
from tickets.acts import webhooks as hooks
from tickets.acts.programs import Refused
from tickets.acts.webhooks import BadAddress
from tickets.moment import Moment
from web.console.frame import view
from web.console.overseeing import require
from web.console.sitting import Seated, Sitting, acting, is_first, looking
from web.doors import Door, Doors
from web.forms import client_key, read_form, text_of, whole
from web.pages import Problem
from web.sessions import check_form


@dataclass(frozen=True, slots=True)
class Told:
    """What a form did: one of our words, and what is shown this once."""

    note: str = ""
    secret: str = ""
    is_wrong: bool = False
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """A key as the page shows it."""

    row: ApiToken
    unit: str
    person: str
    hooks: list[Webhook]


async def show(request: Request, doors: Door, sitting: Seated) -> Response:
    """The keys that count with their addresses, then the revoked ones."""
    require(sitting, Role.ADMIN)
    async with looking(doors) as moment:
        return await _page(request, doors, moment, sitting, Told())


async def _page(
    request: Request, doors: Doors, moment: Moment, sitting: Sitting, told: Told
) -> Response:
    rows = await api_tokens.listed(moment.session)
    return view(
        request,
        sitting,
        moment,
        "programs.html",
        place="/phan-mem",
        status=422 if told.is_wrong else 200,
        told=told,
        rows=await _programs(moment, rows),
        scopes=list(Scope),
        agencies=moment.rules.pack.agencies,
        communes=moment.rules.pack.communes,
        may_hook=doors.webhook_secret is not None,
        key=secrets.token_hex(16),
    )


async def _programs(moment: Moment, rows: Sequence[ApiToken]) -> list[Program]:
    names = await people.names_of(moment.session, [row.person_id for row in rows])
    there = await webhooks.listed(moment.session)
    return [
        Program(
            row,
            moment.rules.units.unit_name(row.unit),
            names.get(row.person_id, ""),
            [hook for hook in there if hook.token_id == row.id],
        )
        for row in rows
    ]


async def act(request: Request, doors: Door, sitting: Seated) -> Response:
    """Make or revoke a key, add or stop an address: each press counts once."""
    require(sitting, Role.ADMIN)
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        do, key = text_of(form, "viec"), client_key(form)
        try:
            async with acting(doors, sitting) as moment:
                if await is_first(moment, sitting, f"{key}-{do}"):
                    told = await _do(doors, moment, sitting, do, form)
                else:
                    told = Told()
        except (Refused, BadAddress) as error:
            word = str(error) if isinstance(error, Refused) else "hook_bad"
            typed = {name: text_of(form, name) for name in ("ten", "nguoi", "don-vi", "dia-chi")}
            told = Told(word, is_wrong=True, typed=typed)
    async with looking(doors) as moment:
        return await _page(request, doors, moment, sitting, told)


async def _do(doors: Doors, moment: Moment, sitting: Sitting, do: str, form: FormData) -> Told:
    number, by = whole(text_of(form, "so"), digits=17), sitting.person.id
    match do:
        case "cap":
            return await _make(moment, form, by)
        case "thu-hoi":
            is_done = await acts.revoke(moment, number)
            return Told("program_revoked" if is_done else "program_stale")
        case "them":
            return await _hook(doors, moment, number, text_of(form, "dia-chi"), by)
        case "thoi":
            is_done = await hooks.stop(moment, number)
            return Told("hook_stopped" if is_done else "program_stale")
        case _:
            raise Problem(400, "bad")


async def _make(moment: Moment, form: FormData, by: int | None) -> Told:
    called = text_of(form, "nguoi")
    found = await find_people(moment.session, called) if called else []
    if len(found) != 1 or found[0].id is None:
        raise Refused("program_person_unknown")
    chosen = [scope for scope in Scope if text_of(form, f"quyen-{scope}") == "1"]
    key, _ = await acts.make(
        moment,
        name=text_of(form, "ten"),
        unit=text_of(form, "don-vi"),
        person=found[0].id,
        scopes=chosen,
        by=by,
    )
    return Told("program_made", key)


async def _hook(doors: Doors, moment: Moment, number: int, url: str, by: int | None) -> Told:
    secret_of, token = doors.webhook_secret, await moment.session.get(ApiToken, number)
    if secret_of is None:
        raise Refused("hook_no_key")
    if token is None or token.revoked_at is not None:
        return Told("program_stale")
    row = await hooks.start(moment, token, url, by=by, is_private=doors.webhooks_private)
    return Told("hook_made", secret_of(await hooks.salt_of(moment, row)))


def add_routes(router: APIRouter) -> None:
    """The list, and what its forms do."""
    router.add_api_route("/phan-mem", show, methods=["GET"])
    router.add_api_route("/phan-mem", act, methods=["POST"])

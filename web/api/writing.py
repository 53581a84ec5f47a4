"""What programs write: reports, and what a desk does with its ticket, by the acts of the chat."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel

from storage import api_writes
from storage.tickets import Ticket
from storage.viewings import Viewing
from tickets import access, moves
from tickets.acts import deciding, desk
from tickets.acts.deciding import Decision, NobodyDecides, NoEvidence
from tickets.acts.reporting import Report
from tickets.acts.submitting import submit
from tickets.moment import Moment
from tickets.offered import may_now
from web.api import shapes
from web.api.bearer import Acts, Caller, Reports
from web.api.reading import Code, find
from web.console.sitting import acting
from web.doors import Door, Doors
from web.pages import Problem

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[0-9A-Za-z_-]{8,64}$",
        description="Made anew for each write, the same again for a repeat of it",
    ),
]
REPLAYED = "Idempotency-Replayed"
Act = Callable[[Moment, Ticket], Awaitable[bool]]


async def once(
    doors: Doors,
    caller: Caller,
    key: str,
    asked: str,
    work: Callable[[Moment], Awaitable[dict[str, Any]]],
) -> tuple[dict[str, Any], bool]:
    """Do a write in one transaction, or give back what it answered before.

    The answer, and whether it is a repeat's. Raises Problem; then nothing has been written.
    """
    digest = hashlib.sha256(asked.encode()).hexdigest()
    try:
        async with acting(doors) as moment:
            number = caller.number
            before = await api_writes.begin(moment.session, number, key, digest, moment.now)
            if before is not None:
                if before.asked != digest:
                    raise Problem(422, "api_key_reused")
                return dict(before.answer), True
            answer = await work(moment)
            await api_writes.end(moment.session, number, key, answer)
            return answer, False
    except moves.Stale:
        raise Problem(409, "api_stale") from None
    except NobodyDecides:
        raise Problem(422, "api_nobody_decides") from None
    except NoEvidence:
        raise Problem(422, "api_no_evidence") from None
    except access.NotAllowed:
        raise Problem(403, "api_not_yours") from None


def _asked(*parts: str, body: BaseModel) -> str:
    return "\n".join((*parts, body.model_dump_json()))


def noted(moment: Moment, caller: Caller, ticket: Ticket, what: str) -> None:
    """The access log names by whose key something was written."""
    asked = f"{what} khóa {caller.number}"
    moment.session.add(
        Viewing(
            person_id=caller.person, ticket_id=ticket.id, what="api", asked=asked, at=moment.now
        )
    )


def done(ticket: Ticket, *, is_done: bool = True) -> dict[str, Any]:
    """What is told, and kept for a repeat."""
    status = str(ticket.status)
    return {"code": ticket.code, "version": ticket.version, "status": status, "done": is_done}


async def create(
    doors: Door, caller: Reports, body: shapes.NewTicket, key: Key, response: Response
) -> shapes.Done:
    """Report in an official's place: the official hears, the department gets its card."""

    async def work(moment: Moment) -> dict[str, Any]:
        place = (body.lat, body.lon) if None not in (body.lat, body.lon) else (None, None)
        report = Report(
            body.text, moment.now, body.place, *place, origin=f"phần mềm {caller.token.name}"
        )
        ticket = await submit(moment, caller.who, report, body.commune)
        noted(moment, caller, ticket, "report")
        return done(ticket)

    answer, is_repeat = await once(doors, caller, key, _asked("create", body=body), work)
    response.headers["Location"] = f"/api/v1/tickets/{answer['code']}"
    return _shown(response, answer, is_repeat=is_repeat)


async def acknowledge(
    doors: Door, caller: Acts, code: Code, body: shapes.Press, key: Key, response: Response
) -> shapes.Done:
    """Tiếp nhận: the desk has it."""

    async def act(moment: Moment, ticket: Ticket) -> bool:
        await desk.acknowledge(moment, ticket, caller.who, seen=body.version)
        return True

    return await _act(doors, caller, "acknowledge", code, body, key, response, act)


async def update(
    doors: Door, caller: Acts, code: Code, body: shapes.Answer, key: Key, response: Response
) -> shapes.Done:
    """Cập nhật: how far it is, as the commune reads it."""

    async def act(moment: Moment, ticket: Ticket) -> bool:
        if not may_now(ticket, "update", seen=body.version):
            raise moves.Stale
        await desk.update(moment, ticket, caller.who, body.text, seen=body.version)
        return True

    return await _act(doors, caller, "update", code, body, key, response, act)


async def answer(
    doors: Door, caller: Acts, code: Code, body: shapes.Answer, key: Key, response: Response
) -> shapes.Done:
    """Trả lời kết quả: what was done; the head approves first what a head must approve."""

    async def act(moment: Moment, ticket: Ticket) -> bool:
        decision = Decision("resolve", body.text)
        return await deciding.decide(moment, ticket, caller.who, decision, seen=body.version)

    return await _act(doors, caller, "answer", code, body, key, response, act)


async def _act(
    doors: Doors,
    caller: Caller,
    what: str,
    code: str,
    body: BaseModel,
    key: str,
    response: Response,
    act: Act,
) -> shapes.Done:
    async def work(moment: Moment) -> dict[str, Any]:
        ticket = await find(moment, caller, code, lock=True)
        access.require_lead(ticket, caller.who)
        is_done = await act(moment, ticket)
        noted(moment, caller, ticket, what)
        return done(ticket, is_done=is_done)

    found, is_repeat = await once(doors, caller, key, _asked(what, code, body=body), work)
    return _shown(response, found, is_repeat=is_repeat)


def _shown(response: Response, found: dict[str, Any], *, is_repeat: bool) -> shapes.Done:
    if is_repeat:
        response.headers[REPLAYED] = "true"
    return shapes.Done.model_validate(found)


def add_routes(router: APIRouter) -> None:
    """What a key writes."""
    router.add_api_route("/tickets", create, methods=["POST"], status_code=201)
    for path, act in (("acknowledge", acknowledge), ("update", update), ("answer", answer)):
        router.add_api_route(f"/tickets/{{code}}/{path}", act, methods=["POST"])

"""Sign-in by the province's own service: only people who are known here already, nobody new."""

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Contact, Person
from storage.sign_ins import Subject
from web import sessions
from web.console.entering import begin
from web.console.sitting import COOKIE
from web.doors import Account, Door, Doors, NotProven, SignIn
from web.joining import WrongTries
from web.pages import Problem, base_of

KEPT = "thaogo-oidc"
WITHIN = 600
"""Seconds from leaving for the service until the browser is back."""

log = structlog.get_logger()


def _service(doors: Doors) -> SignIn:
    if doors.sign_in is None:
        raise Problem(404, "not_there")
    return doors.sign_in


async def leave(request: Request, doors: Door) -> Response:
    """To the service; what proves that this browser began stays in a cookie."""
    try:
        url, kept = await _service(doors).start()
    except NotProven as error:
        log.error("sign-in service", reason=str(error))
        raise Problem(503, "oidc_away") from None
    response = RedirectResponse(url, 303)
    response.set_cookie(
        sessions.cookie_name(doors, base_of(request), KEPT),
        kept,
        max_age=WITHIN,
        path=base_of(request) or "/",
        secure=doors.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response


async def come_back(request: Request, doors: Door, tries: WrongTries) -> Response:
    """From the service: a session for the person it vouches for; one answer for all others."""
    service, network = _service(doors), request.client.host if request.client else ""
    if not tries.left(network, doors.now()):
        raise Problem(429, "too_many_tries")
    base = base_of(request)
    kept = request.cookies.get(sessions.cookie_name(doors, base, KEPT), "")
    old = request.cookies.get(sessions.cookie_name(doors, base, COOKIE))
    try:
        account = await service.finish(kept, request.query_params)
        async with doors.database.transaction() as session:
            person = await _person_of(doors, session, account)
            begun = await begin(doors, session, person, old) if person is not None else None
    except NotProven as error:
        log.warning("sign-in not proven", reason=str(error))
        begun = None
    if begun is None:
        tries.count(network, doors.now())
        raise Problem(403, "oidc_unknown")
    secret, home = begun
    response = RedirectResponse(base + home, 303)
    sessions.give_cookie(doors, response, request, secret, COOKIE)
    sessions.take_cookie(doors, response, request, KEPT)
    return response


async def _person_of(doors: Doors, session: AsyncSession, account: Account) -> int | None:
    """Whose account it is: bound before, or by a verified mailbox that an administrator noted."""
    bound = await session.get(Subject, (account.issuer, account.subject))
    if bound is not None:
        person = await session.get(Person, bound.person_id)
        return bound.person_id if person is not None and person.active else None
    if not account.email:
        return None
    found = await session.execute(
        select(col(Person.id))
        .join(Contact, col(Contact.person_id) == col(Person.id))
        .where(
            col(Contact.channel) == "email",
            func.lower(col(Contact.address)) == account.email.lower(),
            col(Person.active).is_(True),
        )
        .distinct()
    )
    people = [number for number in found.scalars() if number is not None]
    if len(people) != 1:
        return None
    session.add(
        Subject(
            issuer=account.issuer,
            subject=account.subject,
            person_id=people[0],
            bound_at=doors.now(),
        )
    )
    return people[0]


def add_routes(router: APIRouter) -> None:
    """There and back."""
    router.add_api_route("/vao-oidc", leave, methods=["GET"])
    router.add_api_route("/vao-oidc/ve", come_back, methods=["GET"])

"""The way into the console and out of it: a one-time link from the chat, and its end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from storage import contacts, people, webchat
from storage.people import Contact, Person
from storage.webchat import CONSOLE, use_link
from web import sessions
from web.console.frame import home_of, view
from web.console.sitting import COOKIE, Seated, Sitting, live, looking
from web.doors import Door, Doors
from web.forms import read_form, text_of
from web.joining import WrongTries
from web.pages import Problem, base_of, page
from web.sessions import check_form


async def show_link(request: Request, token: str) -> Response:
    """A one-time link: it only shows a button, for previews open it as well."""
    return page(request, "console/enter.html", token=token[:64])


async def _already(request: Request, doors: Door) -> Sitting | None:
    """Who is signed in at this browser, if anybody."""
    secret = request.cookies.get(sessions.cookie_name(doors, base_of(request), COOKIE), "")
    async with doors.database.reading() as session:
        return await live(session, webchat.hash_token(secret), doors.now()) if secret else None


async def enter(
    request: Request,
    doors: Door,
    tries: WrongTries,
    here: Annotated[Sitting | None, Depends(_already)],
    token: str,
) -> Response:
    """Use a one-time link up: this browser is its person's console for twelve hours of use."""
    address = request.client.host if request.client else ""
    if not tries.left(address, doors.now()):
        raise Problem(429, "too_many_tries")
    old = request.cookies.get(sessions.cookie_name(doors, base_of(request), COOKIE))
    async with doors.database.transaction() as session:
        person_id = await use_link(session, token, CONSOLE, doors.now())
        begun = await begin(doors, session, person_id, old) if person_id is not None else None
    if begun is None:
        if here is not None:  # the second press of the button that signed this browser in
            return RedirectResponse(base_of(request) + home_of(here.who), 303)
        tries.count(address, doors.now())
        raise Problem(403, "console_link_used")
    secret, home = begun
    response = RedirectResponse(base_of(request) + home, 303)
    sessions.give_cookie(doors, response, request, secret, COOKIE)
    return response


async def begin(
    doors: Doors, session: AsyncSession, person_id: int, old: str | None
) -> tuple[str, str] | None:
    """The secret of a new session and the person's first page; None for who has no console."""
    own = await contacts.private_contacts(session, person_id)
    person = await session.get(Person, person_id)
    latest = max(own, key=_heard, default=None)
    if latest is None or latest.id is None or person is None:
        return None
    who = await people.speaker_for(session, latest, person, doors.now())
    secret = await sessions.begin(
        session, latest.id, doors.now(), instead_of=old, person_id=person_id
    )
    return secret, home_of(who)


def _heard(contact: Contact) -> tuple[float, int]:
    return contact.heard_at.timestamp() if contact.heard_at else 0.0, contact.id or 0


async def home(request: Request, sitting: Seated) -> Response:
    """The page where this person begins."""
    return RedirectResponse(base_of(request) + home_of(sitting.who), 303)


async def ask_out(request: Request, doors: Door, sitting: Seated) -> Response:
    """This browser, or every one of this person's."""
    async with looking(doors) as moment:
        return view(request, sitting, moment, "leave.html", place="/thoat")


async def leave(request: Request, doors: Door, sitting: Seated) -> Response:
    """End this session, or with "moi-may" all sessions of the person, chat included."""
    async with read_form(request) as form:
        check_form(form, sitting.visitor)
        everywhere = text_of(form, "moi-may") == "1"
    async with doors.database.transaction() as session:
        if everywhere:
            await webchat.revoke(session, sitting.person.id or 0, doors.now())
        else:
            await sessions.revoke(session, sitting.visitor.session.id_hash, doors.now())
    if everywhere:
        async with doors.database.reading() as session:
            for contact in await contacts.private_contacts(session, sitting.person.id or 0):
                doors.hub.wake(contact.id or 0)
    response = page(request, "console/left.html", everywhere=everywhere)
    sessions.take_cookie(doors, response, request, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def add_routes(router: APIRouter) -> None:
    """In by /vao, out by /thoat."""
    router.add_api_route("/vao/{token}", show_link, methods=["GET"])
    router.add_api_route("/vao/{token}", enter, methods=["POST"])
    router.add_api_route("/dieu-hanh", home, methods=["GET"])
    router.add_api_route("/thoat", ask_out, methods=["GET"])
    router.add_api_route("/thoat", leave, methods=["POST"])

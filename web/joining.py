"""How a browser becomes somebody's: invitation codes, one-time links, and signing out."""

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import invitations
from storage.people import Contact, Invitation, Person, Role
from storage.webchat import CHAT, hash_token, use_link, whose_link
from tickets.acts import guessing, linking
from tickets.incoming import Incoming
from tickets.moment import Moment
from web import sessions
from web.doors import Door, Doors
from web.forms import client_key, read_form, text_of
from web.pages import Problem, base_of, page
from web.sessions import CHANNEL, PerhapsSignedIn, SignedIn, check_form
from web.tries import Tries

SECOND_PRESS = timedelta(minutes=10)
"""How long a page that has let somebody in may be sent once more."""


async def tries_of(request: Request) -> Tries:
    """The wrong tries that this app remembers."""
    tries: Tries = request.app.state.tries
    return tries


WrongTries = Annotated[Tries, Depends(tries_of)]


async def turn_of(request: Request) -> asyncio.Lock:
    """Joining is rare, and two presses of one button must not become two people."""
    turn: asyncio.Lock = request.app.state.joining
    return turn


Turn = Annotated[asyncio.Lock, Depends(turn_of)]


async def ask_code(request: Request, who: PerhapsSignedIn) -> Response:
    """The page on which a code is typed."""
    return page(request, "join.html", code="", key=secrets.token_hex(16), who=who, word="")


async def show_code(request: Request, code: str, who: PerhapsSignedIn) -> Response:
    """An invitation's link: previews open it as well, so it only shows a button."""
    return page(request, "join.html", code=code[:64], key=secrets.token_hex(16), who=who, word="")


async def join(
    request: Request,
    doors: Door,
    who: PerhapsSignedIn,
    tries: WrongTries,
    turn: Turn,
    code: str = "",
) -> Response:
    """Let in whoever brings a good code; a browser that is signed in passes it on as a message."""
    address = request.client.host if request.client else ""
    if not tries.left(address, doors.now()):
        raise Problem(429, "too_many_tries")
    async with read_form(request) as form:
        code = code or text_of(form, "code")
        key = client_key(form)
    try:
        letters = invitations.read_code(code)
        if letters is None:
            raise Problem(403, "wrong_code")
        async with turn:
            secret = await _let_in(
                doors, who, letters, key, has_rested=tries.rested(address, doors.now())
            )
    except Problem as refused:
        tries.count(address, doors.now())
        return page(
            request,
            "join.html",
            status=refused.status_code,
            code="",
            key=secrets.token_hex(16),
            who=who,
            word=refused.word,
        )
    response = to_chat(request)
    if secret is not None:
        sessions.give_cookie(doors, response, request, secret)
    return response


async def _let_in(
    doors: Doors, who: sessions.Visitor | None, letters: str, key: str, *, has_rested: bool
) -> str | None:
    """Pass the code to the conversation, made now for a new browser, whose secret comes back.

    The address follows from the page's random key: a button that was pressed twice finds the
    contact that its first press made. `has_rested`: their network was not wrong just now.
    """
    secret = None
    if who is not None:
        address = who.contact.address
    else:
        address = hashlib.sha256(f"join:{key}".encode()).hexdigest()[:32]
        async with doors.database.transaction() as session:
            problem = await _what_is_wrong(doors, session, letters, address, has_rested=has_rested)
            contact = None if problem else await _contact_at(session, address)
            if problem is None:
                contact = contact or await sessions.new_contact(session, address)
                assert contact.id is not None
                secret = await sessions.begin(session, contact.id, doors.now())
        if problem is not None:
            raise problem
    await doors.receive(
        Incoming(
            channel=CHANNEL,
            key=f"{address}:{key}-{hash_token(letters)[:12]}",
            address=address,
            sender=address,
            sent_at=doors.now(),
            text=letters,
        )
    )
    return secret


async def _what_is_wrong(
    doors: Doors, session: AsyncSession, letters: str, address: str, *, has_rested: bool
) -> Problem | None:
    """Why a code lets nobody in; a wrong one is counted among those of all."""
    if await _has_just_joined(session, letters, address, doors.now()):
        return None
    if not has_rested and await invitations.are_many_wrong(session, doors.now()):
        return Problem(429, "too_many_tries")
    invitation = await invitations.find(session, letters, doors.now())
    if invitation is None:
        moment = Moment(session, doors.now(), await doors.rules(session))
        await guessing.count(moment, Contact(channel=CHANNEL, address=""))
        return Problem(403, "wrong_code")
    if invitation.role == Role.DESK:
        return Problem(403, "desk_code")
    known = await _contact_at(session, address)
    is_taken = known is not None and known.person_id is not None
    return Problem(403, "old_page") if is_taken else None


async def _has_just_joined(
    session: AsyncSession, letters: str, address: str, now: datetime
) -> bool:
    """Whether this page's own first press has used the code up, a moment ago."""
    found = await session.execute(
        select(col(Invitation.id))
        .join(Contact, col(Contact.person_id) == col(Invitation.used_by))
        .where(
            col(Contact.channel) == CHANNEL,
            col(Contact.address) == address,
            col(Invitation.code_hash) == invitations.hash_code(letters),
            col(Invitation.used_at) > now - SECOND_PRESS,
        )
    )
    return found.first() is not None


async def _contact_at(session: AsyncSession, address: str) -> Contact | None:
    found = await session.execute(
        select(Contact).where(col(Contact.channel) == CHANNEL, col(Contact.address) == address)
    )
    return found.scalar_one_or_none()


async def show_link(request: Request, doors: Door, who: PerhapsSignedIn, token: str) -> Response:
    """A one-time link: it only shows a button, for previews open it as well, and whose it is.

    Links are passed on in chats: whoever else follows one sees that it is not theirs.
    """
    async with doors.database.reading() as session:
        person_id, is_open = await whose_link(session, token[:64], CHAT, doors.now())
        person = await session.get(Person, person_id) if is_open else None
    if person is not None:
        return page(request, "sign_in.html", token=token[:64], name=person.name)
    if person_id is not None and who is not None and who.contact.person_id == person_id:
        return to_chat(request)
    raise Problem(403, "link_used")


async def sign_in(
    request: Request, doors: Door, who: PerhapsSignedIn, tries: WrongTries, token: str
) -> Response:
    """Use a one-time link up: this browser is its person's from now on."""
    address = request.client.host if request.client else ""
    if not tries.left(address, doors.now()):
        raise Problem(429, "too_many_tries")
    old = request.cookies.get(sessions.cookie_name(doors, base_of(request)))
    async with doors.database.transaction() as session:
        person_id = await use_link(session, token, CHAT, doors.now())
        if person_id is not None:
            moment = Moment(session, doors.now(), await doors.rules(session))
            contact_id = await _chat_of(moment, person_id)
            secret = await sessions.begin(session, contact_id, doors.now(), instead_of=old)
            await linking.name_what_is_open(moment, person_id, contact_id)
    if person_id is None:
        if await _was_theirs(doors, who, token):  # the second press that signed this browser in
            return to_chat(request)
        tries.count(address, doors.now())
        raise Problem(403, "link_used")
    response = to_chat(request)
    sessions.give_cookie(doors, response, request, secret)
    return response


async def _was_theirs(doors: Doors, who: sessions.Visitor | None, token: str) -> bool:
    """Whether a link that is over was made for the very person who is signed in here."""
    if who is None:
        return False
    async with doors.database.reading() as session:
        person_id, _ = await whose_link(session, token, CHAT, doors.now())
    return person_id is not None and person_id == who.contact.person_id


async def _chat_of(moment: Moment, person_id: int) -> int:
    """The web contact of a person; made when they have none, of which their other chats hear."""
    session = moment.session
    found = await session.execute(
        select(Contact)
        .where(
            col(Contact.channel) == CHANNEL,
            col(Contact.person_id) == person_id,
            col(Contact.is_group).is_(False),
        )
        .order_by(col(Contact.id).desc())
        .limit(1)
    )
    contact = found.scalar_one_or_none()
    if contact is None:
        contact = await sessions.new_contact(session, secrets.token_hex(16))
        await linking.link(moment, contact, await session.get_one(Person, person_id))
    assert contact.id is not None
    return contact.id


async def ask_out(request: Request, who: SignedIn) -> Response:
    """Ask before signing out: coming back takes a new link."""
    return page(request, "sign_out.html", csrf=who.session.csrf)


async def sign_out(request: Request, doors: Door, who: SignedIn) -> Response:
    """End this browser's session."""
    async with read_form(request) as form:
        check_form(form, who)
    async with doors.database.transaction() as session:
        await sessions.revoke(session, who.session.id_hash, doors.now())
    doors.hub.wake(who.contact_id)
    response = RedirectResponse(f"{base_of(request)}/join", 303)
    sessions.take_cookie(doors, response, request)
    # Photos that the browser keeps, and a draft: the next person at a shared machine sees neither.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def to_chat(request: Request) -> RedirectResponse:
    """On to the conversation."""
    return RedirectResponse(f"{base_of(request)}/chat", 303)


def routes() -> APIRouter:
    """Codes, links, and the way out."""
    router = APIRouter()
    router.add_api_route("/join", ask_code, methods=["GET"])
    router.add_api_route("/join", join, methods=["POST"])
    router.add_api_route("/join/{code}", show_code, methods=["GET"])
    router.add_api_route("/join/{code}", join, methods=["POST"])
    router.add_api_route("/in/{token}", show_link, methods=["GET"])
    router.add_api_route("/in/{token}", sign_in, methods=["POST"])
    router.add_api_route("/out", ask_out, methods=["GET"])
    router.add_api_route("/out", sign_out, methods=["POST"])
    return router

"""Which browser is whose: the cookie holds a random id, everything else is in our table."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from starlette.datastructures import FormData

from storage.conversations import Conversation
from storage.people import Contact, Person
from storage.webchat import BrowserSession, hash_token
from web.doors import Door, Doors
from web.pages import Problem, base_of

IDLE = timedelta(days=30)
"""A session that was not used for so long has ended."""
RENEWED = timedelta(hours=1)
"""How often the use of a session is written down."""
CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser: its session, the web contact behind it, and the person if known."""

    session: BrowserSession
    contact: Contact
    person: Person | None

    @property
    def contact_id(self) -> int:
        """The id of the contact, which is also that of the conversation."""
        return self.session.contact_id


def cookie_name(doors: Doors, base: str, what: str = "thaogo") -> str:
    """`thaogo`; under a mounted path another one, so that the root's is not taken for it.

    With TLS the name says that this very host has set it: a neighbour under the same domain could
    else plant a session of its own.
    """
    own = "__Host-" if doors.secure_cookies and not base else ""
    return own + what + base.replace("/", "-")


async def visitor_at(doors: Doors, request: Request) -> Visitor | None:
    """Who sent a request; None without a session that still counts."""
    secret = request.cookies.get(cookie_name(doors, base_of(request)))
    if not secret:
        return None
    async with doors.database.reading() as session:
        found = await live(session, hash_token(secret), doors.now())
    if found is not None and found.person is not None:
        request.state.language = found.person.language
    return found


async def live(session: AsyncSession, id_hash: str, now: datetime) -> Visitor | None:
    """The session of a hash with its contact and person, unless revoked, idle or deactivated."""
    row = (
        await session.execute(
            select(BrowserSession, Contact, Person)
            .join(Contact, col(Contact.id) == col(BrowserSession.contact_id))
            .outerjoin(Person, col(Person.id) == col(Contact.person_id))
            .where(
                col(BrowserSession.id_hash) == id_hash,
                col(BrowserSession.person_id).is_(None),
                col(BrowserSession.revoked_at).is_(None),
                col(BrowserSession.used_at) > now - IDLE,
            )
        )
    ).one_or_none()
    if row is None or (row[2] is not None and not row[2].active):
        return None
    return Visitor(*row)


async def signed_in(request: Request, doors: Door) -> Visitor:
    """The visitor of a page that needs one."""
    found = await visitor_at(doors, request)
    if found is None:
        raise Problem(403, "signed_out")
    return found


async def perhaps_signed_in(request: Request, doors: Door) -> Visitor | None:
    """The visitor of a page that greets anybody."""
    return await visitor_at(doors, request)


SignedIn = Annotated[Visitor, Depends(signed_in)]
PerhapsSignedIn = Annotated[Visitor | None, Depends(perhaps_signed_in)]


def check_form(form: FormData, who: Visitor) -> None:
    """Raise Problem unless the form was made for this very session."""
    given = form.get("csrf")
    if not isinstance(given, str) or not secrets.compare_digest(
        given.encode(), who.session.csrf.encode()
    ):
        raise Problem(403, "old_page")


async def check_still(doors: Doors, who: Visitor) -> None:
    """Raise Problem when the session ended while its form, perhaps with photos, was on the way."""
    async with doors.database.reading() as session:
        if await live(session, who.session.id_hash, doors.now()) is None:
            raise Problem(403, "signed_out")


async def new_contact(
    session: AsyncSession, address: str, *, person_id: int | None = None
) -> Contact:
    """A web contact with its conversation."""
    contact = Contact(channel=CHANNEL, address=address, person_id=person_id)
    session.add(contact)
    await session.flush()
    assert contact.id is not None
    session.add(Conversation(contact_id=contact.id))
    person = await session.get(Person, person_id) if person_id is not None else None
    if person is not None:
        person.linked = True
    return contact


async def begin(
    session: AsyncSession,
    contact_id: int,
    now: datetime,
    *,
    instead_of: str | None = None,
    person_id: int | None = None,
) -> str:
    """A new session; its secret goes into the cookie. The one it replaces ends.

    `person_id` is whose console it opens, None for the chat.
    """
    if instead_of:
        await revoke(session, hash_token(instead_of), now)
    secret = secrets.token_urlsafe(32)
    session.add(
        BrowserSession(
            id_hash=hash_token(secret),
            contact_id=contact_id,
            person_id=person_id,
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            used_at=now,
        )
    )
    return secret


async def revoke(session: AsyncSession, id_hash: str, now: datetime) -> None:
    """End a session."""
    await session.execute(
        update(BrowserSession)
        .where(col(BrowserSession.id_hash) == id_hash, col(BrowserSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )


async def renew(doors: Doors, request: Request, response: Response, who: Visitor) -> None:
    """Write down that a session is in use, and let its cookie live on."""
    now = doors.now()
    if now - who.session.used_at < RENEWED:
        return
    async with doors.database.transaction() as session:
        await session.execute(
            update(BrowserSession)
            .where(col(BrowserSession.id_hash) == who.session.id_hash)
            .values(used_at=now)
        )
    give_cookie(doors, response, request, request.cookies[cookie_name(doors, base_of(request))])


def give_cookie(
    doors: Doors, response: Response, request: Request, secret: str, what: str = "thaogo"
) -> None:
    """Let the browser keep the secret for these pages alone; how long it counts is our table's."""
    base = base_of(request)
    response.set_cookie(
        cookie_name(doors, base, what),
        secret,
        max_age=int(IDLE.total_seconds()),
        path=base or "/",
        secure=doors.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def take_cookie(doors: Doors, response: Response, request: Request, what: str = "thaogo") -> None:
    """Let the browser forget the secret."""
    base = base_of(request)
    response.delete_cookie(
        cookie_name(doors, base, what),
        path=base or "/",
        secure=doors.secure_cookies,
        httponly=True,
        samesite="lax",
    )

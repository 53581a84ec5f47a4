"""Who sits at the console: a session of its own, for twelve hours, and what its person may do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import inbox, people
from storage.people import Contact, Person, Speaker
from storage.webchat import BrowserSession, hash_token
from tickets import access
from tickets.agenda import plan_touched
from tickets.moment import Moment
from tickets.texts import Texts
from web.doors import Door, Doors
from web.pages import Problem, base_of
from web.sessions import Visitor, cookie_name

COOKIE = "thaogo-console"
IDLE = timedelta(hours=12)
"""A session that was not used for so long has ended."""
RENEWED = timedelta(minutes=5)
"""How often the use of a session is written down."""
ANYTHING = 0
"""The number under which open pages of the console watch; contacts begin at 1."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A signed-in browser at the console, and its person with all duties."""

    visitor: Visitor
    who: Speaker

    @property
    def person(self) -> Person:
        """Whose console it is."""
        assert self.who.person is not None
        return self.who.person

    @property
    def csrf(self) -> str:
        """What every form of this session carries."""
        return self.visitor.session.csrf


async def live(session: AsyncSession, id_hash: str, now: datetime) -> Sitting | None:
    """The console session of a hash, unless revoked, idle, or its person is not active."""
    row = (
        await session.execute(
            select(BrowserSession, Contact, Person)
            .join(Contact, col(Contact.id) == col(BrowserSession.contact_id))
            .join(Person, col(Person.id) == col(BrowserSession.person_id))
            .where(
                col(BrowserSession.id_hash) == id_hash,
                col(BrowserSession.revoked_at).is_(None),
                col(BrowserSession.used_at) > now - IDLE,
                col(Person.active).is_(True),
            )
        )
    ).one_or_none()
    if row is None:
        return None
    opened, contact, person = row
    who = await people.speaker_for(session, contact, person, now)
    return Sitting(Visitor(opened, contact, person), who)


async def seen(request: Request, doors: Door) -> Sitting:
    """Who asks for a part of a page that renews itself; such asking keeps no session alive.

    Raises Problem for whoever is not signed in, and for people who have no console.
    """
    secret = request.cookies.get(cookie_name(doors, base_of(request), COOKIE), "")
    async with doors.database.reading() as session:
        found = await live(session, hash_token(secret), doors.now()) if secret else None
    if found is None:
        raise Problem(403, "console_signed_out")
    request.state.language = found.person.language
    if not found.who.holds(*access.CONSOLE):
        raise Problem(403, "console_none")
    return found


async def seated(doors: Door, found: Annotated[Sitting, Depends(seen)]) -> Sitting:
    """Who asks for a page or sends a form: the session lives on from now."""
    now, opened = doors.now(), found.visitor.session
    if now - opened.used_at >= RENEWED:
        async with doors.database.transaction() as session:
            await session.execute(
                update(BrowserSession)
                .where(col(BrowserSession.id_hash) == opened.id_hash)
                .values(used_at=now)
            )
    return found


Seen = Annotated[Sitting, Depends(seen)]
Seated = Annotated[Sitting, Depends(seated)]


@asynccontextmanager
async def looking(doors: Doors) -> AsyncIterator[Moment]:
    """A moment in which a page only reads."""
    async with doors.database.reading() as session:
        yield Moment(session, doors.now(), await doors.rules(session))


@asynccontextmanager
async def acting(doors: Doors, sitting: Sitting | None = None) -> AsyncIterator[Moment]:
    """A moment in which a form acts: all of it is committed, with the timers, or nothing is.

    A form may take its time to arrive: whose session or duties ended since it began does nothing.
    """
    async with doors.database.reading() as session:
        await doors.rules(session)  # waits for a program that starts, before anybody is locked out
    async with doors.database.transaction() as session:
        moment = Moment(session, doors.now(), await doors.rules(session))
        if sitting is not None:
            await _unchanged(moment, sitting)
        yield moment
        plan_touched(moment)
    doors.wake()
    doors.hub.wake(ANYTHING)


async def _unchanged(moment: Moment, sitting: Sitting) -> None:
    """Raise Problem unless the person sits there still, and with the same duties."""
    now = await live(moment.session, sitting.visitor.session.id_hash, moment.now)
    if now is None:
        raise Problem(403, "console_signed_out")
    if set(now.who.duties) != set(sitting.who.duties):
        raise Problem(403, "old_page")


async def is_first(moment: Moment, sitting: Sitting, key: str) -> bool:
    """Whether this very form was not sent before: a button that is pressed twice acts once."""
    row = {
        "channel": "console",
        "key": f"{sitting.person.id}:{key}",
        "received_at": moment.now,
        "address": "",
        "fate": inbox.Fate.DONE,
        "error": "",
    }
    return bool(await inbox.take(moment.session, [row]))


def texts(moment: Moment, sitting: Sitting) -> Texts:
    """The sentences in the person's language."""
    return Texts(sitting.person.language, moment.rules.units, moment.rules.zone)

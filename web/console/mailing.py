"""A sign-in link by e-mail, for who has no chat at hand: one answer, whoever asks."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import func, select
from sqlmodel import col

from storage import people, webchat
from storage.outbox import Kind
from storage.people import Contact, Person
from storage.webchat import CONSOLE, LINK_VALID, OneTimeLink
from tickets import access, notices
from tickets.moment import Moment
from tickets.texts import Texts
from web.console.sitting import acting
from web.doors import Door, Doors
from web.forms import read_form, text_of
from web.joining import WrongTries
from web.pages import Problem, page

CHANNEL = "email"
LONGEST = 254
APART = LINK_VALID / 5
"""Between two links to one person: a mailbox is not to be filled by strangers."""


async def ask(request: Request, doors: Door) -> Response:
    """The form; without a public address there is nothing that a mail could lead to."""
    return page(request, "console/mail.html", is_sent=False, **_ways(doors))


async def send(request: Request, doors: Door, tries: WrongTries) -> Response:
    """Send a link to a known address of somebody with a console; say the same to everybody.

    The link leads to the public address of the settings, never to a host that a request names.
    """
    address = request.client.host if request.client else ""
    if not tries.left(address, doors.now()):
        raise Problem(429, "too_many_tries")
    tries.count(address, doors.now())
    async with read_form(request) as form:
        mailbox = text_of(form, "email").strip()[:LONGEST]
    if doors.public_url is not None and mailbox:
        async with acting(doors) as moment:
            await _send(moment, mailbox, doors.public_url)
    return page(request, "console/mail.html", is_sent=True, **_ways(doors))


def _ways(doors: Doors) -> dict[str, bool]:
    """How somebody without a chat at hand gets in."""
    return {"can": doors.public_url is not None, "has_service": doors.sign_in is not None}


async def _send(moment: Moment, mailbox: str, public: str) -> None:
    session = moment.session
    row = (
        await session.execute(
            select(Contact, Person)
            .join(Person, col(Person.id) == col(Contact.person_id))
            .where(
                col(Contact.channel) == CHANNEL,
                func.lower(col(Contact.address)) == mailbox.lower(),
                col(Contact.reachable).is_(True),
                col(Person.active).is_(True),
            )
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return
    contact, person = row
    assert person.id is not None
    who = await people.speaker_for(session, contact, person, moment.now)
    if not who.holds(*access.CONSOLE) or await _has_one(moment, person.id):
        return
    token = webchat.make_link(session, person.id, CONSOLE, moment.now)
    say = Texts(person.language, moment.rules.units, moment.rules.zone)
    text = say.console_link(f"{public.rstrip('/')}/vao/{token}")
    expires = moment.now + LINK_VALID
    notices.post(moment, Kind.ANSWER, text, contact=contact.id, expires_at=expires)


async def _has_one(moment: Moment, person: int) -> bool:
    """Whether a link was made for the person just now."""
    found = await moment.session.execute(
        select(OneTimeLink.token_hash)  # type: ignore[call-overload]  # SQLModel's columns are typed as their values
        .where(
            col(OneTimeLink.person_id) == person,
            col(OneTimeLink.purpose) == CONSOLE,
            col(OneTimeLink.expires_at) > moment.now + LINK_VALID - APART,
        )
        .limit(1)
    )
    return found.first() is not None


def add_routes(router: APIRouter) -> None:
    """The form, and where it goes."""
    router.add_api_route("/vao-email", ask, methods=["GET"])
    router.add_api_route("/vao-email", send, methods=["POST"])

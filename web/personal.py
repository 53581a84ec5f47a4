"""“Dữ liệu của tôi”: what is kept about whoever looks, corrected, taken along, or asked away."""

import json
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, select
from sqlmodel import col

from storage import data_requests, inbox, people
from storage.data_requests import KINDS
from storage.people import Contact, Person, Speaker
from storage.tickets import Ticket
from storage.viewings import Viewing
from storage.webchat import hash_token
from tickets import personal
from tickets.acts import data_requests as acts
from tickets.acts import linking
from tickets.agenda import plan_touched
from tickets.moment import Moment
from tickets.texts import Texts
from web.console import sitting as console
from web.console.frame import places_of
from web.doors import Door
from web.forms import client_key, read_form, text_of, whole
from web.pages import Problem, base_of, page
from web.sessions import Visitor, check_form, cookie_name, visitor_at

LONGEST = 1000
NOTES = {"1": "mine_corrected", "2": "mine_asked", "3": "mine_withdrawn"}


async def oneself(request: Request, doors: Door) -> Visitor:
    """Who looks, signed in to the chat or to the console; raises Problem for anybody else."""
    found = await visitor_at(doors, request)
    if found is not None and found.person is not None:
        return found
    secret = request.cookies.get(cookie_name(doors, base_of(request), console.COOKIE), "")
    async with doors.database.reading() as session:
        sits = await console.live(session, hash_token(secret), doors.now()) if secret else None
    if sits is None:
        raise Problem(403, "signed_out")
    request.state.language = sits.person.language
    return sits.visitor


Oneself = Annotated[Visitor, Depends(oneself)]


async def show(request: Request, doors: Door, who: Oneself, da: str = "") -> Response:
    """What is kept, in short, with the forms."""
    async with doors.database.reading() as session:
        moment = Moment(session, doors.now(), await doors.rules(session))
        speaker, person = await _speaker(moment, who)
        channels = await session.execute(
            select(col(Contact.channel)).where(col(Contact.person_id) == person.id)
        )
        count = await session.execute(
            select(func.count()).where(col(Ticket.reporter_id) == person.id)
        )
        return page(
            request,
            "personal.html",
            person=person,
            t=Texts(person.language, moment.rules.units, moment.rules.zone),
            now=moment.now,
            duties=speaker.duties,
            has_console=bool(places_of(speaker)),
            channels=sorted(channels.scalars()),
            count=count.scalar_one(),
            requests=await data_requests.of_person(session, person.id or 0),
            kinds=KINDS,
            policy=moment.rules.pack.policies.personal_data,
            note=NOTES.get(da, ""),
            csrf=who.session.csrf,
            key=secrets.token_hex(16),
        )


async def _speaker(moment: Moment, who: Visitor) -> tuple[Speaker, Person]:
    assert who.person is not None
    person = await moment.session.get(Person, who.person.id)
    contact = await moment.session.get(Contact, who.contact_id)
    assert person is not None and contact is not None
    return await people.speaker_for(moment.session, contact, person, moment.now), person


async def take_along(doors: Door, who: Oneself) -> Response:
    """All of it as JSON; that it was taken is noted."""
    async with doors.database.transaction() as session:
        person = await session.get(Person, who.person.id if who.person else 0)
        assert person is not None
        session.add(Viewing(person_id=person.id or 0, what="own", at=doors.now()))
    async with doors.database.reading() as session:  # it may take long: others go on writing
        kept = await personal.everything(session, person, doors.now())
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"',
    }
    content = json.dumps(kept, ensure_ascii=False, indent=1)
    return Response(content, media_type="application/json", headers=headers)


async def act(request: Request, doors: Door, who: Oneself) -> Response:
    """Correct a name or number, ask for something, or take a request back."""
    async with read_form(request) as form:
        check_form(form, who)
        key, do = client_key(form), text_of(form, "viec")
        name, phone = text_of(form, "ten")[:80], text_of(form, "dien-thoai")[:20]
        kind, words = text_of(form, "loai"), text_of(form, "loi")[:LONGEST]
        number = whole(text_of(form, "so"), digits=17)
    done = ""
    async with doors.database.transaction() as session:
        moment = Moment(session, doors.now(), await doors.rules(session))
        speaker, person = await _speaker(moment, who)
        if speaker.person is None:  # shut out while the form was on the way
            raise Problem(403, "signed_out")
        if await _is_first(moment, person, key):
            if do == "sua" and name:
                person.name, done = name, "1"
                if phone != person.phone:
                    await linking.change_phone(moment, person, phone)
            elif do == "yeu-cau" and kind in KINDS:
                await acts.ask(moment, speaker, kind, words)
                done = "2"
            elif do == "rut":
                await _withdraw(moment, person, number)
                done = "3"
            else:
                raise Problem(400, "bad")
        plan_touched(moment)
    doors.wake()
    return RedirectResponse(f"{base_of(request)}/du-lieu?da={done}", 303)


async def _withdraw(moment: Moment, person: Person, number: int) -> None:
    row = await data_requests.by_id(moment.session, number, lock=True)
    if row is None or row.person_id != person.id or row.ended_at is not None:
        raise Problem(404, "not_there")
    acts.withdraw(moment, row)


async def _is_first(moment: Moment, person: Person, key: str) -> bool:
    row = {
        "channel": "personal",
        "key": f"{person.id}:{key}",
        "received_at": moment.now,
        "address": "",
        "fate": inbox.Fate.DONE,
        "error": "",
    }
    return bool(await inbox.take(moment.session, [row]))


def routes() -> APIRouter:
    """The page, the file, and what the forms do."""
    router = APIRouter()
    router.add_api_route("/du-lieu", show, methods=["GET"])
    router.add_api_route("/du-lieu", act, methods=["POST"])
    router.add_api_route("/du-lieu/tai-ve", take_along, methods=["GET"])
    return router

"""The trial: made-up people, each in a tab of their own, on this machine alone.

The pages of the chat are mounted a second time under `/as/<person>`. Everything in them follows
the path they are mounted under, the cookie's name and path included, so that one browser can be
several people side by side and the chat itself knows nothing of it.
"""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from storage import people
from web import sessions
from web.console.sitting import COOKIE
from web.doors import Door, Doors, TrialPeople
from web.pages import Problem, page

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


async def people_of(doors: Door) -> TrialPeople:
    """The made-up people; the routes below exist only where there are some."""
    assert doors.trial is not None
    return doors.trial


MadeUp = Annotated[TrialPeople, Depends(people_of)]


async def front(request: Request, doors: Door, made_up: MadeUp) -> Response:
    """Who one can be, and what time it is where time runs fast; shown before the database opens."""
    shown = doors.now().astimezone(VIETNAM) if made_up.speed > 1 else None
    return page(request, "trial.html", people=made_up.people, speed=made_up.speed, now=shown)


async def enter(request: Request, doors: Door, made_up: MadeUp, key: str) -> Response:
    """Become one of them in this tab."""
    if key not in {known for known, _, _ in made_up.people}:
        raise Problem(404, "not_there")
    await _no_real_people(doors)
    contact_id = await made_up.contact_of(key)
    request.scope["root_path"] = f"/as/{key}"
    old = request.cookies.get(sessions.cookie_name(doors, f"/as/{key}"))
    async with doors.database.transaction() as session:
        secret = await sessions.begin(session, contact_id, doors.now(), instead_of=old)
        contact = await session.get(people.Contact, contact_id)
        person = contact.person_id if contact else None
        desk = await sessions.begin(session, contact_id, doors.now(), person_id=person)
    response = RedirectResponse(f"/as/{key}/chat#end", 303)
    sessions.give_cookie(doors, response, request, secret)
    sessions.give_cookie(doors, response, request, desk, COOKIE)
    return response


async def _no_real_people(doors: Doors) -> None:
    async with doors.database.reading() as session:
        if await people.any_real_person(session):
            raise Problem(403, "trial_real")


def routes() -> APIRouter:
    """The first page, and becoming somebody."""
    router = APIRouter()
    router.add_api_route("/", front, methods=["GET"])
    router.add_api_route("/as/{key}/enter", enter, methods=["POST"])
    return router

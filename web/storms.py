"""The table of a storm as a file, behind a link that was given in chat."""

from fastapi import APIRouter
from fastapi.responses import Response

from storage import people, webchat
from storage.people import Person
from storage.storms import Storm
from tickets.acts.storms import MAY
from tickets.moment import Moment
from tickets.stormreport import quick_report
from web import drafts
from web.doors import Door
from web.pages import Problem


async def report(doors: Door, token: str) -> Response:
    """The table; one answer for what is absent, late and not theirs."""
    async with doors.database.reading() as session:
        link = await webchat.standing_link(session, token, webchat.STORM, doors.now())
        number = link.purpose.partition(":")[2] if link else "0"
        storm = await session.get(Storm, int(number))
        person = await session.get(Person, link.person_id) if link else None
        if storm is None or person is None or not person.active:
            raise Problem(404, "not_there")
        held = await people.duties_of(session, [person.id or 0], doors.now())
        if not any(role in MAY for _, role in held.get(person.id or 0, people.Held()).duties):
            raise Problem(404, "not_there")
        moment = Moment(session, doors.now(), await doors.rules(session))
        drafted = await drafts.drafted(session, await quick_report(moment, storm))
    return await drafts.answer(drafted)


def routes() -> APIRouter:
    """One address for all tables."""
    router = APIRouter()
    router.add_api_route("/storms/{token}", report, methods=["GET"])
    return router

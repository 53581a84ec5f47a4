"""The table of a storm as a file, behind a link that was given in chat."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from storage import people, webchat
from storage.people import Person
from storage.storms import Storm
from tickets.acts.storms import MAY
from tickets.moment import Moment
from tickets.stormreport import table
from tickets.texts import Texts
from web.docx import as_quick_report
from web.doors import Door
from web.letters import DOCX
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
        rules = await doors.rules(session)
        say = Texts(person.language, rules.units, rules.zone)
        rows = await table(Moment(session, doors.now(), rules), storm)
        lines = [(say.unit(row.commune), *row.cells(say)) for row in rows]
        name, local = rules.pack.name, doors.now().astimezone(rules.zone)
    content = await asyncio.to_thread(
        as_quick_report,
        say.storm_title(storm),
        say.storm_columns(),
        lines,
        superior=f"UBND tỉnh {name}".upper(),
        issuer=say.unit(rules.pack.coordinator).upper(),
        place_and_date=f"{name}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'bao-lu-{storm.id}.docx')}",
    }
    return Response(content, media_type=DOCX, headers=headers)


def routes() -> APIRouter:
    """One address for all tables."""
    router = APIRouter()
    router.add_api_route("/storms/{token}", report, methods=["GET"])
    return router

"""A ticket's papers: draft letters, and the slip for the paper file."""

import asyncio
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from storage import tickets
from storage.tickets import Ticket
from tickets import access
from tickets.letters import KINDS, letter
from tickets.moment import Moment
from tickets.texts import Texts
from web import tracking_docx
from web.console import looks
from web.console.history import entries
from web.console.sitting import Seen, Sitting, looking
from web.console.ticket import seen_by
from web.docx import as_docx
from web.doors import Door
from web.letters import DOCX, download
from web.pages import Problem
from web.tracking_docx import Fact

TRACKING = "theo-doi"


async def draft(doors: Door, sitting: Seen, code: str, kind: str) -> Response:
    """A draft letter, or the slip for the paper file, for whoever acts for the lead."""
    chosen = next((known for known in KINDS if known == kind), None)
    is_slip = kind == TRACKING
    async with looking(doors) as moment:
        ticket = await seen_by(moment, code, sitting)
        if not (chosen or is_slip) or not access.leads(ticket, sitting.who):
            raise Problem(404, "not_there")
        say, name = Texts("vi", moment.rules.units, moment.rules.zone), moment.rules.pack.name
        facts = await _facts(moment, ticket, sitting, say) if is_slip else []
    await looks.note(doors, sitting, "letter", ticket=ticket.id, asked=kind)
    if chosen is None:
        slip = await asyncio.to_thread(tracking_docx.as_docx, ticket, facts, say, doors.now(), name)
        return download(slip, DOCX, f"{ticket.code}-theo-doi.docx")
    drafted = letter(chosen, ticket, say, doors.now(), name)
    content = await asyncio.to_thread(as_docx, drafted)
    return download(content, DOCX, drafted.file_name)


async def _facts(moment: Moment, ticket: Ticket, sitting: Sitting, say: Texts) -> list[Fact]:
    """The whole history for the paper file, oldest first."""
    events = await tickets.events_of(moment.session, ticket.id or 0)
    rows = await entries(moment, ticket, events, sitting.who, say, 0)
    facts = []
    for row in reversed(rows):
        what = f"{row.what} {row.about}".strip()
        facts.append(Fact(datetime.fromisoformat(row.iso), what, row.who, row.words))
    return facts


def add_routes(router: APIRouter) -> None:
    """One address for all papers of a ticket."""
    router.add_api_route("/phieu/{code}/van-ban/{kind}", draft, methods=["GET"])

"""A ticket's papers: draft letters, and the slip for the paper file."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from storage import tickets
from storage.tickets import Ticket
from tickets import access
from tickets.letters import KINDS, letter
from tickets.moment import Moment
from tickets.texts import Texts
from tickets.tracking import Fact, tracking
from web import drafts
from web.console import looks
from web.console.history import entries
from web.console.sitting import Seen, Sitting, looking
from web.console.ticket import seen_by
from web.doors import Door
from web.pages import Problem

TRACKING = "theo-doi"


async def draft(doors: Door, sitting: Seen, code: str, kind: str) -> Response:
    """A draft letter, or the slip for the paper file, for whoever acts for the lead."""
    chosen = next((known for known in KINDS if known == kind), None)
    is_slip = kind == TRACKING
    async with looking(doors) as moment:
        ticket = await seen_by(moment, code, sitting)
        if not (chosen or is_slip) or not access.leads(ticket, sitting.who):
            raise Problem(404, "not_there")
        paper = letter(chosen, ticket, moment) if chosen else None
        if paper is None:
            say = Texts("vi", moment.rules.units, moment.rules.zone)
            paper = tracking(ticket, await _facts(moment, ticket, sitting, say), moment)
        drafted = await drafts.drafted(moment.session, paper)
    await looks.note(doors, sitting, "letter", ticket=ticket.id, asked=kind)
    return await drafts.answer(drafted)


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

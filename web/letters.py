"""Draft letters behind a link that was asked for in chat: the right is checked at each download."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from storage import clusters, opinions, people, tickets, webchat
from storage.people import Person
from tickets import access
from tickets.joint_proposals import draft_of
from tickets.letters import KINDS, letter
from tickets.moment import Moment
from tickets.slips import OPINION, author, slip
from tickets.texts import Texts
from web.docx import as_docx
from web.doors import Door
from web.pages import Problem
from web.proposals_docx import as_docx as proposal_docx

CLUSTER = "cluster"
"""What the kind of a link to a joint proposal begins with: cluster.<number>."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def draft(doors: Door, token: str) -> Response:
    """The draft that a link stands for; one answer for what is absent, late and not theirs."""
    async with doors.database.reading() as session:
        link = await webchat.standing_link(session, token, webchat.LETTER, doors.now())
        _, ticket_id, kind = link.purpose.split(":") if link else ("", "0", "")
        drafts, _, key = kind.partition(".")
        chosen = next((known for known in KINDS if known == kind), None)
        ticket = await tickets.by_id(session, int(ticket_id))
        cluster = await clusters.by_id(session, int(key)) if drafts == CLUSTER else None
        person = await session.get(Person, link.person_id) if link else None
        if (ticket is None and cluster is None) or person is None or not person.active:
            raise Problem(404, "not_there")
        held = await people.duties_of(session, [link.person_id], doors.now()) if link else {}
        duties = held.get(person.id or 0, people.Held()).duties
        rules = await doors.rules(session)
        say, name, now = Texts("vi", rules.units, rules.zone), rules.pack.name, doors.now()
        is_opinion = drafts == OPINION and ticket is not None
        opinion = await opinions.given(session, int(ticket_id), key) if is_opinion else None
        may_decide = cluster is not None and access.acts_for(cluster.lead, duties)
        if cluster is not None and (may_decide or any(r in access.ANY_TICKET for _, r in duties)):
            drafted_jointly = await draft_of(Moment(session, now, rules), cluster)
            content = await asyncio.to_thread(proposal_docx, drafted_jointly)
            return download(content, DOCX, drafted_jointly.file_name)
        if ticket is None:
            raise Problem(404, "not_there")
        if opinion is not None and any(role in access.ANY_TICKET for _, role in duties):
            by = await author(session, opinion.actor, opinion.inputs, say)
            drafted = slip(ticket, opinion, by, say, now, name)
        elif chosen is not None and access.acts_for(ticket.lead, duties):
            drafted = letter(chosen, ticket, say, now, name)
        else:
            raise Problem(404, "not_there")
    content = await asyncio.to_thread(as_docx, drafted)
    return download(content, DOCX, drafted.file_name)


def download(content: bytes, mime: str, name: str) -> Response:
    """A file that is saved, not shown."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
    }
    return Response(content, media_type=mime, headers=headers)


def routes() -> APIRouter:
    """One address for all drafts."""
    router = APIRouter()
    router.add_api_route("/letters/{token}", draft, methods=["GET"])
    return router

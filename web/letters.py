"""Draft letters behind a link that was asked for in chat: the right is checked at each download."""

from collections.abc import Collection

from fastapi import APIRouter
from fastapi.responses import Response

from storage import clusters, opinions, people, tickets, webchat
from storage.people import Person, Role
from tickets import access
from tickets.joint_proposals import draft_of
from tickets.letters import KINDS, letter
from tickets.moment import Moment
from tickets.papers import Paper
from tickets.slips import OPINION, author, slip
from tickets.texts import Texts
from web import drafts
from web.doors import Door
from web.pages import Problem

CLUSTER = "cluster"
"""What the kind of a link to a joint proposal begins with: cluster.<number>."""


async def draft(doors: Door, token: str) -> Response:
    """The draft that a link stands for; one answer for what is absent, late and not theirs."""
    async with doors.database.reading() as session:
        link = await webchat.standing_link(session, token, webchat.LETTER, doors.now())
        person = await session.get(Person, link.person_id) if link else None
        if link is None or person is None or not person.active:
            raise Problem(404, "not_there")
        held = await people.duties_of(session, [link.person_id], doors.now())
        duties = held.get(person.id or 0, people.Held()).duties
        moment = Moment(session, doors.now(), await doors.rules(session))
        _, number, kind = link.purpose.split(":")
        paper = await _paper(moment, int(number), kind, duties)
        if paper is None:
            raise Problem(404, "not_there")
        drafted = await drafts.drafted(session, paper)
    return await drafts.answer(drafted)


async def _paper(
    moment: Moment, ticket_id: int, kind: str, duties: Collection[tuple[str, Role]]
) -> Paper | None:
    """What a link's kind names, for whoever still has the duty for it."""
    what, _, key = kind.partition(".")
    sees_all = any(role in access.ANY_TICKET for _, role in duties)
    if what == CLUSTER:
        cluster = await clusters.by_id(moment.session, int(key))
        may = cluster is not None and (sees_all or access.acts_for(cluster.lead, duties))
        return await draft_of(moment, cluster) if cluster is not None and may else None
    ticket = await tickets.by_id(moment.session, ticket_id)
    if ticket is None:
        return None
    if what == OPINION and sees_all:
        opinion = await opinions.given(moment.session, ticket_id, key)
        if opinion is None:
            return None
        say = Texts("vi", moment.rules.units, moment.rules.zone)
        by = await author(moment.session, opinion.actor, opinion.inputs, say)
        return slip(ticket, opinion, by, moment)
    chosen = next((known for known in KINDS if known == kind), None)
    is_theirs = chosen is not None and access.acts_for(ticket.lead, duties)
    return letter(chosen, ticket, moment) if chosen is not None and is_theirs else None


def routes() -> APIRouter:
    """One address for all drafts."""
    router = APIRouter()
    router.add_api_route("/letters/{token}", draft, methods=["GET"])
    return router

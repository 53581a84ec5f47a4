"""The draft of the slip by which the office passes a leader's opinion on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.people import Person
from storage.tickets import Ticket, TicketEvent
from tickets.moment import Moment
from tickets.papers import Paper, day, head, of_ticket
from tickets.texts import Texts

OPINION = "opinion"
"""What the purposes of links to such drafts name: letter:<ticket>:opinion.<key>."""


async def author(session: AsyncSession, actor: str, inputs: Mapping[str, Any], say: Texts) -> str:
    """Who gave an opinion, from its event's actor and inputs: names are looked up, never kept."""
    own, absent = await _name(session, actor), str(inputs.get("for", ""))
    away = await _name(session, absent) if absent else ""
    return say.opinion_by(own, str(inputs.get("post", "")), away)


async def _name(session: AsyncSession, actor: str) -> str:
    _, _, number = actor.partition(":")
    person = await session.get(Person, int(number)) if number.isdecimal() else None
    return person.name if person else "?"


def slip(ticket: Ticket, opinion: TicketEvent, by: str, moment: Moment) -> Paper:
    """Draft it, by the coordinating office's template; `by` is who gave it, as `author` says.

    A restricted ticket's words and the opinion on it stay out.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    office = moment.rules.pack.coordinator
    return Paper(
        kind=OPINION,
        unit=office,
        file_name=f"{ticket.code}-PC.docx",
        title=ticket.code,
        fields={
            **head(say, office, moment.now, moment.rules.pack.name),
            **of_ticket(ticket, moment),
            "ky_hieu": f"{ticket.code}-PC",
            "nguoi_cho_y_kien": by,
            "ngay_y_kien": day(opinion.at, say),
            "y_kien": "" if ticket.restricted else str(opinion.inputs.get("text", "")),
        },
    )

"""A ticket's tracking slip for the paper file: what, who, until when, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.tickets import Ticket
from tickets.moment import Moment
from tickets.papers import Paper, Value, head, minute, of_ticket
from tickets.texts import Texts


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the history: when (UTC), what was done, by whom, in which words."""

    at: datetime
    what: str
    who: str
    words: str


def tracking(ticket: Ticket, facts: Sequence[Fact], moment: Moment) -> Paper:
    """Draft it by the lead's template. A restricted ticket's words stay out: papers go about."""
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    rows: list[dict[str, Value]] = [
        {
            "luc": minute(fact.at, say),
            "viec": fact.what,
            "nguoi": fact.who,
            "loi": "" if ticket.restricted else fact.words,
        }
        for fact in facts
    ]
    return Paper(
        kind="tracking",
        unit=ticket.lead,
        file_name=f"{ticket.code}-theo-doi.docx",
        title=ticket.code,
        fields={
            **head(say, ticket.lead, moment.now, moment.rules.pack.name),
            **of_ticket(ticket, moment),
            "qua_trinh": rows,
        },
    )

"""Drafts of the letters that a ticket needs, for people to finish: what stands in their fields."""

from typing import Literal

from storage.tickets import Ticket
from tickets.moment import Moment
from tickets.papers import Paper, head, of_ticket
from tickets.texts import Texts

Kind = Literal["reply", "transfer", "proposal"]
KINDS: tuple[Kind, ...] = ("reply", "transfer", "proposal")
"""An answer to the commune, a transfer slip to another department, a request to who may decide."""
_SYMBOLS: dict[Kind, str] = {"reply": "CV", "transfer": "PC", "proposal": "CV"}
_NAMES: dict[Kind, str] = {"reply": "tra-loi", "transfer": "phieu-chuyen", "proposal": "de-nghi"}


def letter(kind: Kind, ticket: Ticket, moment: Moment) -> Paper:
    """Draft a letter about a ticket, by its lead's template.

    A restricted ticket's words stay out: the draft names number, commune and matter only.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    return Paper(
        kind=kind,
        unit=ticket.lead,
        file_name=f"{ticket.code}-{_NAMES[kind]}.docx",
        title=ticket.code,
        fields={
            **head(say, ticket.lead, moment.now, moment.rules.pack.name),
            **of_ticket(ticket, moment),
            "ky_hieu": f"{ticket.code}-{_SYMBOLS[kind]}",
        },
    )

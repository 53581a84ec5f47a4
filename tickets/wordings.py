"""What a kept wording says about one ticket, and who keeps which wordings."""

import re
from dataclasses import dataclass
from datetime import datetime

from province.text import fold
from storage import wordings
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets.moment import Moment
from tickets.texts import Texts

LONGEST, TITLE = 2000, 80
MOST = 200
"""Wordings of one unit."""
KEEPS = (Role.HEAD, Role.COORDINATOR)
INTO = ("update", "resolve", "ask")
"""The answers that a wording may begin."""
_GAP = re.compile(r"\{([^{}\n]{1,20})\}")


def units_kept(moment: Moment, who: Speaker) -> list[str]:
    """The units whose wordings somebody keeps, '' for everybody's; a commune has none."""
    agencies = [agency.code for agency in moment.rules.pack.agencies]
    if who.holds(Role.COORDINATOR):
        return ["", *agencies]
    headed = who.units(Role.HEAD)
    return [code for code in agencies if code in headed]


def filled(text: str, ticket: Ticket, say: Texts, now: datetime) -> str:
    """The wording with what the ticket says in its gaps; a gap that nobody knows stays as it is."""
    known = {
        "so phieu": ticket.code,
        "xa": say.unit(ticket.commune),
        "viec": ticket.summary,
        "don vi": say.unit(ticket.lead),
        "ngay": f"{now.astimezone(say.zone):%d/%m/%Y}",
    }
    return _GAP.sub(lambda gap: known.get(fold(gap[1]), gap[0]), text)


@dataclass(frozen=True, slots=True)
class Offer:
    """A wording as the answers to one ticket may begin with it."""

    number: int
    title: str
    text: str


async def offered(moment: Moment, ticket: Ticket) -> list[Offer]:
    """What fits a ticket, its gaps filled; communes read Vietnamese."""
    say, now = Texts("vi", moment.rules.units, moment.rules.zone), moment.now
    rows = await wordings.fitting(moment.session, ticket.lead, ticket.category)
    return [Offer(row.id or 0, row.title, filled(row.text, ticket, say, now)) for row in rows]

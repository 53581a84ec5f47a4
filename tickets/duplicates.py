"""Looks around a new report: what it may repeat, and who heads its commune, in one question."""

from dataclasses import dataclass, field

from storage.around import Near, around
from storage.tickets import Ticket
from tickets.chair import asks_for_means
from tickets.likeness import is_like, within_reach
from tickets.moment import Moment


@dataclass(frozen=True, slots=True)
class Found:
    """The open tickets that may be the same matter, likeliest first, and the commune's chair."""

    like: list[Near] = field(default_factory=list)
    chairs: list[int] = field(default_factory=list)


async def look(moment: Moment, ticket: Ticket) -> Found:
    """Open tickets of the same family, in the commune or within two kilometres; and the chair.

    What is restricted is neither looked for nor found: its existence is nobody else's business.
    """
    route = moment.route(ticket.category) if ticket.category else None
    if route is None:
        return Found()
    pack = moment.rules.pack
    family = [row.category for row in pack.routing if row.group == route.group]
    communes = [ticket.commune]
    if ticket.lat is not None and ticket.lon is not None:
        communes += within_reach(ticket.lat, ticket.lon, pack.communes)
    lies = await around(
        moment.session,
        but=ticket.id or 0,
        communes=dict.fromkeys(communes),
        categories=[] if ticket.restricted else dict.fromkeys(family),
        headed=ticket.commune if asks_for_means(route) else "",
    )
    like = [other for other in lies.tickets if is_like(ticket, other)]
    like.sort(key=lambda other: other.category != ticket.category)
    return Found(like, lies.chairs)

"""Chuyển: a ticket goes to another named department, with a reason; nothing is ever rejected."""

from enum import StrEnum

from storage import tickets
from storage.outbox import Kind, cancel
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import coordination, moves, notices
from tickets.acts.indexing import index
from tickets.acts.promising import promise
from tickets.acts.reporting import helpers_of, taken_away
from tickets.moment import Moment

MOST = 2
"""After so many reroutes the coordinator decides."""


class Refused(StrEnum):
    """Why a ticket does not go where it was sent."""

    HAS_IT = "has_it"
    CAME_FROM = "came_from"


def refusal(ticket: Ticket, unit: str, who: Speaker) -> Refused | None:
    """Why the ticket may not go to `unit`; a coordinator may send it anywhere else."""
    if unit == ticket.lead:
        return Refused.HAS_IT
    if who.holds(Role.COORDINATOR):
        return None
    return Refused.CAME_FROM if ticket.former and ticket.former[-1] == unit else None


def goes_to(moment: Moment, ticket: Ticket, unit: str, who: Speaker) -> str:
    """Where it really goes: to the coordinator once it has been rerouted twice."""
    coordinator = moment.rules.pack.coordinator
    is_worn = len(ticket.former) >= MOST and ticket.lead != coordinator
    return coordinator if is_worn and not who.holds(Role.COORDINATOR) else unit


async def reroute(
    moment: Moment, ticket: Ticket, who: Speaker, unit: str, why: str, *, seen: int = 0
) -> None:
    """Send the ticket to `unit`: its history stays, the clock starts anew. Raises moves.Stale.

    The deadlines promised at first stay in the ticket's first event, for the statistics.
    """
    former, wanted = ticket.lead, unit
    unit = goes_to(moment, ticket, unit, who)
    moves.make(ticket, "reroute", now=moment.now, seen=seen)
    ticket.former = [*ticket.former, former]
    ticket.lead, ticket.tentative = unit, False
    route = moment.route(ticket.category) if ticket.category else None
    if route is not None:
        ticket.coordinating = helpers_of(ticket, [route.lead, *route.coordinating])
    ticket.next_step = ticket.next_due_at = None
    await promise(moment, ticket)
    index(moment, ticket)
    ticket.carded_at = moment.now
    tickets.log(
        moment.session,
        ticket,
        "rerouted",
        at=moment.now,
        actor=who.actor,
        text=why,
        wanted=wanted,
        **{"from": former},
    )
    await cancel(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
    await coordination.drop(moment, ticket)
    taken_away(moment, ticket, former)
    note = notices.texts(moment).rerouted_note(former, why, wanted if wanted != unit else "")
    await notices.post_cards(moment, ticket, note=note)
    await notices.refresh_receipt(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    told = say.hears_reroute(ticket, former, why, moment.now, proposed=notices.is_proposed(moment))
    await notices.tell_reporter(moment, ticket, told)

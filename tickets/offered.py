"""What can be done with a ticket as it stands, whom it can be given to, and where it may belong."""

from storage import directory
from storage.people import Person, Role
from storage.tickets import Status, Ticket
from tickets import moves
from tickets.moment import Moment

MOVE_OF = {
    "resolve": "resolve",
    "ask": "ask",
    "promise": "promise",
    "plan": "plan",
    "outside": "await_guidance",
    "ended": "end_outside",
    "reroute": "reroute",
}
"""Acts that need words, and the move that the words make; the others need an open ticket."""


def may_now(ticket: Ticket, act: str, *, seen: int) -> bool:
    """Whether an act fits the ticket as it stands, and the version that was seen the ticket."""
    if act in MOVE_OF:
        return moves.may(ticket, MOVE_OF[act], seen=seen)
    fits = ticket.urgency == "emergency" if act == "lower" else True
    return fits and Status(ticket.status) in moves.ALIVE and seen in {0, ticket.version}


async def staff_of(moment: Moment, ticket: Ticket) -> list[Person]:
    """The people who may be in charge of a ticket: those of the department that leads."""
    return list(await directory.workers(moment.session, ticket.lead, Role.STAFF, Role.HEAD))


def options_of(moment: Moment, ticket: Ticket, *, without: str = "") -> list[tuple[str, str]]:
    """The likeliest (category, unit) pairs of a ticket, as triage left them."""
    kept = ticket.verdict.get("alternatives", [])
    return [(category, unit) for category, unit in kept if unit != without][:3]


def label_of(moment: Moment, category: str) -> str:
    """A category's name."""
    route = moment.route(category)
    return route.title if route else category

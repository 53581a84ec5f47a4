"""Who may see or do what: every way to a ticket goes through here."""

from collections.abc import Iterable

from storage import tickets
from storage.carriers import Carrier, Carrying
from storage.people import Role, Speaker
from storage.queues import Scope
from storage.tasks import Task
from storage.tickets import OPEN, Status, Ticket
from tickets.moment import Moment

ANY_TICKET = (Role.COORDINATOR, Role.LEADER)
DESK = (Role.STAFF, Role.HEAD)
PART = (*DESK, Role.COORDINATOR, Role.REPORTER)
"""Who does what a unit was asked for; a commune's own committee is its reporters."""

CONSOLE = (*DESK, *ANY_TICKET, Role.ADMIN)
"""Who has pages to work at beside the chat."""


class NotAllowed(Exception):
    """There is no such ticket for this person, or it is seen but not theirs to change."""

    def __init__(self, seen: Ticket | None = None) -> None:
        """`seen` is a ticket that the person may read."""
        super().__init__()
        self.seen = seen


def reports_for(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person speaks for a commune that the ticket belongs to; several may carry it."""
    return not who.units(Role.REPORTER).isdisjoint((ticket.commune, *ticket.carriers))


def owns(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person speaks for the commune that reported: it alone says what it is about."""
    return ticket.commune in who.units(Role.REPORTER)


def leads(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person acts for the department that answers for the ticket."""
    if ticket.lead in who.units(*DESK):
        return True
    return who.holds(Role.COORDINATOR) and ticket.lead in who.units(Role.COORDINATOR)


def acts_for(unit: str, duties: Iterable[tuple[str, Role]]) -> bool:
    """Whether somebody with these duties acts for a unit."""
    return any(of == unit and role in (*DESK, Role.COORDINATOR) for of, role in duties)


def decides_for(unit: str, who: Speaker) -> bool:
    """Whether the person decides what is proposed to a department: its people, any coordinator."""
    return who.holds(Role.COORDINATOR) or acts_for(unit, who.duties)


def helps(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person belongs to a unit that coordinates or operates."""
    units = who.units(*DESK)
    return ticket.operator in units or bool(units.intersection(ticket.coordinating))


def was_told(ticket: Ticket, who: Speaker) -> bool:
    """Whether the ladder told an office at which the person works.

    Who is asked to act, or to call, may read what it is about.
    """
    kept = ticket.ladder or {}
    told = kept.get("steps", ())[: len(kept.get("told", ()))]
    return not who.units(*DESK).isdisjoint(step["post"] for step in told)


def chairs(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person heads the commune that the ticket belongs to."""
    return ticket.commune in who.units(Role.HEAD)


def spoken_for(ticket: Ticket, who: Speaker) -> str:
    """The commune of a ticket for which somebody speaks; the one that reported where it is none."""
    mine = who.units(Role.REPORTER)
    if ticket.commune in mine:
        return ticket.commune
    return next((code for code in ticket.carriers if code in mine), ticket.commune)


def heads_carrier(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person heads a commune that carries the request of another: sees it, no more."""
    return not who.units(Role.HEAD).isdisjoint(ticket.carriers)


def may_answer(carrier: Carrier, who: Speaker) -> bool:
    """Whether the person speaks for a commune that was invited, and still may answer."""
    return carrier.state == Carrying.INVITED and carrier.commune in who.units(Role.REPORTER)


def may_do(task: Task, who: Speaker) -> bool:
    """Whether the person belongs to the unit that a task was given to."""
    return task.unit in who.units(*PART)


def may_see(ticket: Ticket, who: Speaker) -> bool:
    """Whether the person may read the ticket at all."""
    if who.person is None:
        return False
    return (
        reports_for(ticket, who)
        or chairs(ticket, who)
        or heads_carrier(ticket, who)
        or leads(ticket, who)
        or helps(ticket, who)
        or was_told(ticket, who)
        or who.holds(*ANY_TICKET)
    )


def scope_of(who: Speaker, *, in_group: bool = False) -> Scope:
    """What the person may search through: the same tickets as `may_see`, for a query.

    In a group only what the desk may read there: nothing restricted, and no commune's own list.
    """
    desk = who.units(*DESK) | who.units(Role.COORDINATOR)
    return Scope(
        communes=frozenset() if in_group else who.units(Role.REPORTER, Role.HEAD),
        units=desk,
        everything=who.holds(*ANY_TICKET),
        restricted=not in_group,
    )


def require_chair(ticket: Ticket, who: Speaker) -> None:
    """Raise NotAllowed unless the person heads the ticket's commune."""
    if not chairs(ticket, who):
        raise NotAllowed(ticket if may_see(ticket, who) else None)


async def ticket_for(moment: Moment, ticket_id: int, who: Speaker, *, lock: bool = False) -> Ticket:
    """The ticket, if this person may see it; raises NotAllowed otherwise.

    With `lock` its row is locked until the commit: for whoever is going to change it.
    """
    ticket = await tickets.by_id(moment.session, ticket_id, lock=lock)
    if ticket is None or not may_see(ticket, who):
        raise NotAllowed
    return ticket


async def tickets_called(moment: Moment, digits: str, who: Speaker) -> list[Ticket]:
    """The tickets a person may mean by a number or its last digits.

    Numbers begin anew each year, so of several the only one that is open is meant.
    """
    found = await tickets.called(moment.session, digits)
    seen = [ticket for ticket in found if may_see(ticket, who)]
    alive = [ticket for ticket in seen if Status(ticket.status) in OPEN]
    return alive if len(alive) == 1 else seen


def require_report(ticket: Ticket, who: Speaker) -> None:
    """Raise NotAllowed unless the person speaks for a commune of the ticket."""
    if not reports_for(ticket, who):
        raise NotAllowed(ticket if may_see(ticket, who) else None)


def require_owner(ticket: Ticket, who: Speaker) -> None:
    """Raise NotAllowed unless the person speaks for the commune that reported."""
    if not owns(ticket, who):
        raise NotAllowed(ticket if may_see(ticket, who) else None)


def require_lead(ticket: Ticket, who: Speaker) -> None:
    """Raise NotAllowed unless the person acts for the lead."""
    if not leads(ticket, who):
        raise NotAllowed(ticket if may_see(ticket, who) else None)


def require_head(ticket: Ticket, who: Speaker) -> None:
    """Raise NotAllowed unless the person heads the department that leads."""
    if ticket.lead not in who.units(Role.HEAD):
        raise NotAllowed(ticket if may_see(ticket, who) else None)

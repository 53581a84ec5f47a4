"""Which tickets wait for the coordinator's decision, and which categories a person corrected."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.people import Contact, Duty, Person, Role
from storage.tickets import OPEN, Status, Ticket, TicketEvent

DISPUTES = frozenset({"doubted", "disagreed"})
"""Events by which a commune says that it is not content with where its ticket stands."""
SETTLED = frozenset({"routed", "rerouted", "kept", "resolved", "reopened", "planned", "agreed"})
"""Events after which an earlier dispute is none any more."""
SEEN_BY = (Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.REPORTER)
"""Whoever gets a unit's card when it has no group; see tickets.notices.route."""


async def disputes(session: AsyncSession) -> dict[int, str]:
    """The open tickets with a dispute that nobody has settled, and what the dispute is."""
    other = aliased(TicketEvent)
    disputed = exists().where(col(other.ticket_id) == col(Ticket.id), col(other.kind).in_(DISPUTES))
    rows = await session.execute(
        select(col(TicketEvent.ticket_id), col(TicketEvent.kind))
        .join(Ticket, col(Ticket.id) == col(TicketEvent.ticket_id))
        .where(col(Ticket.status).in_(OPEN), disputed)
        .where(col(TicketEvent.kind).in_(DISPUTES | SETTLED))
        .order_by(col(TicketEvent.id))
    )
    found: dict[int, str] = {}
    for ticket_id, kind in rows:
        if kind in DISPUTES:
            found[ticket_id] = kind
        else:
            found.pop(ticket_id, None)
    return found


async def waiting(
    session: AsyncSession, coordinator: str, *, also: Sequence[int]
) -> Sequence[Ticket]:
    """New tickets that the coordinator, a guess or a silent unit leads; and `also`."""
    new = col(Ticket.status) == Status.NEW
    found = await session.execute(
        select(Ticket)
        .where(
            or_(
                new & (col(Ticket.lead) == coordinator),
                new & col(Ticket.tentative).is_(True),
                new & col(Ticket.lead).in_(await _leads_in_silence(session)),
                col(Ticket.id).in_(list(also)),
            )
        )
        .order_by(col(Ticket.id))
    )
    return found.scalars().all()


async def led_by(session: AsyncSession, unit: str, *, also: Sequence[int]) -> Sequence[Ticket]:
    """The new tickets of one unit, by `ix_tickets_lead`; and `also`."""
    new = col(Ticket.status) == Status.NEW
    found = await session.execute(
        select(Ticket)
        .where(or_(new & (col(Ticket.lead) == unit), col(Ticket.id).in_(list(also))))
        .order_by(col(Ticket.id))
    )
    return found.scalars().all()


async def _leads_in_silence(session: AsyncSession) -> list[str]:
    leads = await session.execute(
        select(col(Ticket.lead)).where(col(Ticket.status) == Status.NEW).distinct()
    )
    return sorted(await silent(session, leads.scalars().all()))


async def silent(session: AsyncSession, units: Sequence[str]) -> set[str]:
    """Those of some units that have neither a group nor anybody who can be reached."""
    bound = await session.execute(
        select(col(Contact.desk_of)).where(
            col(Contact.desk_of).in_(list(units)), col(Contact.reachable).is_(True)
        )
    )
    peopled = await session.execute(
        select(col(Duty.unit))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .join(Contact, col(Contact.person_id) == col(Person.id))
        .where(
            col(Duty.unit).in_(list(units)),
            col(Duty.role).in_([str(role) for role in SEEN_BY]),
            col(Person.active).is_(True),
            col(Contact.reachable).is_(True),
        )
        .distinct()
    )
    return set(units) - set(bound.scalars()) - set(peopled.scalars())


async def corrected(session: AsyncSession) -> list[tuple[str, str]]:
    """The texts whose category a person corrected, with the newest one; never restricted ones."""
    rows = await session.execute(
        select(Ticket, TicketEvent)
        .join(TicketEvent, col(TicketEvent.ticket_id) == col(Ticket.id))
        .where(
            col(TicketEvent.kind) == "recategorised",
            col(Ticket.restricted).is_(False),
            col(Ticket.text) != "",
        )
        .order_by(col(TicketEvent.id))
    )
    newest = {ticket.id: (ticket.text, str(event.inputs.get("new", ""))) for ticket, event in rows}
    return [(text, category) for text, category in newest.values() if category]

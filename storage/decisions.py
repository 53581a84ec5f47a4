"""Which tickets wait for the coordinator's decision, and which categories a person corrected."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Contact, Duty, Person, Role
from storage.queues import OPEN_NOW
from storage.tickets import DISPUTED_ROWS, Status, Ticket, TicketEvent

DISPUTES = frozenset({"doubted", "disagreed"})
"""Events by which a commune says that it is not content with where its ticket stands."""
SETTLED = frozenset({"routed", "rerouted", "kept", "resolved", "reopened", "planned", "agreed"})
"""Events after which an earlier dispute is none any more."""
_DISPUTED: ColumnElement[bool] = literal_column(f"ticket_events.{DISPUTED_ROWS}")
"""In the words of `ix_ticket_events_disputed`."""
SEEN_BY = (Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.REPORTER)
"""Whoever gets a unit's card when it has no group; see tickets.notices.route."""


async def disputes(session: AsyncSession, among: Sequence[int] = ()) -> dict[int, str]:
    """The open tickets with a dispute that nobody has settled, and what the dispute is.

    Of all, or of some. First which were ever disputed, by `ix_ticket_events_disputed`, then these
    tickets' histories: in one statement SQLite would walk every event there is.
    """
    disputed = exists().where(col(TicketEvent.ticket_id) == col(Ticket.id), _DISPUTED)
    named = [col(Ticket.id).in_(among)] if among else []
    numbers = await session.execute(select(col(Ticket.id)).where(OPEN_NOW, disputed, *named))
    rows = await session.execute(
        select(col(TicketEvent.ticket_id), col(TicketEvent.kind))
        .where(col(TicketEvent.ticket_id).in_(numbers.scalars().all()))
        .where(col(TicketEvent.kind).in_(DISPUTES | SETTLED))
        .order_by(col(TicketEvent.ticket_id), col(TicketEvent.id))
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
    """New tickets that the coordinator, a guess or a silent unit leads; and `also`.

    By `ix_tickets_open`.
    """
    undecided = or_(
        col(Ticket.lead) == coordinator,
        col(Ticket.tentative).is_(True),
        col(Ticket.lead).in_(await _leads_in_silence(session)),
    )
    return await _new_and(session, undecided, also)


async def led_by(session: AsyncSession, unit: str, *, also: Sequence[int]) -> Sequence[Ticket]:
    """The new tickets of one unit, by `ix_tickets_open`; and `also`."""
    return await _new_and(session, col(Ticket.lead) == unit, also)


async def _new_and(
    session: AsyncSession, which: ColumnElement[bool], also: Sequence[int]
) -> Sequence[Ticket]:
    """New tickets that meet a condition, then others by their ids; two statements, two indexes."""
    new = select(Ticket).where(OPEN_NOW, col(Ticket.status) == Status.NEW, which)
    found = {row.id: row for row in (await session.execute(new)).scalars()}
    others = select(Ticket).where(col(Ticket.id).in_([n for n in also if n not in found]))
    found |= {row.id: row for row in (await session.execute(others)).scalars()}
    return [found[number] for number in sorted(found, key=lambda number: number or 0)]


async def _leads_in_silence(session: AsyncSession) -> list[str]:
    leads = await session.execute(
        select(col(Ticket.lead)).where(OPEN_NOW, col(Ticket.status) == Status.NEW).distinct()
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

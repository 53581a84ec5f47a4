"""The unit of work opened from a report, and the events that made it what it is."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    Select,
    UniqueConstraint,
    bindparam,
    event,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Field, col

from storage.actors import Actor
from storage.engine import Document, Instant, Key
from storage.rows import Row, append, partial_index


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    PLANNED = "planned"
    AWAITING_GUIDANCE = "awaiting_guidance"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """How a closed ticket ended."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    OUT_OF_COMPETENCE = "out_of_competence"
    MERGED = "merged"


OPEN = tuple(status for status in Status if status not in {Status.CLOSED, Status.CANCELLED})
OPEN_ROWS = "status not in ('closed', 'cancelled')"
"""The same for an index, and for statements that are to be answered by it."""
STATUSES = ", ".join(f"'{status}'" for status in Status)
OUTCOMES = ", ".join(f"'{outcome}'" for outcome in Outcome)
SOLVED_ROWS = "resolution <> ''"
"""What a ticket that was solved has; what looks for the like of it goes by this index."""
DISPUTED_ROWS = "kind in ('doubted', 'disagreed')"
"""What says that a commune is not content with where its ticket stands; few of all events."""
FORGOTTEN = "next_due_at is null and status not in ('closed', 'cancelled')"
"""Open tickets to which nothing would ever happen: always none, and its index is empty."""
URGENCIES = ("emergency", "urgent", "normal", "low")


class Ticket(Row, table=True):
    """One matter of one commune; exactly one lead answers for it."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"status in ({STATUSES})", name="status"),
        CheckConstraint(f"outcome is null or outcome in ({OUTCOMES})", name="outcome"),
        CheckConstraint("urgency in ('emergency', 'urgent', 'normal', 'low')", name="urgency"),
        Index("ix_tickets_due", "next_due_at", postgresql_where=text("next_due_at is not null")),
        partial_index("ix_tickets_forgotten", FORGOTTEN, "opened_at"),
        Index("ix_tickets_commune", "commune", "status", "id"),
        Index("ix_tickets_lead", "lead", "status", "id"),
        Index(None, "opened_at"),
        Index(None, "reporter_id"),
        Index(None, "resolved_at"),
        partial_index("ix_tickets_import", "import_id is not null", "import_id"),
        partial_index("ix_tickets_open", OPEN_ROWS, "lead", "commune", "status"),
        partial_index("ix_tickets_solved", SOLVED_ROWS, "lead", "category", "id"),
        partial_index("ix_tickets_subject", "subject <> ''", "subject", "opened_at"),
        partial_index("ix_tickets_need", "need <> ''", "need", "opened_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    code: str
    """The number people say: NA-26-000123."""
    version: int = 1
    status: str = Status.NEW
    outcome: str | None = None
    category: str = ""
    lead: str
    coordinating: list[str] = Field(default_factory=list, sa_type=Document)
    operator: str | None = None
    urgency: str = "normal"
    tentative: bool = False
    """True while the lead is only triage's likeliest guess."""
    restricted: bool = False
    commune: str = Field()
    reporter_id: int = Field(foreign_key="people.id", sa_type=Key)
    contact_id: int = Field(foreign_key="contacts.id", sa_type=Key)
    """Where the reporter is answered."""
    assignee_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)
    linked_id: int | None = Field(default=None, foreign_key="tickets.id", sa_type=Key)
    merged_id: int | None = Field(default=None, sa_type=Key, index=True)
    """The ticket that this one was merged into; its reporter hears of that one's outcome."""
    subject: str = ""
    """What fails for several communes at once, perhaps: iOffice, lộ 371; see tickets.subjects."""
    need: str = ""
    """What is asked for, so that communes' like requests meet; see tickets.clusters."""
    carriers: list[str] = Field(default_factory=list, sa_type=Document)
    """The communes that carry the request beside `commune`; see storage.carriers."""
    shared: bool = False
    """Whether it carries the reports of many communes: they are merged into it."""
    origin: str = ""
    """Where it comes from when it is no report of the day: a document, work handed over."""
    import_id: int | None = Field(default=None, sa_type=Key)
    """The list by which it was taken in; see storage.imports."""
    summary: str = ""
    """The matter in a few words, shown beside the number everywhere."""
    text: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    files: int = 0
    """How many photos and other files came with it."""
    former: list[str] = Field(default_factory=list, sa_type=Document)
    """The departments that it was rerouted away from, oldest first."""
    answers: dict[str, str] = Field(default_factory=dict, sa_type=Document)
    """What is known beside the text, by slot."""
    verdict: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What triage said: category, confidence, alternatives, why."""
    pack_version: int = 0
    opened_at: datetime = Field(sa_type=Instant)
    carded_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the lead's card was posted; a ticket without one has not reached a desk yet."""
    acknowledge_by: datetime | None = Field(default=None, sa_type=Instant)
    answer_by: datetime | None = Field(default=None, sa_type=Instant)
    result_by: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    next_due_at: datetime | None = Field(default=None, sa_type=Instant)
    next_step: str | None = None
    """What the sweep does when `next_due_at` comes: tickets.sweep knows the words."""
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the department first said something of substance: asked, updated, promised, solved."""
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the department last told the commune something."""
    waiting_since: datetime | None = Field(default=None, sa_type=Instant)
    """Since when the department waits for the commune; the clock stands still."""
    promised_at: datetime | None = Field(default=None, sa_type=Instant)
    """By when the department has promised to answer or to be done."""
    pressed_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the commune last asked how far it is; it moves up the desk's list."""
    proposal: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What waits for the head's yes: {move, words, until, by, at, files}; else empty."""
    owed: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What the lead owes now and since when it is the next thing: {what, by, since}; or empty."""
    ladder: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """The frozen steps of its escalation and which were told; see tickets.escalation."""
    asked_again_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the silent commune was asked a second time."""
    storm_id: int | None = Field(default=None, sa_type=Key)
    """The storm by whose shorter deadlines it runs."""
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)
    """Until when the desk does not want to be reminded."""
    resolution: str = ""
    document: str = ""
    """The number of the document that answers, as typed by the desk."""
    reopened: int = 0
    rating: int | None = None
    """1 to 5, given by the commune after the end."""
    search: str = ""
    """Folded text, number and place; see province.text.fold."""


class TicketEvent(Row, table=True):
    """One appended fact about a ticket; a database trigger refuses changes to it."""

    __tablename__ = "ticket_events"
    __table_args__ = (
        Index(None, "ticket_id", "id"),
        partial_index("ix_ticket_events_promise_broken", "kind = 'promise_broken'", "at"),
        partial_index("ix_ticket_events_disputed", DISPUTED_ROWS, "ticket_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    ticket_id: int = Field(foreign_key="tickets.id", sa_type=Key)
    at: datetime = Field(sa_type=Instant)
    kind: str
    actor: str
    """contact:17, person:4, clock, console:4, triage."""
    rule: str = ""
    """The rule that made an automatic act, with its legal basis."""
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class Counter(Row, table=True):
    """A running number, by name."""

    __tablename__ = "counters"
    name: str = Field(primary_key=True)
    value: int = 0


@event.listens_for(Session, "before_flush")
def _remember(session: Session, *_: object) -> None:
    """Note which tickets a transaction changes, for whoever plans what happens to them next."""
    session.info.setdefault("touched", {}).update(_changed_tickets(session))


def _changed_tickets(session: Session) -> dict[int, Ticket]:
    rows = (*session.new, *session.dirty)
    return {id(row): row for row in rows if isinstance(row, Ticket)}


def touched(session: Session) -> list[Ticket]:
    """The tickets that were changed in this transaction so far."""
    known: dict[int, Ticket] = session.info.get("touched", {})
    return list((known | _changed_tickets(session)).values())


async def next_number(session: AsyncSession, name: str) -> int:
    """Take the next running number of a name; two transactions never get the same."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    taken = await session.execute(_NEXT_NUMBER[is_sqlite], {"called": name})
    number: int = taken.scalar_one()
    return number


def _next_number(insert: Any) -> Any:
    counters = Counter.metadata.tables["counters"]
    first = insert(counters).values(name=bindparam("called"), value=1)
    further = first.on_conflict_do_update(
        index_elements=["name"], set_={"value": counters.c.value + 1}
    )
    return further.returning(counters.c.value)


_NEXT_NUMBER = {True: _next_number(sqlite_insert), False: _next_number(postgresql_insert)}
"""Built once; see storage.outbox."""


def log(
    session: AsyncSession,
    ticket: Ticket,
    kind: str,
    *,
    at: datetime,
    actor: str,
    rule: str = "",
    **inputs: Any,
) -> None:
    """Append one fact to a ticket's history.

    What the act changed in the row is noted under `set`, so that replaying the events gives the
    row; call it after the changes and before a flush.
    """
    assert ticket.id is not None
    changes = {**inputs.get("set", {}), **_changes(ticket)}
    if isinstance(actor, Actor) and (whose := _in_whose_place(actor, ticket)):
        inputs["for"] = whose
    append(
        session,
        TicketEvent,
        ticket_id=ticket.id,
        at=at,
        kind=kind,
        actor=str(actor),
        rule=rule,
        inputs={**inputs, "set": changes} if changes else inputs,
    )


def _in_whose_place(actor: Actor, ticket: Ticket) -> str:
    units = (ticket.lead, ticket.operator, ticket.commune, *ticket.coordinating)
    return actor.stands_for((ticket.assignee_id, ticket.reporter_id), units)


NOT_REPLAYED = frozenset({"id", "next_due_at", "next_step", "owed", "search"})
"""Columns that follow from the clock or from other columns, and are not part of the history."""


def _changes(ticket: Ticket) -> dict[str, Any]:
    """The columns changed since the last flush, as JSON values."""
    changed = inspect(ticket).committed_state
    return {name: as_json(getattr(ticket, name)) for name in changed if name not in NOT_REPLAYED}


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """The replayed columns of a ticket, as JSON values."""
    return {
        name: as_json(getattr(ticket, name))
        for name in Ticket.model_fields
        if name not in NOT_REPLAYED
    }


def as_json(value: Any) -> Any:
    """A column's value as an event keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


async def events_of(session: AsyncSession, ticket_id: int) -> Sequence[TicketEvent]:
    """A ticket's history, oldest first."""
    found = await session.execute(
        select(TicketEvent)
        .where(col(TicketEvent.ticket_id) == ticket_id)
        .order_by(col(TicketEvent.id))
    )
    return found.scalars().all()


TOLD = ("information_requested", "updated", "promised", "planned", "awaiting_guidance")
"""Events whose words the commune was told."""


async def last_words(session: AsyncSession, ticket_id: int) -> str:
    """What the department last told the commune, '' while it has said nothing."""
    found = await session.execute(
        select(col(TicketEvent.inputs))
        .where(col(TicketEvent.ticket_id) == ticket_id, col(TicketEvent.kind).in_(TOLD))
        .order_by(col(TicketEvent.id).desc())
        .limit(1)
    )
    inputs = found.scalar_one_or_none()
    return str(inputs.get("text", "")) if inputs else ""


async def happened(session: AsyncSession, ticket_id: int, kind: str, *, since: datetime) -> bool:
    """Whether a ticket's history has an event of a kind since an instant."""
    found = await session.execute(
        select(col(TicketEvent.id))
        .where(
            col(TicketEvent.ticket_id) == ticket_id,
            col(TicketEvent.kind) == kind,
            col(TicketEvent.at) >= since,
        )
        .limit(1)
    )
    return found.first() is not None


async def merged_into(
    session: AsyncSession, ticket_ids: Sequence[int], *, lock: bool = False
) -> Sequence[Ticket]:
    """The tickets that were merged into some others, oldest first."""
    await session.flush()
    statement = select(Ticket).where(col(Ticket.merged_id).in_(ticket_ids)).order_by(col(Ticket.id))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(statement)).scalars().all()


async def by_id(session: AsyncSession, ticket_id: int, *, lock: bool = False) -> Ticket | None:
    """A ticket by its id, its row locked until the commit when asked."""
    return await session.get(Ticket, ticket_id, with_for_update=lock or None)


async def newest_event(session: AsyncSession) -> int:
    """The number of the newest fact about any ticket: it rises with whatever happens."""
    return (await session.execute(select(func.max(col(TicketEvent.id))))).scalar_one() or 0


async def by_code(session: AsyncSession, code: str) -> Ticket | None:
    """The ticket of a whole number, by its unique index."""
    found = await session.execute(select(Ticket).where(col(Ticket.code) == code))
    return found.scalar_one_or_none()


async def assigned_to(session: AsyncSession, person_id: int) -> Sequence[Ticket]:
    """The open tickets that a person is in charge of, in the order in which they are locked."""
    found = await session.execute(
        select(Ticket)
        .where(col(Ticket.assignee_id) == person_id, col(Ticket.status).in_(OPEN))
        .order_by(col(Ticket.id))
    )
    return found.scalars().all()


async def told_by(
    session: AsyncSession, contact_id: int, receipt: str
) -> tuple[Ticket | None, bool]:
    """The ticket that a message of this contact opened (True) or was added to, if it is recent."""
    found = await session.execute(
        select(Ticket, TicketEvent)
        .join(TicketEvent, col(TicketEvent.ticket_id) == col(Ticket.id))
        .where(
            col(Ticket.contact_id) == contact_id,
            col(TicketEvent.kind).in_(["opened", "information_given"]),
        )
        .order_by(col(TicketEvent.id).desc())
        .limit(40)
    )
    for ticket, fact in found:
        if receipt and fact.inputs.get("receipt") == receipt:
            return ticket, fact.kind == "opened"
    return None, False


async def called(session: AsyncSession, digits: str) -> Sequence[Ticket]:
    """Tickets whose number is `digits` (NA-26-000123, or its last digits), newest first."""
    suffix = digits.upper() if "-" in digits else "-" + digits.lstrip("0").rjust(6, "0")
    code = col(Ticket.code)
    number = suffix.rpartition("-")[2]
    years = select(col(Counter.name) + f"-{number}")  # each counts by itself: NA-26, NA-25
    found = await session.execute(
        select(Ticket)
        .where(code.in_(years), code.like(f"%{suffix}"))
        .order_by(col(Ticket.id).desc())
        .limit(5)
    )
    return found.scalars().all()


# Every tick asks these, so they are built once.

_DUE = (
    select(col(Ticket.id))
    .where(col(Ticket.next_due_at) <= bindparam("now"))
    .order_by(col(Ticket.next_due_at))
    .limit(bindparam("most"))
)
_UNLOCKED = _DUE.with_for_update(skip_locked=True)


def _taking(due: Select[int | None]) -> ReturningUpdate[int | None]:
    return (
        update(Ticket)
        .where(col(Ticket.id).in_(due.scalar_subquery()))
        .values(next_due_at=None)
        .returning(col(Ticket.id))
        .execution_options(synchronize_session=False)
    )


_TAKE_DUE = _taking(_UNLOCKED)
_TAKE_ONE = _taking(_UNLOCKED.where(col(Ticket.id) == bindparam("only")))


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[int]:
    """The tickets whose step is due, the longest waiting first."""
    found = await session.execute(_DUE, {"now": now, "most": limit})
    return [ticket_id for ticket_id in found.scalars() if ticket_id is not None]


async def claim_due(
    session: AsyncSession, now: datetime, limit: int, *, only: int | None = None
) -> Sequence[int]:
    """Take tickets whose step is due; the due time is cleared, so nobody takes them again."""
    wanted, given = _TAKE_DUE, {"now": now, "most": limit}
    if only is not None:
        wanted, given = _TAKE_ONE, {"now": now, "most": limit, "only": only}
    claimed = await session.execute(wanted, given)
    return [ticket_id for ticket_id in claimed.scalars() if ticket_id is not None]


async def put_off(session: AsyncSession, ticket_id: int, until: datetime) -> None:
    """Let a ticket's step be due later."""
    await session.execute(
        update(Ticket)
        .where(col(Ticket.id) == ticket_id)
        .values(next_due_at=until)
        .execution_options(synchronize_session=False)
    )


async def open_after(session: AsyncSession, after: int, limit: int) -> Sequence[int]:
    """The open tickets in the order of their ids, past `after`."""
    found = await session.execute(
        select(col(Ticket.id))
        .where(col(Ticket.id) > after, col(Ticket.status).in_(OPEN))
        .order_by(col(Ticket.id))
        .limit(limit)
    )
    return [number for number in found.scalars() if number is not None]


async def count_open(session: AsyncSession) -> int:
    """How many tickets are open."""
    found = await session.execute(
        select(func.count()).select_from(Ticket).where(col(Ticket.status).in_(OPEN))
    )
    return found.scalar_one()

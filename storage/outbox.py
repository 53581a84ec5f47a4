"""Messages that have been decided but not yet delivered, and the calls that deliver them."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.people import Contact, Person
from storage.rows import Row, partial_index, write


class Kind(IntEnum):
    """What a notice is, in the order in which notices go out."""

    EMERGENCY = 0
    ANSWER = 1
    CARD = 2
    NOTICE = 3
    EDIT = 4
    REMINDER = 5
    BULK = 6
    DIGEST = 7


class Fate(StrEnum):
    """Where a notice or delivery stands; all but the first two are ends."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    DEAD = "dead"


FATES = ", ".join(f"'{fate}'" for fate in Fate)
UNDER_WAY = "fate in ('pending', 'sending')"
"""What has not ended, for indexes, and for statements that they are to answer."""
DEAD = "fate = 'dead'"
HELD = "held_at is not null and fate = 'pending'"


class Notice(Row, table=True):
    """Something we decided to say: neutral, to a contact, a person or a unit's desk."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(f"fate in ({FATES})", name="fate"),
        partial_index("ix_notices_waiting", "fate = 'pending'", "not_before", "kind", "id"),
        Index(None, "ticket_id", "id"),
        Index(None, "replace_key"),
        partial_index("ix_notices_dead", DEAD, "id"),
        partial_index("ix_notices_held", HELD, "person_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    kind: int
    contact_id: int | None = Field(default=None, sa_type=Key)
    person_id: int | None = Field(default=None, sa_type=Key)
    desk: str | None = None
    """The unit whose desk hears; exactly one of contact_id, person_id and desk is set."""
    ticket_id: int | None = Field(default=None, sa_type=Key)
    text: str
    buttons: list[list[dict[str, str]]] = Field(default_factory=list, sa_type=Document)
    """Rows of {label, press}."""
    numbered: bool = True
    """Whether a bare number presses a button; False when the message asks for a number."""
    media: list[int] = Field(default_factory=list, sa_type=Document)
    replace_key: str | None = None
    """A later notice with the same key edits the message that this one became."""
    created_at: datetime = Field(sa_type=Instant)
    not_before: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    held_at: datetime | None = Field(default=None, sa_type=Instant)
    """Since when it waits for others, as each message costs where it goes; see storage.held."""
    fate: str = Fate.PENDING
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str = ""


class Shown(NamedTuple):
    """The buttons that somebody has before them."""

    buttons: list[list[dict[str, str]]]
    numbered: bool


class Delivery(Row, table=True):
    """Exactly one call to one contact, written down before it is made."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(f"fate in ({FATES})", name="fate"),
        partial_index("ix_deliveries_waiting", UNDER_WAY, "not_before", "kind", "id"),
        partial_index("ix_deliveries_under_way", UNDER_WAY, "contact_id", "id"),
        partial_index("ix_deliveries_ended", "ended_at is not null", "channel", "ended_at"),
        Index(None, "contact_id", "id"),
        Index(None, "notice_id"),
        Index(None, "contact_id", "receipt"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    notice_id: int = Field(foreign_key="notices.id", sa_type=Key)
    contact_id: int = Field(foreign_key="contacts.id", sa_type=Key)
    channel: str
    ticket_id: int | None = Field(default=None, sa_type=Key)
    kind: int
    part: dict[str, Any] = Field(sa_type=Document)
    """The neutral part that this call carries; see bot.channels.base.Part."""
    edits: str | None = None
    """The receipt of the message this call changes."""
    not_before: datetime = Field(sa_type=Instant)
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    fate: str = Fate.PENDING
    receipt: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str = ""


# The statements of every update and every look of the deliverer are built once: to build such a
# statement takes longer than to run it.

_WAITING_NOTICES = (
    select(Notice)
    .where(col(Notice.fate) == Fate.PENDING, col(Notice.not_before) <= bindparam("now"))
    .order_by(col(Notice.kind), col(Notice.id))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


async def waiting_notices(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Notices that are to go out now, the most pressing first, locked until the commit."""
    found = await session.execute(_WAITING_NOTICES, {"now": now, "most": limit})
    return found.scalars().all()


def under_way(table: str = "deliveries") -> ColumnElement[bool]:
    """Calls that have not ended, of a table or of its alias."""
    return literal_column(f"{table}.{UNDER_WAY}")


_older = aliased(Delivery, name="older")
_ahead = exists().where(
    and_(
        col(_older.contact_id) == col(Delivery.contact_id),
        col(_older.kind) == col(Delivery.kind),
        col(_older.id) < col(Delivery.id),
        under_way("older"),
        or_(col(_older.not_before) <= bindparam("now"), col(_older.attempts) > 0),
        col(Delivery.kind).not_in([Kind.EMERGENCY, Kind.EDIT]),
    )
)
_WAITING_DELIVERIES = (
    select(Delivery, Contact)
    .join(Contact, col(Contact.id) == col(Delivery.contact_id))
    .where(
        under_way(),
        col(Delivery.not_before) <= bindparam("now"),
        or_(col(Delivery.lease_until).is_(None), col(Delivery.lease_until) <= bindparam("now")),
        ~_ahead,
        or_(
            col(Delivery.kind) == Kind.EMERGENCY,
            col(Delivery.contact_id).not_in(bindparam("held", expanding=True)),
        ),
        col(Delivery.contact_id).not_in(bindparam("closed", expanding=True)),
        col(Delivery.channel).not_in(bindparam("resting", expanding=True)),
    )
    .order_by(col(Delivery.kind), col(Delivery.id))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=Delivery)
)


async def waiting_deliveries(
    session: AsyncSession,
    now: datetime,
    limit: int,
    *,
    held: Sequence[int] = (),
    closed: Sequence[int] = (),
    resting: Sequence[str] = (),
) -> Sequence[tuple[Delivery, Contact]]:
    """Deliveries that may go now, locked until the commit, and where each goes.

    Within one contact and kind the earlier one goes first: a delivery waits while an older one
    that is due or being retried is unfinished; emergencies and edits stand outside. Contacts in
    `held` take only emergencies at this moment; those in `closed`, and channels in `resting`,
    nothing at all: what waits for them must not stand before what can go.
    """
    given = {"now": now, "most": limit, "held": list(held), "closed": list(closed)}
    given["resting"] = list(resting)
    return [(row[0], row[1]) for row in await session.execute(_WAITING_DELIVERIES, given)]


_notices, _deliveries = (Notice.metadata.tables[name] for name in ("notices", "deliveries"))
_LAST_SAID = (
    select(
        _notices.c.buttons,
        _notices.c.numbered,
        _deliveries.c.receipt,
        _deliveries.c.edits,
        _deliveries.c.kind,
    )
    .join(_deliveries, _deliveries.c.notice_id == _notices.c.id)
    .where(
        _deliveries.c.contact_id == bindparam("contact_id"),
        _deliveries.c.fate == Fate.DELIVERED,
    )
    .order_by(_deliveries.c.id.desc())
    .limit(12)
)
"""Of tables, not of entities: asked for most messages, and half as long without the mapper."""


async def last_said(session: AsyncSession, contact_id: int) -> Shown | None:
    """The newest message with buttons to a contact, as it stands now: what a typed number answers.

    A message that was changed keeps its place: an edit far up the chat is not the last word.
    """
    lately = await said_lately(session, contact_id)
    return lately[0] if lately else None


async def said_lately(session: AsyncSession, contact_id: int) -> list[Shown]:
    """The last messages with buttons to a contact, the newest first, each as it stands now.

    A change that came as a message of its own, where none can be changed, stands behind all others.
    """
    stands: dict[str, Shown] = {}
    said: list[Shown] = []
    changes: list[Shown] = []
    for row in await session.execute(_LAST_SAID, {"contact_id": contact_id}):
        now = stands.setdefault(row.receipt or "", Shown(row.buttons, row.numbered))
        if row.edits is None and now.buttons:
            (changes if row.kind == Kind.EDIT else said).append(now)
    return [*said, *changes]


async def last_ticket(
    session: AsyncSession, contact_id: int, since: datetime | None = None
) -> int | None:
    """The ticket of the newest message to a contact that is about one, if it came since then."""
    found = await session.execute(
        select(col(Delivery.ticket_id), col(Delivery.ended_at))
        .where(
            col(Delivery.contact_id) == contact_id,
            col(Delivery.fate) == Fate.DELIVERED,
            col(Delivery.edits).is_(None),
            col(Delivery.ticket_id).is_not(None),
        )
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    for ticket_id, at in found:
        return ticket_id if since is None or (at is not None and at >= since) else None
    return None


async def shown_at(session: AsyncSession, contact_id: int, receipt: str) -> Shown | None:
    """The buttons of a message of ours as it stands now: of the newest notice that it carries."""
    found = await session.execute(
        select(col(Notice.buttons), col(Notice.numbered))
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(col(Delivery.contact_id) == contact_id, col(Delivery.receipt) == receipt)
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    row = found.first()
    return Shown(*row) if row is not None else None


async def ticket_of_receipt(session: AsyncSession, contact_id: int, receipt: str) -> int | None:
    """Which ticket a message we sent, or received, was about."""
    found = await session.execute(
        select(col(Delivery.ticket_id))
        .where(col(Delivery.contact_id) == contact_id, col(Delivery.receipt) == receipt)
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


_RECEIPTS = (
    select(Contact, col(Delivery.receipt), col(Delivery.notice_id))
    .select_from(Delivery)
    .join(Notice, col(Notice.id) == col(Delivery.notice_id))
    .join(Contact, col(Contact.id) == col(Delivery.contact_id))
    .outerjoin(Person, col(Person.id) == col(Contact.person_id))
    .where(
        or_(col(Person.active), col(Contact.is_group)),
        col(Notice.replace_key) == bindparam("replace_key"),
        col(Delivery.fate) == Fate.DELIVERED,
        col(Delivery.receipt).is_not(None),
    )
    .order_by(col(Delivery.id))
)


async def receipts_of(
    session: AsyncSession, replace_key: str
) -> Sequence[tuple[Contact, str, int]]:
    """For each contact the receipt of the newest message that a replace key became, and of what.

    Who has left keeps what was said, and nothing of it changes before them any more; nor in a chat
    that was taken away from its person.
    """
    found = await session.execute(_RECEIPTS, {"replace_key": replace_key})
    newest = {contact.id: (contact, receipt or "", notice) for contact, receipt, notice in found}
    return list(newest.values())


_WAS_SAID = select(exists().where(col(Notice.replace_key) == bindparam("replace_key")))


async def was_said(session: AsyncSession, replace_key: str) -> bool:
    """Whether a notice with this key was ever posted, in this transaction too."""
    await write(session)
    return bool((await session.execute(_WAS_SAID, {"replace_key": replace_key})).scalar())


async def last_text(session: AsyncSession, replace_key: str) -> str:
    """What was said last under a key, '' when nothing was."""
    await write(session)
    found = await session.execute(
        select(col(Notice.text))
        .where(col(Notice.replace_key) == replace_key)
        .order_by(col(Notice.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or ""


async def desks_of(session: AsyncSession, ticket_id: int) -> Sequence[str]:
    """The desks to which a ticket was ever sent."""
    found = await session.execute(
        select(col(Notice.desk))
        .where(col(Notice.ticket_id) == ticket_id, col(Notice.desk).is_not(None))
        .where(col(Notice.replace_key).is_not(None))
        .distinct()
        .order_by(col(Notice.desk))
    )
    return [desk for desk in found.scalars() if desk]


_UNSETTLED = (
    select(col(Delivery.id))
    .join(Notice, col(Notice.id) == col(Delivery.notice_id))
    .where(col(Notice.replace_key) == bindparam("replace_key"), under_way())
    .limit(1)
)


async def is_unsettled(session: AsyncSession, replace_key: str) -> bool:
    """Whether a delivery of a replace key has not ended yet."""
    found = await session.execute(_UNSETTLED, {"replace_key": replace_key})
    return found.first() is not None


async def rest(session: AsyncSession, channel: str, until: datetime) -> None:
    """Hold back everything that waits for a channel; the database remembers it, not a process."""
    await session.execute(
        update(Delivery)
        .where(
            col(Delivery.channel) == channel,
            under_way(),
            col(Delivery.fate) == Fate.PENDING,
            col(Delivery.not_before) < until,
        )
        .values(not_before=until)
        .execution_options(synchronize_session=False)
    )


async def end_unknown(session: AsyncSession, delivery_id: int, now: datetime) -> None:
    """End a delivery of which nobody can say how it went."""
    await session.execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery_id)
        .values(fate=Fate.UNKNOWN, ended_at=now, lease_until=None, error="could not be settled")
        .execution_options(synchronize_session=False)
    )


async def readdress(session: AsyncSession, contact_id: int, to: int) -> None:
    """Let another contact hear what waits for one that stepped aside."""
    for table in (Notice, Delivery):
        await session.execute(
            update(table)
            .where(col(table.contact_id) == contact_id, col(table.fate) == Fate.PENDING)
            .values(contact_id=to)
            .execution_options(synchronize_session=False)
        )


_FATES = (
    select(Notice, col(Delivery.fate))
    .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
    .where(col(Notice.id).in_(bindparam("notices", expanding=True)))
)


async def fates_of(
    session: AsyncSession, notices: Sequence[int]
) -> Sequence[tuple[Notice, set[str]]]:
    """Some notices, and how the deliveries of each stand."""
    fates: dict[int, tuple[Notice, set[str]]] = {}
    for notice, fate in await session.execute(_FATES, {"notices": list(notices)}):
        fates.setdefault(notice.id or 0, (notice, set()))[1].add(fate)
    return list(fates.values())


async def cancel(session: AsyncSession, ticket_id: int, kind: Kind, now: datetime) -> None:
    """End the notices of a kind about a ticket that have not gone out yet."""
    await session.execute(
        update(Notice)
        .where(
            col(Notice.ticket_id) == ticket_id,
            col(Notice.kind) == kind,
            col(Notice.fate) == Fate.PENDING,
        )
        .values(fate=Fate.CANCELLED, ended_at=now)
        .execution_options(synchronize_session=False)
    )


async def call_off_key(session: AsyncSession, begins: str, now: datetime) -> None:
    """End the notices whose keys begin so and that have not gone out yet."""
    await session.execute(
        update(Notice)
        .where(
            col(Notice.replace_key).startswith(begins),
            literal_column("notices.fate = 'pending'"),
        )
        .values(fate=Fate.CANCELLED, ended_at=now)
        .execution_options(synchronize_session=False)
    )


async def other_reminders(session: AsyncSession, notice: Notice, now: datetime) -> Sequence[Notice]:
    """The reminders beside this one that are due now for the same reader."""
    found = await session.execute(
        select(Notice).where(
            col(Notice.kind) == Kind.REMINDER,
            literal_column("notices.fate = 'pending'"),
            col(Notice.not_before) <= now,
            col(Notice.person_id).is_not_distinct_from(notice.person_id),
            col(Notice.desk).is_not_distinct_from(notice.desk),
            col(Notice.id) != notice.id,
        )
    )
    return sorted(found.scalars(), key=lambda other: other.id or 0)


async def dead_letters(session: AsyncSession, limit: int = 50) -> Sequence[Delivery]:
    """Deliveries that were given up on, newest first."""
    found = await session.execute(
        select(Delivery)
        .where(col(Delivery.fate) == Fate.DEAD)
        .order_by(col(Delivery.id).desc())
        .limit(limit)
    )
    return found.scalars().all()


async def count(session: AsyncSession, fate: Fate) -> int:
    """How many deliveries stand at a fate."""
    found = await session.execute(
        select(func.count()).select_from(Delivery).where(col(Delivery.fate) == fate)
    )
    return found.scalar_one()


async def count_notices(session: AsyncSession, fate: Fate) -> int:
    """How many notices stand at a fate."""
    found = await session.execute(
        select(func.count()).select_from(Notice).where(col(Notice.fate) == fate)
    )
    return found.scalar_one()

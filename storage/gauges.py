"""How full and how late the work is at a moment: counts for whoever watches, nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import inbox, outbox, rounds
from storage.inbox import Received
from storage.media import Media
from storage.outbox import Delivery, Notice
from storage.people import Contact
from storage.rounds import Round
from storage.shortfalls import shortfalls
from storage.tasks import Task
from storage.tickets import OPEN_ROWS, Ticket, TicketEvent

WEEK = timedelta(days=7)
UNADDRESSED = "none yet"
"""In place of a channel: what was decided and has no address yet."""
USAGE = "usage"
"""The round that counts what channels with a quota carried (tickets/acts/usage.py)."""
_until = col(Contact.resting_until)
_RESTING: ColumnElement[bool] = literal_column("contacts.resting_until is not null")
_DEAD = text("notices.fate = 'dead'")
"""In the words of `ix_notices_dead`, or SQLite does not take that index."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to go out by now on one channel: how many calls, and the seconds of the oldest."""

    count: int
    seconds: float


@dataclass(slots=True)
class Gauges:
    """All that is measured of a database."""

    waiting: dict[str, Waiting] = field(default_factory=dict)
    """By channel."""
    lag: dict[str, float] = field(default_factory=dict)
    """Seconds by which the oldest due step, task and round is late; 0 when none is."""
    shortfalls: dict[str, int] = field(default_factory=dict)
    dead: int = 0
    set_aside: int = 0
    files: int = 0
    open: dict[str, int] = field(default_factory=dict)
    """Open tickets by status."""
    resting: dict[str, int] = field(default_factory=dict)
    """Contacts whose quota is used up, by channel."""
    used: dict[str, int] = field(default_factory=dict)
    """Messages of the month by Zalo bot, as counted last when offices opened."""
    oa: tuple[int, int] = (0, 0)
    """Of the Official Account: sent this month, and how many of them outside the free span."""
    one_way: dict[str, int] = field(default_factory=dict)
    """E-mails and SMS of the month."""
    triaged: int = 0
    """Tickets of the last seven days that triage looked at."""
    confidence: float = 0.0
    """The mean of how sure it was."""
    corrected: int = 0
    """Of these how many a person sent elsewhere or called something else."""


async def gauges(session: AsyncSession, now: datetime) -> Gauges:
    """Measure; each question by an index, or about the last week alone."""
    found = Gauges(waiting=await _waiting(session, now), lag=await _lag(session, now))
    found.shortfalls = {one.kind: one.count for one in await shortfalls(session, now)}
    found.dead = await _count(session, Notice, _DEAD, col(Notice.kind) != outbox.Kind.EDIT)
    found.set_aside = await _count(session, Received, col(Received.fate) == inbox.Fate.SET_ASIDE)
    found.files = await _count(session, Media, text("media.fate = 'pending'"))
    found.open = await _by(session, col(Ticket.status), text(f"tickets.{OPEN_ROWS}"))
    found.resting = await _by(session, col(Contact.channel), and_(_RESTING, _until > now))
    usage = await rounds.named(session, USAGE)
    _carried(usage.kept if usage is not None else {}, found)
    await _triage(session, now, found)
    return found


def _carried(kept: dict[str, Any], found: Gauges) -> None:
    """What the round of tickets/acts/usage.py kept."""
    found.used = dict(kept.get("used", {}))
    sent, late = kept.get("oa", (0, 0))
    found.oa, found.one_way = (int(sent), int(late)), dict(kept.get("one_way", {}))


async def _waiting(session: AsyncSession, now: datetime) -> dict[str, Waiting]:
    calls = await session.execute(
        select(col(Delivery.channel), func.count(), func.min(col(Notice.not_before)))
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .where(outbox.under_way(), col(Delivery.not_before) <= now)
        .group_by(col(Delivery.channel))
    )
    found = {row[0]: Waiting(row[1], (now - row[2]).total_seconds()) for row in calls}
    count, oldest = (
        await session.execute(
            select(func.count(), func.min(col(Notice.not_before))).where(
                col(Notice.fate) == outbox.Fate.PENDING, col(Notice.not_before) <= now
            )
        )
    ).one()
    if count:
        found[UNADDRESSED] = Waiting(count, (now - oldest).total_seconds())
    return found


async def _lag(session: AsyncSession, now: datetime) -> dict[str, float]:
    lag = {}
    for name, at in (
        ("steps", col(Ticket.next_due_at)),
        ("tasks", col(Task.next_due_at)),
        ("rounds", col(Round.next_due_at)),
    ):
        oldest = (await session.execute(select(func.min(at)))).scalar_one()
        lag[name] = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    return lag


async def _count(session: AsyncSession, table: Any, *conditions: Any) -> int:
    counted = select(func.count()).select_from(table).where(*conditions)
    return int((await session.execute(counted)).scalar_one())


async def _by(session: AsyncSession, column: Any, condition: Any) -> dict[str, int]:
    found = await session.execute(select(column, func.count()).where(condition).group_by(column))
    return {str(row[0]): row[1] for row in found}


async def _triage(session: AsyncSession, now: datetime, found: Gauges) -> None:
    lately = col(Ticket.opened_at) >= now - WEEK
    verdicts: Sequence[Any] = (
        (await session.execute(select(col(Ticket.verdict)).where(lately))).scalars().all()
    )
    sure = [float(verdict["confidence"]) for verdict in verdicts if "confidence" in verdict]
    found.triaged, found.confidence = len(sure), sum(sure) / len(sure) if sure else 0.0
    otherwise = (
        select(col(TicketEvent.id))
        .where(
            col(TicketEvent.ticket_id) == col(Ticket.id),
            col(TicketEvent.kind).in_(["recategorised", "rerouted"]),
        )
        .exists()
    )
    found.corrected = await _count(session, Ticket, lately, otherwise)

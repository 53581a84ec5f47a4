"""What should have happened by now and has not: one indexed question for each kind of thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import inbox, media, outbox
from storage.inbox import Received
from storage.media import Media
from storage.outbox import Delivery, Kind, Notice
from storage.rounds import Round
from storage.tasks import Task
from storage.tickets import FORGOTTEN, Ticket

LATE = timedelta(minutes=5)
"""How overdue a step may be, and how long an emergency's message may take."""
TRIED = timedelta(hours=2, minutes=15)
"""How long any other message may take: it is tried for two hours, then somebody is told."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One kind of thing that fell short: how many, and since when the oldest (UTC)."""

    kind: str
    count: int
    since: datetime


async def shortfalls(session: AsyncSession, now: datetime) -> Sequence[Shortfall]:
    """Everything that falls short at an instant; empty when all is as it should be."""
    found = []
    for kind, question in _questions(now).items():
        count, since = (await session.execute(question)).one()
        if count:
            found.append(Shortfall(kind, count, since))
    return found


def _questions(now: datetime) -> dict[str, Select[int, datetime]]:
    """By kind: how many, and the oldest."""
    late = now - LATE
    calls = (
        select(func.count(), func.min(col(Notice.not_before)))
        .select_from(Delivery)
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .where(outbox.under_way())
    )
    return {
        "forgotten": _counted(Ticket.opened_at).where(text(FORGOTTEN)),
        "steps": _counted(Ticket.next_due_at).where(col(Ticket.next_due_at) < late),
        "tasks": _counted(Task.next_due_at).where(col(Task.next_due_at) < late),
        "rounds": _counted(Round.next_due_at).where(col(Round.next_due_at) < late),
        "notices": _counted(Notice.not_before).where(
            col(Notice.fate) == outbox.Fate.PENDING, col(Notice.not_before) < late
        ),
        "emergencies": calls.where(
            col(Notice.kind) == Kind.EMERGENCY, col(Notice.not_before) < late
        ),
        "messages": calls.where(
            col(Notice.kind) != Kind.EMERGENCY, col(Notice.not_before) < now - TRIED
        ),
        "albums": _counted(Received.due_at).where(
            col(Received.fate) == inbox.Fate.PARKED, col(Received.due_at) < late
        ),
        "files": _counted(Media.created_at).where(
            col(Media.fate) == media.Fate.PENDING, col(Media.created_at) < now - TRIED
        ),
    }


def _counted(since: Any) -> Select[int, datetime]:
    return select(func.count(), func.min(since))

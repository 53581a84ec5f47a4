"""Time in the made-up province: it leaps to the next look at which something is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select, true, union_all
from sqlmodel import col

from bot.app import Program
from bot.life.expected import Outages
from bot.life.life import Life
from storage.inbox import Fate as Parked
from storage.inbox import Received
from storage.outbox import Delivery, Fate, Notice, under_way
from storage.rounds import Round
from storage.tasks import Task
from storage.tickets import Ticket

TIMES: tuple[tuple[Any, ColumnElement[bool]], ...] = (
    (col(Ticket.next_due_at), true()),
    (col(Task.next_due_at), true()),
    (col(Round.next_due_at), true()),
    (col(Received.due_at), col(Received.fate) == Parked.PARKED),
    (col(Notice.not_before), literal_column("notices.fate = 'pending'")),
    (col(Delivery.not_before), and_(under_way(), col(Delivery.fate) == Fate.PENDING)),
)
DUE = union_all(
    *(select(func.min(at)).where(waits, at > bindparam("after")) for at, waits in TIMES)
)
"""When something waits to happen, each part by its index."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LOOKS = timedelta(minutes=1)
"""Between two looks; the ledger calls late what is five minutes late."""
AT_ONCE = 500
"""Looks at one instant after which something must be going in circles."""


@dataclass(slots=True)
class Clock:
    """The virtual time that everything is given."""

    now: datetime

    def __call__(self) -> datetime:
        """The present instant (UTC)."""
        return self.now


async def live(
    program: Program,
    life: Life,
    clock: Clock,
    until: datetime,
    outages: Outages,
    progress: Callable[[datetime], None],
) -> None:
    """Let everything happen up to an instant; during an outage nothing runs, and all waits.

    Raises RuntimeError when one instant never ends.
    """
    looks, after = 0, LONG_AGO
    while True:
        due = await _next_due(program, after)
        at = min(filter(None, (life.next_at, due, until)))
        looks = looks + 1 if at <= clock.now else 0
        if looks > AT_ONCE:
            raise RuntimeError(f"nothing comes to an end at {clock.now}")
        clock.now = outages.first_after(max(clock.now, _next_look(at)))
        if clock.now >= until:
            while await program.deliverer.once():
                pass  # the last calls are settled: the books are read next
            return
        progress(clock.now)
        done = await _act(life, program, clock.now)
        # What is due and cannot go yet waits for something else: on to what comes after.
        after = LONG_AGO if done else clock.now


async def _act(life: Life, program: Program, now: datetime) -> int:
    """Let all be said, delivered and done that is due at an instant, until nothing is left."""
    done = 0
    for _ in range(AT_ONCE):
        more = await life.act(program, now) + await program.deliverer.once()
        more = more or await program.tick()
        if not more:
            break
        done += more
    return done


def _next_look(at: datetime) -> datetime:
    """The first look at or after an instant: what is due between two looks is done together."""
    return at + timedelta(microseconds=(-(at.timestamp() * 1e6)) % (LOOKS / timedelta.resolution))


async def _next_due(program: Program, after: datetime) -> datetime | None:
    async with program.database.reading() as session:
        times = (await session.execute(DUE, {"after": after})).scalars()
        return min(filter(None, times), default=None)

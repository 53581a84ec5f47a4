"""Deliberate faults, so that it is known that the ledger bites."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from tickets import agenda, notices
from tickets.escalation import Ladder
from tickets.moment import Moment

FAULTS = ("skip-step", "double-notice", "late-step")
SHARE = 0.3
"""How often the fault strikes where it can."""
LATE = timedelta(minutes=30)


@contextmanager
def injected(fault: str, chance: random.Random) -> Iterator[None]:
    """Run with one of FAULTS, or with none for ""."""
    if not fault:
        yield
        return
    with INJECTED[fault](chance):
        yield


def _skip_step(chance: random.Random) -> Any:
    due = Ladder.due

    def skips(ladder: Ladder, now: datetime, calendar: Any) -> list[int]:
        steps = due(ladder, now, calendar)
        new = [index for index in steps if index >= ladder.done]
        return [s for s in steps if s != new[0]] if new and chance.random() < SHARE else steps

    return patch.object(Ladder, "due", skips)


def _double_notice(chance: random.Random) -> Any:
    true = notices.post

    def doubles(*given: Any, **named: Any) -> None:
        for _ in range(2 if chance.random() < SHARE else 1):
            true(*given, **named)

    return patch.object(notices, "post", doubles)


def _late_step(chance: random.Random) -> Any:
    true = agenda.plan

    def late(moment: Moment, ticket: Any) -> None:
        true(moment, ticket)
        if ticket.next_step == agenda.LADDER and chance.random() < SHARE:
            ticket.next_due_at += LATE

    return patch.object(agenda, "plan", late)


INJECTED = {"skip-step": _skip_step, "double-notice": _double_notice, "late-step": _late_step}

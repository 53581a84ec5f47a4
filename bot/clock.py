"""The metronome: asks every second what is due; what is due stands in the database."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()
TICK = 1.0
"""Seconds; a missed, doubled or late tick is harmless."""


def metronome(ticks: dict[str, Callable[[], Awaitable[Any]]]) -> AsyncIOScheduler:
    """A scheduler without a job store that runs each tick every second, never twice at once."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, tick in ticks.items():
        scheduler.add_job(
            _guarded,
            "interval",
            args=[name, tick],
            seconds=TICK,
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return scheduler


async def _guarded(name: str, tick: Callable[[], Awaitable[Any]]) -> None:
    try:
        await tick()
    except Exception as error:  # noqa: BLE001  the next tick tries again
        log.error("tick failed", tick=name, error=type(error).__name__)

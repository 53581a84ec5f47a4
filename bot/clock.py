"""The metronome: asks every second what is due; what is due stands in the database."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()
TICK = 1.0
"""Seconds; a missed, doubled or late tick is harmless."""
Tick = Callable[[], Awaitable[Any]]


def metronome(ticks: Mapping[str, tuple[Tick, float]]) -> AsyncIOScheduler:
    """A scheduler without a job store; each tick comes each so many seconds, one at a time."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, (tick, seconds) in ticks.items():
        scheduler.add_job(
            _guarded,
            "interval",
            args=[name, tick],
            seconds=seconds,
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return scheduler


async def _guarded(name: str, tick: Tick) -> None:
    try:
        await tick()
    except Exception as error:  # noqa: BLE001  the next tick tries again
        log.error("tick failed", tick=name, error=type(error).__name__)

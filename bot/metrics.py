"""What whoever watches reads at /metrics: counts and seconds, never who said what to whom."""

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from bot.app import Program
from bot.channels.base import OverQuota, RetryLater, Undeliverable, Unknown
from bot.settings import Settings
from storage.engine import Database
from storage.gauges import Gauges, gauges
from storage.outbox import Delivery, Kind
from tickets import reach
from tickets.incoming import Incoming

FRESH = 10.0
"""Seconds for which what the database said is said again."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200)
OUTCOMES: tuple[tuple[type, str], ...] = (
    (str, "delivered"),
    (RetryLater, "retried"),
    (OverQuota, "over quota"),
    (Undeliverable, "undeliverable"),
    (Unknown, "unknown"),
)
KINDS = (
    "forgotten", "steps", "tasks", "rounds", "notices", "emergencies", "messages", "albums",
    "files",
)  # fmt: skip
"""What may fall short (storage/shortfalls.py); each is told, with 0 while it does not."""

log = structlog.get_logger()


class Metrics:
    """One process's own counts, and what the database says at the moment."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        standing: Callable[[], Mapping[str, str]],
        token: str = "",
    ) -> None:
        """`token` is what a reader must bring; '' lets only this machine read.

        `standing` says which roles the process has, and whether it is at work in each.
        """
        self.token = token
        self._database, self._now, self._standing = database, now, standing
        self._one_at_a_time = asyncio.Lock()
        self._found: Gauges | None = None
        self._read_at = -math.inf
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)
        self._updates = Counter(
            "thaogo_updates", "Updates that came in", ["channel", "outcome"], registry=own
        )
        self._update_seconds = Histogram(
            "thaogo_update_seconds",
            "From an update's arrival to its commit",
            ["channel"],
            buckets=SECONDS,
            registry=own,
        )
        self._calls = Counter(
            "thaogo_calls", "Calls to channels", ["channel", "outcome"], registry=own
        )
        self._delivery_seconds = Histogram(
            "thaogo_delivery_seconds",
            "From the time a message was to go out until its first call succeeded",
            ["channel", "kind"],
            buckets=SECONDS,
            registry=own,
        )
        self._is_there = Gauge(
            "thaogo_database_up", "Whether the database answered the last time", registry=own
        )
        own.register(self)

    def watch(self, program: Program) -> None:
        """Count what a program takes in and sends."""
        program.intake.ended = self.ended
        program.deliverer.called = self.called

    def ended(self, said: Incoming, began: float, done: "asyncio.Future[None]") -> None:
        """An update is committed, or was not; `began` as time.perf_counter counts."""
        failed = done.cancelled() or done.exception() is not None
        self._updates.labels(said.channel, "failed" if failed else "taken").inc()
        self._update_seconds.labels(said.channel).observe(time.perf_counter() - began)

    def called(self, delivery: Delivery, outcome: str | Exception, now: datetime) -> None:
        """A call to a channel has ended so."""
        word = next((word for kind, word in OUTCOMES if isinstance(outcome, kind)), "failed")
        self._calls.labels(delivery.channel, word).inc()
        if word == "delivered" and delivery.attempts == 1:
            seconds = max(0.0, (now - delivery.not_before).total_seconds())
            kind = Kind(delivery.kind).name.lower()
            self._delivery_seconds.labels(delivery.channel, kind).observe(seconds)

    async def text(self) -> bytes:
        """All of it in Prometheus's own words."""
        async with self._one_at_a_time:
            if time.monotonic() - self._read_at > FRESH:
                await self._read()
            return generate_latest(self.registry)

    async def _read(self) -> None:
        try:
            async with self._database.reading() as session:
                self._found = await gauges(session, self._now())
        except Exception as error:  # noqa: BLE001  that it is away is itself worth telling
            log.warning("metrics without the database", error=type(error).__name__)
            self._found = None
        self._is_there.set(self._found is not None)
        self._read_at = time.monotonic()

    def collect(self) -> Iterator[Metric]:
        """What the database said, and the process's roles; asked for by the registry."""
        yield _by("thaogo_role", "1 where the process is at work", "role", self._roles())
        if self._found is not None:
            yield from _of_database(self._found)

    def _roles(self) -> dict[str, float]:
        return {role: float(state == "at work") for role, state in self._standing().items()}

    def describe(self) -> Iterable[Metric]:
        """Nothing, or the registry would ask the database for it."""
        return []


def measured(
    settings: Settings,
    database: Database,
    now: Callable[[], datetime],
    standing: Callable[[], Mapping[str, str]],
) -> Metrics | None:
    """The counts of a process, where the settings ask for them."""
    token = settings.metrics_token
    if token is None and not settings.metrics_local:
        return None
    return Metrics(database, now, standing, token.get_secret_value() if token else "")


def _of_database(found: Gauges) -> Iterator[Metric]:
    waiting = found.waiting
    yield _by(
        "thaogo_outbox_waiting", "Messages that should go out now", "channel",
        {name: one.count for name, one in waiting.items()},
    )  # fmt: skip
    yield _by(
        "thaogo_outbox_oldest_seconds", "For how long the oldest of them waits", "channel",
        {name: one.seconds for name, one in waiting.items()},
    )  # fmt: skip
    yield _one("thaogo_dead_letters", "Messages that reached nobody", found.dead)
    yield _one("thaogo_set_aside", "Updates that nobody could handle", found.set_aside)
    yield _one("thaogo_files_waiting", "Files that are still to be fetched", found.files)
    yield _by("thaogo_sweep_lag_seconds", "How late the oldest due thing is", "of", found.lag)
    short = {kind: found.shortfalls.get(kind, 0) for kind in KINDS}
    yield _by("thaogo_shortfalls", "What should have happened by now", "kind", short)
    yield _by("thaogo_open_tickets", "Tickets that are not closed", "status", found.open)
    yield _by("thaogo_resting_contacts", "Whose quota is used up", "channel", found.resting)
    yield _by("thaogo_quota_used", "Messages of the month, as told last", "sender", found.used)
    month = {"zalo_bot": sum(found.used.values()), "zalo_oa": found.oa[0], **found.one_way}
    yield _by("thaogo_month_messages", "Messages of the month, as told last", "channel", month)
    cost = {"zalo_oa": found.oa[1] * reach.PRICE}
    yield _by(
        "thaogo_month_cost_dong", "What they cost, before what a plan includes", "channel", cost
    )
    yield _one("thaogo_quota_limit", "Messages a Zalo bot may have a month", reach.BOT_MONTH)
    yield _one("thaogo_triaged_week", "Tickets of seven days that were triaged", found.triaged)
    yield _one("thaogo_confidence_week", "How sure triage was, on average", found.confidence)
    yield _one("thaogo_corrected_week", "Of these, sent or called otherwise", found.corrected)


def _one(name: str, means: str, value: float) -> Metric:
    return GaugeMetricFamily(name, means, value=value)


def _by(name: str, means: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, means, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family

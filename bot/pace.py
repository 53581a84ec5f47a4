"""How fast a channel takes messages: 30 a second over all, 20 a minute in one group."""

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channels.base import Limits
from storage.people import Contact

FOR_EMERGENCIES = 4
"""Calls a minute in each group that only emergencies may use."""
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class Pace:
    """Counts what went out in the last second and minute, so that only what can go is claimed."""

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        """`limits` by channel; a channel without rates is never held."""
        self.limits = limits
        self._sent: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._groups: defaultdict[int, deque[datetime]] = defaultdict(deque)
        self._per_minute: dict[int, float] = {}
        self._paused: dict[str, datetime] = {}

    def pause(self, channel: str, until: datetime) -> None:
        """Send nothing on a channel until an instant: it said so itself."""
        self._paused[channel] = max(until, self._paused.get(channel, until))

    def full(self, now: datetime) -> tuple[list[int], list[str]]:
        """The groups (contact ids) that take only emergencies now, and the channels at rest."""
        groups = [
            contact
            for contact, most in self._per_minute.items()
            if _count(self._groups[contact], now, MINUTE) >= most - FOR_EMERGENCIES
        ]
        channels = [name for name in self.limits if not self._has_room(name, now)]
        return groups, channels

    def take(
        self, channel: str, contact: Contact, now: datetime, *, emergency: bool = False
    ) -> bool:
        """Count one call, if it may go now."""
        if not self._has_room(channel, now):
            return False
        limits = self.limits[channel]
        if contact.is_group and limits.group_per_minute and contact.id is not None:
            self._per_minute[contact.id] = limits.group_per_minute
            sent = self._groups[contact.id]
            most = limits.group_per_minute - (0 if emergency else FOR_EMERGENCIES)
            if _count(sent, now, MINUTE) >= most:
                return False
            sent.append(now)
        if limits.per_second:
            self._sent[channel].append(now)
        return True

    def next_free(self, now: datetime, idle: float) -> float:
        """Seconds until a full channel takes something again, `idle` when none is full."""
        waits = [idle]
        for name, sent in self._sent.items():
            if sent and not self._has_room(name, now):
                waits.append((sent[0] + SECOND - now).total_seconds())
        return max(0.01, min(waits))

    def _has_room(self, channel: str, now: datetime) -> bool:
        if now < self._paused.get(channel, now):
            return False
        most = self.limits[channel].per_second
        return not most or _count(self._sent[channel], now, SECOND) < most


def _count(sent: deque[datetime], now: datetime, span: timedelta) -> int:
    while sent and (now - sent[0] >= span or sent[0] > now):
        sent.popleft()
    return len(sent)

"""How fast a channel takes messages: 30 a second over all, 20 a minute in one group."""

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channels.base import Limits
from storage.people import Contact

FOR_EMERGENCIES = 4
"""Calls a minute in each group that only emergencies may use."""
FREELY = 6
"""Calls a minute in a group that may follow each other at once; others are spaced."""
SPARING = timedelta(seconds=30)
"""Between two that are no emergencies, while emergencies alone nearly fill the group."""
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
LATE = timedelta(milliseconds=200)
"""So much of a late look is made up for by calls that follow each other more closely."""
BUSY = timedelta(milliseconds=100)
"""A channel whose next call could have gone longer ago than this has nothing to do."""
SOON = 0.001
LOST = timedelta(minutes=3)
"""A call that has not ended for so long is not under way any more; longer than a lease."""


class Pace:
    """Spaces and counts a channel's calls, and counts a group's: only what can go is claimed.

    A call counts from its claim until a second after its answer. The channel has counted it at some
    moment in between, so no second of the channel's can hold more than its limit, however late a
    call goes out. They are spaced as well, not let go thirty at a time: what is more pressing then
    waits for the next call only, instead of for all that have been claimed.
    """

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        """`limits` by channel; a channel without rates is never held."""
        self.limits = limits
        self._next: dict[str, datetime] = {}
        self._under_way: defaultdict[str, dict[int, datetime]] = defaultdict(dict)
        self._ended: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._groups: defaultdict[int, deque[datetime]] = defaultdict(deque)
        self._urgent: defaultdict[int, deque[datetime]] = defaultdict(deque)
        self._ordinary_at: dict[int, datetime] = {}
        self._per_minute: dict[int, float] = {}
        self._paused: dict[str, datetime] = {}
        self._was_full: set[str] = set()

    def pause(self, channel: str, until: datetime) -> None:
        """Send nothing on a channel until an instant: it said so itself."""
        self._paused[channel] = max(until, self._paused.get(channel, until))

    def set_back(self, by: timedelta) -> None:
        """The clock was set back: what was counted by it is now in the future, and forgotten."""
        self._next.clear()
        self._ended.clear()
        self._groups.clear()
        self._urgent.clear()
        self._ordinary_at.clear()
        self._paused = {name: until - by for name, until in self._paused.items()}

    def full(self, now: datetime) -> tuple[list[int], list[str]]:
        """The groups (contact ids) that take only emergencies now, and the channels at rest."""
        groups = [
            contact
            for contact, most in self._per_minute.items()
            if not self._takes_ordinary(contact, most - FOR_EMERGENCIES, now)
        ]
        channels = [name for name in self.limits if not self._has_room(name, now)]
        self._was_full = set(channels)
        return groups, channels

    def closed(self, now: datetime) -> list[int]:
        """The groups (contact ids) that take nothing at all now, not even emergencies."""
        return [
            contact
            for contact, most in self._per_minute.items()
            if _count(self._groups[contact], now, MINUTE) >= most
        ]

    def is_busy(self, now: datetime) -> bool:
        """Whether calls that are kept apart follow each other at this moment."""
        return any(now - at < BUSY for at in self._next.values())

    def take(
        self,
        channel: str,
        contact: Contact,
        now: datetime,
        *,
        delivery: int = 0,
        emergency: bool = False,
    ) -> bool:
        """Count one call, if it may go now; `ended` is told of it by its delivery's id."""
        if not self._has_room(channel, now):
            self._was_full.add(channel)
            return False
        limits = self.limits[channel]
        if contact.is_group and limits.group_per_minute and contact.id is not None:
            self._per_minute[contact.id] = limits.group_per_minute
            if not self._take_in_group(contact.id, limits.group_per_minute, now, emergency):
                return False
        if limits.per_second:
            earliest = max(self._next.get(channel, now), now - LATE)
            self._next[channel] = earliest + SECOND / limits.per_second
            self._under_way[channel][delivery] = now
        return True

    def _take_in_group(self, group: int, most: float, now: datetime, emergency: bool) -> bool:  # noqa: FBT001  as take has it
        sent = self._groups[group]
        if emergency:
            if _count(sent, now, MINUTE) >= most:
                return False
            self._urgent[group].append(now)
        else:
            if not self._takes_ordinary(group, most - FOR_EMERGENCIES, now):
                return False
            self._ordinary_at[group] = now
        sent.append(now)
        return True

    def _takes_ordinary(self, group: int, most: float, now: datetime) -> bool:
        """Whether a group takes what is no emergency: some at once, the others spaced.

        So many emergencies as came in the last minute are expected in the next one too.
        """
        count = _count(self._groups[group], now, MINUTE)
        if count >= most:
            return False
        urgent = _count(self._urgent[group], now, MINUTE)
        if count < FREELY and not urgent:
            return True
        gap = SPARING if count + urgent >= most else MINUTE / most
        last = self._ordinary_at.get(group)
        return last is None or now - last >= gap

    def ended(self, channel: str, delivery: int, now: datetime) -> None:
        """A call was answered, or given up on."""
        if self._under_way[channel].pop(delivery, None) is not None:
            self._ended[channel].append(now)

    def next_free(self, now: datetime, idle: float) -> float:
        """Seconds until a channel that was full takes something again, `idle` when none was."""
        if any(self._has_room(name, now) for name in self._was_full):
            return SOON
        frees = [at - LATE for at in self._next.values()]
        frees += [
            ended[0] + SECOND
            for name, ended in self._ended.items()
            if ended and not self._has_room(name, now)
        ]
        waits = [(at - now).total_seconds() for at in frees if at > now]
        return max(SOON, min([idle, *waits]))

    def _has_room(self, channel: str, now: datetime) -> bool:
        if now < self._paused.get(channel, now):
            return False
        most = self.limits[channel].per_second
        if not most:
            return True
        calls = self._under_way[channel]
        for lost in [call for call, since in calls.items() if now - since > LOST]:
            del calls[lost]
        counted = len(calls) + _count(self._ended[channel], now, SECOND)
        return counted < most and now >= self._next.get(channel, now) - LATE


def _count(sent: deque[datetime], now: datetime, span: timedelta) -> int:
    while sent and (now - sent[0] >= span or sent[0] > now):
        sent.popleft()
    return len(sent)

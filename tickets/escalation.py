"""A ticket's ladder: who hears next when what is owed stays away; frozen once it has begun."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from province.pack import Chain, ChainName, Policies, Step, Urgency
from tickets.calendar import OfficeCalendar
from tickets.deadlines import Clock, after
from tickets.owed import Owed

SLOWEST: dict[Clock, str] = {"wall": "1 hours", "office": "1 days"}
"""Once the whole ladder has heard, nobody is told of the same thing more often."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one ticket as they stood when its ladder began, and which have been told.

    `told` holds, for each step that was told, the UTC instant of the last time.
    """

    pack: int
    urgency: str
    clock: Clock
    steps: tuple[Step, ...]
    owed: Owed
    told: tuple[datetime, ...] = ()

    @property
    def done(self) -> int:
        """How many steps have been told."""
        return len(self.told)

    def aimed_at(self, owed: Owed) -> "Ladder":
        """The same steps for what is owed now; from the first step when that is something new."""
        if owed == self.owed:
            return replace(self, owed=owed)
        return replace(self, owed=owed, told=())

    def next_due(self, calendar: OfficeCalendar) -> datetime | None:
        """When somebody hears next: the next step, or an earlier step again; None when all have."""
        times = [time for _, time in self._repeats(calendar)]
        if self.done < len(self.steps):
            times.append(self.step_due(self.done, calendar))
        return min(times, default=None)

    def step_due(self, index: int, calendar: OfficeCalendar) -> datetime:
        """When a step is due; never before the one below it."""
        own = after(self.steps[index].after, self.begins(calendar), self.clock, calendar)
        below = self.step_due(index - 1, calendar) if index else own
        return max(own, below)

    def begins(self, calendar: OfficeCalendar) -> datetime:
        """From when the steps count: the deadline, or one pace after an act that came too late.

        Whoever answers late has just been heard: what was overdue meanwhile does not fall upon
        all leaders in the same second.
        """
        since = self.owed.since
        if since is None or since <= self.owed.by or not self.steps:
            return self.owed.by
        return after(self.steps[0].repeat or "0 minutes", since, self.clock, calendar)

    def due(self, now: datetime, calendar: OfficeCalendar) -> list[int]:
        """The steps to be told at `now`, lowest first, each once however long nobody looked."""
        found = [
            index
            for index in range(self.done, len(self.steps))
            if self.step_due(index, calendar) <= now
        ]
        return [index for index, time in self._repeats(calendar) if time <= now] + found

    def after_telling(self, indexes: Sequence[int], now: datetime) -> "Ladder":
        """The ladder once these steps have been told at `now`."""
        told = list(self.told)
        for index in indexes:
            if index < len(told):
                told[index] = now
            else:
                told.append(now)
        return replace(self, told=tuple(told))

    def in_vain(self, every: timedelta) -> int:
        """How many periods have begun in which all posts had heard and it still stayed away.

        They count from the deadline up to when somebody heard last; none before all have heard.
        """
        if not self.steps or self.done < len(self.steps):
            return 0
        return 1 + (max(self.told) - self.owed.by) // every

    def _repeats(self, calendar: OfficeCalendar) -> list[tuple[int, datetime]]:
        """When steps are told again: at their own pace until everybody has heard, then slowly.

        After a pause the pace begins anew.
        """
        repeated = [
            (index, max(told, self.owed.since or told))
            for index, told in enumerate(self.told)
            if self.steps[index].repeat
        ]
        slowest = SLOWEST[self.clock] if self.done == len(self.steps) else "0 minutes"
        return [
            (
                index,
                max(
                    after(self.steps[index].repeat, told, self.clock, calendar),
                    after(slowest, told, self.clock, calendar),
                ),
            )
            for index, told in repeated
        ]

    def as_json(self) -> dict[str, Any]:
        """As the ticket's row keeps it."""
        return {
            "pack": self.pack,
            "urgency": self.urgency,
            "clock": self.clock,
            "steps": [step.model_dump() for step in self.steps],
            "of": self.owed.what,
            "by": self.owed.by.isoformat(),
            "since": self.owed.since.isoformat() if self.owed.since else None,
            "told": [told.isoformat() for told in self.told],
        }


def begin(policies: Policies, pack: int, chain: ChainName, urgency: Urgency, owed: Owed) -> Ladder:
    """Freeze the ladder that the pack of version `pack` has for a chain and an urgency."""
    steps = next((found.steps for found in policies.chains if _is(found, chain, urgency)), ())
    return Ladder(pack, urgency, policies.deadlines[urgency].clock, steps, owed)


def _is(found: Chain, chain: ChainName, urgency: Urgency) -> bool:
    return found.name == chain and found.urgency == urgency


def read(kept: dict[str, Any]) -> Ladder:
    """The ladder that a ticket's row keeps."""
    return Ladder(
        kept["pack"],
        kept["urgency"],
        kept["clock"],
        tuple(Step.model_validate(step) for step in kept["steps"]),
        Owed(kept["of"], datetime.fromisoformat(kept["by"]), _instant(kept.get("since"))),
        tuple(datetime.fromisoformat(told) for told in kept["told"]),
    )


def _instant(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None

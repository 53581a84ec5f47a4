"""What a ladder should have done, worked out from the policy and a ticket's history alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from bot.life.hours import Hours
from province.pack import Pack, Step
from storage.tickets import TicketEvent

SLACK = timedelta(minutes=5)
"""How late anything may be."""
ON_LADDER = frozenset({"reminded", "escalated", "reminder_held"})
Owed = tuple[str, datetime]
Fault = tuple[str, datetime, str]
"""Which invariant was broken, when, and what was seen."""


@dataclass(slots=True)
class Outages:
    """When the whole system was down, and what should have happened then."""

    spans: Sequence[tuple[datetime, datetime]] = ()

    def first_after(self, instant: datetime) -> datetime:
        """The instant, or the end of the outage in which it lies."""
        return next((end for start, end in self.spans if start <= instant < end), instant)


@dataclass(slots=True)
class Watch:
    """One ticket's ladder as it should be: fed with events, it says what was wrong."""

    pack: Pack
    hours: Hours
    outages: Outages
    row: dict[str, Any] = field(default_factory=dict)
    chain: tuple[str, str] = ("", "")
    of: Owed | None = None
    told: list[datetime] = field(default_factory=list)
    since: datetime | None = None
    next: Owed | None = None
    begun: datetime | None = None
    """What is owed now, and since when without a break."""
    faults: list[Fault] = field(default_factory=list)

    def read(self, events: Sequence[TicketEvent], until: datetime) -> list[Fault]:
        """Go through a whole history up to an instant."""
        for at, together in groupby(events, key=lambda event: event.at):
            self._nothing_missing(at)
            for event in together:
                if event.kind in ON_LADDER and "step" in event.inputs:
                    self._step(event)
                self.row |= event.inputs.get("set", {})
            if self.owed() != self.next:
                self.next, self.begun = self.owed(), at
            self.since = at
        self._nothing_missing(until)
        return self.faults

    # What is owed, and by which steps.

    def owed(self) -> Owed | None:
        """What the lead owes by the row as it stands, read from the design's table."""
        get, is_emergency = self._instant, self.row.get("urgency") == "emergency"
        status = self.row.get("status")
        if status == "planned":
            return self._due("promise", get("promised_at"))
        if status == "new":
            return self._due("acknowledge", get("acknowledge_by")) if get("carded_at") else None
        if status not in {"acknowledged", "in_progress"} and not (
            status == "waiting" and is_emergency
        ):
            return None
        if get("answered_at") is None:
            return self._due("answer", get("answer_by"))
        if get("promised_at"):
            return self._due("promise", get("promised_at"))
        told = get("told_at")
        if is_emergency and told:
            return "update", told + timedelta(hours=2)
        return self._due("result", get("result_by"))

    def _instant(self, name: str) -> datetime | None:
        value = self.row.get(name)
        return datetime.fromisoformat(value) if value else None

    def _due(self, what: str, by: datetime | None) -> Owed | None:
        return (what, by) if by is not None else None

    def _wanted(self, owed: Owed) -> tuple[str, str]:
        urgency = str(self.row["urgency"])
        if urgency == "emergency" and owed[0] not in {"acknowledge", "answer"}:
            urgency = "urgent"
        if self.chain[1] == urgency:
            return self.chain
        agency = next((a for a in self.pack.agencies if a.code == self.row["lead"]), None)
        return (agency.chain if agency else "departments"), urgency

    def _steps(self, owed: Owed) -> tuple[Step, ...]:
        name, urgency = self._wanted(owed)
        for chain in self.pack.policies.chains:
            if (chain.name, chain.urgency) == (name, urgency):
                return chain.steps
        return ()

    def _after(self, period: str, since: datetime) -> datetime:
        return self.hours.after(period, since, wall=self._by_wall())

    def _by_wall(self) -> bool:
        """Whether the ticket's urgency goes by the wall clock, in a storm or else."""
        urgency, policies = self.row["urgency"], self.pack.policies
        in_storm = policies.storm.deadlines.get(urgency) if self.row.get("storm_id") else None
        return (in_storm or policies.deadlines[urgency]).clock == "wall"

    def _times(self, owed: Owed) -> Iterator[tuple[int, datetime]]:
        """(step, when) of the next step and of the repeats, as the policy has them."""
        steps = self._steps(owed)
        told = self.told if owed == self.of else []
        due = base = self._base(owed, steps)
        for step in steps[: len(told) + 1]:
            due = max(due, self._after(step.after, base))
        if len(told) < len(steps):
            yield len(told), due
        slowly = "1 hours" if self._by_wall() else "1 days"
        for index, last_told in enumerate(told):
            last = max(last_told, self.begun or last_told)  # after a pause the pace begins anew
            if steps[index].repeat:
                again = self._after(steps[index].repeat, last)
                if len(told) == len(steps):
                    again = max(again, self._after(slowly, last))
                yield index, again

    def _base(self, owed: Owed, steps: Sequence[Step]) -> datetime:
        """The deadline; where it had passed before it became the next thing, one pace later."""
        by, begun = owed[1], self.begun
        if begun is None or begun <= by or not steps:
            return by
        return self._after(steps[0].repeat or "0 minutes", begun)

    # What happened.

    def _step(self, event: TicketEvent) -> None:
        owed, index = self.owed(), int(event.inputs["step"]) - 1
        if owed is None or owed[0] != event.inputs["of"]:
            self._wrong("told what is not owed", event.at, f"step {index + 1}")
            return
        due = dict(self._times(owed)).get(index)
        if due is None:
            self._wrong("step skipped or told twice", event.at, f"step {index + 1} of {owed[0]}")
        elif event.at < due:
            self._wrong("step too early", event.at, f"step {index + 1}, due {due}")
        elif event.at > self._latest(due):
            self._wrong("step late", event.at, f"step {index + 1}, due {due}")
        if owed != self.of:
            self.of, self.told = owed, []
        self.chain = self._wanted(owed)
        self.told[index : index + 1] = [event.at]

    def _nothing_missing(self, until: datetime) -> None:
        owed = self.owed() if self.row else None
        if owed is None:
            return
        for index, due in self._times(owed):
            if self._latest(due) < until:
                self._wrong("step missing", due, f"step {index + 1} of {owed[0]}")

    def _latest(self, due: datetime) -> datetime:
        begun = max(due, self.since or due)
        return self.outages.first_after(begun) + SLACK

    def _wrong(self, what: str, at: datetime, seen: str) -> None:
        self.faults.append((what, at, seen))

"""One ticket's time under random acts and outages, judged by the ledger of the simulation."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.life.expected import Outages, Watch
from bot.life.hours import Hours
from storage.tickets import Status, Ticket, TicketEvent, snapshot
from tests.world import BUNDLED, rules
from tickets import agenda, moves
from tickets.acts import waiting
from tickets.deadlines import LEVELS, deadlines, end_of_day
from tickets.moment import Moment
from tickets.owed import owed

RUNS = 5000 if os.environ.get("THAOGO_PROVE") == "1" else 60
HOURS = Hours(BUNDLED.calendar, date(2026, 1, 1), date(2030, 12, 31))
ACTS = (
    "acknowledge", "update", "promise", "ask", "answer", "plan", "resolve", "reopen", "alarm",
    "reroute", "lower",
)  # fmt: skip
TELLS = ("update", "promise", "ask", "plan", "resolve")


class Life:
    """A ticket that only time and acts touch: no database, the program's own rules."""

    def __init__(self, now: datetime, urgency: str, lead: str, *, in_storm: bool) -> None:
        self.now = now
        self.ticket = Ticket(
            id=1, code="NA-26-000001", lead=lead, commune="con_cuong", reporter_id=1,
            contact_id=1, urgency=urgency, opened_at=now, carded_at=now,
        )  # fmt: skip
        self.ticket.storm_id = 1 if in_storm else None
        self._promise()
        self.events: list[TicketEvent] = []
        self.log("opened")
        agenda.plan(self.moment, self.ticket)

    @property
    def moment(self) -> Moment:
        return Moment(cast("Any", None), self.now, rules())

    def _promise(self) -> None:
        """The deadlines, as tickets.acts.promising sets them."""
        due = deadlines(
            LEVELS[self.ticket.urgency],
            self.now,
            BUNDLED.policies,
            rules().calendar,
            in_storm=self.ticket.storm_id is not None,
        )
        self.ticket.acknowledge_by, self.ticket.answer_by, self.ticket.result_by = (
            due.acknowledge,
            due.answer,
            due.result,
        )

    def log(self, kind: str, **inputs: Any) -> None:
        columns = {"set": snapshot(self.ticket)} if "step" not in inputs else {}
        self.events.append(
            TicketEvent(ticket_id=1, at=self.now, kind=kind, actor="x", inputs=inputs | columns)
        )

    def act(self, name: str, days: int) -> None:
        """One act, if the ticket allows it."""
        if name == "answer":
            if not waiting.resume(self.moment, self.ticket):
                return
        elif name == "lower":
            if self.ticket.urgency != "emergency" or self.ticket.status not in moves.ALIVE:
                return
            self.ticket.urgency = "urgent"
            self._promise()
        elif not moves.may(self.ticket, name):
            return
        else:
            moves.make(self.ticket, name, now=self.now)
        self._columns(name, days)
        self.ticket.next_due_at = None  # an end has a timer of its own, which is not watched here
        self.log(name)
        agenda.plan(self.moment, self.ticket)

    def _columns(self, name: str, days: int) -> None:
        if name in {"reopen", "alarm", "reroute"}:
            self.ticket.urgency = "emergency" if name == "alarm" else self.ticket.urgency
            self.ticket.carded_at = self.now
            self._promise()
        if name in TELLS:
            self.ticket.told_at = self.now
        if name in {"promise", "plan"}:
            day = rules().calendar.local_date(self.now) + timedelta(days=days)
            self.ticket.promised_at = end_of_day(day, rules().calendar)

    def sweep(self) -> None:
        """What the clock does at this instant."""
        due, at = owed(self.ticket), self.ticket.next_due_at
        if at is None or at > self.now or self.ticket.next_step != agenda.LADDER or due is None:
            if at is not None and at <= self.now:
                self._other_step()
            return
        ladder = agenda.ladder_of(self.moment, self.ticket, due)
        steps = ladder.due(self.now, rules().calendar)
        self.ticket.ladder = ladder.after_telling(steps, self.now).as_json()
        for index in steps:
            post = ladder.steps[index].post
            kind = "reminded" if post == "assignee" else "escalated"
            self.log(kind, step=index + 1, post=post, of=due.what)
        agenda.plan(self.moment, self.ticket)

    def _other_step(self) -> None:
        if self.ticket.next_step == agenda.ASK_AGAIN:
            self.ticket.asked_again_at = self.now
        elif self.ticket.next_step == agenda.RUN_ON:
            waiting.resume(self.moment, self.ticket)
        self.log("other")
        agenda.plan(self.moment, self.ticket)

    def forward(self, until: datetime, outages: Outages) -> None:
        """From one due time to the next; nothing runs in an outage."""
        for _ in range(5000):
            at = self.ticket.next_due_at
            if at is None:
                break
            at = outages.first_after(max(at, self.now))
            if at > until:
                break
            self.now = at
            self.sweep()
        else:
            raise AssertionError(f"{self.ticket.next_step} of {at} is due for ever at {self.now}")
        self.now = max(self.now, until)


@settings(max_examples=RUNS)
@given(
    st.integers(0, 60 * 24 * 900).map(
        lambda n: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=n)
    ),
    st.sampled_from(("emergency", "urgent", "normal", "low")),
    st.sampled_from(("so_tai_chinh", "van_phong_tinh_uy", "evn_nghe_an")),
    st.lists(
        st.tuples(st.integers(1, 60 * 24 * 6), st.sampled_from(ACTS), st.integers(0, 9)),
        max_size=8,
    ),
    st.lists(st.tuples(st.integers(1, 60 * 24 * 25), st.integers(1, 60 * 40)), max_size=3),
    st.booleans(),
)
def test_whatever_happens_every_step_comes_once_and_in_time(
    start: datetime,
    urgency: str,
    lead: str,
    acts: list[tuple[int, str, int]],
    downs: list[tuple[int, int]],
    in_storm: bool,
) -> None:
    minute = timedelta(minutes=1)
    spans = sorted(
        (start + after * minute, start + (after + long) * minute) for after, long in downs
    )
    outages = Outages(merged(spans))
    life = Life(outages.first_after(start), urgency, lead, in_storm=in_storm)
    for after, name, days in acts:
        life.forward(outages.first_after(life.now + after * minute), outages)
        life.act(name, days)
    life.forward(outages.first_after(life.now + timedelta(days=12)), outages)
    watch = Watch(BUNDLED, HOURS, outages)
    assert watch.read(life.events, life.now) == []
    is_alive = Status(life.ticket.status) in moves.ALIVE
    assert not is_alive or life.ticket.next_due_at is not None


def merged(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Spans that touch made one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

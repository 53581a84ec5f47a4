"""What happens to a ticket by itself, and when: one timer on its row, set anew after every act."""

from dataclasses import replace
from datetime import datetime

from province.pack import ChainName, Urgency
from storage.tickets import Status, Ticket, touched
from tickets import escalation
from tickets.calendar import OfficeCalendar
from tickets.deadlines import LEVELS, after, promise_of
from tickets.escalation import Ladder
from tickets.moment import Moment
from tickets.owed import Owed, note

LADDER = "ladder"
"""Somebody hears because what is owed has not come."""
BEFORE = "before"
"""The desk is reminded on the morning of the day on which something is owed."""
ASK_AGAIN = "ask_again"
RUN_ON = "run_on"
"""The commune was asked and is silent: it is asked again, then the clock runs on."""
REVIEW = "review"
"""A ticket that waits for the centre is looked at again."""
ASKED_AGAIN_AFTER, RUNS_ON_AFTER, REVIEWED_AFTER = "3 days", "5 days", "21 days"
"""Working days; three weeks of them are about a month."""
FIRST = frozenset({"acknowledge", "answer"})
"""What is owed before anybody knows that somebody is at work."""
OWN_TIMER = frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED})
"""Statuses whose timers the acts that bring them about set themselves."""

Timer = tuple[str, datetime]


def plan_touched(moment: Moment) -> None:
    """Set the timer of every ticket that was changed in this transaction; before its last write."""
    for ticket in touched(moment.session.sync_session):
        plan(moment, ticket)


def plan(moment: Moment, ticket: Ticket) -> None:
    """Set a ticket's timer to the next thing that happens to it by itself."""
    due = note(ticket, moment.now)
    waits_for_card = ticket.carded_at is None and (
        ticket.status == Status.NEW or ticket.next_step is not None
    )
    if Status(ticket.status) in OWN_TIMER or waits_for_card:
        return
    timers = [*_of_silence(moment, ticket), *_of_owed(moment, ticket, due)]
    step, at = min(timers, key=lambda timer: timer[1], default=(None, None))
    ticket.next_step, ticket.next_due_at = step, at


def _of_silence(moment: Moment, ticket: Ticket) -> list[Timer]:
    calendar = moment.rules.calendar_of(ticket.lead)
    if ticket.status == Status.AWAITING_GUIDANCE and ticket.told_at is not None:
        return [(REVIEW, after(REVIEWED_AFTER, ticket.told_at, "office", calendar))]
    if ticket.waiting_since is None or ticket.urgency == "emergency":
        return []
    again = after(ASKED_AGAIN_AFTER, ticket.waiting_since, "office", calendar)
    on = after(RUNS_ON_AFTER, ticket.waiting_since, "office", calendar)
    return [(ASK_AGAIN, again) if ticket.asked_again_at is None else (RUN_ON, on)]


def _of_owed(moment: Moment, ticket: Ticket, due: Owed | None) -> list[Timer]:
    if due is None:
        return []
    calendar = moment.rules.calendar_of(ticket.lead)
    timers: list[Timer] = []
    if (next_step := ladder_of(moment, ticket, due).next_due(calendar)) is not None:
        timers.append((LADDER, next_step))
    morning = morning_of(due.by, calendar)
    if ticket.urgency != "emergency" and moment.now < morning < due.by:
        timers.append((BEFORE, morning))
    return timers


def morning_of(by: datetime, calendar: OfficeCalendar) -> datetime:
    """When offices open on the day of an instant, or that instant on a day off."""
    windows = calendar.windows(calendar.local_date(by))
    return windows[0][0] if windows else by


def ladder_of(moment: Moment, ticket: Ticket, due: Owed) -> Ladder:
    """The ladder that runs for what is owed: the frozen one, or the one that would begin.

    Once an emergency has been acknowledged and answered it climbs as what is urgent does, by the
    wall clock still: a call each five minutes would keep those from their work who are at it.
    """
    kept = escalation.read(ticket.ladder) if ticket.ladder else None
    if kept is not None and kept.urgency == _pace(ticket, due):
        return _by_its_clock(moment, ticket, kept.aimed_at(due))
    return begun(moment, ticket, due)


def begun(moment: Moment, ticket: Ticket, due: Owed) -> Ladder:
    """The ladder that the policy in force has for what is owed, with nothing told yet."""
    pace = _pace(ticket, due)
    agency = moment.rules.units.agency(ticket.lead)
    chain: ChainName = agency.chain if agency else "departments"
    ladder = escalation.begin(moment.rules.pack.policies, moment.rules.version, chain, pace, due)
    return _by_its_clock(moment, ticket, ladder)


def _by_its_clock(moment: Moment, ticket: Ticket, ladder: Ladder) -> Ladder:
    """A ladder goes by the clock of its ticket's urgency now, whatever that was when it froze.

    An alarm must not wait for office hours, nor its lowering run on through the night.
    """
    is_hastened = ticket.storm_id is not None
    promised = promise_of(moment.rules.pack.policies, LEVELS[ticket.urgency], in_storm=is_hastened)
    return replace(ladder, clock=promised.clock)


def _pace(ticket: Ticket, due: Owed) -> Urgency:
    is_at_work = ticket.urgency == "emergency" and due.what not in FIRST
    return "urgent" if is_at_work else LEVELS[ticket.urgency]

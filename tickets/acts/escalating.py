"""Time has passed and what is owed has not come: the desk, then each post of the ladder hears."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage import tickets
from storage.outbox import Kind
from storage.tickets import Status, Ticket
from tickets import agenda, notices
from tickets.acts import calling, waiting
from tickets.acts.hearers import Hearer, each_once, hearers
from tickets.escalation import Ladder
from tickets.moment import Moment
from tickets.owed import UPDATE_EVERY, owed
from tickets.quiet import next_round

PRESSING = ("emergency", "urgent")


async def climb(moment: Moment, ticket: Ticket) -> None:
    """Tell every step of the ladder that is due, lowest first; each is one event."""
    due = owed(ticket)
    if due is None:
        return
    calendar = moment.rules.calendar_of(ticket.lead)
    ladder = agenda.ladder_of(moment, ticket, due)
    steps = ladder.due(moment.now, calendar)
    if not steps:
        return
    if due.what == "promise" and not ladder.told:
        await _promise_broken(moment, ticket)
    before, ladder = ladder, ladder.after_telling(steps, moment.now)
    ticket.ladder = ladder.as_json()
    hear: list[Hearer] = []
    for index in steps:
        hear += await _step(moment, ticket, ladder, index, again=index < before.done)
    is_emergency = ticket.urgency == "emergency"
    for hearer in await each_once(moment, hear) if is_emergency else hear:
        say = notices.texts(moment)
        calls = [say.call_untaken(task.question) for task in hearer.tasks]
        text = say.overdue(ticket, due, hearer.asks, moment.now)
        _post(moment, ticket, "\n".join(filter(None, (text, *calls, hearer.note))), hearer)
    if is_emergency and due.what == "acknowledge":
        await _commune_hears(moment, ticket, before, ladder)


async def _step(
    moment: Moment, ticket: Ticket, ladder: Ladder, index: int, *, again: bool
) -> Sequence[Hearer]:
    """One step: an event, and each who holds its post and hears of it."""
    step = ladder.steps[index]
    rule = notices.texts(moment).rule_step(ladder, index)
    is_desk = step.post == "assignee"
    is_held = is_desk and _is_snoozed(moment, ticket)
    kind = "reminder_held" if is_held else "reminded" if is_desk else "escalated"
    tickets.log(
        moment.session, ticket, kind, at=moment.now, actor="clock", rule=rule, step=index + 1,
        post=step.post, of=ladder.owed.what,
    )  # fmt: skip
    if is_held or (is_desk and ticket.status == Status.PLANNED):
        return ()  # the desk put it off, or a plan past its date goes to the head, not to the clerk
    asks = step.asks if not is_desk else ""
    found = await hearers(moment, ticket, step.post)
    if _is_to_phone(moment, ticket, ladder, step.post):
        task = await calling.because_untaken(moment, ticket, step.post)
        return [
            replace(one, asks=asks, again=again, tasks=(task,) if task else ()) for one in found
        ]
    return [replace(hearer, asks=asks, again=again) for hearer in found]


def _is_to_phone(moment: Moment, ticket: Ticket, ladder: Ladder, post: str) -> bool:
    """Whether an office that is told of an emergency nobody takes has to call by phone."""
    is_untaken = ticket.urgency == "emergency" and ladder.owed.what == "acknowledge"
    return is_untaken and moment.rules.units.agency(post) is not None


def _post(moment: Moment, ticket: Ticket, text: str, hearer: Hearer) -> None:
    """Pressing ones at once, the others with the next round of their reader's day.

    What is urgent presses the first time it is told; again and again only an emergency does.
    """
    is_pressing = ticket.urgency in PRESSING[: 1 if hearer.again else 2]
    say = notices.texts(moment)
    notices.post(
        moment,
        Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.REMINDER,
        text,
        person=hearer.person,
        desk=hearer.desk,
        ticket=ticket,
        buttons=[
            *notices.reminder_buttons(ticket, say),
            *(row for task in hearer.tasks for row in notices.task_buttons(ticket, task, say)),
        ],
        replace_key=f"ladder:{ticket.id}:{hearer.desk or hearer.person}",
        not_before=None
        if is_pressing
        else next_round(moment.now, moment.rules.calendar_of(ticket.lead)),
    )


async def remind_before(moment: Moment, ticket: Ticket) -> None:
    """On the morning of the day on which something is owed, the desk hears of it once.

    After an outage that lasted beyond the deadline the ladder alone speaks.
    """
    due = owed(ticket)
    if due is None or due.by <= moment.now or _is_snoozed(moment, ticket):
        return
    say = notices.texts(moment)
    rule = say.rule_before(due)
    tickets.log(
        moment.session, ticket, "reminded", at=moment.now, actor="clock", rule=rule, of=due.what
    )
    text = say.due_today(ticket, due, moment.now)
    for hearer in await hearers(moment, ticket, "assignee"):
        _post(moment, ticket, text, hearer)


def _is_snoozed(moment: Moment, ticket: Ticket) -> bool:
    """Whether the desk has put its reminders off; nobody puts an emergency off."""
    if ticket.urgency == "emergency":
        return False
    return ticket.snoozed_until is not None and moment.now < ticket.snoozed_until


async def _promise_broken(moment: Moment, ticket: Ticket) -> None:
    """A promised day has passed: counted, and the commune hears that it is known."""
    rule = notices.texts(moment).rule_promise_broken()
    tickets.log(moment.session, ticket, "promise_broken", at=moment.now, actor="clock", rule=rule)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_broken_promise(ticket))


async def _commune_hears(moment: Moment, ticket: Ticket, before: Ladder, now: Ladder) -> None:
    """Five minutes of an emergency and nobody: the commune is told whom to call.

    Once all posts have heard in vain it hears that too, and again every two hours, as long as
    nobody has it: whoever waits for help must not take silence for help that is coming.
    """
    say = await notices.texts_of(moment, ticket.reporter_id)
    duty = notices.duty_number(moment, ticket.lead)
    if not before.done:
        text = say.nobody_has_it(ticket, duty)
    elif now.in_vain(UPDATE_EVERY) > before.in_vain(UPDATE_EVERY):
        text = say.still_nobody_has_it(ticket, duty, moment.now)
    else:
        return
    await notices.tell_reporter(moment, ticket, text, kind=Kind.EMERGENCY)


async def ask_again(moment: Moment, ticket: Ticket) -> None:
    """The commune has not answered the desk for three working days: it is asked once more."""
    ticket.asked_again_at = moment.now
    rule = notices.texts(moment).rule_ask_again()
    tickets.log(moment.session, ticket, "asked_again", at=moment.now, actor="clock", rule=rule)
    say = await notices.texts_of(moment, ticket.reporter_id)
    words = await tickets.last_words(moment.session, ticket.id or 0)
    await notices.tell_reporter(moment, ticket, say.asked_again(ticket, words))
    await waiting.turn_chat_to(moment, ticket)


async def run_on(moment: Moment, ticket: Ticket) -> None:
    """Five working days of silence: the clock runs on, and the desk goes on with what it knows."""
    waiting.resume(moment, ticket)
    rule = notices.texts(moment).rule_run_on()
    tickets.log(moment.session, ticket, "ran_on", at=moment.now, actor="clock", rule=rule)
    await notices.refresh_cards(moment, ticket)
    notices.tell_desk(moment, ticket, notices.texts(moment).desk_hears_silence(ticket))


async def review(moment: Moment, ticket: Ticket) -> None:
    """A ticket that waits for the centre is looked at again, about each month."""
    ticket.told_at = moment.now
    rule = notices.texts(moment).rule_review()
    tickets.log(moment.session, ticket, "reminded", at=moment.now, actor="clock", rule=rule)
    text = notices.texts(moment).review_asked(ticket)
    for hearer in await hearers(moment, ticket, "head"):
        _post(moment, ticket, text, hearer)


def snooze(moment: Moment, ticket: Ticket, actor: str, until: datetime) -> None:
    """The desk does not want to be reminded before `until`; the ladder above it runs on."""
    ticket.snoozed_until = until
    tickets.log(
        moment.session, ticket, "snoozed", at=moment.now, actor=actor, until=until.isoformat()
    )


STEPS = {
    agenda.LADDER: climb,
    agenda.BEFORE: remind_before,
    agenda.ASK_AGAIN: ask_again,
    agenda.RUN_ON: run_on,
    agenda.REVIEW: review,
}
"""What each of the agenda's timers brings about."""

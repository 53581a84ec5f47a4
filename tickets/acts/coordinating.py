"""What the lead asks of other units, and what they do with it: the commune hears from the lead."""

from collections.abc import Sequence
from datetime import datetime

from storage import tasks, tickets
from storage.media import Media
from storage.outbox import Kind
from storage.people import Speaker
from storage.tasks import Task, TaskStatus
from storage.tickets import Ticket
from tickets import coordination, notices
from tickets.acts.reporting import PRESSING, attach
from tickets.coordination import is_open
from tickets.moment import Moment
from tickets.moves import Stale
from tickets.quiet import next_round


async def invite(
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    unit: str,
    question: str,
    until: datetime | None = None,
) -> Task:
    """Ask a unit; one that has a task already is asked this as well, and only once the same."""
    found = await tasks.of_ticket(moment.session, ticket.id or 0)
    task = coordination.newest(found, unit)
    if task is not None and is_open(task):
        if question in task.question.split("\n"):
            return task
        task.question = f"{task.question}\n{question}".strip()
        task.version += 1
        task.asked_by, task.answer_by = str(who.actor), until or task.answer_by
        task.next_due_at = task.answer_by
        _log(moment, ticket, task, "invited", who, text=question)
    else:
        if unit != ticket.operator and unit not in ticket.coordinating:
            ticket.coordinating = [*ticket.coordinating, unit]
        task = await coordination.ask(
            moment,
            ticket,
            unit,
            asked_by=str(who.actor),
            actor=who.actor,
            question=question,
            until=until,
        )
    await moment.session.flush()
    now = await tasks.of_ticket(moment.session, ticket.id or 0)
    await notices.post_card(moment, ticket, unit, tasks=now)
    await notices.post_card(moment, ticket, ticket.lead, edit=True, tasks=now)
    return task


def _log(
    moment: Moment, ticket: Ticket, task: Task, kind: str, who: Speaker, text: str = ""
) -> None:
    coordination.log(moment, ticket, task, kind, actor=who.actor, text=text)


def _require(task: Task, seen: int, *statuses: TaskStatus) -> None:
    if TaskStatus(task.status) not in statuses or seen not in {0, task.version}:
        raise Stale


async def acknowledge(
    moment: Moment, ticket: Ticket, task: Task, who: Speaker, *, seen: int = 0
) -> None:
    """The unit has the task; its colleagues see it, the lead hears. Raises Stale."""
    assert who.person is not None
    _require(task, seen, TaskStatus.ASKED)
    task.status, task.acknowledged_at = TaskStatus.ACKNOWLEDGED, moment.now
    task.assignee_id = who.person.id
    task.version += 1
    _log(moment, ticket, task, "task_acknowledged", who)
    await moment.session.flush()
    say = notices.texts(moment)
    told = say.lead_hears_taken(ticket, task, who.person.name, moment.now)
    notices.tell_desk(moment, ticket, told)
    await notices.refresh_cards(moment, ticket)


async def answer(
    moment: Moment,
    ticket: Ticket,
    task: Task,
    who: Speaker,
    words: str,
    *,
    files: Sequence[Media] = (),
    seen: int = 0,
) -> None:
    """The unit answers the lead, who sees it beside all other answers. Raises Stale."""
    assert who.person is not None
    _require(task, seen, *tasks.OPEN)
    attach(ticket, files)
    task.status, task.answer, task.answered_at = TaskStatus.ANSWERED, words, moment.now
    task.answered_by = who.person.id
    task.assignee_id = task.assignee_id or who.person.id
    task.acknowledged_at = task.acknowledged_at or moment.now
    task.next_due_at = None
    task.version += 1
    _log(moment, ticket, task, "task_answered", who, text=words)
    await moment.session.flush()
    every = await tasks.of_ticket(moment.session, ticket.id or 0)
    say = notices.texts(moment)
    told = say.lead_hears_answer(ticket, task, every, who.person.name, moment.now)
    notices.tell_desk(moment, ticket, told)
    await notices.refresh_cards(moment, ticket)


async def draw_in(moment: Moment, ticket: Ticket, unit: str, words: str) -> bool:
    """Give a task to a unit that the words after an emergency surely call for; True when it is new.

    "Đường vào bị bịt" after a flood calls for Sở Xây dựng, whom a flood by itself does not.
    """
    if ticket.urgency != "emergency" or ticket.restricted or unit in {"", ticket.lead}:
        return False
    task = coordination.newest(await coordination.of_ticket(moment, ticket), unit)
    if task is not None and is_open(task):
        return False
    if unit != ticket.operator and unit not in ticket.coordinating:
        ticket.coordinating = [*ticket.coordinating, unit]
    rule = notices.texts(moment).rule_drawn_in(unit)
    await coordination.ask(
        moment,
        ticket,
        unit,
        asked_by=coordination.PACK,
        actor="triage",
        rule=rule,
        question=words,
    )
    await moment.session.flush()
    now = await tasks.of_ticket(moment.session, ticket.id or 0)
    await notices.post_card(moment, ticket, unit, tasks=now)
    await notices.post_card(moment, ticket, ticket.lead, edit=True, tasks=now)
    return True


async def pass_on(moment: Moment, ticket: Ticket, text: str) -> None:
    """Units that still help with an emergency hear what its desk hears of it."""
    if ticket.urgency != "emergency":
        return
    for task in await coordination.of_ticket(moment, ticket):
        helps = coordination.is_open(task) and not coordination.is_call(task)
        if helps and task.unit != ticket.lead:
            notices.post(moment, Kind.EMERGENCY, text, desk=task.unit, ticket=ticket)


async def remind(moment: Moment, ticket: Ticket, task: Task) -> None:
    """The answer is due: the unit hears once more, the lead's card says who is late."""
    if not is_open(task):
        return
    say = notices.texts(moment)
    rule = say.rule_task_due()
    coordination.log(moment, ticket, task, "task_reminded", actor="clock", rule=rule)
    is_pressing = ticket.urgency in PRESSING
    notices.post(
        moment,
        Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.REMINDER,
        say.task_due(ticket, task),
        desk=task.unit,
        ticket=ticket,
        buttons=notices.task_buttons(ticket, task, say),
        not_before=None
        if is_pressing
        else next_round(moment.now, moment.rules.calendar_of(task.unit)),
    )
    await notices.refresh_cards(moment, ticket)


def hand_over(moment: Moment, ticket: Ticket, task: Task, person: int | None, who: Speaker) -> None:
    """Somebody else of the unit has the task from now on, or nobody yet."""
    task.assignee_id = person
    tickets.log(
        moment.session,
        ticket,
        "task_handed_over",
        at=moment.now,
        actor=who.actor,
        unit=task.unit,
        to=person,
    )

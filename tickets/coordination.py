"""Which units have a part in a ticket, and what its state makes of their tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from province.pack import Urgency
from storage import tasks, tickets
from storage.tasks import OPEN, Task, TaskStatus
from storage.tickets import Status, Ticket
from tickets.deadlines import after, promise_of
from tickets.moment import Moment
from tickets.moves import ENDED
from tickets.texts import Texts

PERSON, PACK = "person:", "pack"
"""How `asked_by` begins when people asked, and what it is when the pack did."""


def is_open(task: Task) -> bool:
    """Whether a unit still has something to do."""
    return TaskStatus(task.status) in OPEN


def is_call(task: Task) -> bool:
    """Whether the task is to call somebody: it has no part in the matter itself."""
    return task.asked_by in tasks.CALLS


def helpers(ticket: Ticket, found: Sequence[Task]) -> list[str]:
    """The units beside the lead that were ever asked about the matter."""
    asked = (task.unit for task in found if task.unit != ticket.lead and not is_call(task))
    return list(dict.fromkeys(asked))


def newest(found: Sequence[Task], unit: str) -> Task | None:
    """What a unit was asked last."""
    return next((task for task in reversed(found) if task.unit == unit), None)


async def of_ticket(moment: Moment, ticket: Ticket) -> Sequence[Task]:
    """All tasks of a ticket, oldest first."""
    return await tasks.of_ticket(moment.session, ticket.id or 0)


def answer_by(moment: Moment, ticket: Ticket, unit: str) -> datetime:
    """When a unit that is asked now has to answer: the pack's period by the unit's calendar."""
    urgency, is_hastened = cast("Urgency", ticket.urgency), ticket.storm_id is not None
    promise = promise_of(moment.rules.pack.policies, urgency, in_storm=is_hastened)
    return after(promise.answer, moment.now, promise.clock, moment.rules.calendar_of(unit))


async def send_out(moment: Moment, ticket: Ticket) -> Sequence[Task]:
    """The tasks of a ticket whose cards go out now: who does the work has one at once.

    So has, in an emergency, every coordinating unit; an open one only becomes more pressing.
    """
    wanted = at_once(ticket)
    if not wanted and ticket.version == 1:
        return []  # nobody can have been asked yet: spares every new ticket a question
    found = await follow(moment, ticket)
    have = {task.unit: task for task in found if is_open(task) and not is_call(task)}
    for unit in wanted:
        if unit in have:
            _hasten(moment, ticket, have[unit])
        elif Status(ticket.status) not in ENDED:
            rule = _rule(moment, ticket, unit)
            await ask(moment, ticket, unit, asked_by=PACK, actor="triage", rule=rule)
    return await tasks.of_ticket(moment.session, ticket.id or 0)


def at_once(ticket: Ticket) -> list[str]:
    """The units that need no invitation: who does the work, in an emergency all that coordinate."""
    wanted = [ticket.operator] if ticket.operator else []
    wanted += ticket.coordinating if ticket.urgency == "emergency" else []
    return [unit for unit in dict.fromkeys(wanted) if unit != ticket.lead]


def _rule(moment: Moment, ticket: Ticket, unit: str) -> str:
    route, say = moment.route(ticket.category), _texts(moment)
    told = say.rule_operator if unit == ticket.operator else say.rule_all_hands
    return told(route, unit, moment.rules.version)


def _texts(moment: Moment) -> Texts:
    """Events keep their rules in Vietnamese."""
    return Texts("vi", moment.rules.units, moment.rules.zone)


def _hasten(moment: Moment, ticket: Ticket, task: Task) -> None:
    sooner = answer_by(moment, ticket, task.unit)
    if task.answer_by is None or sooner < task.answer_by:
        task.answer_by = task.next_due_at = sooner


async def ask(
    moment: Moment,
    ticket: Ticket,
    unit: str,
    *,
    asked_by: str,
    actor: str,
    rule: str = "",
    question: str = "",
    until: datetime | None = None,
) -> Task:
    """Give a unit a task; by when it is to answer is the pack's period unless somebody said."""
    due = until or answer_by(moment, ticket, unit)
    task = Task(
        ticket_id=ticket.id or 0,
        unit=unit,
        question=question,
        asked_by=asked_by,
        asked_at=moment.now,
        answer_by=due,
        next_due_at=due,
    )
    moment.session.add(task)
    log(moment, ticket, task, "invited", actor=actor, rule=rule, text=question)
    await moment.session.flush()
    return task


async def follow(moment: Moment, ticket: Ticket) -> Sequence[Task]:
    """A ticket's tasks, brought in line with it: what ended, or is another's now, is cancelled."""
    found = await tasks.of_ticket(moment.session, ticket.id or 0)
    for task in found:
        if is_open(task) and _is_over(ticket, task):
            _cancel(moment, ticket, task)
    return found


def _is_over(ticket: Ticket, task: Task) -> bool:
    if task.asked_by == tasks.UNTAKEN:
        return ticket.status != Status.NEW
    if Status(ticket.status) in ENDED or is_call(task):
        return Status(ticket.status) in ENDED
    if task.unit == ticket.lead:
        return True
    is_part = task.unit == ticket.operator or task.unit in ticket.coordinating
    return not is_part and not task.asked_by.startswith(PERSON)


async def drop(moment: Moment, ticket: Ticket) -> None:
    """The ticket goes to another lead, who asks anew: what is open is cancelled."""
    for task in await tasks.of_ticket(moment.session, ticket.id or 0):
        if is_open(task):
            _cancel(moment, ticket, task)
    await moment.session.flush()


def _cancel(moment: Moment, ticket: Ticket, task: Task) -> None:
    task.status, task.next_due_at = TaskStatus.CANCELLED, None
    task.version += 1
    rule = _texts(moment).rule_task_over()
    log(moment, ticket, task, "task_cancelled", actor="clock", rule=rule)


def log(
    moment: Moment, ticket: Ticket, task: Task, kind: str, *, actor: str, **inputs: str
) -> None:
    """Append what happened to a task to its ticket's history."""
    rule = inputs.pop("rule", "")
    tickets.log(
        moment.session,
        ticket,
        kind,
        at=moment.now,
        actor=actor,
        rule=rule,
        unit=task.unit,
        **{name: value for name, value in inputs.items() if value},
    )

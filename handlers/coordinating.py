"""Mời phối hợp, Nhận việc, Trả lời: what a lead asks of other units, and how they answer."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import TelegramObject

from handlers import keyboards
from handlers.awaiting import Awaited, wait_for
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reply import Reply
from storage import tasks, tickets
from storage.people import Speaker
from storage.tasks import Task
from storage.tickets import Ticket
from tickets import access, coordination, moves, notices
from tickets.acts import coordinating
from tickets.acts.reporting import keep_files
from tickets.asking import read_question, read_unit
from tickets.buttons import Press, button
from tickets.deadlines import end_of_day
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment


async def invite_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Mời phối hợp: with the unit and the question in one message, or asked for."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    if ticket.status not in moves.ALIVE or press.seen not in {0, ticket.version}:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    elif said.kind is Kind.MESSAGE and said.text:
        await invited(moment, who, ticket, said, Awaited("invite", press.ticket, 0), reply)
    elif press.more in ticket.coordinating:
        wait_for(reply, "invite", ticket, more=press.more)
        reply(reply.say.what_to_ask(ticket, press.more), ticket=ticket, numbered=False)
    else:
        await _offer(moment, ticket, reply)


async def _offer(moment: Moment, ticket: Ticket, reply: Reply) -> None:
    """The pack's coordinating units as buttons; any other one can be typed."""
    found = await tasks.of_ticket(moment.session, ticket.id or 0)
    busy = {task.unit for task in found if coordination.is_open(task)}
    free = [unit for unit in ticket.coordinating if unit not in busy]
    wait_for(reply, "invite", ticket)
    row = [
        button(
            reply.say.units.short_name(unit), Press("invite", ticket.id or 0, ticket.version, unit)
        )
        for unit in free
    ]
    buttons = [row] if row else []
    reply(reply.say.which_helper(ticket), buttons, ticket=ticket, numbered=False)


async def invited(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The unit and the question: the unit is asked, or what is missing is asked for again."""
    access.require_lead(ticket, who)
    if ticket.status not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    found: tuple[str, ...] = (given.more,)
    words = said.text
    if not given.more:
        found, words = read_unit(said.text, moment.rules.units)
    if len(found) != 1 or found[0] == ticket.lead:
        wait_for(reply, "invite", ticket)
        leads = len(found) == 1
        text = reply.say.helper_leads(ticket) if leads else reply.say.no_such_helper(ticket)
        reply(text, ticket=ticket, numbered=False)
    elif not words:
        wait_for(reply, "invite", ticket, more=found[0])
        reply(reply.say.what_to_ask(ticket, found[0]), ticket=ticket, numbered=False)
    else:
        await _ask(moment, who, ticket, found[0], words, reply)


async def _ask(
    moment: Moment, who: Speaker, ticket: Ticket, unit: str, words: str, reply: Reply
) -> None:
    asked = read_question(words, moment.today)
    until = end_of_day(asked.until, moment.rules.calendar_of(unit)) if asked.until else None
    if until is not None and until <= moment.now:
        wait_for(reply, "invite", ticket, more=unit)
        reply(reply.say.date_has_passed(ticket), ticket=ticket, numbered=False)
        return
    task = await coordinating.invite(moment, ticket, who, unit, asked.question, until)
    reply(reply.say.invited(ticket, task, moment.now), ticket=ticket)


async def _task(moment: Moment, ticket: Ticket, who: Speaker, named: str) -> Task:
    """The task that a press names, or the one that this person's unit has; or NotAllowed."""
    if named.isdecimal():
        task = await tasks.by_id(moment.session, int(named))
    else:
        every = await tasks.of_ticket(moment.session, ticket.id or 0)
        own = [task for task in every if access.may_do(task, who)]
        task = next((one for one in reversed(own) if coordination.is_open(one)), None)
        task = task or (own[-1] if own else None)
    if task is None or task.ticket_id != ticket.id or not access.may_do(task, who):
        raise access.NotAllowed(ticket)
    return task


async def taken_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Nhận việc."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    task = await _task(moment, ticket, who, press.more)
    try:
        await coordinating.acknowledge(moment, ticket, task, who, seen=press.seen)
    except moves.Stale:
        _stale(moment, ticket, task, reply)
        return
    reply.about(ticket)
    reply.toast(reply.say.task_state(task, moment.now))
    if said.kind is Kind.MESSAGE and not said.is_group:
        reply(reply.say.task_taken(ticket, task, moment.now), ticket=ticket)


async def answer_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Trả lời: with the words in one message, or they are asked for."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    if not press.more and access.leads(ticket, who):
        reply(reply.say.lead_needs_no_task(ticket), ticket=ticket)
        return
    task = await _task(moment, ticket, who, press.more)
    if not coordination.is_open(task) or press.seen not in {0, task.version}:
        _stale(moment, ticket, task, reply)
        return
    more = f"{task.id}.{task.version}"
    if said.kind is Kind.MESSAGE and said.text:
        given = Awaited(press.do, press.ticket, press.seen, more)
        await answered(moment, who, ticket, said, given, reply)
    else:
        wait_for(reply, press.do, ticket, more=more)
        reply(reply.say.answer_task(ticket), ticket=ticket, numbered=False)


async def answered(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """The unit's words or pictures go to the lead."""
    number, _dot, seen = given.more.partition(".")
    task = await _task(moment, ticket, who, number)
    files = await keep_files(moment, who, said.attachments)
    words = said.text or reply.say.photo_evidence()
    try:
        await coordinating.answer(
            moment, ticket, task, who, words, files=files, seen=int(seen or 0)
        )
    except moves.Stale:
        _stale(moment, ticket, task, reply)
    else:
        reply(reply.say.task_answered(ticket), ticket=ticket)


def _stale(moment: Moment, ticket: Ticket, task: Task, reply: Reply) -> None:
    """A press that comes late: where the task stands, and what can still be done."""
    text = reply.say.task_stale(ticket, task, moment.now)
    reply.toast(text)
    if not reply.is_group:
        buttons = notices.task_buttons(ticket, task, reply.say)
        reply(text, buttons or keyboards.view(reply.say, ticket), ticket=ticket)


async def tasks_asked(_: TelegramObject, moment: Moment, who: Speaker, reply: Reply) -> None:
    """/viec: what the person's units still owe other departments."""
    for unit in sorted(who.units(*access.PART)):
        lines = []
        for task in await tasks.open_of(moment.session, [unit]):
            ticket = await tickets.by_id(moment.session, task.ticket_id)
            assert ticket is not None
            lines.append(reply.say.task_line(ticket, task, moment.now))
        reply(reply.say.my_tasks(unit, lines))


WORDS: dict[str, Any] = {"invite": invited, "taskanswer": answered}
"""What handlers.words does with words that were awaited."""


def add_commands(router: Router) -> None:
    """What begins with a slash."""
    router.message.register(tasks_asked, Command("viec", "việc"))


def add_routes(router: Router) -> None:
    """The buttons of a task, and of the lead who asks for one."""
    router.callback_query.register(invite_pressed, Pressed("invite"))
    router.callback_query.register(taken_pressed, Pressed("taskack"))
    router.callback_query.register(answer_pressed, Pressed("taskanswer"))

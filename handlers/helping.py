"""Words of a coordinating unit that press nothing: kept, and one tap makes them its answer."""

from dataclasses import replace
from datetime import timedelta

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.awaiting import AWAITING, Awaited
from handlers.coordinating import answered
from handlers.filters import Pressed
from handlers.reading import named_ticket, replied_to
from handlers.reply import Reply
from storage import outbox, tasks, tickets
from storage.people import Role, Speaker
from storage.tasks import Task, TaskStatus
from storage.tickets import Ticket
from tickets import access
from tickets.buttons import Press, button
from tickets.incoming import Incoming
from tickets.moment import Moment

HELPING = "helping"
"""The state of a chat in which an answer waits for Gửi."""
FEWEST = 4
"""Fewer words, without a number or a reply, are talk."""
SHOWN = timedelta(hours=12)
"""For so long a sentence means the task whose card was the last message about a ticket."""


async def about_a_task(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Ticket | Task] | bool:
    """Whether a coordinating unit's person speaks of a task: by reply, number, or its last card."""
    if not who.holds(*access.DESK) or not said.text or said.text.startswith("/"):
        return False
    ticket_id = (
        await replied_to(moment, said, reply)
        or await named_ticket(moment, who, said.text)
        or await _just_shown(moment, who, said, reply)
    )
    if ticket_id is None:
        return False
    task = await tasks.open_at(moment.session, ticket_id, who.units(*access.DESK))
    ticket = await tickets.by_id(moment.session, ticket_id) if task else None
    if task is None or ticket is None or access.reports_for(ticket, who):
        return False
    return {"ticket": ticket, "task": task}


async def _just_shown(moment: Moment, who: Speaker, said: Incoming, reply: Reply) -> int | None:
    if said.is_group or who.holds(Role.REPORTER) or len(said.text.split()) < FEWEST:
        return None
    return await outbox.last_ticket(moment.session, reply.chat.contact_id, moment.now - SHOWN)


async def not_sent(
    _: TelegramObject, said: Incoming, reply: Reply, ticket: Ticket, task: Task
) -> None:
    """They are not the answer yet: read back, with those before them, for one tap."""
    if said.is_group or reply.chat.state == AWAITING:
        reply(reply.say.how_to_answer(ticket), ticket=ticket)
        return
    draft = reply.chat.draft if reply.chat.state == HELPING else {}
    before = str(draft.get("words", "")) if draft.get("task") == task.id else ""
    words = f"{before}\n{said.text}".strip()
    reply.state(HELPING, task=task.id, version=task.version, words=words)
    reply.about(ticket)
    send = Press("tasksend", ticket.id or 0, 0, str(task.id))
    row = [button(reply.say.label("send_out"), send)]
    if task.status == TaskStatus.ASKED:
        takes = Press("taskack", ticket.id or 0, task.version, str(task.id))
        row.append(button(reply.say.label("task_ack"), takes))
    reply(reply.say.answer_unsent(ticket, words), [row], ticket=ticket)


async def send_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Gửi: what was read back goes to the lead, once."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    draft = reply.chat.draft if reply.chat.state == HELPING else {}
    if str(draft.get("task")) != press.more:
        reply(reply.say.how_to_answer(ticket), ticket=ticket)
        return
    reply.state("")
    given = Awaited("taskanswer", press.ticket, 0, f"{draft['task']}.{draft['version']}")
    told = replace(said, text=str(draft["words"]), attachments=())
    await answered(moment, who, ticket, told, given, reply)


def add_routes(router: Router) -> None:
    """After the acts of desks and tasks."""
    router.callback_query.register(send_pressed, Pressed("tasksend"))
    router.message.register(not_sent, about_a_task)

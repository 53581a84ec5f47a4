"""“Lập phiếu riêng”: the second matter of a report becomes a ticket of its own."""

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reading import triage_of
from handlers.receipts import receipt
from handlers.reply import Reply
from storage import prompts, tickets
from storage.people import Speaker
from storage.tickets import OPEN, Status
from tickets import access
from tickets.acts import chairing, prompting, reporting
from tickets.acts.reporting import Report
from tickets.buttons import Press
from tickets.moment import Moment


async def second_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Open the second ticket, once; whoever presses again is shown it."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_owner(ticket, who)
    made = await prompts.has_second(moment.session, ticket)
    if made is not None and (second := await tickets.by_id(moment.session, made)) is not None:
        reply(reply.say.opened_apart(second), ticket=second)
        return
    words = triage_of(moment, who, ticket.text).second_text
    if not words:
        reply(reply.say.no_second(ticket), ticket=ticket)
        return
    if Status(ticket.status) not in OPEN:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    verdict = triage_of(moment, who, words)
    opened = await reporting.open_ticket(
        moment, who, Report(words, moment.now), verdict, linked=ticket
    )
    await chairing.show(moment, opened)
    reply.about(opened)
    receipt(moment, opened, verdict, reply)
    prompting.later(moment, opened, verdict)


def add_routes(router: Router) -> None:
    """The one button."""
    router.callback_query.register(second_pressed, Pressed("second"))

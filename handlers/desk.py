"""What a department presses and types: takes a ticket, says what was done."""

from datetime import datetime, timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.reading import RESOLVING, named_ticket, replied_to
from handlers.reply import Reply
from province.text import fold
from storage import tickets
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, moves
from tickets.acts import desk
from tickets.acts.reporting import attach, keep_files
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment

TAKEN_BACK = frozenset(
    {"huy", "thoi", "nham", "a nham", "bam nham", "chua", "chua xong", "bo qua", "khong", "cancel"}
)
"""Answers to "đã làm gì ạ?" that take the press back."""
EVIDENCE_WAITS = timedelta(hours=1)
"""After that an answer to "đã làm gì ạ?" is taken for something else."""


async def acknowledge_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Tiếp nhận."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    try:
        await desk.acknowledge(moment, ticket, who, seen=press.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    else:
        assert who.person is not None
        taken = reply.say.taken_by(who.person.name, ticket, moment.now)
        reply.toast(taken)
        if said.kind is Kind.MESSAGE and not said.is_group:
            reply(f"{reply.say.title(ticket)}\n{taken}", ticket=ticket)


async def resolve_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Đã xử lý: asks what was done."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_lead(ticket, who)
    if not moves.may(ticket, "resolve", seen=press.seen):
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    assert who.person is not None
    reply.about(ticket)
    asked = {"ticket": ticket.id, "seen": ticket.version, "at": moment.now.isoformat()}
    awaited = reply.chat.draft.get("awaited", {}) if reply.chat.state == RESOLVING else {}
    reply.state(RESOLVING, awaited={**awaited, str(who.person.id): asked})
    reply(reply.say.ask_evidence(ticket), ticket=ticket, numbered=False)


async def evidence_given(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """What was done, in words or pictures: the ticket is resolved."""
    assert who.person is not None
    others = dict(reply.chat.draft["awaited"])
    asked = others.pop(str(who.person.id))
    reply.state(RESOLVING if others else "", **({"awaited": others} if others else {}))
    ticket = await access.ticket_for(moment, asked["ticket"], who, lock=True)
    access.require_lead(ticket, who)
    if fold(said.text).strip(" .!") in TAKEN_BACK and not said.attachments:
        reply(reply.say.not_resolved(ticket), ticket=ticket)
        return
    files = await keep_files(moment, who, said.attachments)
    attach(ticket, files)
    words = said.text or reply.say.photo_evidence()
    try:
        await desk.resolve(moment, ticket, who, words, files=len(files), seen=asked["seen"])
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
    else:
        reply(reply.say.resolved(ticket), ticket=ticket)


async def awaited(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> bool:
    """Whether this is the evidence that was asked of this very person; in a group, as a reply."""
    asked = reply.chat.draft.get("awaited", {}).get(str(who.person.id)) if who.person else None
    if asked is None or not (said.text or said.attachments):
        return False
    if moment.now - datetime.fromisoformat(asked["at"]) > EVIDENCE_WAITS:
        return False
    if not said.is_group:
        return True
    return await replied_to(moment, said, reply) == int(asked["ticket"])


async def about_our_ticket(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Ticket] | bool:
    """Whether a desk's person replies to a ticket that the desk leads, or names it."""
    if not who.holds(*access.DESK, Role.COORDINATOR) or said.text.startswith("/"):
        return False
    ticket_id = await replied_to(moment, said, reply) or await named_ticket(moment, who, said.text)
    ticket = await tickets.by_id(moment.session, ticket_id) if ticket_id is not None else None
    if ticket is None or not said.text or access.reports_for(ticket, who):
        return False
    return {"ticket": ticket} if access.leads(ticket, who) else False


async def noted(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply, ticket: Ticket
) -> None:
    """Words of a desk about its ticket are an internal note: the commune does not see them."""
    await desk.note(moment, ticket, who, said.text)
    reply(reply.say.noted(ticket), ticket=ticket)


def add_routes(router: Router) -> None:
    """The card's buttons, and the answer to "what was done"."""
    router.callback_query.register(acknowledge_pressed, Pressed("ack"))
    router.callback_query.register(resolve_pressed, Pressed("resolve"))
    router.message.register(evidence_given, StateFilter(RESOLVING), awaited)
    router.message.register(noted, about_our_ticket)

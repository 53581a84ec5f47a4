"""What a department presses and types about its ticket."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers import assigning, keyboards, letters, rerouting
from handlers.awaiting import Awaited, act_awaited, wait_for
from handlers.communes import meant_by_commune
from handlers.filters import Pressed
from handlers.following import answer_stale
from handlers.plainly import is_disowned
from handlers.reading import named_ticket, replied_to
from handlers.reply import Reply
from storage import outbox, tickets
from storage.people import Role, Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves, notices
from tickets.acts import deciding, desk
from tickets.acts.deciding import Decision
from tickets.acts.reporting import attach, keep_files
from tickets.buttons import Press
from tickets.dates import read_date
from tickets.deadlines import end_of_day
from tickets.incoming import Incoming, Kind
from tickets.matters import RECENT
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.offered import may_now


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
        reply.about(ticket)
        taken = reply.say.taken_by(who.person.name, ticket, moment.now)
        reply.toast(taken)
        if said.kind is Kind.MESSAGE and not said.is_group:
            reply(f"{reply.say.title(ticket)}\n{taken}", ticket=ticket)


async def worded_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """A button that needs words: takes those typed with it, or asks for them."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    if ticket.shared and press.do == "ask":
        reply(reply.say.not_asked_together(ticket), ticket=ticket)
    elif not may_now(ticket, press.do, seen=press.seen):
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
    elif said.kind is Kind.MESSAGE and said.text:
        given = Awaited(press.do, press.ticket, press.seen)
        await WORDS[press.do](moment, who, ticket, said, given, reply)
    else:
        await ask_for(moment, press.do, ticket, who, reply)


async def ask_for(moment: Moment, act: str, ticket: Ticket, who: Speaker, reply: Reply) -> None:
    """Ask for the words that finish an act, with buttons where some are likely."""
    wait_for(reply, act, ticket)
    buttons: Buttons = []
    if act == "reroute":
        buttons = rerouting.likely(moment, ticket, reply.say)
    elif act == "assign":
        buttons = await assigning.colleagues(moment, ticket, reply.say)
    reply(reply.say.asks_for(act, ticket), buttons, ticket=ticket, numbered=False)


async def told(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """A question to the commune, news for it, or why it is no emergency."""
    access.require_lead(ticket, who)
    act = TELLS[given.act]
    if not may_now(ticket, given.act, seen=given.seen) or not said.text:
        answer_stale(moment, ticket, who, reply, typed=True)
        return
    await act(moment, ticket, who, said.text)
    reply(reply.say.did(given.act, ticket), ticket=ticket)


async def decided(
    moment: Moment, who: Speaker, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> None:
    """What was done, promised or refused: done at once, or put before the head."""
    access.require_lead(ticket, who)
    if given.more and (given.act not in DATED or read_date(said.text, moment.today) is None):
        said = replace(said, text=f"{given.more} {said.text}".strip())
    until = None
    if given.act in DATED:
        until = await _day_in(moment, ticket, said, given, reply)
        if until is None:
            return
    files = await keep_files(moment, who, said.attachments)
    attach(ticket, files)
    words = said.text or reply.say.photo_evidence()
    decision = Decision(given.act, words, until, len(files))
    try:
        is_done = await deciding.decide(moment, ticket, who, decision, seen=given.seen)
    except moves.Stale:
        answer_stale(moment, ticket, who, reply, typed=True)
    except deciding.NobodyDecides:
        wait_for(reply, given.act, ticket, more=said.text)
        reply(reply.say.nobody_decides(ticket), ticket=ticket, numbered=False)
    else:
        reply(_outcome(ticket, given.act, reply, is_done=is_done), ticket=ticket)


async def _day_in(
    moment: Moment, ticket: Ticket, said: Incoming, given: Awaited, reply: Reply
) -> datetime | None:
    """The end of the day that the words name; None when it is asked for again."""
    day = read_date(said.text, moment.today)
    until = end_of_day(day, moment.rules.calendar_of(ticket.lead)) if day else None
    if until is not None and until > moment.now:
        return until
    wait_for(reply, given.act, ticket)
    text = reply.say.day_has_passed(ticket, until) if until else reply.say.which_day(ticket)
    reply(text, ticket=ticket, numbered=False)
    return None


def _outcome(ticket: Ticket, act: str, reply: Reply, *, is_done: bool) -> str:
    if not is_done:
        return reply.say.proposed(ticket)
    return reply.say.promised(ticket) if act == "promise" else reply.say.did(act, ticket)


async def more_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Việc khác: the acts that are rarer, each a button."""
    ticket = await access.ticket_for(moment, press.ticket, who)
    access.require_lead(ticket, who)
    if Status(ticket.status) not in moves.ALIVE:
        answer_stale(moment, ticket, who, reply, typed=press.seen == 0)
        return
    reply.about(ticket)
    does = [do for do in MORE if may_now(ticket, do, seen=0)]
    buttons = [notices.act_button(ticket, reply.say, do) for do in does]
    reply(reply.say.more(ticket), [buttons[n : n + 2] for n in range(0, len(buttons), 2)])


async def about_our_ticket(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Ticket] | bool:
    """Whether a person of the desk replies to its ticket, names it, or has just acted on it."""
    if not who.holds(*access.DESK, Role.COORDINATOR) or said.text.startswith("/"):
        return False
    ticket_id = (
        await replied_to(moment, said, reply)
        or await named_ticket(moment, who, said.text)
        or await _just_spoken_of(moment, who, said, reply)
    )
    ticket = await tickets.by_id(moment.session, ticket_id) if ticket_id is not None else None
    if ticket is None or not said.text or access.reports_for(ticket, who):
        return False
    return {"ticket": ticket} if access.leads(ticket, who) else False


async def _just_spoken_of(moment: Moment, who: Speaker, said: Incoming, reply: Reply) -> int | None:
    """The ticket that a sentence in a private chat goes on about; who reports as well reports."""
    if said.is_group or who.holds(Role.REPORTER) or len(said.text.split()) < A_SENTENCE:
        return None
    since = moment.now - timedelta(minutes=RECENT)
    if reply.chat.spoke_at is not None and reply.chat.spoke_at >= since:
        last = reply.chat.ticket_id
    else:
        last = await outbox.last_ticket(moment.session, reply.chat.contact_id, since)
    return await meant_by_commune(moment, who, said.text, last)


async def noted(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply, ticket: Ticket
) -> None:
    """Words of a desk about its ticket are an internal note: one tap sends them to the commune."""
    await desk.note(moment, ticket, who, said.text)
    reply.about(ticket)
    send = Press("tell", ticket.id or 0, 0, desk.microseconds(moment.now))
    buttons = keyboards.one(reply.say, "tell", send) if ticket.status in moves.ALIVE else []
    if is_disowned(said.text) and may_now(ticket, "reroute", seen=0):
        buttons = [[*buttons[0], notices.act_button(ticket, reply.say, "reroute")]]
    waits = reply.say.still_awaited(act_awaited(reply, ticket))
    reply(f"{reply.say.noted(ticket)} {waits}".strip(), buttons, ticket=ticket)


async def tell_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Gửi cho xã: an internal note goes to the commune, once."""
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    access.require_lead(ticket, who)
    try:
        is_told = await desk.tell(moment, ticket, who, press.more)
    except moves.Stale:
        is_told = False
    if is_told:
        reply(reply.say.did("tell", ticket), ticket=ticket)
    else:
        answer_stale(moment, ticket, who, reply)


A_SENTENCE = 4
"""Words from which something is told: fewer are talk, or a command with a typo."""
TELLS = {"ask": desk.ask, "update": desk.update, "lower": desk.lower, "ended": desk.end_outside}
"""Words that go to the commune as they are."""
DATED = frozenset({"promise", "plan"})
"""Words that must name a day."""
MORE = ("assign", "update", "invite", "draft", "plan", "outside", "merge", "lower")
WORDS: dict[str, Any] = {
    **dict.fromkeys(TELLS, told),
    **dict.fromkeys(("resolve", "promise", "plan", "outside"), decided),
    "reroute": rerouting.named,
    "why": rerouting.explained,
    "assign": assigning.named,
    "number": letters.issued,
}
"""What handlers.words does with words that were awaited."""


def add_routes(router: Router) -> None:
    """The card's buttons, the rarer acts, and a desk's own words."""
    router.callback_query.register(acknowledge_pressed, Pressed("ack"))
    router.callback_query.register(worded_pressed, Pressed(*(WORDS.keys() - {"why"})))
    router.callback_query.register(more_pressed, Pressed("more"))
    router.callback_query.register(tell_pressed, Pressed("tell"))
    router.message.register(noted, about_our_ticket)

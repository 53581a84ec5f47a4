"""A commune answers how it is: by buttons, numbers or words; somebody hurt is an emergency."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers.alarms import alarm, is_alarm
from handlers.filters import Holds, Pressed, Private, Worded
from handlers.questions import raised_text
from handlers.reading import current_ticket
from handlers.reply import Reply
from handlers.reporting import something_said
from storage import rollcalls as calls
from storage import tickets
from storage.outbox import Kind as Out
from storage.people import Role, Speaker
from storage.rollcalls import RollCall
from storage.storms import Storm
from storage.tickets import OPEN, Status, Ticket
from tickets import access, notices, reach
from tickets.acts import reporter, reporting
from tickets.acts import rollcalls as acts
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment
from tickets.rollwords import chosen, is_several_numbers
from tickets.storms import ROLLING, STATES, current

RECENT = 30
"""Minutes within which somebody hurt belongs to the ticket last spoken of."""


async def state_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """One answer: noted at once, whether or not Xong ever follows; pressed again it is untold."""
    call = await _open_call(moment, who, press, reply)
    if call is None or press.more not in STATES:
        return
    mine = acts.own_answer(call, who)["states"]
    is_typed = said.kind is Kind.MESSAGE or said.channel in reach.PLAIN
    if press.more not in mine:
        await _answer(moment, call, who, said, [press.more], reply, is_typed=is_typed)
    elif is_typed:
        reply(reply.say.roll_answered(call.commune, mine))
    else:
        left = [state for state in mine if state != press.more]
        acts.answer(moment, call, who, left)
        reply.toast(reply.say.roll_noted(left))
        _tick(moment, call, who, reply)


async def end_pressed(
    _: TelegramObject, moment: Moment, who: Speaker, press: Press, reply: Reply
) -> None:
    """Xong: what was noted, and no buttons any more."""
    call = await _open_call(moment, who, press, reply)
    if call is None:
        return
    mine = acts.own_answer(call, who)["states"]
    if not mine:
        reply.toast(reply.say.roll_which())
        reply(reply.say.roll_which(), acts.buttons(reply.say, call))
        return
    _end_state(reply)
    reply(reply.say.roll_answered(call.commune, mine))


async def words_said(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Words after a roll-call: an answer if they say nothing else, else whatever they are."""
    number = reply.chat.draft.get("roll")
    call = await calls.by_id(moment.session, int(number)) if number else None
    given = chosen(said.text) if said.reply_to is None and not said.attachments else []
    if call is None or not await _is_open(moment, call, who):
        _end_state(reply)
        await something_said(event, moment, who, said, reply)
    elif given:
        await _answer(moment, call, who, said, given, reply, is_typed=True)
    else:  # the question stays open for what is said next
        await something_said(event, moment, who, said, reply)


async def numbers_said(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """Several numbers answer the roll-call that is open, whatever was spoken of since."""
    call = await _newest_open(moment, who)
    if call is None:
        await something_said(event, moment, who, said, reply)
    else:
        await _answer(moment, call, who, said, chosen(said.text), reply, is_typed=True)


async def _newest_open(moment: Moment, who: Speaker) -> RollCall | None:
    storm = await current(moment)
    for commune in sorted(who.units(Role.REPORTER)) if storm is not None else ():
        newest = await calls.newest(moment.session, storm.id or 0, commune) if storm else None
        if newest is not None and await _is_open(moment, newest, who):
            return await calls.by_id(moment.session, newest.id or 0)
    return None


async def _answer(
    moment: Moment,
    call: RollCall,
    who: Speaker,
    said: Incoming,
    given: list[str],
    reply: Reply,
    *,
    is_typed: bool,
) -> None:
    """Note an answer beside what the person said before; all is well, or something is not.

    That all is well is believed only of somebody who was asked before they wrote it.
    """
    if given == ["safe"] and said.precedes(call.asked_at):
        storm = await moment.session.get_one(Storm, call.storm_id)
        reply(reply.say.roll_over(storm, moment.now), acts.buttons(reply.say, call))
        return
    before = [
        state
        for state in acts.own_answer(call, who)["states"]
        if (state == "safe") == (given == ["safe"])
    ]
    acts.answer(moment, call, who, [*before, *given], said.text)
    mine = acts.own_answer(call, who)
    if is_typed:
        reply(reply.say.roll_answered(call.commune, mine["states"]))
    else:
        reply.toast(reply.say.roll_noted(mine["states"]))
        _tick(moment, call, who, reply)
    if "hurt" in mine["states"] and not await _has_ticket(moment, mine.get("ticket")):
        ticket = await _hurt(moment, who, said, reply)
        acts.remember_ticket(call, who, ticket.id or 0)


def _tick(moment: Moment, call: RollCall, who: Speaker, reply: Reply) -> None:
    """Change the question in the chat so that it shows what is chosen."""
    assert who.person is not None and who.person.id is not None
    storm_key = acts.key_of(call, who.person.id)
    text = reply.say.roll_again(call.commune)
    buttons = acts.buttons(reply.say, call, acts.own_answer(call, who)["states"])
    contact = reply.chat.contact_id
    notices.post(moment, Out.EDIT, text, contact=contact, buttons=buttons, replace_key=storm_key)


async def _has_ticket(moment: Moment, number: int | None) -> bool:
    ticket = await tickets.by_id(moment.session, number) if number else None
    return ticket is not None and Status(ticket.status) in OPEN


async def _hurt(moment: Moment, who: Speaker, said: Incoming, reply: Reply) -> Ticket:
    """Somebody is hurt: the ticket just spoken of is an emergency, or a new one is opened."""
    words = notices.texts(moment).roll_hurt(notices.texts(moment).time(moment.now, moment.now))
    current = await current_ticket(moment, reply)
    spoke_at = reply.chat.spoke_at or moment.now
    if current is None or (moment.now - spoke_at).total_seconds() > RECENT * 60:
        report = replace(said, text=words, kind=Kind.MESSAGE, attachments=())
        why = "cán bộ xã chọn “Có người bị nạn” khi được hỏi tình hình"
        return await alarm(moment, who, report, reply, why)
    ticket = await access.ticket_for(moment, current.id or 0, who, lock=True)
    await reporter.add(moment, ticket, who, text=words)
    why = notices.texts(moment).rule_roll_hurt()
    if await reporting.make_emergency(moment, ticket, actor=who.actor, why=why):
        reply(raised_text(moment, ticket, reply), ticket=ticket)
    reply(reply.say.call_now(), ticket=ticket)
    return ticket


async def _open_call(moment: Moment, who: Speaker, press: Press, reply: Reply) -> RollCall | None:
    """The roll-call of a button, if this person may answer it and it is the newest one.

    That somebody is hurt is never too late: an old button says it to the newest.
    """
    call = await calls.by_id(moment.session, press.ticket)
    if call is None or call.commune not in who.units(Role.REPORTER):
        reply.toast(reply.say.not_allowed())
        reply(reply.say.not_allowed())
        return None
    if await _is_open(moment, call, who):
        return call
    storm = await moment.session.get(Storm, call.storm_id)
    assert storm is not None
    text = reply.say.roll_over(storm, moment.now)
    newest = await calls.newest(moment.session, call.storm_id, call.commune)
    asks = storm.is_on and call.commune in storm.communes and newest is not None
    if asks and newest is not None and press.more == "hurt":
        return await calls.by_id(moment.session, newest.id or 0)
    reply.toast(text)
    reply(text, acts.buttons(reply.say, newest) if asks and newest else ())
    return None


async def _is_open(moment: Moment, call: RollCall, who: Speaker) -> bool:
    storm = await moment.session.get(Storm, call.storm_id)
    newest = await calls.newest(moment.session, call.storm_id, call.commune)
    is_last = newest is not None and newest.id == call.id
    is_in = storm is not None and storm.is_on and call.commune in storm.communes
    return is_last and is_in and call.commune in who.units(Role.REPORTER)


def _end_state(reply: Reply) -> None:
    if reply.chat.state == ROLLING:
        reply.state("")


async def is_several(_: TelegramObject, said: Incoming) -> bool:
    """Whether it is more than one number, as only a roll-call asks for."""
    return said.reply_to is None and is_several_numbers(said.text)


async def is_no_alarm(event: TelegramObject, said: Incoming) -> bool:
    """Whether it is anything else than KHẨN CẤP alone, which goes its own way."""
    return not await is_alarm(event, said)


def add_routes(router: Router) -> None:
    """Before handlers.reporting, which takes all other words."""
    router.callback_query.register(state_pressed, Pressed("roll"))
    router.callback_query.register(end_pressed, Pressed("rollend"))
    router.message.register(
        words_said, Holds(Role.REPORTER), Private(), StateFilter(ROLLING), Worded(), is_no_alarm
    )
    router.message.register(numbers_said, Holds(Role.REPORTER), Private(), Worded(), is_several)

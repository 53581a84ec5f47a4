"""A leader's opinion: typed after a ticket's number or under the digest, read back, sent once."""

from datetime import datetime, timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import TelegramObject

from handlers.awaiting import WAITS
from handlers.filters import Holds, Pressed, Private, Worded
from handlers.reply import Reply
from province.text import fold
from storage import opinions, outbox
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, digest
from tickets.acts import opinions as acts
from tickets.acts.desk import microseconds
from tickets.buttons import Press, button, unpack
from tickets.incoming import Incoming
from tickets.moment import Moment

OPINING, REWORDING = "opining", "rewording"
"""States of a chat: an opinion that was read back waits for Gửi; other words are awaited."""
FEWEST = 3
"""Fewer words under the digest are talk, but for those that agree."""
A_SENTENCE = 5
PUT_BEFORE = timedelta(hours=12)
"""Words from which a sentence is an opinion on the ticket last shown, and for how long; it is read
back before it goes."""
AGREES = frozenset({"dong y", "nhat tri", "khong dong y", "khong nhat tri"})


async def opinion_typed(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, press: Press, reply: Reply
) -> None:
    """Words after a ticket's number: nothing is sent before they were read back."""
    acts.require_leader(who)
    ticket = await access.ticket_for(moment, press.ticket, who)
    if said.text:
        _read_back(moment, ticket, said.text, reply)


def _read_back(moment: Moment, ticket: Ticket, words: str, reply: Reply) -> None:
    """Show to whom it would go, in which words; the draft stays in the chat."""
    reply.about(ticket)
    if not acts.may_give(ticket):
        reply.state("")
        reply(reply.say.opinion_ended(ticket), ticket=ticket)
        return
    key = microseconds(moment.now)
    at = moment.now.isoformat()
    reply.state(OPINING, ticket=ticket.id, words=words.strip(), key=key, at=at)
    names = (("send_out", "opsend"), ("edit_text", "opedit"), ("drop_it", "opdrop"))
    row = [
        button(reply.say.label(name), Press(do, ticket.id or 0, 0, f"k{key}")) for name, do in names
    ]
    reply(reply.say.opinion_read_back(ticket, words.strip()), [row], ticket=ticket)


async def draft_pressed(
    _: TelegramObject,
    moment: Moment,
    who: Speaker,
    press: Press,
    reply: Reply,
    address: str,
) -> None:
    """Gửi, Sửa, Thôi: on the draft that waits in this chat; a later press hears what was done."""
    acts.require_leader(who)
    ticket = await access.ticket_for(moment, press.ticket, who, lock=True)
    draft, key = reply.chat.draft, press.more.removeprefix("k")
    is_here = reply.chat.state in {OPINING, REWORDING} and draft.get("key") == key
    if is_here and press.do == "opdrop":
        reply.state("")
        reply(reply.say.opinion_dropped(ticket), ticket=ticket)
    elif not is_here or reply.chat.state == REWORDING:
        await _too_late(moment, ticket, key, reply)
    elif press.do == "opedit":
        reply.state(REWORDING, ticket=ticket.id, key=key)
        reply(reply.say.opinion_asks(ticket), ticket=ticket, numbered=False)
    elif not acts.may_give(ticket):
        reply.state("")
        reply(reply.say.opinion_ended(ticket), ticket=ticket)
    else:
        words = str(draft["words"])
        reply.state("")
        link = await acts.give(moment, ticket, who, words, key=key, address=address)
        reply(reply.say.opinion_sent(ticket, link), ticket=ticket)


async def _too_late(moment: Moment, ticket: Ticket, key: str, reply: Reply) -> None:
    given = await opinions.given(moment.session, ticket.id or 0, key)
    text = reply.say.opinion_done(ticket, given.at if given else None, moment.now)
    reply.toast(text)
    reply(text, ticket=ticket)


async def reworded(
    _: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> None:
    """The words that replace those of a draft: it is read back again."""
    ticket = await access.ticket_for(moment, int(reply.chat.draft.get("ticket", 0)), who)
    _read_back(moment, ticket, said.text, reply)


def _is_drafting(moment: Moment, reply: Reply) -> bool:
    """Whether an opinion was read back here lately and waits for Gửi."""
    at = reply.chat.draft.get("at", "") if reply.chat.state == OPINING else ""
    return bool(at) and moment.now - datetime.fromisoformat(at) <= WAITS


async def is_under_digest(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Press] | bool:
    """Whether words answer the digest, as a reply or right after it, and only one ticket waits.

    Words typed where Gửi was awaited are read back in place of the others.
    """
    is_talk = len(said.text.split()) < FEWEST and fold(said.text).strip(" .!") not in AGREES
    if is_talk or said.text.startswith("/"):
        return False
    if _is_drafting(moment, reply) and said.reply_to is None:
        return {"press": Press("opinion", int(reply.chat.draft.get("ticket", 0)))}
    contact = reply.chat.contact_id
    if said.reply_to is not None:
        shown = await outbox.shown_at(moment.session, contact, said.reply_to)
    else:
        shown = await outbox.last_said(moment.session, contact)
    presses = [unpack(one["press"]) for row in shown.buttons for one in row] if shown else []
    if not any(press and press.do == "seen" and press.more for press in presses):
        return await _on_the_one_shown(moment, who, said, reply)
    posts = digest.posts_of(moment, who)
    mine = [row for row in await digest.asked_of_leaders(moment) if row.posts & posts]
    return {"press": Press("opinion", mine[0].ticket.id or 0)} if len(mine) == 1 else False


async def _on_the_one_shown(
    moment: Moment, who: Speaker, said: Incoming, reply: Reply
) -> dict[str, Press] | bool:
    """A sentence right after a ticket that was put before a leader: "giao sở xây dựng làm ngay"."""
    if said.reply_to is not None or len(said.text.split()) < A_SENTENCE:
        return False
    since = moment.now - PUT_BEFORE
    number = await outbox.last_ticket(moment.session, reply.chat.contact_id, since)
    return {"press": Press("opinion", number)} if number is not None else False


def add_routes(router: Router) -> None:
    """What leaders say on tickets; before desks and reporters, as some leaders are both."""
    leaders = Holds(Role.LEADER)
    router.callback_query.register(draft_pressed, Pressed("opsend", "opedit", "opdrop"))
    router.message.register(reworded, leaders, Private(), StateFilter(REWORDING), Worded())
    router.callback_query.register(opinion_typed, Pressed("opinion"))


def add_last_routes(router: Router) -> None:
    """Words of leaders that nothing else has taken."""
    router.message.register(opinion_typed, Holds(Role.LEADER), Private(), Worded(), is_under_digest)

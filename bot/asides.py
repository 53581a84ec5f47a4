"""What is asked in passing by those who report nothing: the list or the ticket it means."""

from dataclasses import replace

from handlers.awaiting import AWAITING
from handlers.communes import communes_in, tickets_of_communes
from handlers.helping import HELPING
from handlers.opining import OPINING
from handlers.orders import desk_order, overseer_order
from handlers.passing import list_asked_in, one_asked_in
from storage import outbox
from storage.conversations import Conversation
from storage.people import Role, Speaker
from tickets import access
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment

FREE = frozenset({"", AWAITING, OPINING, HELPING})
"""States in which a question is one; elsewhere all words are those that were asked for."""


async def aside(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press | None] | None:
    """The press or command that a question stands for; what was awaited before is still awaited.

    In a group only a reply is meant for us.
    """
    is_free = chat.state in FREE and not _asks_commune(chat, who)
    if who.holds(Role.REPORTER) or not is_free or (said.is_group and said.reply_to is None):
        return None
    if not said.is_group and (command := _command(who, said.text)):
        return replace(said, text=command), None
    if asked := one_asked_in(said.text):
        return await _one(moment, who, chat, said, *asked)
    return None


def _command(who: Speaker, text: str) -> str | None:
    """The command that the words stand for, of those that this person may give."""
    if who.holds(Role.COORDINATOR, Role.LEADER) and (order := overseer_order(text)):
        is_for_all = order.startswith("/toancanh")
        return order if is_for_all or who.holds(Role.COORDINATOR) else None
    if who.holds(*access.DESK) and (order := desk_order(text)):
        return order
    return list_asked_in(text)


def _asks_commune(chat: Conversation, who: Speaker) -> bool:
    """Whether the words are to be a question to the commune."""
    asked = chat.draft.get("awaited", {}).get(str(who.person.id)) if who.person else None
    return asked is not None and chat.state == AWAITING and asked["act"] == "ask"


async def _one(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming, act: str, digits: str
) -> tuple[Incoming, Press | None]:
    """One ticket: numbered, replied to, of the commune named, or last spoken of; else the list."""
    if digits:
        named = await access.tickets_called(moment, digits, who)
        ticket = named[0].id if len(named) == 1 else None
        return said, Press(act, ticket) if ticket else Press("several", 0, 0, digits)
    if communes := communes_in(said.text, moment.rules.units):
        found = await tickets_of_communes(moment, who, said.text)
        if len(found) == 1:
            return said, Press(act, found[0].id or 0)
        names = " ".join(moment.rules.units.short_name(code) for code in communes)
        return replace(said, text=f"/hangdoi {names}"), None
    ticket = None
    if said.reply_to is not None:
        ticket = await outbox.ticket_of_receipt(moment.session, chat.contact_id, said.reply_to)
    elif not said.is_group:
        ticket = chat.ticket_id or await outbox.last_ticket(moment.session, chat.contact_id)
    return said, Press(act, ticket) if ticket else Press("several")

"""The proposal that a head's plain words approve or send back."""

from dataclasses import replace
from datetime import datetime

from handlers.verdicts import verdict_of
from storage import outbox, tickets
from storage.conversations import Conversation
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access
from tickets.buttons import Press
from tickets.incoming import Incoming
from tickets.moment import Moment


async def approval(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press] | None:
    """What "đồng ý" and "chưa duyệt, làm rõ nguồn" press, where something waits for this head.

    The ticket is the one numbered, replied to, or of the newest message; words that were written
    before the proposal mean none.
    """
    found = verdict_of(said.text) if who.holds(Role.HEAD) else None
    if found is None or chat.state:
        return None
    act, digits, words = found
    ticket = await _meant(moment, who, chat, said, digits)
    if ticket is None or not ticket.proposal or ticket.lead not in who.units(Role.HEAD):
        return None
    if said.precedes(datetime.fromisoformat(str(ticket.proposal["at"]))):
        return None
    number = str(ticket.proposal["number"])
    return replace(said, text=words), Press(act, ticket.id or 0, 0, number)


async def _meant(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming, digits: str
) -> Ticket | None:
    if digits:
        named = await access.tickets_called(moment, digits, who)
        return named[0] if len(named) == 1 else None
    if said.reply_to is not None:
        number = await outbox.ticket_of_receipt(moment.session, chat.contact_id, said.reply_to)
    elif said.is_group:
        return None
    else:
        number = await outbox.last_ticket(moment.session, chat.contact_id)
    return await tickets.by_id(moment.session, number) if number is not None else None

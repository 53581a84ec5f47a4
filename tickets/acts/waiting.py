"""A ticket that waits for its commune: its chat turns to it, and the clock stands still."""

from storage.conversations import Conversation
from storage.tickets import Status, Ticket
from tickets import moves
from tickets.deadlines import resumed
from tickets.destinations import contact_for
from tickets.moment import Moment
from tickets.storms import ROLLING


async def turn_chat_to(moment: Moment, ticket: Ticket) -> None:
    """Let the reporter's next words be understood as the answer to what the desk has asked.

    Our own open question about the ticket gives way; one about another ticket stays.
    """
    contact = await contact_for(moment, ticket.reporter_id)
    chat = await moment.session.get(Conversation, contact.id) if contact else None
    is_free = chat is not None and chat.state in {"", ROLLING}
    if chat is None or not (is_free or chat.draft.get("ticket") == ticket.id):
        return
    chat.state, chat.draft = "", {}
    chat.ticket_id, chat.spoke_at = ticket.id, moment.now


def resume(moment: Moment, ticket: Ticket) -> bool:
    """The commune has answered: the deadlines move by the time it took; False if nobody waited."""
    since = ticket.waiting_since
    if ticket.status != Status.WAITING or since is None:
        return False
    moves.make(ticket, "answer", now=moment.now)
    if ticket.urgency != "emergency":
        for column in ("answer_by", "result_by"):
            by = getattr(ticket, column)
            if by is not None:
                calendar = moment.rules.calendar_of(ticket.lead)
                setattr(ticket, column, resumed(by, since, moment.now, calendar))
    return True

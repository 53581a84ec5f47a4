"""What no channel could say was said by phone: noted in the history, and done with."""

from storage import failures, tickets
from storage.outbox import Notice
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import moves
from tickets.moment import Moment


async def said_by_phone(
    moment: Moment, ticket: Ticket, who: Speaker, notice_id: int, whom: str, *, seen: int = 0
) -> None:
    """Let a message of this ticket rest that reached nobody; `whom` is who was called.

    `seen` is which of its deaths was shown (storage/failures.py). Raises moves.Stale when the
    message has been sent after all, or somebody else has called already.
    """
    notice = await moment.session.get(Notice, notice_id)
    is_ours = notice is not None and notice.ticket_id == ticket.id
    if not is_ours or await failures.drop(moment.session, notice_id, seen) is None:
        raise moves.Stale
    tickets.log(moment.session, ticket, "said_by_phone", at=moment.now, actor=who.actor, text=whom)

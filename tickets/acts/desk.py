"""What a department does with its ticket: acknowledges it, says that it is done."""

from storage import tickets
from storage.outbox import Kind, cancel
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import moves, notices
from tickets.moment import Moment


async def acknowledge(moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0) -> None:
    """The department says "we have it"; colleagues see who, the reporter hears; or Stale."""
    assert who.person is not None
    moves.make(ticket, "acknowledge", now=moment.now, seen=seen)
    ticket.assignee_id = ticket.assignee_id or who.person.id
    others = await notices.carded(moment, ticket) if ticket.tentative else []
    ticket.tentative = False
    ticket.next_step = ticket.next_due_at = None
    tickets.log(moment.session, ticket, "acknowledged", at=moment.now, actor=who.actor)
    assert ticket.id is not None
    await cancel(moment.session, ticket.id, Kind.REMINDER, moment.now)
    await notices.refresh_cards(moment, ticket, others)
    await notices.refresh_receipt(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    heard = say.hears(ticket, by=who.person.name, now=moment.now)
    await notices.tell_reporter(moment, ticket, heard)


async def resolve(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, files: int = 0, seen: int = 0
) -> None:
    """The department says what was done; the reporter is asked whether it is; or Stale."""
    moves.make(ticket, "resolve", now=moment.now, seen=seen)
    ticket.resolution = words
    ticket.next_step = ticket.next_due_at = None
    tickets.log(
        moment.session, ticket, "resolved", at=moment.now, actor=who.actor, text=words, files=files
    )
    assert ticket.id is not None
    await cancel(moment.session, ticket.id, Kind.REMINDER, moment.now)
    await notices.refresh_cards(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    ends = notices.end_buttons(ticket, say)
    await notices.tell_reporter(moment, ticket, say.solved(ticket), ends)


async def note(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """An internal note: in the history, for the desk alone."""
    tickets.log(moment.session, ticket, "noted", at=moment.now, actor=who.actor, text=words)

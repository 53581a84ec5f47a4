"""What an officer alone may do with the department's ticket: take it, ask, update, promise."""

from datetime import datetime

from storage import tickets
from storage.outbox import Kind, cancel
from storage.people import Person, Speaker
from storage.tickets import Ticket
from tickets import moves, notices
from tickets.acts import closing
from tickets.acts.indexing import index_later
from tickets.acts.promising import promise as set_deadlines
from tickets.acts.waiting import turn_chat_to
from tickets.moment import Moment


async def acknowledge(moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0) -> None:
    """The department says "we have it"; colleagues see who, the reporter hears; or Stale."""
    assert who.person is not None
    others = await notices.carded(moment, ticket) if ticket.tentative else []
    moves.make(ticket, "acknowledge", now=moment.now, seen=seen)
    ticket.assignee_id = ticket.assignee_id or who.person.id
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
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    words: str,
    *,
    files: int = 0,
    by: str = "",
    seen: int = 0,
) -> None:
    """The department says what was done; the reporter is asked whether it is; or Stale.

    `by` names the head who approved it, with post and time.
    """
    moves.make(ticket, "resolve", now=moment.now, seen=seen)
    ticket.resolution = words
    index_later(ticket, words)
    closing.start(moment, ticket)
    tickets.log(
        moment.session, ticket, "resolved", at=moment.now, actor=who.actor, text=words, files=files
    )
    assert ticket.id is not None
    await cancel(moment.session, ticket.id, Kind.REMINDER, moment.now)
    await notices.refresh_cards(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    ends = notices.end_buttons(ticket, say)
    told = say.solved(ticket, by=by)
    joined = told.removesuffix(f"\n{say.really_done()}")
    await notices.tell_reporter(moment, ticket, told, ends, joined=joined)


async def ask(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, files: int = 0, seen: int = 0
) -> None:
    """Ask the commune; the clock stands still until it answers (not in an emergency). Or Stale."""
    moves.make(ticket, "ask", now=moment.now, seen=seen)
    _answered(moment, ticket, who, "information_requested", words, files)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.asked_by_desk(ticket, words))
    await turn_chat_to(moment, ticket)


async def update(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, files: int = 0, seen: int = 0
) -> None:
    """Tell the commune how far it is; a ticket that stands still keeps its status. Or Stale."""
    if ticket.status in moves.OPENED:
        moves.make(ticket, "update", now=moment.now, seen=seen)
    elif ticket.status not in moves.ALIVE or seen not in {0, ticket.version}:
        raise moves.Stale
    _answered(moment, ticket, who, "updated", words, files)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_update(ticket, words))


async def promise(
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    until: datetime,
    words: str,
    *,
    by: str = "",
    seen: int = 0,
) -> None:
    """Promise a date (UTC instant, the end of that day) to the commune; or Stale.

    `by` names the head who approved it, with post and time.
    """
    moves.make(ticket, "promise", now=moment.now, seen=seen)
    ticket.promised_at = until
    _answered(moment, ticket, who, "promised", words, 0)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_promise(ticket, moment.now, by=by))


async def plan(
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    words: str,
    until: datetime | None,
    *,
    by: str = "",
) -> None:
    """Answered, but there are no resources yet: a promised date, and the commune may object."""
    moves.make(ticket, "plan", now=moment.now)
    ticket.promised_at = until
    ticket.resolution = words
    index_later(ticket, words)
    _answered(moment, ticket, who, "planned", words, 0)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    told = say.hears_plan(ticket, moment.now, by=by)
    await notices.tell_reporter(moment, ticket, told, notices.agree_buttons(ticket, say))


async def await_guidance(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, by: str = ""
) -> None:
    """Not the province's to decide: the legal reason is told, the centre is asked."""
    moves.make(ticket, "await_guidance", now=moment.now)
    ticket.resolution = words
    index_later(ticket, words)
    _answered(moment, ticket, who, "awaiting_guidance", words, 0)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_outside(ticket, by=by))


async def end_outside(
    moment: Moment, ticket: Ticket, who: Speaker, words: str, *, seen: int = 0
) -> None:
    """The centre has answered: its answer closes the ticket as out of competence. Or Stale."""
    moves.make(ticket, "end_outside", now=moment.now, seen=seen)
    ticket.resolution = words
    index_later(ticket, words)
    _answered(moment, ticket, who, "closed", words, 0)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    await notices.tell_reporter(moment, ticket, say.hears_centre(ticket))


async def assign(moment: Moment, ticket: Ticket, who: Speaker, person: Person) -> None:
    """Name the colleague in charge, who hears of it in private."""
    ticket.assignee_id = person.id
    moves.changed(ticket)
    tickets.log(
        moment.session, ticket, "assigned", at=moment.now, actor=who.actor, person=person.id
    )
    await notices.refresh_cards(moment, ticket)
    if who.person is not None and person.id != who.person.id:
        say = notices.texts(moment, person.language)
        told = say.assigned_to_you(ticket, who.person.name)
        buttons = notices.card_buttons(ticket, say)
        notices.post(moment, Kind.NOTICE, told, person=person.id, ticket=ticket, buttons=buttons)


async def lower(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """An emergency that is none becomes urgent; the reporter hears why, and may raise it again."""
    ticket.urgency = "urgent"
    await set_deadlines(moment, ticket)
    moves.changed(ticket)
    tickets.log(moment.session, ticket, "lowered", at=moment.now, actor=who.actor, text=words)
    await _everybody_sees(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    buttons = notices.raise_button(ticket, say)
    await notices.tell_reporter(moment, ticket, say.hears_lowered(ticket, words), buttons)


def _answered(
    moment: Moment, ticket: Ticket, who: Speaker, kind: str, words: str, files: int
) -> None:
    """What every answer of substance does: an owner, no reminder any more, one event."""
    assert who.person is not None
    ticket.assignee_id = ticket.assignee_id or who.person.id
    ticket.tentative = False
    ticket.told_at = moment.now
    ticket.pressed_at = None
    tickets.log(
        moment.session, ticket, kind, at=moment.now, actor=who.actor, text=words, files=files
    )


async def _everybody_sees(moment: Moment, ticket: Ticket) -> None:
    """The desk's card and the reporter's receipt show what is true now."""
    await cancel(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)


async def issue(moment: Moment, ticket: Ticket, who: Speaker, number: str) -> None:
    """Note the number of the document that was issued; the version stays."""
    ticket.document = number
    index_later(ticket, number)
    tickets.log(
        moment.session, ticket, "document_issued", at=moment.now, actor=who.actor, number=number
    )
    await notices.refresh_cards(moment, ticket)


async def note(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """An internal note: in the history, for the desk alone, until `tell` sends it on."""
    tickets.log(moment.session, ticket, "noted", at=moment.now, actor=who.actor, text=words)


async def tell(moment: Moment, ticket: Ticket, who: Speaker, noted_at: str) -> bool:
    """Send an internal note on to the commune, once; False when that has been done.

    `noted_at` is the note's instant in microseconds, as its button carries it.
    """
    history = await tickets.events_of(moment.session, ticket.id or 0)
    notes = [row for row in history if row.kind == "noted" and microseconds(row.at) == noted_at]
    if not notes or any(row.inputs.get("note") == noted_at for row in history):
        return False
    words = str(notes[-1].inputs.get("text", ""))
    tickets.log(moment.session, ticket, "note_told", at=moment.now, actor=who.actor, note=noted_at)
    await update(moment, ticket, who, words)
    return True


def microseconds(instant: datetime) -> str:
    """An instant as a button carries it."""
    return str(round(instant.timestamp() * 1_000_000))

"""A report that lacks something is asked about once more, when its sender has had time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from province.pack import Question
from storage import prompts, tickets
from storage.conversations import ASKING, Conversation
from storage.outbox import Kind
from storage.prompts import PROMPT
from storage.rounds import Round
from storage.tickets import Status, Ticket
from tickets import notices, quiet
from tickets.acts import reporting
from tickets.buttons import Press, button
from tickets.choices import choices_of
from tickets.destinations import contact_for
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.storms import questions_for
from tickets.texts import Texts
from triage.verdict import Verdict

AFTER = timedelta(hours=4)
"""How long a question may stay open, in the hours in which people are awake."""
DANGER_AFTER = timedelta(minutes=30)
"""The same for one on which lives may hang, by day and by night."""
SPEAKING = timedelta(minutes=30)
"""Whoever said something so lately is in the middle of it, and is asked later."""
TOGETHER = timedelta(hours=2)
"""What would be asked for so soon goes into the same message."""
STALE = timedelta(hours=24)
"""A prompt that found no moment in so long is left."""
UNANSWERED = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.IN_PROGRESS})
"""Statuses in which what the report lacks may still help."""


def later(moment: Moment, ticket: Ticket, verdict: Verdict) -> None:
    """Look again at a ticket that was opened in this update, if its report lacks something.

    What may be missing: an answer to a question that is asked now, a photo where the category
    needs one, and whether a second matter that the text hints at is one.
    """
    slots = reporting.questions(moment, ticket, verdict)
    second = verdict.second_text if verdict.second is not None else ""
    if not slots and not second and not _lacks_photo(moment, ticket):
        return
    moment.session.add(
        Round(
            name=PROMPT,
            subject=str(ticket.id),
            kept={"slots": slots, "second": second},
            next_due_at=_due(moment, ticket, slots),
        )
    )


async def anew(moment: Moment, ticket: Ticket, verdict: Verdict) -> None:
    """The same for a ticket that has got another department or its words since."""
    await prompts.drop(moment.session, ticket.id or 0)
    later(moment, ticket, verdict)


async def left_alone(moment: Moment, ticket: Ticket) -> None:
    """Whoever skips a question has read it, and is not asked once more."""
    await prompts.drop(moment.session, ticket.id or 0)


async def look(moment: Moment, row: Round) -> datetime | None:
    """Ask once more, in one message with what this reporter would be asked about soon.

    When they are in the middle of something, half an hour later; nothing once the department has
    answered or the ticket has ended. Returns when to look again (UTC), None when that is done.
    """
    ticket = await tickets.by_id(moment.session, int(row.subject))
    contact = await contact_for(moment, ticket.reporter_id) if ticket else None
    if ticket is None or contact is None or not _wants(moment, ticket, row):
        await moment.session.delete(row)
        return None
    due = _due(moment, ticket, _open_slots(ticket, row))
    if due > moment.now:
        return due  # the question of danger has been answered, and the rest has time
    chat = await moment.session.get(Conversation, contact.id, with_for_update=True)
    spoke_at = chat.spoke_at if chat else None
    is_busy = bool(chat and chat.state and spoke_at and moment.now - spoke_at < SPEAKING)
    if is_busy and moment.now - ticket.opened_at < STALE:
        return moment.now + SPEAKING
    await _ask(moment, ticket, row, await _others(moment, ticket), chat)
    await moment.session.delete(row)
    return None


async def _others(moment: Moment, ticket: Ticket) -> list[Ticket]:
    """The reporter's other tickets that would be asked about soon; their own prompts are over.

    A question of danger, or whether there is a second matter, is more than a line at the end of
    another's message.
    """
    since, others = moment.now - STALE, []
    for row, other in await prompts.waiting(moment.session, ticket.reporter_id, since):
        slots = _open_slots(other, row)
        is_soon = _due(moment, other, slots) <= moment.now + TOGETHER
        asks_itself = _is_grave(moment, other, slots) or row.kept.get("second")
        is_other = other.id != ticket.id and not asks_itself
        if is_soon and is_other and _wants(moment, other, row):
            others.append(other)
            await moment.session.delete(row)
    return others


async def _ask(
    moment: Moment,
    ticket: Ticket,
    row: Round,
    others: Sequence[Ticket],
    chat: Conversation | None,
) -> None:
    say = await notices.texts_of(moment, ticket.reporter_id)
    slots = _open_slots(ticket, row)
    question = reporting.question_of(moment, ticket, slots[0], say.ask_danger()) if slots else None
    text, buttons = _said(moment, ticket, row, question, say)
    if others:
        text = f"{text}\n{say.others_lack(others)}"
    for one in (ticket, *others):
        tickets.log(
            moment.session,
            one,
            "prompted",
            at=moment.now,
            actor="clock",
            rule=notices.texts(moment).rule_prompted(),
        )
    notices.post(
        moment, Kind.NOTICE, text, person=ticket.reporter_id, ticket=ticket, buttons=buttons
    )
    if chat is not None:
        is_asked = question is not None
        chat.state = ASKING if is_asked else ""
        chat.draft = {"ticket": ticket.id, "slots": slots} if is_asked else {}
        chat.ticket_id, chat.spoke_at = ticket.id, moment.now


def _said(
    moment: Moment, ticket: Ticket, row: Round, question: Question | None, say: Texts
) -> tuple[str, Buttons]:
    """The one message about a ticket: its question, the photo, the second matter."""
    lines, buttons = [say.title(ticket)], list[Sequence[dict[str, str]]]()
    if question is not None:
        lines.append(say.asked_once_more(question.ask, danger_first=bool(question.danger)))
        buttons += choices_of(say, ticket, question)
    if _lacks_photo(moment, ticket):
        lines.append(say.photo_wanted())
    if second := row.kept.get("second", ""):
        lines.append(say.second_hinted(second))
        buttons.append([button(say.label("second_ticket"), Press("second", ticket.id or 0))])
    return "\n".join(lines), buttons


def _wants(moment: Moment, ticket: Ticket, row: Round) -> bool:
    """Whether something is still missing that may still help."""
    if Status(ticket.status) not in UNANSWERED or ticket.answered_at is not None:
        return False
    if _open_slots(ticket, row) or row.kept.get("second"):
        return True
    # Whoever has taken the ticket asks for a photo if it takes one.
    return ticket.acknowledged_at is None and _lacks_photo(moment, ticket)


def _open_slots(ticket: Ticket, row: Round) -> list[str]:
    known = {*ticket.answers, *(["place"] if ticket.lat is not None else [])}
    return [slot for slot in row.kept.get("slots", []) if slot not in known]


def _lacks_photo(moment: Moment, ticket: Ticket) -> bool:
    """Nobody is sent back to a danger for a picture."""
    route = moment.route(ticket.category) if ticket.category else None
    is_wanted = route is not None and route.photo and ticket.urgency != "emergency"
    return is_wanted and not ticket.files


def _is_grave(moment: Moment, ticket: Ticket, slots: Sequence[str]) -> bool:
    """Whether the first open question is whether somebody is in danger."""
    grave = {question.slot for question in questions_for(moment, ticket) if question.danger}
    is_safety = slots[:1] == [reporting.DANGER.slot] or not grave.isdisjoint(slots[:1])
    return is_safety and (ticket.urgency in reporting.PRESSING or slots[0] == reporting.DANGER.slot)


def _due(moment: Moment, ticket: Ticket, slots: Sequence[str]) -> datetime:
    """When to ask once more; what is not about danger waits until the night ends (UTC)."""
    if _is_grave(moment, ticket, slots):
        return ticket.opened_at + DANGER_AFTER
    due = ticket.opened_at + AFTER
    return quiet.ends(due, moment.rules.zone) or due

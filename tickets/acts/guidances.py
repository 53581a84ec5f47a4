"""A department publishes a solved answer for all communes, renews it or takes it back."""

from datetime import datetime, timedelta

from province.text import fold
from storage import guidances, tickets
from storage.guidances import Guidance
from storage.outbox import Kind
from storage.people import Speaker
from storage.rounds import Round
from storage.tickets import Outcome, Status, Ticket
from tickets import notices
from tickets.acts.opening import next_opening
from tickets.answers import HOLDS, Draft, needed_by
from tickets.buttons import Press, button
from tickets.moment import Moment

GUIDANCES = "guidances"
"""The round in which expired answers are put before their departments, as offices open."""
SHOWN = "answer_shown"
"""The event of a ticket with which a published answer was shown."""


def may_publish(ticket: Ticket) -> bool:
    """Whether a ticket has an answer that may be for all: solved, and nobody's secret."""
    is_answered = ticket.status in {Status.RESOLVED, Status.CLOSED}
    return is_answered and ticket.outcome != Outcome.MERGED and not ticket.restricted


def draft(moment: Moment, ticket: Ticket, who: Speaker, given: Draft) -> Guidance:
    """A preview of what would be published; nothing is found before its confirmation."""
    assert who.person is not None and who.person.id is not None
    question = given.question or ticket.summary
    answer = given.answer or ticket.resolution
    route = moment.route(ticket.category) if ticket.category else None
    row = Guidance(
        unit=ticket.lead,
        category=ticket.category,
        ticket_id=ticket.id or 0,
        by=who.person.id,
        question=question,
        answer=answer,
        basis=given.basis,
        first=given.first,
        last=given.last,
        search=fold(f"{question} {route.label if route else ''} {answer}"),
        created_at=moment.now,
    )
    moment.session.add(row)
    return row


def is_open(row: Guidance, seen: int) -> bool:
    """Whether a preview's button still counts."""
    return row.published_at is None and row.withdrawn_at is None and seen in {0, row.version}


async def publish(moment: Moment, row: Guidance, who: Speaker) -> None:
    """Let every commune find it. The caller has asked `is_open` on the locked row."""
    row.published_at, row.version = moment.now, row.version + 1
    ticket = await tickets.by_id(moment.session, row.ticket_id, lock=True)
    if ticket is not None:
        _log(moment, ticket, "published", str(who.actor), "", row)


def withdraw(moment: Moment, row: Guidance) -> None:
    """Take an answer back, or drop its preview."""
    row.withdrawn_at, row.version = moment.now, row.version + 1


def extend(moment: Moment, row: Guidance) -> None:
    """Let an answer hold for another year from today."""
    row.last, row.flagged_at, row.version = moment.today + HOLDS, None, row.version + 1


async def needed(moment: Moment, ticket: Ticket) -> Guidance | None:
    """The published answer that a new ticket may need; that it is shown is noted and counted."""
    is_sure = ticket.category and not ticket.tentative and not ticket.restricted
    if not is_sure or ticket.urgency == "emergency" or not ticket.text:
        return None
    session, category = moment.session, ticket.category
    known = await guidances.in_force(session, moment.today, category=category)
    row = needed_by(ticket.text, known)
    if row is not None:
        rule = notices.texts(moment).rule_answer_shown()
        _log(moment, ticket, SHOWN, "triage", rule, row)
        await guidances.count(session, [row.id or 0])
    return row


async def count_help(moment: Moment, ticket: Ticket) -> None:
    """A ticket was taken back as needless: whatever answer was shown with it has helped."""
    history = await tickets.events_of(moment.session, ticket.id or 0)
    shown = {int(fact.inputs["guidance"]) for fact in history if fact.kind == SHOWN}
    if shown:
        await guidances.count(moment.session, sorted(shown), helped=True)


def thank(row: Guidance, who: Speaker) -> bool:
    """Count once for each person that an answer was of use; False when it was counted before."""
    person = who.person.id if who.person else None
    if person is None or person in row.thanked:
        return False
    row.thanked = [*row.thanked, person]
    return True


async def review(moment: Moment, _: Round) -> datetime:
    """Put expired answers before their departments, once; the round comes each working day."""
    for row in await guidances.expired(moment.session, moment.today):
        row.flagged_at = moment.now
        say = notices.texts(moment)
        does = (("extend", "guideextend"), ("withdraw", "guidewithdraw"))
        at = [button(say.label(name), Press(do, row.id or 0, row.version)) for name, do in does]
        notices.post(moment, Kind.NOTICE, say.guidance_expired(row), desk=row.unit, buttons=[at])
    return next_opening(moment) + timedelta(minutes=1)


def _log(moment: Moment, ticket: Ticket, kind: str, actor: str, rule: str, row: Guidance) -> None:
    session, now = moment.session, moment.now
    tickets.log(session, ticket, kind, at=now, actor=actor, rule=rule, guidance=row.id)

"""How a resolved ticket ends: the commune's yes, or its silence for five working days; ratings."""

from storage import tickets
from storage.carriers import Carrier
from storage.outbox import Kind
from storage.people import Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import moves, notices
from tickets.buttons import Press, button
from tickets.moment import Moment

FOLLOW_UP = "follow_up"
"""The sweep's step two working days after "Đã xử lý": ask once more."""
EXPIRE = "expire"
"""The sweep's step after five: close it, not confirmed."""
BEST = 5
ASKS_AFTER, ENDS_AFTER = 2, 5
"""Working days; the day of the answer itself does not count."""


def start(moment: Moment, ticket: Ticket) -> None:
    """Wait for the commune's yes; asked again in the morning after the second working day."""
    calendar = moment.rules.calendar_of(ticket.lead)
    asks = calendar.end_of_working_day(moment.now, ASKS_AFTER)
    ticket.next_step = FOLLOW_UP
    ticket.next_due_at = calendar.next_office_opening(asks)


def stop(ticket: Ticket) -> None:
    """Nothing is waited for any more."""
    ticket.next_step = ticket.next_due_at = None


async def follow_up(moment: Moment, ticket: Ticket) -> None:
    """Ask once whether it is done; after an outage the commune still gets a day to answer."""
    calendar = moment.rules.calendar_of(ticket.lead)
    ends = calendar.end_of_working_day(ticket.resolved_at or moment.now, ENDS_AFTER)
    ticket.next_step = EXPIRE
    ticket.next_due_at = max(ends, calendar.end_of_working_day(moment.now, 1))
    if await _was_asked_enough(moment, ticket):
        return
    rule = notices.texts(moment).rule_follow_up(ASKS_AFTER)
    tickets.log(moment.session, ticket, "reminded", at=moment.now, actor="clock", rule=rule)
    say = await notices.texts_of(moment, ticket.reporter_id)
    buttons = notices.end_buttons(ticket, say)
    told = say.done_yet(ticket)
    joined = told if ticket.shared else ""
    await notices.tell_reporter(moment, ticket, told, buttons, kind=Kind.REMINDER, joined=joined)


async def _was_asked_enough(moment: Moment, ticket: Ticket) -> bool:
    """Whether a commune has let a prompt pass and was told of the work between.

    One more message would be its seventh about an ordinary ticket; six are the budget.
    """
    since, number = ticket.opened_at, ticket.id or 0
    if not await tickets.happened(moment.session, number, "prompted", since=since):
        return False
    news = [
        await tickets.happened(moment.session, number, kind, since=since)
        for kind in ("updated", "promised")
    ]
    return any(news)


async def expire(moment: Moment, ticket: Ticket) -> None:
    """Close what nobody confirmed; one tap opens it again."""
    moves.make(ticket, "expire", now=moment.now)
    stop(ticket)
    rule = notices.texts(moment).rule_expired(ENDS_AFTER)
    tickets.log(moment.session, ticket, "closed", at=moment.now, actor="clock", rule=rule)
    await notices.refresh_cards(moment, ticket)
    say = await notices.texts_of(moment, ticket.reporter_id)
    reopen = button(say.label("reopen"), Press("reopen", ticket.id or 0, ticket.version))
    await notices.tell_reporter(moment, ticket, say.closed_unconfirmed(ticket), [[reopen]])


STEPS = {FOLLOW_UP: follow_up, EXPIRE: expire}
"""What the clock does with a resolved ticket."""


def may_rate(ticket: Ticket, shared: Ticket | None = None, own: Carrier | None = None) -> bool:
    """Whether a commune can judge how a ticket ended.

    `shared` is the ticket that carries it, `own` how the commune carries it with others: who has
    confirmed the result for itself need not wait until all have.
    """
    if own is not None and own.confirmed_at is not None:
        return True
    ended = {Outcome.CONFIRMED, Outcome.UNCONFIRMED}
    return any(
        one.status == Status.CLOSED and one.outcome in ended for one in (ticket, shared) if one
    )


def rate(
    moment: Moment, ticket: Ticket, who: Speaker, points: int, own: Carrier | None = None
) -> None:
    """Keep the commune's rating, 1 to 5; the newest one counts. No button becomes stale.

    Of a request of several communes each has its own, `own` where it did not report itself.
    """
    if own is not None and own.commune != ticket.commune:
        own.rating = points
    else:
        ticket.rating = points
    tickets.log(moment.session, ticket, "rated", at=moment.now, actor=who.actor)


def say_why(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """Keep the word that goes with a rating; no page shows it beside its ticket."""
    tickets.log(moment.session, ticket, "rated", at=moment.now, actor=who.actor, text=words)

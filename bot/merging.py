"""When a group cannot take all that is for it, cards of emergencies pass and the rest is listed."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlmodel import col

from storage.outbox import Delivery, Fate, Kind, Notice
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment

MANY = 10
"""As many as a group takes in thirty seconds, at twenty a minute."""
LATER = timedelta(seconds=2)
"""So long what follows an emergency's card stands aside in a group that is nearly full."""
FOLLOWS = ("ladder:%", "call:%")
"""Keys of what is said again while nobody acknowledges: it can be listed, a card cannot."""
LISTED = "ladder:all"
SHOWN = 25
"""Lines of one list."""


async def merge_cards(moment: Moment, groups: Sequence[int]) -> None:
    """Put the cards that wait for each of these full groups into one message.

    Emergencies are never merged; they go alone and first.
    """
    for contact_id in groups:
        waiting = await _waiting(moment, contact_id)
        if len({ticket.id for _, ticket in waiting}) >= MANY:
            waiting = waiting[:SHOWN]  # what one list has no room for is in the next
            tickets = {ticket.id: ticket for _, ticket in waiting}
            await _put_aside(moment, [delivery for delivery, _ in waiting])
            _post_list(moment, contact_id, list(tickets.values()))


async def let_cards_pass(moment: Moment, groups: Sequence[int]) -> None:
    """Let reminders of emergencies stand aside in each of these full groups, or make them one list.

    A hundred emergencies that nobody acknowledges remind faster than a group takes messages: the
    next one's card would wait behind them, and be reported as one that reached nobody.
    """
    for contact_id in groups:
        following = await _following(moment, contact_id)
        tickets = {ticket.id: ticket for _, ticket in following if ticket is not None}
        if len(tickets) >= MANY:
            tickets = dict(list(tickets.items())[:SHOWN])
            merged = [delivery for delivery, ticket in following if ticket and ticket.id in tickets]
            await _put_aside(moment, merged)
            say = notices.texts(moment)
            text = say.alarms_merged(len(tickets), _lines(moment, list(tickets.values())))
            notices.post(moment, Kind.EMERGENCY, text, contact=contact_id, replace_key=LISTED)
        for delivery, _ in following:
            if delivery.fate == Fate.PENDING and delivery.not_before <= moment.now:
                delivery.not_before = moment.now + LATER
    if groups:
        await moment.session.flush()


async def _following(moment: Moment, contact_id: int) -> list[tuple[Delivery, Ticket | None]]:
    found = await moment.session.execute(
        select(Delivery, Ticket)
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .outerjoin(Ticket, col(Ticket.id) == col(Delivery.ticket_id))
        .where(
            col(Delivery.contact_id) == contact_id,
            col(Delivery.kind) == Kind.EMERGENCY,
            col(Delivery.fate) == Fate.PENDING,
            col(Delivery.attempts) == 0,
            col(Delivery.not_before) <= moment.now + LATER,
            or_(*[col(Notice.replace_key).like(key) for key in FOLLOWS]),
        )
        .order_by(col(Delivery.id))
    )
    return [(delivery, ticket) for delivery, ticket in found]


async def _waiting(moment: Moment, contact_id: int) -> list[tuple[Delivery, Ticket]]:
    found = await moment.session.execute(
        select(Delivery, Ticket)
        .join(Ticket, col(Ticket.id) == col(Delivery.ticket_id))
        .where(
            col(Delivery.contact_id) == contact_id,
            col(Delivery.kind) == Kind.CARD,
            col(Delivery.fate) == Fate.PENDING,
            col(Delivery.attempts) == 0,
        )
        .order_by(col(Delivery.id))
    )
    return [(delivery, ticket) for delivery, ticket in found]


async def _put_aside(moment: Moment, deliveries: Sequence[Delivery]) -> None:
    for delivery in deliveries:
        delivery.fate, delivery.ended_at, delivery.error = Fate.CANCELLED, moment.now, "merged"
    await moment.session.execute(
        update(Notice)
        .where(col(Notice.id).in_([delivery.notice_id for delivery in deliveries]))
        .values(fate=Fate.CANCELLED, ended_at=moment.now, error="merged")
        .execution_options(synchronize_session=False)
    )


def _post_list(moment: Moment, contact_id: int, tickets: Sequence[Ticket]) -> None:
    text = notices.texts(moment).merged(len(tickets), _lines(moment, tickets))
    notices.post(moment, Kind.CARD, text, contact=contact_id)


def _lines(moment: Moment, tickets: Sequence[Ticket]) -> list[str]:
    say = notices.texts(moment)
    return [f"{say.title(ticket)} · {say.where(ticket)}" for ticket in tickets]

"""When a group cannot take its cards within half a minute, the ordinary ones become one list."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlmodel import col

from storage.outbox import Delivery, Fate, Kind, Notice
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment

MANY = 10
"""As many as a group takes in thirty seconds, at twenty a minute."""
SHOWN = 25
"""Lines of one list; the rest is in the desk's queue."""


async def merge_cards(moment: Moment, groups: Sequence[int]) -> None:
    """Put the cards that wait for each of these full groups into one message.

    Emergencies are never merged; they go alone and first.
    """
    for contact_id in groups:
        waiting = await _waiting(moment, contact_id)
        tickets = {ticket.id: ticket for _, ticket in waiting}
        if len(tickets) >= MANY:
            await _put_aside(moment, [delivery for delivery, _ in waiting])
            _post_list(moment, contact_id, list(tickets.values()))


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
    say = notices.texts(moment)
    lines = [f"{say.title(ticket)} · {say.where(ticket)}" for ticket in tickets[:SHOWN]]
    text = say.merged(len(tickets), lines)
    notices.post(moment, Kind.CARD, text, contact=contact_id)

"""The commune asks how far its ticket is: once a day, heard by the desk, and first in its list."""

from datetime import UTC, datetime, time

from storage import tickets
from storage.outbox import Kind
from storage.people import Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment

ASKED = "progress_asked"


async def ask(moment: Moment, ticket: Ticket, who: Speaker) -> bool:
    """Ask the department; False when the commune has asked today already.

    An emergency's desk gets no message: it is at work, and its number is in the answer.
    """
    today = datetime.combine(moment.today, time(), moment.rules.zone).astimezone(UTC)
    if await tickets.happened(moment.session, ticket.id or 0, ASKED, since=today):
        return False
    ticket.pressed_at = moment.now
    tickets.log(moment.session, ticket, ASKED, at=moment.now, actor=who.actor)
    if ticket.urgency != "emergency":
        notices.post(
            moment,
            Kind.NOTICE,
            notices.texts(moment).desk_hears_progress(ticket),
            desk=ticket.lead,
            ticket=ticket,
            buttons=notices.card_buttons(ticket, notices.texts(moment)),
        )
    if who.person is not None and who.person.id != ticket.reporter_id:
        say = await notices.texts_of(moment, ticket.reporter_id)
        told = say.colleague_asked(ticket, who.person.name)
        await notices.tell_reporter(moment, ticket, told, joined="")
    return True

"""The commune asks how far its ticket is: once a day, heard by the desk, and first in its list."""

from datetime import UTC, datetime, time

from storage import tickets
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import access, notices
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
            notices.texts(moment).desk_hears_progress(ticket, access.spoken_for(ticket, who)),
            desk=ticket.lead,
            ticket=ticket,
            buttons=notices.card_buttons(ticket, notices.texts(moment)),
        )
    is_own = ticket.commune in who.units(Role.REPORTER)
    if who.person is not None and who.person.id != ticket.reporter_id and is_own:
        say = await notices.texts_of(moment, ticket.reporter_id)
        told = say.colleague_asked(ticket, who.person.name)
        notices.post(moment, Kind.NOTICE, told, person=ticket.reporter_id, ticket=ticket)
    return True

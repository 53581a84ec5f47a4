"""What failed, in one line each: whom a dead notice was for, whose update was set aside."""

from collections.abc import Sequence

from storage import failures, people, tickets
from storage.inbox import Received
from storage.outbox import Notice
from storage.people import Contact, Role
from tickets.moment import Moment
from tickets.texts import Texts

SEES = (Role.ADMIN, Role.COORDINATOR)
"""Who sees what failed and sets it going again."""


async def dead_line(moment: Moment, notice: Notice, say: Texts) -> str:
    """A notice that reached nobody; never what it said."""
    ticket = await tickets.by_id(moment.session, notice.ticket_id) if notice.ticket_id else None
    reason = await failures.reason_of(moment.session, notice)
    to = await _addressee(moment, notice, say)
    return say.dead_line(notice, ticket.code if ticket else "", to, reason, moment.now)


async def aside_line(moment: Moment, row: Received, say: Texts) -> str:
    """An update that nobody could handle; never what it said."""
    sender = (row.payload or {}).get("sender")
    speaker = None
    if sender:
        speaker = await people.speaker_at(moment.session, row.channel, str(sender), moment.now)
    known = speaker.person.id if speaker and speaker.person and speaker.person.id else None
    units = await _units(moment, [known] if known else [], say)
    return say.aside_line(row, units, moment.now)


async def _addressee(moment: Moment, notice: Notice, say: Texts) -> str:
    """The units of whoever was to hear it; names stay out of the list."""
    if notice.desk is not None:
        return say.unit(notice.desk)
    contact = await moment.session.get(Contact, notice.contact_id) if notice.contact_id else None
    if contact is not None and contact.desk_of:
        return say.unit(contact.desk_of)
    person = notice.person_id or (contact.person_id if contact else None)
    return await _units(moment, [person] if person else [], say)


async def _units(moment: Moment, persons: Sequence[int], say: Texts) -> str:
    held = await people.duties_of(moment.session, persons, moment.now)
    units = dict.fromkeys(unit for one in held.values() for unit, _ in one.duties)
    return ", ".join(say.unit(unit) for unit in units)

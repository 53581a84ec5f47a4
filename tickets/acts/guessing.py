"""Wrong codes: each is counted, and administrators hear when there are too many to be mistakes."""

from storage import invitations
from storage.people import Contact, Role
from tickets import notices
from tickets.moment import Moment


async def count(moment: Moment, contact: Contact, *, is_short: bool = False) -> None:
    """Count a wrong code of a contact; the one that makes them many is told, once in an hour.

    `is_short`: it was one of the six digits that join a channel, not an invitation.
    """
    of_all = await invitations.count_wrong(moment.session, contact, moment.now, is_short=is_short)
    if of_all == invitations.MANY_WRONG:
        say = notices.texts(moment)
        sentence = say.many_wrong_links(of_all) if is_short else say.many_wrong_codes(of_all)
        await notices.tell_role(moment, Role.ADMIN, sentence)

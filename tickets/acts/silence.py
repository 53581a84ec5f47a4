"""A channel on which nobody has written for days, though many could: it may call us no more."""

from collections.abc import Mapping
from typing import Any

from storage import contacts
from storage.people import Role
from tickets import notices
from tickets.moment import Moment

CALLED = ("zalo_oa", "zalo_bot")
"""Channels whose servers call us and stop after some failures, which no call to them tells."""
MANY = 10
"""People of a channel from whom on it is odd that none of them writes."""
OFFICE_MINUTES = 2 * 8 * 60
"""Two working days."""


async def tell(moment: Moment, kept: Mapping[str, Any]) -> dict[str, str]:
    """Tell administrators of each channel that fell silent, once; `kept` is what was told before.

    Gives back what has been told: the channel, and since when nobody had written.
    """
    told: dict[str, str] = {}
    for channel in CALLED:
        people, last = await contacts.heard_last(moment.session, channel)
        if last is None or people < MANY:
            continue
        if moment.rules.calendar.office_minutes_between(last, moment.now) < OFFICE_MINUTES:
            continue
        told[channel] = last.isoformat()
        if kept.get(channel) != told[channel]:
            text = notices.texts(moment).channel_silent(channel, people, last)
            await notices.tell_role(moment, Role.ADMIN, text)
    return told

"""Which of a person's contacts hears a message now: open, preferred, free of charge, heard last."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from storage.people import Contact

PLAIN = frozenset({"zalo_bot", "zalo_oa"})
"""Channels that can neither change what was said nor show a toast at a button."""
WINDOW = {"zalo_oa": timedelta(days=7)}
"""How long after a person last wrote a message may still be sent
(docs.zaloplatforms.com/docs/OA: dieu-kien-gui-tin-tu-van)."""
FREE = {"zalo_oa": timedelta(hours=48)}
"""How long after a person last wrote a message costs nothing
(docs.zaloplatforms.com/docs/OA/tin-nhan/tong-quan)."""
BOT_MONTH = 3000
"""Messages that a basic Zalo bot carries in a month: measured by others, published by nobody."""
PRICE = 55
"""Đồng for a message more than 48 hours after the person last wrote, before what a plan includes;
a reseller's list, not Zalo's own."""
ONE_WAY = ("email", "sms")
"""Where nobody can answer: used when no chat takes a message, SMS for emergencies alone."""
PAGE_USED = timedelta(days=7)
"""How long after a person last wrote in the web chat it counts as a place where they look."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def is_open(contact: Contact, now: datetime) -> bool:
    """Whether the channel takes a message for this contact now, as far as we know."""
    if not contact.reachable or (contact.resting_until is not None and now < contact.resting_until):
        return False
    return _heard_within(WINDOW, contact, now)


def is_free(contact: Contact, now: datetime, scarce: Collection[str] = ()) -> bool:
    """Whether a message to this contact costs nothing now; those left to `scarce` bots all do."""
    if contact.channel == "zalo_bot" and contact.address.partition("/")[0] in scarce:
        return False
    return _heard_within(FREE, contact, now)


def best(
    contacts: Iterable[Contact],
    now: datetime,
    *,
    prefers: str = "",
    scarce: Collection[str] = (),
    spares: bool = True,
) -> Contact | None:
    """The contact to use; `prefers` is the channel that the person chose.

    Where danger is told nothing is spared: it goes where the person was heard last.
    """
    return max(
        (contact for contact in contacts if is_open(contact, now)),
        key=lambda contact: (
            contact.channel not in ONE_WAY,
            contact.channel == prefers,
            contact.channel == "sms",
            not spares or is_free(contact, now, scarce),
            contact.heard_at or LONG_AGO,
            contact.id or 0,
        ),
        default=None,
    )


def is_used(contact: Contact, now: datetime) -> bool:
    """Whether a message there is noticed: a page rings no phone, so only while it is in use."""
    if contact.channel != "web":
        return True
    return contact.heard_at is not None and now - contact.heard_at < PAGE_USED


def _heard_within(spans: dict[str, timedelta], contact: Contact, now: datetime) -> bool:
    span = spans.get(contact.channel)
    return span is None or (contact.heard_at is not None and now - contact.heard_at < span)


def closes(contact: Contact) -> datetime | None:
    """When the channel takes nothing more for a contact that stays silent (UTC); None for never."""
    span = WINDOW.get(contact.channel)
    return contact.heard_at + span if span is not None and contact.heard_at is not None else None

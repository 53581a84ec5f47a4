"""Other programs: what a key looks like, and for whom the one who brings it acts."""

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import contacts, people
from storage.api_tokens import ApiToken
from storage.people import Contact, Person, Role, Speaker

PREFIX = "tg_"
"""By it a key that was left in a file is known for what it is."""
ROLES = (Role.REPORTER, Role.STAFF, Role.HEAD, Role.COORDINATOR)
"""What a key may lend: nobody leads or administers the province by a program."""
NAME, MOST = 60, 100
"""Letters of a key's name; keys that count at a time."""


def new_key() -> str:
    """A key of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


async def speaker_of(session: AsyncSession, token: ApiToken, now: datetime) -> Speaker | None:
    """The person that a key stands for, with what they do for the key's unit and nothing else.

    Duties that are lent by people who are away are not passed on. None when the person has left,
    does nothing for that unit any more, or was never heard on any channel.
    """
    person = await session.get(Person, token.person_id)
    own = await contacts.private_contacts(session, token.person_id)
    latest = max(own, key=_heard, default=None)
    if person is None or latest is None:
        return None
    who = await people.speaker_for(session, latest, person, now)
    held = tuple(duty for duty in who.duties[: len(who.duties) - len(who.lent)])
    mine = tuple((unit, role) for unit, role in held if unit == token.unit and role in ROLES)
    return replace(who, duties=mine, lent=()) if mine and who.person is not None else None


def _heard(contact: Contact) -> tuple[float, int]:
    return contact.heard_at.timestamp() if contact.heard_at else 0.0, contact.id or 0

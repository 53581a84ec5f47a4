"""Codes that make their bearer a person here: typeable, single use, kept only as a hash."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.people import Contact, Duty, Invitation, Person, Role
from storage.tickets import Counter, next_number

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: nothing in it looks like something else."""
LENGTH = 12
"""Sixty bits; typed in three groups of four."""
LEAST_DIGITS = 2
"""Every code has them, so that ordinary words are not taken for a code."""
VALID = timedelta(days=7)
WRONG_PER_HOUR = 5
MANY_WRONG = 200
"""Wrong codes of all in an hour after which somebody is surely guessing."""
PAUSE = timedelta(minutes=10)
"""For each wrong code of one's own, while somebody is guessing."""
HOUR = timedelta(hours=1)
LOOK_ALIKE = str.maketrans("OIL", "011")
LONGEST = 500
"""Letters within which a code is looked for."""
_WRITTEN = re.compile(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])")


def new_code() -> str:
    """A fresh code, XXXX-XXXX-XXXX."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if sum(letter.isdigit() for letter in letters) >= LEAST_DIGITS:
            return "-".join((letters[:4], letters[4:8], letters[8:]))


def read_code(text: str) -> str | None:
    """The code in a message that is nothing but a code (or /start and a code), else None."""
    words = text.strip().upper()
    words = words.removeprefix("/START").strip()
    letters = words.replace("-", "").replace(" ", "").translate(LOOK_ALIKE)
    if len(letters) != LENGTH or any(letter not in LETTERS for letter in letters):
        return None
    if sum(letter.isdigit() for letter in words) < LEAST_DIGITS:
        return None
    return letters


def code_within(text: str) -> str | None:
    """The same of somebody who passes on the words around it: a code as it is written, only one."""
    found = _WRITTEN.findall(text[:LONGEST].upper())
    return read_code(found[0]) if len(found) == 1 else None


def hash_code(code: str) -> str:
    """What is kept of a code; sixty random bits need no salt."""
    letters = code.upper().replace("-", "").replace(" ", "").translate(LOOK_ALIKE)
    return hashlib.sha256(letters.encode()).hexdigest()


def invite(
    session: AsyncSession,
    *,
    unit: str,
    role: Role,
    now: datetime,
    name: str = "",
    phone: str = "",
    post: str = "",
    made_up: bool = False,
) -> tuple[str, Invitation]:
    """Make an invitation; the code is given back once and cannot be read again."""
    code = new_code()
    invitation = Invitation(
        code_hash=hash_code(code),
        unit=unit,
        role=role,
        name=name,
        phone=phone,
        post=post,
        made_up=made_up,
        created_at=now,
        expires_at=now + VALID,
    )
    session.add(invitation)
    return code, invitation


_OF_CODE = (
    select(Invitation).where(col(Invitation.code_hash) == bindparam("hash")).with_for_update()
)


async def find(session: AsyncSession, code: str, now: datetime) -> Invitation | None:
    """The unused, unexpired invitation of a code, its row locked until the commit."""
    found = await session.execute(_OF_CODE, {"hash": hash_code(code)})
    invitation = found.scalar_one_or_none()
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now:
        return None
    return invitation


class Standing(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def standing(invitation: Invitation, now: datetime) -> Standing:
    """Whether an invitation can still be used, and if not, why; withdrawn ones ended early."""
    if invitation.used_at is not None:
        return Standing.USED
    if invitation.expires_at > now:
        return Standing.OPEN
    ended_early = invitation.expires_at < invitation.created_at + VALID
    return Standing.WITHDRAWN if ended_early else Standing.EXPIRED


async def listed(
    session: AsyncSession, units: Sequence[str] | None, *, offset: int, limit: int
) -> Sequence[Invitation]:
    """The invitations of some units (None for all), unit by unit, the newest of each first."""
    chosen = select(Invitation).order_by(col(Invitation.unit), col(Invitation.id).desc())
    if units is not None:
        chosen = chosen.where(col(Invitation.unit).in_(units))
    return (await session.execute(chosen.offset(offset).limit(limit))).scalars().all()


async def still_open(
    session: AsyncSession, units: Sequence[str] | None, now: datetime, *, offset: int, limit: int
) -> tuple[int, Sequence[Invitation]]:
    """How many invitations of some units (None for all) can be used now, and a page of them."""
    is_open = [col(Invitation.used_at).is_(None), col(Invitation.expires_at) > now]
    if units is not None:
        is_open.append(col(Invitation.unit).in_(units))
    count = await session.execute(select(func.count()).select_from(Invitation).where(*is_open))
    chosen = select(Invitation).where(*is_open)
    chosen = chosen.order_by(col(Invitation.unit), col(Invitation.id).desc())
    found = await session.execute(chosen.offset(offset).limit(limit))
    return count.scalar_one(), found.scalars().all()


async def by_id(session: AsyncSession, invitation_id: int) -> Invitation | None:
    """An invitation, its row locked until the commit."""
    return await session.get(Invitation, invitation_id, with_for_update=True)


async def peopled(session: AsyncSession, role: Role) -> set[str]:
    """The units in which an active person holds a role."""
    found = await session.execute(
        select(col(Duty.unit))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .where(col(Duty.role) == str(role), col(Person.active).is_(True))
        .distinct()
    )
    return set(found.scalars())


async def may_try(
    session: AsyncSession, contact: Contact, now: datetime, *, is_short: bool = False
) -> bool:
    """Whether this contact has wrong tries left this hour.

    While many are wrong, whoever has been wrong pauses after each try. Whoever has not is heard
    at once: nobody can lock the others out, and sixty bits bear one try of each contact there is.
    Six digits (`is_short`) do not: then nobody may try them before the next hour.
    """
    if contact.wrong_since is not None and now - contact.wrong_since >= HOUR:
        contact.wrong_codes, contact.wrong_since = 0, None
    if contact.wrong_codes >= WRONG_PER_HOUR:
        return False
    since = contact.wrong_since
    has_rested = since is None or now - since >= contact.wrong_codes * PAUSE
    if has_rested and not is_short:
        return True
    return not await are_many_wrong(session, now, is_short=is_short)


async def are_many_wrong(session: AsyncSession, now: datetime, *, is_short: bool = False) -> bool:
    """Whether so many codes were wrong in this hour that somebody must be guessing."""
    used = await session.get(Counter, _hour(now, is_short=is_short))
    return used is not None and used.value >= MANY_WRONG


async def count_wrong(
    session: AsyncSession, contact: Contact, now: datetime, *, is_short: bool = False
) -> int:
    """Remember a wrong try; how many there were of all in this hour."""
    contact.wrong_codes += 1
    contact.wrong_since = contact.wrong_since or now
    return await next_number(session, _hour(now, is_short=is_short))


def _hour(now: datetime, *, is_short: bool) -> str:
    return f"wrong {'link ' if is_short else ''}codes {now:%Y-%m-%dT%H}"

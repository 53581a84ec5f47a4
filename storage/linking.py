"""Codes with which a person joins a further channel to those they have: six digits, short-lived."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Instant, Key
from storage.rows import Row

DIGITS = 6
VALID = timedelta(minutes=15)
LONGEST = 300
"""Letters within which a code is looked for."""
_WITHIN = re.compile(r"(?<![0-9])(?<![0-9][ .-])([0-9]{3})[ .-]?([0-9]{3})(?![ .-]?[0-9])")


class LinkCode(Row, table=True):
    """A code that a person asked for; only its hash is kept, and one at a time for each person."""

    __tablename__ = "link_codes"
    person_id: int = Field(primary_key=True, foreign_key="people.id", sa_type=Key)
    code_hash: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Instant)


def read_code(text: str) -> str | None:
    """The six digits that a message is, else None."""
    digits = text.strip().replace(" ", "")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def code_within(text: str) -> str | None:
    """The same of somebody who sends the code with the words around it; None for two of them."""
    found = _WITHIN.findall(text[:LONGEST])
    return "".join(found[0]) if len(found) == 1 else None


async def make_code(session: AsyncSession, person_id: int, now: datetime) -> str:
    """A new code, which ends the person's earlier one; it is given out once."""
    gone = (col(LinkCode.person_id) == person_id) | (col(LinkCode.expires_at) <= now)
    await session.execute(delete(LinkCode).where(gone))
    code = await _unused(session)
    session.add(LinkCode(person_id=person_id, code_hash=_hash(code), expires_at=now + VALID))
    return code


async def use_code(session: AsyncSession, code: str, now: datetime) -> int | None:
    """The person whose code it is, used up from now on; None for a wrong or an old one."""
    used = await session.execute(
        delete(LinkCode)
        .where(col(LinkCode.code_hash) == _hash(code), col(LinkCode.expires_at) > now)
        .returning(col(LinkCode.person_id))
    )
    return used.scalar_one_or_none()


async def _unused(session: AsyncSession) -> str:
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        taken = await session.execute(
            select(LinkCode).where(col(LinkCode.code_hash) == _hash(code))
        )
        if taken.first() is None:
            return code


def _hash(code: str) -> str:
    """Against a glance at the table: a million codes are soon tried, so they live 15 minutes."""
    return hashlib.sha256(f"link {code}".encode()).hexdigest()

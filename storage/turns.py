"""What only one of all processes does at a time, as names of PostgreSQL's advisory locks."""

import hashlib
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

STARTING = "start"
"""Migrating, and what a first start writes."""


def key_of(name: str) -> int:
    """The number under which PostgreSQL keeps a name's lock: 64 bits with a sign."""
    digest = hashlib.sha256(f"thaogo {name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def statement_of(name: str) -> Any:
    """What takes a name's lock until the end of the transaction, waiting for who has it."""
    return text(f"SELECT pg_advisory_xact_lock({key_of(name)})")


async def alone(session: AsyncSession, name: str) -> None:
    """Let nobody else be in a transaction that says the same, until this one ends.

    On SQLite there is one writer anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        await session.execute(statement_of(name))

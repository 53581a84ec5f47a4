"""The province pack in force: read from the database in each transaction, parsed once a version."""

import hashlib
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from province.load import pack_from_json, pack_to_json
from province.pack import Pack
from storage import policies
from storage.policies import PackVersion
from tickets.moment import Rules


class NoPack(Exception):
    """No pack has been put in force yet."""


class Packs:
    """Keeps the rules of the version that the database says is in force."""

    def __init__(self, known: Rules | None = None) -> None:
        """`known` spares the first transaction the parsing, when the database has that version."""
        self._rules = known

    async def in_force(self, session: AsyncSession) -> Rules:
        """The rules that count in this transaction."""
        version = await policies.in_force(session)
        if version is None:
            raise NoPack
        if self._rules is None or self._rules.version != version:
            row = await policies.version(session, version)
            assert row is not None
            self._rules = Rules.of(pack_from_json(row.content), version)
        return self._rules


async def put_in_force(session: AsyncSession, pack: Pack, *, by: str, now: datetime) -> bool:
    """Make a pack the one that counts; False when it is already."""
    content = pack_to_json(pack)
    digest = hashlib.sha256(content.encode()).hexdigest()
    current = await policies.in_force(session)
    if current is not None:
        row = await policies.version(session, current)
        if row is not None and row.digest == digest:
            return False
    session.add(
        PackVersion(
            province=pack.code, digest=digest, content=content, applied_at=now, applied_by=by
        )
    )
    return True

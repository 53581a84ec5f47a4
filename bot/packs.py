"""The province pack in force: read from the database in each transaction, parsed once a version."""

from sqlalchemy.ext.asyncio import AsyncSession

from province.load import pack_from_json
from storage import policies
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

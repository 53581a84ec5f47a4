"""Looks each minute whether everything that is due has happened, and says so when it has not."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import httpx
import structlog
from pydantic import SecretStr

from bot.packs import Packs
from storage import rounds
from storage.engine import Database
from storage.people import Role
from storage.rounds import Round
from storage.shortfalls import Shortfall, shortfalls
from tickets import notices
from tickets.moment import Moment

EVERY = 60.0
"""Seconds between two looks."""
AGAIN = timedelta(hours=1)
"""Until administrators hear again of what still falls short."""
ROUND = "audit"
"""The row that remembers what they were told last, for all processes."""
ANSWERS_WITHIN = 10.0

log = structlog.get_logger()


class Auditor:
    """Asks the database what falls short, alarms the administrators, and calls the heartbeat."""

    def __init__(
        self,
        database: Database,
        packs: Packs,
        now: Callable[[], datetime],
        heartbeat: SecretStr | None = None,
    ) -> None:
        """`heartbeat` is an address that is called as long as nothing falls short."""
        self.database = database
        self.packs = packs
        self.now = now
        self.heartbeat = heartbeat
        self.found: Sequence[Shortfall] = ()
        """What the last look found; for the metrics."""
        self.looked_at: datetime | None = None

    async def once(self) -> bool:
        """Look once; True when nothing falls short."""
        now = self.now()
        async with self.database.reading() as session:
            self.found = await shortfalls(session, now)
            row = await rounds.named(session, ROUND)
        self.looked_at = now
        told = row.kept if row is not None else {}
        kinds = sorted(shortfall.kind for shortfall in self.found)
        if kinds != told.get("kinds", []) or (kinds and _is_old(told, now)):
            await self._tell(now, kinds)
        if self.found:
            log.error("falls short", **{one.kind: one.count for one in self.found})
        elif self.heartbeat is not None:
            await self._beat(self.heartbeat.get_secret_value())
        return not self.found

    async def _tell(self, now: datetime, kinds: list[str]) -> None:
        """What falls short, or that it no longer does; by one of all processes that look."""
        async with self.database.transaction() as session:
            row = await rounds.named(session, ROUND, lock=True)
            if row is None:
                row = Round(name=ROUND)
                session.add(row)
            if row.kept.get("kinds", []) == kinds and not _is_old(row.kept, now):
                return
            row.kept, row.last_at = {"kinds": kinds, "at": now.isoformat()}, now
            moment = Moment(session, now, await self.packs.in_force(session))
            say = notices.texts(moment)
            text = say.falls_short(self.found, now) if kinds else say.falls_short_no_more(now)
            await notices.tell_role(moment, Role.ADMIN, text)

    async def _beat(self, address: str) -> None:
        try:
            async with httpx.AsyncClient(timeout=ANSWERS_WITHIN) as client:
                (await client.get(address)).raise_for_status()
        except httpx.HTTPError as error:
            log.warning("heartbeat not taken", error=type(error).__name__)


def _is_old(told: dict[str, str], now: datetime) -> bool:
    return "at" not in told or now - datetime.fromisoformat(told["at"]) >= AGAIN

"""Files that channels only point at: claimed, fetched, kept; or lost, and the sender is told."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel, Undeliverable
from bot.packs import Packs
from bot.storeroom import LARGEST, Kept, Refused, Storeroom
from storage import media
from storage.engine import Database
from storage.media import Fate, Media
from storage.tickets import Ticket
from tickets import notices
from tickets.moment import Moment

BATCH = 20
LEASE = timedelta(minutes=3)
TRIES = 6

log = structlog.get_logger()
Fetched = tuple[Media, Kept | Exception]


class Fetcher:
    """Starts within a second of the report; a card never waits for it."""

    def __init__(
        self,
        database: Database,
        packs: Packs,
        channels: Mapping[str, Channel],
        storeroom: Storeroom,
        now: Callable[[], datetime],
    ) -> None:
        """`channels` know how to get their own files, from their own hosts only."""
        self.database = database
        self.packs = packs
        self.channels = channels
        self.storeroom = storeroom
        self.now = now

    async def once(self) -> int:
        """Fetch what is waiting; how many files that was."""
        async with self.database.transaction() as session:
            rows = await media.waiting(session, self.now(), BATCH)
            for row in rows:
                row.lease_until = self.now() + LEASE
                row.attempts += 1
        if not rows:
            return 0
        fetched = await asyncio.gather(*(self._fetch(row) for row in rows))
        await self._settle(fetched)
        return len(rows)

    async def _fetch(self, row: Media) -> Fetched:
        channel = self.channels.get(row.channel)
        if channel is None:
            return row, Undeliverable(f"no channel {row.channel}")
        try:
            content = await channel.fetch(row.source, most=LARGEST)
            return row, await asyncio.to_thread(self._keep, row, content)
        except Exception as error:  # noqa: BLE001  one odd file must not hold the others up
            return row, error

    def _keep(self, row: Media, content: bytes) -> Kept:
        """A picture sent as a file that cannot be read as one is still a file."""
        try:
            return self.storeroom.keep(content, row.kind, row.mime)
        except Refused:
            if not row.name:
                raise
            return self.storeroom.keep(content, "document")

    async def _settle(self, fetched: Sequence[Fetched]) -> None:
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            kept: dict[int, list[Media]] = {}
            for stale, outcome in fetched:
                row = await session.merge(stale, load=False)
                if await self._note(moment, row, outcome) and row.ticket_id is not None:
                    kept.setdefault(row.ticket_id, []).append(row)
            for ticket_id, files in kept.items():
                ticket = await session.get(Ticket, ticket_id)
                if ticket is not None:
                    await notices.files_came(moment, ticket, files)

    async def _note(self, moment: Moment, row: Media, outcome: Kept | Exception) -> bool:
        """Write down how it went; True when the file is here."""
        row.lease_until = None
        if isinstance(outcome, Kept):
            row.fate, row.hash, row.mime, row.size = (
                Fate.KEPT,
                outcome.hash,
                outcome.mime,
                outcome.size,
            )
            if row.kind == "photo" and row.mime != "image/jpeg":
                row.kind = "document"
            row.taken_at = outcome.taken_at or row.taken_at
            row.lat, row.lon, row.source = outcome.lat or row.lat, outcome.lon or row.lon, ""
            return True
        final = isinstance(outcome, Undeliverable | Refused) or row.attempts >= TRIES
        row.error = f"{type(outcome).__name__}: {outcome}"[:200]
        row.not_before = moment.now + timedelta(seconds=5 * 2**row.attempts)
        if final:
            row.fate = Fate.LOST
            log.warning("file lost", media=row.id, error=type(outcome).__name__)
            await self._tell(moment, row)
        return False

    async def _tell(self, moment: Moment, row: Media) -> None:
        ticket = await moment.session.get(Ticket, row.ticket_id) if row.ticket_id else None
        if ticket is not None:
            say = await notices.texts_of(moment, ticket.reporter_id)
            await notices.tell_reporter(moment, ticket, say.media_lost(ticket))

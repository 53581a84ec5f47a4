"""The composition root: nobody else builds an engine, a dispatcher, a channel or a clock."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from bot.channels.base import Channel
from bot.deliverer import Deliverer
from bot.fetcher import Fetcher
from bot.intake import Handle, Intake, Toast
from bot.packs import Packs
from bot.storeroom import Storeroom
from province import load as load_module
from province.load import load_pack
from storage import policies
from storage.broadcasts import unreported
from storage.engine import Database
from storage.passing import is_away
from storage.people import Role
from storage.policies import put_in_force
from storage.turns import STARTING, alone
from tickets import notices
from tickets.acts.broadcasts import report_ended
from tickets.incoming import Incoming
from tickets.moment import Moment, Rules
from tickets.rounds import set_up
from tickets.sweep import due, put_off, sweep
from tickets.texts import Texts

log = structlog.get_logger()
BUNDLED_PACK = Path(load_module.__file__).parent / "nghe_an"


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Program:
    """The parts that live as long as the program, wired together."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        handle: Handle,
        storeroom: Storeroom,
        now: Callable[[], datetime] = utc_now,
        known: Rules | None = None,
    ) -> None:
        """`handle` is bot.dispatch.Dispatch(), passed in because its import takes seconds; `known`
        are the rules of the version in force, for whoever has parsed them.
        """
        self.public_url = ""
        """Where phones reach the pages; '' where they cannot."""
        self.database = database
        self.channels = channels
        self.storeroom = storeroom
        self.now = now
        self.packs = Packs(known)
        self.intake = Intake(database, self.packs, handle, now, self._after_commit)
        self.intake.parse = self._parse
        self.deliverer = Deliverer(database, self.packs, channels, now)
        self.wake: Callable[[], None] = self.deliverer.wake
        """Lets what was decided go out; where others deliver, they are told."""
        self.ticked_at = -math.inf
        """When the last tick was done, as time.monotonic counts."""
        self.fetcher = Fetcher(database, self.packs, channels, storeroom, now)
        self.toasting: set[asyncio.Task[None]] = set()
        """Answers to presses that are on their way; nothing depends on their arrival."""

    def _parse(self, name: str, payload: dict[str, Any]) -> Incoming | None:
        """Read a payload as its channel does; the web chat has none."""
        parse = getattr(self.channels.get(name), "parse", None)
        said: Incoming | None = parse(payload) if parse is not None else None
        return said

    def _after_commit(self, toasts: Sequence[Toast]) -> None:
        self.wake()
        for channel, press_id, text in toasts:
            if channel in self.channels:
                task = asyncio.create_task(self.channels[channel].toast(press_id, text))
                self.toasting.add(task)
                task.add_done_callback(self.toasting.discard)

    async def rules(self) -> Rules:
        """The rules in force now, for pages and commands."""
        async with self.database.reading() as session:
            return await self.packs.in_force(session)

    async def sweep(self) -> int:
        """Act on every ticket that is due; how many there were."""
        done = 0
        while batch := await self._sweep_batch():
            done += batch
            self.wake()
        return done

    async def _sweep_batch(self) -> int:
        try:
            async with self.database.transaction() as session:
                rules = await self.packs.in_force(session)
                return await sweep(session, self.now(), rules, address=self.public_url)
        except Exception as error:  # one ticket must not hold the others up
            log.warning("sweep failed", error=type(error).__name__)
            if is_away(error):
                raise
            return await self._sweep_alone()

    async def _sweep_alone(self) -> int:
        """Each step in a transaction of its own; the one that fails alone waits."""
        async with self.database.reading() as session:
            waiting = await due(session, self.now())
        for step in waiting:
            try:
                async with self.database.transaction() as session:
                    rules = await self.packs.in_force(session)
                    await sweep(session, self.now(), rules, only=step, address=self.public_url)
            except Exception as error:  # as above
                log.error("step failed", step=step, error=type(error).__name__)
                if is_away(error):
                    raise  # nothing is wrong with the step: it stays due
                async with self.database.transaction() as session:
                    rules = await self.packs.in_force(session)
                    await put_off(session, self.now(), rules, step)
        return len(waiting)

    async def tell_admins(self, sentence: Callable[[Texts], str]) -> None:
        """Say something to the administrators that no update and no ticket gave rise to."""
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            await notices.tell_role(moment, Role.ADMIN, sentence(notices.texts(moment)))
        self.wake()

    async def tick(self) -> int:
        """What every second asks: albums that are complete, tickets that are due; how many."""
        await self.intake.close_albums()
        done = await self.sweep()
        await self.report_broadcasts()
        self.deliverer.wake()
        self.ticked_at = time.monotonic()
        return done

    async def report_broadcasts(self) -> None:
        """Tell the senders of broadcasts that are over how they went."""
        async with self.database.reading() as session:
            if not await unreported(session):
                return
        async with self.database.transaction() as session:
            rules = await self.packs.in_force(session)
            await report_ended(Moment(session, self.now(), rules))

    async def fetch(self) -> None:
        """Get the files that wait, and send them on."""
        while await self.fetcher.once():
            self.wake()

    async def close(self) -> None:
        """Give everything back."""
        for channel in self.channels.values():
            await channel.close()
        await self.database.close()


async def ensure_pack(database: Database, folder: Path, now: datetime) -> None:
    """Put the bundled pack in force where no pack is yet."""
    async with database.transaction() as session:
        await alone(session, STARTING)
        if await policies.in_force(session) is None:
            await put_in_force(session, load_pack(folder), by="start", now=now)


async def ensure_rounds(program: Program) -> None:
    """Make what comes round in every province, where it is missing."""
    async with program.database.transaction() as session:
        await alone(session, STARTING)
        rules = await program.packs.in_force(session)
        await set_up(Moment(session, program.now(), rules))

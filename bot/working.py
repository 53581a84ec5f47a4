"""The work of a process beside its pages: begun by role, watched, and ended together."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.app import Program
from bot.auditor import EVERY, Auditor
from bot.channels.base import ChannelError
from bot.clock import TICK, Tick, metronome
from bot.life.show import Show
from bot.polling import Polled, poll
from bot.roles import Role
from bot.settings import Settings
from bot.zalo_parts import ZaloParts
from storage import leases
from storage.peers import Alone, rest
from web.hub import Hub

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

OUTBOX, CHAT = "outbox", "chat "
"""The words between processes: something is to go out; a web chat (its contact) has news."""
DELIVERING = "deliver"
GRACE = 5.0
"""Seconds in which whoever sent before us, and still lives, ends their calls."""
STOP_WITHIN = 5.0
"""Seconds that running work gets to finish when the program is told to stop."""
STUCK = 30.0
"""Seconds without a look after which work that looks each second does not go on."""

log = structlog.get_logger()


class Working:
    """Everything that a process does beside its pages."""

    def __init__(
        self,
        program: Program,
        peers: Alone,
        roles: frozenset[Role],
        settings: Settings,
        now: Callable[[], datetime],
    ) -> None:
        """Begin nothing yet."""
        self.program, self.peers, self.roles = program, peers, roles
        self.settings, self.now = settings, now
        self.stop = asyncio.Event()
        self._clock = metronome({})
        self._tasks: list[asyncio.Task[Any]] = []
        self._touch: asyncio.Task[None] | None = None
        self._sends = False
        self._began = time.monotonic()

    def connect(self, hub: Hub) -> None:
        """Let what is written in one process reach the deliverer and the pages of another."""
        self.program.wake = self._wake
        self.peers.hear = partial(self._hear, hub)
        hub.tell_others = lambda contact: self.peers.tell(f"{CHAT}{contact}")
        self._touch = asyncio.create_task(self.peers.run())

    def _wake(self) -> None:
        self.program.deliverer.wake()
        if not self._sends:
            self.peers.tell(OUTBOX)

    def _hear(self, hub: Hub, word: str) -> None:
        if word == OUTBOX:
            self.program.deliverer.wake()
        elif word.startswith(CHAT):
            hub.wake_here(int(word.removeprefix(CHAT)))

    # By role.

    def start(
        self, telegram: "Telegram | None", zalo: ZaloParts | None, show: Show | None = None
    ) -> None:
        """Begin what the roles ask for; `show` is the trial whose time runs faster."""
        ticks: dict[str, tuple[Tick, float]] = {}
        if Role.CLOCK in self.roles:
            auditor = Auditor(
                self.program.database, self.program.packs, self.now, self.settings.heartbeat_url
            )
            ticks = {"due": (self.program.tick, TICK), "audit": (auditor.once, EVERY)}
        if Role.DELIVER in self.roles:
            ticks["files"] = (self._fetch, TICK)
            self._begin(self.peers.in_turn(DELIVERING, self._deliver, self.stop))
        if show is not None:  # each second of it is worth minutes, so nothing is on time
            ticks = {"due": (self.program.tick, show.tick)}
            self._begin(show.live(self.program, self.stop))
        self._clock = metronome(ticks)
        self._clock.start()
        self._talk(telegram, zalo)

    def _talk(self, telegram: "Telegram | None", zalo: ZaloParts | None) -> None:
        """Have channels call us, or ask them."""
        polled: dict[str, Polled] = dict(zalo.polled) if zalo else {}
        if telegram is not None and self.settings.telegram_webhook_secret is None:
            polled["telegram"] = telegram
        if Role.POLL in self.roles:
            for name, channel in polled.items():
                asking = partial(self._poll, channel)
                self._begin(self.peers.in_turn(f"poll {name}", asking, self.stop))
        if Role.WEB in self.roles:
            for work in zalo.registering(self.stop) if zalo else ():
                self._begin(work)
            if telegram is not None and self.settings.telegram_webhook_secret is not None:
                self._begin(self._hook(telegram))

    async def _poll(self, channel: Polled, ended: asyncio.Event) -> None:
        intake = self.program.intake
        await poll(channel, intake.receive, intake.set_aside_payload, ended)

    async def _deliver(self, ended: asyncio.Event) -> None:
        """Send while it is our turn; what another one was sending is sent again if they died."""
        inheriting = asyncio.create_task(self._inherit(ended))
        self._sends = True
        try:
            await self.program.deliverer.run(ended)
        finally:
            self._sends = False
            inheriting.cancel()

    async def _inherit(self, ended: asyncio.Event) -> None:
        """Let go of the calls that were under way when the turn came to us.

        Only the turn was lost, perhaps, and their sender lives: it gets a moment to settle them.
        """
        left: list[int] | None = None
        while not ended.is_set():
            try:
                async with self.program.database.transaction() as session:
                    if left is None:
                        left = await leases.begun(session)
                    else:
                        await leases.let_go(session, left)
                        self.program.deliverer.wake()
                        return
            except Exception as error:  # noqa: BLE001  tried until the database is there
                log.warning("inheriting waits", error=type(error).__name__)
            if left == []:
                return
            await rest(ended, GRACE)

    async def _fetch(self) -> None:
        if self._sends:
            await self.program.fetch()

    async def _hook(self, telegram: "Telegram") -> None:
        """Tell Telegram where to call; tried until it answers."""
        assert self.settings.telegram_webhook_secret is not None
        url = f"{self.settings.public_url}/hooks/telegram"
        pause = 2.0
        while not self.stop.is_set():
            try:
                secret = self.settings.telegram_webhook_secret.get_secret_value()
                await telegram.set_webhook(url, secret)
            except ChannelError as error:
                log.warning("webhook not set", error=str(error))
                await rest(self.stop, pause)
                pause = min(60.0, pause * 2)
            else:
                return

    def _begin(self, work: Coroutine[Any, Any, object]) -> None:
        self._tasks.append(asyncio.create_task(work))

    # Watching and ending.

    def troubles(self) -> list[str]:
        """Why the process does not do its work; empty when it does."""
        found = [] if self.peers.is_connected else ["turns: out of touch with the database"]
        looks = {
            Role.CLOCK: (Role.CLOCK in self.roles, self.program.ticked_at),
            Role.DELIVER: (self._sends, self.program.deliverer.looked_at),
        }
        for role, (is_at_work, last) in looks.items():
            silent = time.monotonic() - max(last, self._began)
            if is_at_work and silent > STUCK:
                found.append(f"{role}: no look for {silent:.0f} s")
        return found

    def standing(self) -> dict[str, str]:
        """What the process does by turns and whether it is at work; {} for the only process."""
        if type(self.peers) is Alone:
            return {}
        turns = {
            name: "at work" if is_at_work else "standing by"
            for name, is_at_work in self.peers.at_work.items()
        }
        return {
            str(role): "at work" for role in sorted(self.roles & {Role.WEB, Role.CLOCK})
        } | turns

    async def end(self) -> None:
        """Finish what is running, for a few seconds; let others have what does not end by then."""
        sent = self._sends
        self.stop.set()
        if self._clock.running:
            self._clock.shutdown(wait=False)
        self.program.deliverer.wake()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if sent:
            await self.program.deliverer.leave()
        await self.peers.close()
        if self._touch is not None:
            await asyncio.wait({self._touch}, timeout=1)
            self._touch.cancel()

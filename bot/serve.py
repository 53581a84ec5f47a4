"""The running server: pages first, everything that takes seconds to load behind them."""

import asyncio
import gc
import socket
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import structlog
import uvicorn
from sqlalchemy.ext.asyncio import AsyncSession

from bot import one_way, programs
from bot.app import Program, ensure_pack, ensure_rounds, utc_now
from bot.channels.base import Channel
from bot.channels.webchat import WebChat
from bot.life.show import Show
from bot.metrics import measured
from bot.obstacles import listen
from bot.pages import Pages
from bot.roles import Role, chosen
from bot.settings import Settings, address
from bot.shelf import move_in, shelf_of
from bot.storeroom import Refused, Storeroom
from bot.telegram_door import TelegramDoor
from bot.trial import Trial, invent
from bot.working import Working
from bot.zalo import file_host
from bot.zalo_parts import ZaloParts
from storage import leases
from storage.engine import Database, migrate
from storage.peers import peers_of
from tickets.incoming import Incoming
from tickets.moment import Rules
from web.app import Doors, create_app
from web.health import create_bare_app
from web.hub import Hub

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

log = structlog.get_logger()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class AlreadyRunning(Exception):
    """A second server on one SQLite file would starve the first."""


class Server:
    """One process with every part; pages answer before the slow parts are loaded."""

    def __init__(
        self,
        settings: Settings,
        *,
        is_trial: bool = False,
        speed: int = 1,
        roles: Collection[str] = (),
    ) -> None:
        """Open nothing that takes time; `speed` is how fast the trial's time runs.

        `roles` are what the process does, everything when none is named. Raises NotApart.
        """
        self.settings = settings
        self.is_trial = is_trial
        self.show = Show(speed) if speed > 1 else None
        self.now = self.show.clock if self.show else utc_now
        self.database = Database(settings.database)
        self.roles = chosen(roles, self.database)
        self.hub = Hub()
        self.storeroom = Storeroom(settings.data_dir / "media", VIETNAM, shelf_of(settings))
        self.program: Program | None = None
        self.working: Working | None = None
        self.telegram: Telegram | None = None
        self.zalo = None if is_trial else self._zalo()
        self.metrics = measured(settings, self.database, self.now, self.standing)
        self.missing = ["database", "conversation", "classifier"]
        self._ready = asyncio.Event()
        self._lock: sqlite3.Connection | None = None
        self._socket: socket.socket | None = None

    def doors(self) -> Doors:
        """Everything that pages need from above them."""
        return Doors(
            database=self.database,
            hub=self.hub,
            now=self.now,
            receive=self.receive,
            keep_upload=self.storeroom.keep,
            refused=Refused,
            read_file=self.storeroom.read,
            forget_file=self.storeroom.forget,
            rules=self.rules,
            ready=lambda: list(self.missing),
            troubles=self.troubles,
            roles=self.standing,
            wake=self.wake,
            secure_cookies=(self.settings.public_url or "").startswith("https://"),
            public_url=self.settings.public_url,
            telegram=TelegramDoor(self) if self.settings.telegram_webhook_secret else None,
            hooks=self.zalo.hooks if self.zalo else {},
            metrics=self.metrics,
            trial=Trial(self.database, self.show.speed if self.show else 1)
            if self.is_trial
            else None,
            **programs.doors(self.settings, self.now),
        )

    async def receive(self, updates: Incoming | Iterable[Incoming]) -> None:
        """Take updates in, as soon as the program is loaded."""
        await self._ready.wait()
        assert self.program is not None
        await self.program.intake.receive(updates)

    async def set_aside(
        self, channel: str, key: str, payload: dict[str, Any] | None, error: str
    ) -> None:
        """Keep what cannot be read, as soon as the program is loaded."""
        await self._ready.wait()
        assert self.program is not None
        await self.program.intake.set_aside_payload(channel, key, payload, error)

    async def rules(self, session: AsyncSession) -> Rules:
        """The rules in force, for pages."""
        await self._ready.wait()
        assert self.program is not None
        return await self.program.packs.in_force(session)

    def wake(self) -> None:
        """Let what a page has decided be delivered."""
        if self.program is not None:
            self.program.wake()

    def troubles(self) -> list[str]:
        """What keeps the loaded program from its work."""
        return self.working.troubles() if self.working is not None and self._ready.is_set() else []

    def standing(self) -> dict[str, str]:
        """What this process of several does, and what it stands by for."""
        return self.working.standing() if self.working is not None else {}

    # Starting and stopping.

    def claim(self) -> str:
        """Take the database and the port for this process alone; where the pages are."""
        host = self.settings.http_host
        self._socket = listen(host, self.settings.http_port)
        try:
            self._take_lock()
        except AlreadyRunning:
            self._socket.close()
            raise
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  compared, not bound
        port = self._socket.getsockname()[1]
        return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"

    async def run(self) -> None:
        """Serve what was claimed until told to stop; then finish what is running."""
        assert self._socket is not None
        config = uvicorn.Config(
            create_app(self.doors()) if Role.WEB in self.roles else create_bare_app(self.doors()),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            lifespan="off",
        )
        server = Pages(config, self.hub.close)
        preparing = asyncio.create_task(self._prepare(server))
        try:
            await server.serve(sockets=[self._socket])
        finally:
            self.hub.close()
            preparing.cancel()
            await self._finish()
        if preparing.done() and not preparing.cancelled() and preparing.exception():
            raise preparing.exception() or RuntimeError

    async def _prepare(self, server: Pages) -> None:
        try:
            await self._load()
        except BaseException:
            server.should_exit = True
            raise

    async def _load(self) -> None:
        await asyncio.to_thread(migrate, self.settings.database)
        await ensure_pack(self.database, self.settings.province, self.now())
        await asyncio.to_thread(move_in, self.storeroom.folder, self.storeroom.shelf)
        if self.is_trial:
            await invent(self.database, self.now())
        if self.show is not None:
            await self.show.move_in(self.database)
        if self.database.is_sqlite:
            async with self.database.transaction() as session:
                await leases.let_go_but(session, [])
        self.missing.remove("database")
        dispatch = await asyncio.to_thread(_load_dispatch, address(self.settings))
        self.missing.remove("conversation")
        channels = self._channels()
        dispatch.telegram_name = lambda: self.telegram.own_name if self.telegram else ""
        self.program = Program(self.database, channels, dispatch, self.storeroom, self.now)
        if self.metrics is not None:
            self.metrics.watch(self.program)
        self.program.public_url = self.settings.public_url or ""
        peers = peers_of(self.database)
        self.working = Working(self.program, peers, self.roles, self.settings, self.now)
        self.working.connect(self.hub)
        models = self.settings.models
        await asyncio.to_thread(_warm, await self.program.rules(), models)
        await ensure_rounds(self.program)
        self.missing.remove("classifier")
        # What is loaded stays loaded. Told so, the collector never walks it again: its longest
        # pause was 0.3 s, in which nobody was answered.
        gc.collect()
        gc.freeze()
        self._ready.set()
        self.working.start(self.telegram, self.zalo, self.show)
        log.info("ready", channels=sorted(channels))

    def _channels(self) -> dict[str, Channel]:
        web = WebChat(self.database, self.hub, self.now)
        channels: dict[str, Channel] = {"web": self.show.overhear(web) if self.show else web}
        if self.settings.telegram_token is not None and not self.is_trial:
            from bot.channels.telegram import Telegram  # noqa: PLC0415  only where it is used

            self.telegram = Telegram(
                self.settings.telegram_token.get_secret_value(),
                open_file=self.storeroom.read,
                api_url=self.settings.telegram_api_url,
            )
            channels["telegram"] = self.telegram
        if self.zalo is not None:
            channels |= self.zalo.channels
        if not self.is_trial:
            channels |= one_way.channels(
                self.settings,
                read_file=self.storeroom.read,
                host_file=file_host(self.settings, self.database, self.storeroom.read, utc_now),
                now=utc_now,
            )
        return channels | programs.channels(self.settings, self.now)

    def _zalo(self) -> ZaloParts:
        return ZaloParts(
            self.settings,
            self.database,
            read_file=self.storeroom.read,
            now=utc_now,
            set_aside=self.set_aside,
            alarm=self._zalo_alarm,
        )

    async def _zalo_alarm(self, reason: str) -> None:
        """What a person must look at, or mend: ours hear what is to be done."""
        log.error("zalo", todo=reason)
        if self.program is not None:
            await self.program.tell_admins(ZaloParts.told(reason))

    async def _finish(self) -> None:
        if self.working is not None:
            await self.working.end()
        if self.program is not None:
            await self.program.close()
        else:
            await self.database.close()
        for held in (self._socket, self._lock):
            if held is not None:
                held.close()

    def _take_lock(self) -> None:
        """Hold a lock file as long as the process lives; SQLite's own locks work everywhere."""
        if not self.database.is_sqlite or not self.database.url.database:
            return
        path = Path(self.database.url.database + ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise AlreadyRunning(
                f"Another server uses {self.database.url.database}: stop it first, "
                "or use PostgreSQL for several."
            ) from None


def _load_dispatch(reached_at: str) -> Any:
    from bot.dispatch import Dispatch  # noqa: PLC0415  takes three seconds

    return Dispatch(reached_at)


def _warm(rules: Rules, models: Path) -> None:
    from triage import choose, versions, warm  # noqa: PLC0415  loads the model

    log.info("classifier", version=choose(versions.in_force(models)))
    warm(rules.pack)
    rules.calendar.is_working_day(utc_now().astimezone(rules.zone).date())

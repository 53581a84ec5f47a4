"""What processes on one database tell each other, and what only one of them does at a time."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import structlog
from sqlalchemy.engine import URL

from storage.engine import Database
from storage.turns import key_of

CHANNEL = "thaogo"
BEAT = 2.0
"""Seconds between two signs of life, and between two tries to take a turn."""
ANSWERS_WITHIN = 5.0
"""Seconds after which a silent database is one that is away."""
SILENT = "15s"
"""After which PostgreSQL ends the session of a process that hangs, and its turns with it."""
NEVER_IDLE = {
    "idle_session_timeout": SILENT,
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

log = structlog.get_logger()
Work = Callable[[asyncio.Event], Awaitable[object]]
"""Goes on until its event is set; then it finishes what is running."""


class Alone:
    """The only process: every turn is its own, and there is nobody to tell."""

    def __init__(self) -> None:
        """`hear` is called with each word that another process has told."""
        self.hear: Callable[[str], None] = lambda _: None
        self.at_work: dict[str, bool] = {}
        """The turns that this process wants, and whether it has them."""
        self.is_connected = True

    def tell(self, word: str) -> None:
        """Say a word to the others; a word that gets lost is made good by their next look."""

    async def in_turn(self, name: str, work: Work, stop: asyncio.Event) -> None:
        """Do a work while the turn is ours, until `stop` is set."""
        self.at_work[name] = True
        await work(stop)

    async def run(self) -> None:
        """Keep in touch until closed."""

    async def close(self) -> None:
        """Let the others have what we had."""


class Peers(Alone):
    """Processes on one PostgreSQL: advisory locks for turns, LISTEN and NOTIFY for words.

    Both live on one connection of its own. What it holds ends with it, however its process ends;
    a process that loses it stops what it does in turn until it has the turn again.
    """

    def __init__(self, url: URL) -> None:
        """Connect when run."""
        super().__init__()
        self.is_connected = False
        self._url = url
        self._connection: Any = None
        self._one_at_a_time = asyncio.Lock()
        self._news = asyncio.Event()
        self._words: dict[str, None] = {}
        self._ended: dict[str, asyncio.Event] = {}
        self._closing = False

    def tell(self, word: str) -> None:
        """Say a word to the others; said often in a moment, it goes once."""
        self._words[word] = None
        self._news.set()

    async def in_turn(self, name: str, work: Work, stop: asyncio.Event) -> None:
        """Do a work whenever the turn is ours, until `stop` is set."""
        self.at_work[name] = False
        while not stop.is_set():
            ended = await self._take(name)
            if ended is None:
                await rest(stop, BEAT)
                continue
            log.info("turn taken", turn=name)
            chain = asyncio.create_task(_passed_on(stop, ended))
            try:
                await work(ended)
            except Exception as error:  # noqa: BLE001  the turn must not be held by nobody
                log.error("turn failed", turn=name, error=type(error).__name__)
                await rest(stop, BEAT)
            finally:
                chain.cancel()
                await self._give(name)

    async def run(self) -> None:
        """Keep in touch until closed; a database that is away is tried again."""
        while not self._closing:
            try:
                await self._in_touch()
            except Exception as error:  # noqa: BLE001  whatever it is, the next try may succeed
                if not self._closing:
                    log.warning("out of touch", error=type(error).__name__)
            if not self._closing:
                await asyncio.sleep(BEAT / 2)

    async def close(self) -> None:
        """Say the last words, and let the others have what we had."""
        self._closing = True
        with contextlib.suppress(Exception):
            await self._say()
            async with self._one_at_a_time:
                await self._connection.close(timeout=1)
        self._out_of_touch()

    async def _in_touch(self) -> None:
        connection = await asyncpg.connect(**_arguments(self._url))
        try:
            connection.add_termination_listener(lambda _: self._news.set())
            await connection.add_listener(CHANNEL, self._came)
            self._connection, self.is_connected = connection, True
            while not self._closing:
                await self._say()
                self._news.clear()
                if not self._words:
                    await rest(self._news, BEAT)
        finally:
            self._out_of_touch()
            connection.terminate()  # it may have failed before it was ours

    async def _say(self) -> None:
        """Tell what is to be told; without any word only that we live."""
        words, self._words = list(self._words), {}
        for word in words:
            await self._ask("fetchval", "SELECT pg_notify($1, $2)", CHANNEL, word)
        if not words:
            await self._ask("fetchval", "SELECT 1")

    async def _ask(self, how: str, *question: Any) -> Any:
        async with self._one_at_a_time:
            if self._connection is None:
                raise ConnectionError
            return await getattr(self._connection, how)(*question, timeout=ANSWERS_WITHIN)

    def _came(self, connection: Any, sender: int, _channel: str, word: str) -> None:
        if sender != connection.get_server_pid():
            self.hear(word)

    def _out_of_touch(self) -> None:
        """Whatever we had the turn for is over."""
        connection, self._connection, self.is_connected = self._connection, None, False
        for name, ended in self._ended.items():
            log.warning("turn lost", turn=name)
            self.at_work[name] = False
            ended.set()
        self._ended.clear()
        if connection is not None:
            connection.terminate()

    async def _take(self, name: str) -> asyncio.Event | None:
        try:
            is_ours = await self._ask("fetchval", "SELECT pg_try_advisory_lock($1)", key_of(name))
        except Exception:  # noqa: BLE001  `run` says so, and connects again
            return None
        if not is_ours or self._connection is None:
            return None
        self.at_work[name] = True
        ended = self._ended[name] = asyncio.Event()
        return ended

    async def _give(self, name: str) -> None:
        if self._ended.pop(name, None) is None:
            return
        self.at_work[name] = False
        log.info("turn given back", turn=name)
        with contextlib.suppress(Exception):
            await self._ask("fetchval", "SELECT pg_advisory_unlock($1)", key_of(name))


def peers_of(database: Database) -> Alone:
    """Whom a database's processes share it with: on SQLite there is one."""
    return Alone() if database.is_sqlite else Peers(database.url)


def _arguments(url: URL) -> dict[str, Any]:
    """How asyncpg is told to connect where SQLAlchemy does, on a line that notices a dead end."""
    named = dict(url.translate_connect_args(username="user")) | dict(url.query)
    own = {"prepared_statement_cache_size", "prepared_statement_name_func"}
    kept = {name: value for name, value in named.items() if name not in own}
    return kept | {"server_settings": NEVER_IDLE, "timeout": ANSWERS_WITHIN}


async def rest(until: asyncio.Event, seconds: float) -> None:
    """Until an event is set, or so many seconds have passed."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)


async def _passed_on(stop: asyncio.Event, ended: asyncio.Event) -> None:
    await stop.wait()
    ended.set()

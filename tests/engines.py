"""Engines that are lent from test to test: what an engine has once compiled, the next need not."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import Engines

Kind = tuple[str, str, str]
"""Use, kind of database, and the database's name where its connections are kept."""

KEPT: set[str] = set()
"""Databases that are emptied and lent again: engines stay connected to them."""


class Lent(Engines):
    """Gives out engines that were given back, pointed at another database.

    Each statement is compiled once in a run instead of once in a test: a fifth of a story's time.
    """

    def __init__(self) -> None:
        self._free: dict[Kind, list[AsyncEngine]] = {}
        self._kinds: dict[AsyncEngine, Kind] = {}
        self._urls: dict[AsyncEngine, URL] = {}

    def writer(self, url: URL) -> AsyncEngine:
        return self._lend("writer", url)

    def reader(self, url: URL) -> AsyncEngine:
        return self._lend("reader", url)

    def _lend(self, use: str, url: URL) -> AsyncEngine:
        name = str(url.database)
        kind = (use, url.get_backend_name(), name if name in KEPT else "")
        free = self._free.setdefault(kind, [])
        if free:
            engine = free.pop()
        else:
            opened = Engines()
            engine = opened.writer(url) if use == "writer" else opened.reader(url)
            self._kinds[engine] = kind
            event.listen(engine.sync_engine, "do_connect", self._pointing(engine))
        self._urls[engine] = url
        return engine

    def _pointing(self, engine: AsyncEngine) -> Any:
        def point(dialect: Any, _record: Any, given: list[Any], named: dict[str, Any]) -> None:
            args, options = dialect.create_connect_args(self._urls[engine])
            given[:] = args
            named.update(options)

        return point

    async def give_back(self, engine: AsyncEngine) -> None:
        kind = self._kinds.get(engine)
        if kind is None or kind[2] not in KEPT:
            await engine.dispose()
        if kind is not None and engine not in self._free[kind]:
            self._free[kind].append(engine)

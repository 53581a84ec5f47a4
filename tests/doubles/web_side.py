"""The other end of the built-in chat, which is a page of our own: nothing of it can fail afar."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import col

from bot.channels.webchat import WebChat
from storage.engine import Database
from storage.webchat import Line
from tests.doubles.downloads import Download
from tests.doubles.far_side import Heard, Trouble
from tickets.rich import plain
from web import sessions
from web.hub import Hub

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class WebSide:
    """A browser's conversation, read where its page reads it."""

    can = frozenset({"edit", "buttons", "albums", "gone"})

    def __init__(self, database: Database) -> None:
        self.database = database
        self.kept: dict[str, bytes] = {}
        self.secrets: list[str] = []
        self.lines: list[Line] = []
        self._next = ""

    @property
    def person(self) -> str:
        """Whoever listens, or nobody once."""
        who, self._next = self._next or "lan", ""
        return who

    def channel(self, *, patience: float = 10) -> WebChat:
        return WebChat(self.database, Hub(), lambda: NOW)

    async def look(self) -> None:
        """Open the page."""
        async with self.database.reading() as session:
            found = await session.execute(select(Line).order_by(col(Line.number)))
            self.lines = list(found.scalars())

    def heard(self, address: str) -> list[Heard]:
        return [
            Heard(
                plain(line.body["text"]),
                [button["press"] for row in line.body["buttons"] for button in row],
                [self.kept[file["hash"]] for file in line.body["files"]],
            )
            for line in self.lines
        ]

    def trouble(self, trouble: Trouble) -> None:
        assert trouble is Trouble.NO_SUCH_CHAT
        self._next = "nobody"

    def slow(self) -> None:
        raise NotImplementedError

    def offer(self, content: bytes) -> str:
        raise NotImplementedError

    def spoil(self, source: str, meets: Download | None) -> None:
        raise NotImplementedError

    async def go_away(self) -> None:
        raise NotImplementedError

    def move(self, address: str) -> str:
        raise NotImplementedError


@asynccontextmanager
async def web(url: str) -> AsyncIterator[WebSide]:
    database = Database(url)
    async with database.transaction() as session:
        await sessions.new_contact(session, "lan")
    yield WebSide(database)
    await database.close()

"""An Official Account of the double on a database, with a clock that stands until it is moved."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bot.channels.base import Part
from bot.channels.zalo_oa import ZaloOa
from bot.channels.zalo_oa_tokens import Tokens
from bot.sealing import Seal
from storage.engine import Database
from storage.marks import Mark
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, REFRESH, ZaloOaApi

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "a key of thirty-two letters or more"


class Account:
    """One account on a database, with a clock that stands until it is moved."""

    def __init__(self, api: ZaloOaApi, database: Database) -> None:
        self.api, self.database, self.now = api, database, NOW
        self.alarms: list[str] = []
        self.opened: list[ZaloOa] = []

    def tokens(self, refresh: str = REFRESH, key: str = KEY) -> Tokens:
        return Tokens(
            self.database,
            Seal(key),
            app_id=APP_ID,
            app_secret=APP_SECRET,
            refresh_token=refresh,
            oauth_url=self.api.url,
            now=lambda: self.now,
            alarm=self.alarm,
            patience=2,
        )

    async def database_has(self, words: str) -> bool:
        """Whether some words stand among what is remembered of channels."""
        async with self.database.reading() as session:
            rows = await session.execute(select(Mark))
            return any(words in mark.value for mark in rows.scalars())

    async def alarm(self, reason: str) -> None:
        self.alarms.append(reason)

    def channel(self, tokens: Tokens | None = None, *, times: int = 1, **more: Any) -> ZaloOa:
        channel = ZaloOa(
            tokens or self.tokens(),
            open_file=lambda name: name.encode() * times,
            api_url=self.api.url,
            patience=2,
            pacing=False,
            **more,
        )
        self.opened.append(channel)
        return channel


@asynccontextmanager
async def account_on(url: str) -> AsyncIterator[Account]:
    """The account on a migrated database."""
    async with ZaloOaApi() as api:
        opened = Account(api, Database(url))
        yield opened
        for channel in opened.opened:
            await channel.close()
        await opened.database.close()


def said(api: ZaloOaApi, person: str = "u1") -> list[str]:
    return [message.text for message in api.chats.get(person, [])]


async def send(channel: ZaloOa, text: str) -> str:
    return await channel.send("u1", Part(text), delivery=1)

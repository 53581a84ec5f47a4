"""Everything of Zalo that a server has: channels, hooks, and the work beside them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from typing import Any

from bot import zalo, zalo_bot_watch, zalo_oa, zalo_oa_pause
from bot.channels.base import Channel
from bot.channels.zalo_bot import ZaloBot, ZaloBots
from bot.channels.zalo_oa_tokens import Alarm
from bot.settings import Settings
from storage.engine import Database
from tickets.texts import Texts
from web.doors import Hook


class ZaloParts:
    """What the settings name of bots and account; empty when they name none."""

    @staticmethod
    def told(reason: str) -> Callable[[Texts], str]:
        """What administrators read for an alarm of one of these."""
        if reason == zalo_bot_watch.MOVED:
            return lambda say: say.bot_moved_told()
        return zalo_oa_pause.told(reason)

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        read_file: Callable[[str], bytes],
        now: Callable[[], datetime],
        set_aside: zalo.SetAside,
        alarm: Alarm,
    ) -> None:
        """`set_aside` and `alarm` are called once the program is loaded, or wait for it."""
        self._settings, self._database, self._now, self._alarm = settings, database, now, alarm
        host = zalo.file_host(settings, database, read_file, now)
        self._bots = zalo.bots(settings, host)
        self.channels: dict[str, Channel] = {}
        if self._bots:
            self.channels["zalo_bot"] = ZaloBots(self._bots)
        account = zalo_oa.account(
            settings, database, open_file=read_file, host_file=host, now=now, alarm=alarm
        )
        if account is not None:
            self.channels["zalo_oa"] = account
        self.hooks: dict[str, Hook] = {
            **zalo.bot_hooks(settings, set_aside),
            **zalo_oa.hook(settings, now, set_aside),
        }

    @property
    def polled(self) -> dict[str, ZaloBot]:
        """The bots that are asked for their updates, by what tells them apart."""
        if self._settings.zalo_bot_secrets:
            return {}
        return {f"{bot.name} {bot.id}": bot for bot in self._bots}

    def registering(self, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
        """Telling Zalo where to call the others, and people when the account may hear nothing."""
        if "zalo_oa" in self.channels:
            yield zalo_oa_pause.look(self._database, self._now, self._alarm)
        for bot, secret in zip(self._bots, self._settings.zalo_bot_secrets, strict=False):
            yield zalo_bot_watch.keep(
                self._settings, self._database, bot, secret, self._now, stop, self._alarm
            )

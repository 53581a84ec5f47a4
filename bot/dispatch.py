"""From our one shape of update to aiogram's, and through its routers; aiogram only routes here."""

import itertools
from collections.abc import Callable
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from bot.typed import typed_twin
from handlers import all_routes
from handlers.joining import chat_changed
from handlers.reply import Reply
from storage.conversations import Conversation
from storage.people import Speaker
from tickets.buttons import Press
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment

NOBODY = "42:this-bot-never-speaks"
"""aiogram wants a token; ours talks to nobody."""

_numbers = itertools.count(1)
"""Update ids: aiogram keeps updates in a cache by their id, and equal ids cost a millisecond."""


class Mute(BaseSession):
    """A session that refuses to speak: answers go through `reply` and the outbox."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: Any = None) -> Any:
        """Refuse."""
        raise RuntimeError(f"{type(method).__name__} called directly: speak through reply")

    async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse."""
        raise RuntimeError("files are fetched by bot.fetcher")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


class Unhandled(Exception):
    """No route took an update: handlers.fallback is missing a case."""


class Dispatch:
    """Routes one update to its handler, inside the transaction that intake has opened."""

    def __init__(self, address: str = "http://127.0.0.1:8080") -> None:
        """Build fresh routers; `address` is where people reach the pages."""
        self.address = address
        self.telegram_name: Callable[[], str] = str
        """The bot's name on Telegram, once the channel knows it."""
        self.bot = Bot(NOBODY, session=Mute())
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_routers(*all_routes())

    async def __call__(
        self, moment: Moment, who: Speaker, chat: Conversation, said: Incoming, reply: Reply
    ) -> None:
        """Run the handler of an update; raises what the handler raises, and Unhandled."""
        if said.kind in {Kind.JOINED, Kind.LEFT, Kind.MIGRATED}:
            await chat_changed(moment, said, reply)
            return
        said, press = await typed_twin(moment, who, chat, said)
        update = Update.model_validate(as_update(chat, said, press), context={"bot": self.bot})
        result = await self.dispatcher.feed_update(
            self.bot,
            update,
            moment=moment,
            who=who,
            chat=chat,
            said=said,
            reply=reply,
            press=press,
            address=self.address,
            links=self.links,
            raw_state=chat.state or None,
        )
        if result is UNHANDLED:
            raise Unhandled(said.kind)
        if result is not None:
            raise TypeError("a handler returned something: speak through reply")

    def links(self, code: str) -> dict[str, str]:
        """Where an invitation code can be used: the web chat, and Telegram where there is a bot."""
        found = {"web": f"{self.address}/join/{code}"}
        if name := self.telegram_name():
            found["telegram"] = f"https://t.me/{name}?start={code.replace('-', '')}"
        return found


def as_update(chat: Conversation, said: Incoming, press: Press | None) -> dict[str, Any]:
    """An aiogram Update's fields; its chat id is our conversation's."""
    number = next(_numbers)
    user = {"id": chat.contact_id, "is_bot": False, "first_name": "–"}
    message: dict[str, Any] = {
        "message_id": 1,
        "date": int(said.sent_at.timestamp()),
        "chat": {"id": chat.contact_id, "type": "group" if said.is_group else "private"},
        "from": user,
    }
    if said.text and press is None:
        message["text"] = said.text
    if press is not None:
        pressed = {"id": "1", "from": user, "chat_instance": "1", "data": press.pack()}
        return {"update_id": number, "callback_query": {**pressed, "message": message}}
    if said.kind is Kind.EDIT:
        return {"update_id": number, "edited_message": {**message, "edit_date": message["date"]}}
    return {"update_id": number, "message": message}

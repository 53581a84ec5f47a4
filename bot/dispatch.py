"""From our one shape of update to aiogram's, and through its routers; aiogram only routes here."""

import itertools
from dataclasses import replace
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import TelegramMethod
from aiogram.types import Update

from handlers import all_routes
from handlers.joining import chat_changed
from handlers.reading import RESOLVING
from handlers.reply import Reply
from handlers.twins import (
    act_of,
    as_command,
    command_of,
    corrects_data,
    end_of,
    may_be_twin,
    press_of,
)
from storage import outbox, tickets
from storage.conversations import Conversation
from storage.people import Speaker
from storage.tickets import OPEN, Status, Ticket
from tickets import access
from tickets.buttons import Press, unpack
from tickets.incoming import Incoming, Kind
from tickets.moment import Moment

NOBODY = "42:this-bot-never-speaks"
"""aiogram wants a token; ours talks to nobody."""

SMALL_TALK_TOO = frozenset({"right", "ack", "finished", "view"})
"""Acts whose words say something else to nobody in particular: "đúng rồi", "xong"."""

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
            raw_state=chat.state or None,
        )
        if result is UNHANDLED:
            raise Unhandled(said.kind)
        if result is not None:
            raise TypeError("a handler returned something: speak through reply")


async def typed_twin(
    moment: Moment, who: Speaker, chat: Conversation, said: Incoming
) -> tuple[Incoming, Press | None]:
    """The press or command that a message stands for, if it does."""
    if said.kind is Kind.PRESS:
        return said, unpack(said.press or "") or Press("unknown")
    if said.kind is not Kind.MESSAGE or who.person is None or said.attachments:
        return said, None
    if said.text.startswith("/"):
        said = replace(said, text=as_command(said.text))
    if corrects_data(said.text) and not said.is_group:
        return replace(said, text=f"/suadulieu {said.text}"), None
    if chat.state == RESOLVING and said.text and not said.is_group:
        names_one = (found := act_of(said.text)) is not None and found[1]
        if not names_one:
            return said, None
    if said.text.startswith("/") and not said.text.startswith("/huy"):
        return said, None
    if press := await _twin(moment, who, chat, said):
        return said, press
    if command := command_of(said.text):
        return replace(said, text=command), None
    return said, None


async def _twin(moment: Moment, who: Speaker, chat: Conversation, said: Incoming) -> Press | None:
    """The button that the words press: of the message last shown, or of the ticket meant."""
    if not said.is_group and said.reply_to is None and (end := end_of(said.text)):
        if press := await _shown_act(moment, chat, end):
            return press
    if not may_be_twin(said.text) or (said.is_group and said.text.isdigit()):
        return None
    return await _button(moment, chat, said) or await _act(moment, who, chat, said)


async def _button(moment: Moment, chat: Conversation, said: Incoming) -> Press | None:
    """The button of the message last shown, or of the one replied to, that the words press."""
    if said.reply_to is not None:
        shown = await outbox.shown_at(moment.session, chat.contact_id, said.reply_to)
    else:
        shown = await outbox.last_said(moment.session, chat.contact_id)
    if shown is None:
        return None
    packed = press_of(said.text, shown.buttons, numbered=shown.numbered and not said.is_group)
    return unpack(packed) if packed else None


async def _act(moment: Moment, who: Speaker, chat: Conversation, said: Incoming) -> Press | None:
    """The act that the words name, on the ticket replied to, numbered, or last spoken of."""
    found = act_of(said.text)
    if found is None:
        return None
    act, digits = found
    if digits:
        named = await access.tickets_called(moment, digits, who)
        if len(named) != 1:
            return Press("several", 0, 0, digits)
        return Press(_meant(act, who, named[0]), named[0].id or 0)
    if said.reply_to is None and not said.is_group:
        if press := await _shown_act(moment, chat, act):
            return press
    target = None if said.is_group else chat.ticket_id
    if said.reply_to is not None:
        replied = await outbox.ticket_of_receipt(moment.session, chat.contact_id, said.reply_to)
        target = replied or target
    ticket = await tickets.by_id(moment.session, target) if target is not None else None
    if act == "urgent" and (ticket is None or Status(ticket.status) not in OPEN):
        return None  # a new emergency: handlers.reporting opens it
    if ticket is not None:
        return Press(_meant(act, who, ticket), ticket.id or 0)
    return None if said.is_group or act in SMALL_TALK_TOO else Press("several")


async def _shown_act(moment: Moment, chat: Conversation, act: str) -> Press | None:
    """The button of the message last shown that does what the words say, however they say it."""
    shown = await outbox.last_said(moment.session, chat.contact_id)
    for button in itertools.chain(*shown.buttons) if shown else ():
        press = unpack(button["press"])
        if press and (press.do == act or (act == "finished" and press.do in {"done", "resolve"})):
            return press
    return None


def _meant(act: str, who: Speaker, ticket: Ticket) -> str:
    """What the word "xong" presses: the desk's "resolved", or the commune's "yes, it is"."""
    if act != "finished":
        return act
    return "done" if access.reports_for(ticket, who) else "resolve"


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

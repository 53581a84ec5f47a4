"""Turns "not yours" into a sentence, wherever in a handler it was found out."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from handlers.reply import Reply
from tickets.access import NotAllowed
from tickets.incoming import Incoming


class Guard(BaseMiddleware):
    """Answers NotAllowed in words; acts check the right before they change anything."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Run the handler; in a group only the one who pressed hears the refusal."""
        try:
            return await handler(event, data)
        except NotAllowed as refusal:
            reply: Reply = data["reply"]
            said: Incoming = data["said"]
            reply.toast(reply.say.not_allowed())
            if not said.is_group:
                seen = refusal.seen
                reply(reply.say.not_allowed(seen) if seen else reply.say.no_such_ticket())
            return None

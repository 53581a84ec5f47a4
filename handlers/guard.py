"""Turns "not yours", and a result without evidence, into a sentence, wherever it was found out."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from handlers.awaiting import wait_for
from handlers.reply import Reply
from tickets.access import NotAllowed
from tickets.acts.deciding import NoEvidence
from tickets.incoming import Incoming


class Guard(BaseMiddleware):
    """Answers NotAllowed and NoEvidence in words; acts check before they change anything."""

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
        except NoEvidence as lacking:
            wait_for(data["reply"], "resolve", lacking.ticket)
            text = data["reply"].say.no_evidence(lacking.ticket)
            data["reply"](text, ticket=lacking.ticket, numbered=False)
            return None

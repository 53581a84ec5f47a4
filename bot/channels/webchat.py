"""The built-in chat: a call writes a numbered line, and open pages are woken to show it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from bot.channels.base import Limits, Part, Undeliverable
from storage import webchat
from storage.conversations import Conversation
from storage.engine import Database
from storage.people import Contact
from web.hub import Hub

NAME = "web"
_CONVERSATION = (
    select(Conversation)
    .join(Contact, col(Contact.id) == col(Conversation.contact_id))
    .where(col(Contact.channel) == NAME, col(Contact.address) == bindparam("address"))
    .with_for_update(of=Conversation)
)
"""Built once, as every line asks it."""


class WebChat:
    """Keeps the contract of a channel by writing lines; nothing leaves the machine."""

    name = NAME

    def __init__(self, database: Database, hub: Hub, now: Callable[[], datetime]) -> None:
        """`hub` wakes the pages that are open in this process."""
        self.limits = Limits(text=20_000, files=20, can_edit=True, recognises=True)
        self.database = database
        self.hub = hub
        self.now = now

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """Write the line; the same delivery never writes it twice."""
        async with self.database.transaction() as session:
            found = await session.execute(_CONVERSATION, {"address": address})
            conversation = found.scalar_one_or_none()
            if conversation is None:
                raise Undeliverable("no such web chat", gone=True)
            line = await webchat.line_of_delivery(session, delivery)
            if line is None and edits is not None:
                line = await webchat.change_line(session, conversation, int(edits), body(part))
                if line is None:
                    raise Undeliverable("no such line")
            if line is None:
                line = await webchat.add_line(
                    session, conversation, body(part), at=self.now(), delivery_id=delivery
                )
            number = line.number
        self.hub.wake(conversation.contact_id)
        return str(number)

    async def toast(self, press_id: str, text: str) -> None:
        """A page has no place for toasts: what matters comes as a line."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """Uploads are here before they are reported."""
        raise Undeliverable("uploads are kept when they arrive")

    async def check(self) -> str:
        """Always there."""
        return "web"

    async def close(self) -> None:
        """Nothing is open."""


def body(part: Part) -> dict[str, Any]:
    """A part as its line keeps it: rich text, rows of buttons, files by hash."""
    return {
        "text": part.text,
        "numbered": part.numbered,
        "buttons": [
            [{"label": label, "press": press} for label, press in row] for row in part.buttons
        ],
        "files": [
            {"hash": file.hash, "kind": file.kind, "mime": file.mime, "name": file.name}
            for file in part.files
        ],
    }

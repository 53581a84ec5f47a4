"""The one shape in which every channel's updates come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter

BY_TIME = "by time"
"""The group key of a picture on a channel that does not say which album it belongs to."""
LONG = timedelta(minutes=10)
"""More than clocks differ, and less than what Zalo brings an hour later, after an outage."""


class Kind(StrEnum):
    """What came in."""

    MESSAGE = "message"
    EDIT = "edit"
    PRESS = "press"
    STICKER = "sticker"
    UNSUPPORTED = "unsupported"
    JOINED = "joined"
    """The bot was added to a group, or a person opened it again."""
    LEFT = "left"
    """The bot was removed or blocked."""
    MIGRATED = "migrated"
    """A group got a new address, told in `text`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `source` is what the channel fetches it by.

    A file that is here already (an upload) has its content `hash` instead.
    """

    kind: str
    source: str = ""
    name: str = ""
    mime: str = ""
    size: int = 0
    hash: str = ""
    taken_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of one channel, in the one shape that the inside knows.

    `key` is unique within the channel and the same when the update is delivered again.
    `address` is the chat, `sender` the person; in a private chat they are equal.
    """

    channel: str
    key: str
    address: str
    sender: str
    sent_at: datetime
    kind: Kind = Kind.MESSAGE
    text: str = ""
    press: str | None = None
    press_id: str | None = None
    """What the channel wants back when a press is answered with a toast."""
    attachments: tuple[Attachment, ...] = ()
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    receipt: str = ""
    """The channel's id of this very message, as a reply to it would name it."""
    reply_to: str | None = None
    group_key: str | None = None
    """The album this piece belongs to, or BY_TIME: to what the same person sends just now."""
    is_group: bool = False
    sender_name: str = ""

    def precedes(self, at: datetime) -> bool:
        """Whether it was surely written before an instant, however late it came in."""
        return self.sent_at + LONG < at


INCOMING: TypeAdapter[Incoming] = TypeAdapter(Incoming)
"""Writes an Incoming as JSON and reads it back, for pieces that are parked or set aside."""

"""What stands at the other end of a channel, in the words of the contract test."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Channel
from tests.doubles.downloads import Download


class Trouble(StrEnum):
    """What the next call to send meets."""

    FLOOD = "too many calls, wait 3 seconds"
    QUOTA = "what may be sent is used up"
    TOKEN = "the token is not known any more"
    BLOCKED = "the person has closed the door"
    NO_SUCH_CHAT = "nobody lives there"
    REFUSED = "this message is not accepted"
    SERVER_ERROR = "the server fails"
    SILENT = "the message is taken, no answer comes"
    CUT = "the message is taken, the connection is cut"
    TRICKLES = "the message is taken, the answer comes letter by letter and never ends"


@dataclass
class Heard:
    """A message as the person sees it now."""

    text: str
    presses: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


class FarSide(Protocol):
    """One channel's other end.

    `can` names what the channel can do: edit, buttons, move, albums, files (people send some), and
    of the troubles flood, quota and gone (it says that an address is closed); "afar" where there
    is a server that may fail; "one way" where nobody can answer.
    """

    can: frozenset[str]
    person: str
    """An address with a person who listens."""
    kept: dict[str, bytes]
    """The kept files, by hash, that the channel may be given to send."""
    secrets: list[str]
    """What no failure and no log may tell."""

    def channel(self, *, patience: float = 10) -> Channel:
        """A channel to this end; it is closed at the end of the test."""
        ...

    def heard(self, address: str) -> list[Heard]:
        """What stands in a chat, oldest first; an album is one."""
        ...

    def trouble(self, trouble: Trouble) -> None:
        """Make the next call meet it."""
        ...

    def slow(self) -> None:
        """Let the next call be answered late, but rightly."""
        ...

    def offer(self, content: bytes) -> str:
        """A file that a person sends; what the channel gets it by comes back."""
        ...

    def spoil(self, source: str, meets: Download | None) -> None:
        """Let whoever gets the file meet it from now on."""
        ...

    async def go_away(self) -> None:
        """Answer no connection any more."""
        ...

    def move(self, address: str) -> str:
        """Give a chat another address, which comes back."""
        ...

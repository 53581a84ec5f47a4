"""What every channel gives out, and the ways in which giving can fail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import TypeAdapter

from tickets.rich import split, units


@dataclass(frozen=True, slots=True)
class File:
    """A kept file to be sent along: its content hash and what it is."""

    hash: str
    kind: str
    mime: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What exactly one call carries: rich text (see tickets.rich) with buttons, or files."""

    text: str = ""
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Rows of (label, press)."""
    numbered: bool = True
    files: tuple[File, ...] = ()


PART: TypeAdapter[Part] = TypeAdapter(Part)


@dataclass(slots=True)
class Limits:
    """What a channel's calls can carry, and how fast they may follow each other.

    `text` counts UTF-16 units. Rates are calls per second over all chats, and calls a minute
    in one group; 0 means no limit. A channel that `recognises` a delivery never says it twice;
    of a restricted ticket one whose servers stand abroad carries no words.
    """

    text: int = 4000
    caption: int = 1000
    files: int = 10
    per_second: float = 0
    group_per_minute: float = 0
    can_edit: bool = True
    spells_choices: bool = False
    """Whether buttons may be spelled out below the last text, within its length."""
    is_abroad: bool = False
    recognises: bool = False


class ChannelError(Exception):
    """Base of what a channel can answer instead of a receipt; messages never hold a token."""


class RetryLater(ChannelError):
    """Nothing was sent; try again after `seconds`, the whole channel if it says so."""

    def __init__(self, reason: str, seconds: float, *, whole_channel: bool = False) -> None:
        """`seconds` counts from now."""
        super().__init__(reason)
        self.seconds = seconds
        self.whole_channel = whole_channel


class Undeliverable(ChannelError):
    """This message can never reach this address; `gone` when no message can."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        """`gone` marks the contact unreachable."""
        super().__init__(reason)
        self.gone = gone


AWAY = 30.0
"""Seconds after which files that cannot be reached are asked for again."""


def no_file(error: OSError) -> ChannelError:
    """Why a message cannot take its file along: it is gone, or its place is away for a while."""
    if isinstance(error, FileNotFoundError):
        return Undeliverable("a file that is no longer kept")
    return RetryLater("the files cannot be reached", AWAY)


class OverQuota(ChannelError):
    """Nothing was sent: what this channel carries in a month, or for this person, is used up."""

    def __init__(self, reason: str, *, among: str) -> None:
        """`among` begins the addresses that the quota is for; empty for all of the channel."""
        super().__init__(reason)
        self.among = among


class Unknown(ChannelError):
    """The call went out and no answer came back: it may have arrived."""


class Moved(ChannelError):
    """The chat lives at another address now."""

    def __init__(self, address: str) -> None:
        """`address` is the new one."""
        super().__init__("the chat has moved")
        self.address = address


class Channel(Protocol):
    """A way to reach people; each real one and the tests' fake pass the same contract test."""

    name: str
    limits: Limits

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """Make one call and give back its receipt.

        `delivery` is the row's id (a repeat with the same one is recognised where a channel
        can); `edits` is the receipt of an earlier message to change instead. Raises
        RetryLater, Undeliverable, OverQuota, Unknown or Moved.
        """
        ...

    async def toast(self, press_id: str, text: str) -> None:
        """Answer a press where the finger is; never raises, never retried."""
        ...

    async def fetch(self, source: str, *, most: int) -> bytes:
        """Get a file of at most `most` bytes; raises RetryLater or Undeliverable."""
        ...

    async def check(self) -> str:
        """Make a real, harmless call and say in a few words who answered; raises ChannelError."""
        ...

    async def close(self) -> None:
        """Give connections back."""
        ...


@dataclass(slots=True)
class Said:
    """A notice's content before a channel cuts it into parts."""

    text: str
    buttons: Sequence[Sequence[dict[str, str]]] = ()
    numbered: bool = True
    files: Sequence[File] = field(default_factory=tuple)


SPELLED = 4
"""UTF-16 units that a choice takes beside its label: "1. " and the end of its line."""


def parts(said: Said, limits: Limits) -> list[Part]:
    """Cut what is said into single calls: texts within the limit, buttons on the last, files after.

    Files come with a short text as their caption, or follow as a message of their own, because
    albums carry no buttons.
    """
    if said.files and not said.buttons and units(said.text) <= limits.caption:
        first, rest = said.files[: limits.files], said.files[limits.files :]
        return [Part(text=said.text, files=tuple(first)), *_albums(rest, limits)]
    rows = tuple(
        tuple((button["label"], button["press"]) for button in row) for row in said.buttons
    )
    room = sum(units(label) + SPELLED for row in rows for label, _ in row)
    least = limits.text // 2
    texts = split(said.text, max(least, limits.text - room * limits.spells_choices))
    cut = [Part(text=text) for text in texts[:-1]]
    cut.append(Part(text=texts[-1], buttons=rows, numbered=said.numbered))
    return [*cut, *_albums(said.files, limits)]


def _albums(files: Sequence[File], limits: Limits) -> list[Part]:
    return [
        Part(files=tuple(files[first : first + limits.files]))
        for first in range(0, len(files), limits.files)
    ]


def as_json(part: Part) -> dict[str, Any]:
    """A part as the outbox stores it."""
    stored: dict[str, Any] = PART.dump_python(part, mode="json", exclude_defaults=True)
    return stored

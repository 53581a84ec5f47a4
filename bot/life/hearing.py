"""The edge of the made-up province: a channel on which its people hear, busy at times."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.channels.base import Channel, Limits, Part, RetryLater, Undeliverable

BUSY = 0.01
"""The share of calls that are refused for the moment."""
Hear = Callable[[str, Part], None]


class Said(NamedTuple):
    """One call that was taken: when, to which address, of which delivery, what."""

    at: datetime
    address: str
    delivery: int
    text: str
    is_edit: bool


@dataclass(slots=True)
class Hearing:
    """Keeps the contract of a channel in memory, and tells the province's people what came."""

    now: Callable[[], datetime]
    chance: random.Random
    hear: Hear = lambda _address, _part: None
    name: str = "web"
    limits: Limits = field(default_factory=lambda: Limits(text=4000, files=20, recognises=True))
    said: list[Said] = field(default_factory=list)

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """Take a call, or be busy."""
        if self.chance.random() < BUSY:
            raise RetryLater("busy", 5)
        self.said.append(Said(self.now(), address, delivery, part.text, edits is not None))
        if edits is None:
            self.hear(address, part)
        return edits or str(len(self.said))

    async def toast(self, press_id: str, text: str) -> None:
        """Nobody looks at these."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """Nobody sends files."""
        raise Undeliverable("there are no files")

    async def check(self) -> str:
        """Always there."""
        return "life"

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Overheard:
    """A real channel on which the made-up people listen in, so that visitors see the same."""

    inner: Channel
    hear: Hear
    name: str = field(init=False)
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        """Look like the channel itself."""
        self.name, self.limits = self.inner.name, self.inner.limits

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """Pass it on, and tell whoever is made up."""
        receipt = await self.inner.send(address, part, delivery=delivery, edits=edits)
        if edits is None:
            self.hear(address, part)
        return receipt

    async def toast(self, press_id: str, text: str) -> None:
        """As the channel does."""
        await self.inner.toast(press_id, text)

    async def fetch(self, source: str, *, most: int) -> bytes:
        """As the channel does."""
        return await self.inner.fetch(source, most=most)

    async def check(self) -> str:
        """As the channel does."""
        return await self.inner.check()

    async def close(self) -> None:
        """As the channel does."""
        await self.inner.close()

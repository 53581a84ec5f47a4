"""What the pages need from the program above them, handed in when the app is built."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Database
from tickets.incoming import Incoming
from tickets.moment import Rules
from web.hub import Hub


class Kept(Protocol):
    """An upload in the storeroom, with what its metadata said before it was removed."""

    @property
    def hash(self) -> str: ...
    @property
    def mime(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def taken_at(self) -> datetime | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


class TelegramHook(Protocol):
    """The Telegram channel in webhook mode."""

    @property
    def secret(self) -> str:
        """What Telegram repeats in a header of every call."""
        ...

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """The update in our shape; None for kinds that do not concern us. Raises on odd ones."""
        ...

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        """Keep an unreadable update for a person to look at."""
        ...


class Hook(Protocol):
    """One address that a channel calls: who may, and how what it says is read."""

    def admits(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the caller is who it should be; asked before anything is read."""
        ...

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """The event in our shape; None for kinds that do not concern us. Raises on odd ones."""
        ...

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        """Keep an unreadable event for a person to look at."""
        ...


class TrialPeople(Protocol):
    """The made-up people of the trial mode."""

    @property
    def people(self) -> Sequence[tuple[str, str, str]]:
        """(key, label, description); a key is made of letters, digits and underscores."""
        ...

    @property
    def speed(self) -> int:
        """How many times as fast as real time the trial's runs."""
        ...

    async def contact_of(self, key: str) -> int:
        """The id of a person's web contact; raises KeyError for an unknown key."""
        ...


class MetricsDoor(Protocol):
    """The counts of this process."""

    @property
    def token(self) -> str:
        """What a reader must bring; '' when only this machine may read."""
        ...

    async def text(self) -> bytes:
        """All counts, in Prometheus's own words."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a sign-in service vouches for; `email` only when it has verified the mailbox."""

    issuer: str
    subject: str
    email: str = ""


class NotProven(Exception):
    """The sign-in service vouches for nobody; the message is for the log and names no secret."""


class SignIn(Protocol):
    """The province's own sign-in service."""

    async def start(self) -> tuple[str, str]:
        """Where the browser is sent, and what it keeps meanwhile. Raises NotProven."""
        ...

    async def finish(self, kept: str, given: Mapping[str, str]) -> Account:
        """Who came back with an address's query. Raises NotProven."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """The doors between the pages and the program."""

    database: Database
    hub: Hub
    now: Callable[[], datetime]
    receive: Callable[[Incoming | Iterable[Incoming]], Awaitable[None]]
    """Returns when the update is committed, was a repeat, or has been set aside."""
    keep_upload: Callable[[bytes, str, str], Kept]
    """(content, kind, mime) -> what was kept; raises `refused`. Called in a thread."""
    refused: type[Exception]
    read_file: Callable[[str], bytes]
    """The content of a hash; raises `refused` or OSError. Called in a thread."""
    forget_file: Callable[[str], None]
    """Destroy the content of a hash for good. Called in a thread."""
    rules: Callable[[AsyncSession], Awaitable[Rules]]
    ready: Callable[[], list[str]]
    """Why the program is not ready yet; empty when it is. While `database` is among the reasons
    only pages that need none are shown."""
    troubles: Callable[[], list[str]] = list
    """What keeps a loaded program from its work; empty when nothing does."""
    roles: Callable[[], dict[str, str]] = dict
    """What this process does, and what it only stands by for; empty when it does everything."""
    wake: Callable[[], None] = lambda: None
    """What was decided is committed: let it be delivered."""
    secure_cookies: bool = True
    public_url: str | None = None
    telegram: TelegramHook | None = None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    """Other channels' hooks, by what follows /hooks/ in their address."""
    trial: TrialPeople | None = None
    metrics: MetricsDoor | None = None
    """Where the settings ask for it."""
    webhook_secret: Callable[[str], str] | None = None
    """The secret of another program's address, by its salt; None where none can be told."""
    webhooks_private: bool = False
    """Whether such addresses may be of this network: for tests."""
    open311: bool = False
    sign_in: SignIn | None = None


async def doors_of(request: Request) -> Doors:
    """The doors of the app that a request came to."""
    doors: Doors = request.app.state.doors
    return doors


Door = Annotated[Doors, Depends(doors_of)]

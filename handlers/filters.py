"""What a route asks before its handler runs: who speaks, and what was pressed."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from storage.people import Role, Speaker
from tickets.buttons import Press
from tickets.incoming import Incoming


class Worded(Filter):
    """Passes messages with words, that begin as asked.

    In place of F.text, which aiogram runs in a thread: one hop for every message.
    """

    def __init__(self, begins: str = "") -> None:
        """`begins` is what the text begins with."""
        self.begins = begins

    async def __call__(self, event: TelegramObject, said: Incoming, **_: Any) -> bool:
        """Whether there are words that begin so."""
        return bool(said.text) and said.text.startswith(self.begins)


class Pressed(Filter):
    """Passes presses of these acts."""

    def __init__(self, *does: str) -> None:
        """`does` are the acts as buttons carry them."""
        self.does = frozenset(does)

    async def __call__(self, event: TelegramObject, press: Press | None = None, **_: Any) -> bool:
        """Whether the press is one of ours."""
        return press is not None and press.do in self.does


class Stranger(Filter):
    """Passes whoever is not known."""

    async def __call__(self, event: TelegramObject, who: Speaker, **_: Any) -> bool:
        """Whether no person stands behind the contact."""
        return who.person is None


class Holds(Filter):
    """Passes people who hold one of the roles."""

    def __init__(self, *roles: Role) -> None:
        """`roles` are alternatives."""
        self.roles = roles

    async def __call__(self, event: TelegramObject, who: Speaker, **_: Any) -> bool:
        """Whether the person holds one of them."""
        return who.holds(*self.roles)


class Private(Filter):
    """Passes what is said in a chat with one person; in groups people talk to each other."""

    async def __call__(self, event: TelegramObject, said: Incoming, **_: Any) -> bool:
        """Whether it is no group."""
        return not said.is_group

"""Which conversations are being watched in this process, so that new lines reach open pages."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Hub:
    """Wakes the open streams of a contact; what they show they read from the database."""

    def __init__(self) -> None:
        """Nobody watches yet."""
        self._watching: defaultdict[int, set[asyncio.Event]] = defaultdict(set)
        self.closing = asyncio.Event()
        self.tell_others: Callable[[int], None] = lambda _: None
        """Says to other processes whose pages are to look."""

    @asynccontextmanager
    async def watch(self, contact_id: int) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever the contact's conversation has something new."""
        event = asyncio.Event()
        self._watching[contact_id].add(event)
        try:
            yield event
        finally:
            self._watching[contact_id].discard(event)
            if not self._watching[contact_id]:
                del self._watching[contact_id]

    def watchers(self, contact_id: int) -> int:
        """How many watch a conversation."""
        return len(self._watching.get(contact_id, ()))

    def wake(self, contact_id: int) -> None:
        """Tell the streams of a contact to look, in every process."""
        self.wake_here(contact_id)
        self.tell_others(contact_id)

    def wake_here(self, contact_id: int) -> None:
        """Tell those of this process."""
        for event in self._watching.get(contact_id, ()):
            event.set()

    def close(self) -> None:
        """End every stream: the program stops."""
        self.closing.set()
        for events in self._watching.values():
            for event in events:
                event.set()

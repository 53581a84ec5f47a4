"""Fetching a channel's updates in a loop that confirms them only after they are safe with us."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import structlog

from bot.channels.base import ChannelError, RetryLater
from tickets.incoming import Incoming

log = structlog.get_logger()
T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds of rest after a first failure, and at most; a channel may ask for longer."""


class Polled(Protocol):
    """A channel that hands out updates, numbered by `update_id`, until they are confirmed."""

    name: str

    async def listen(self) -> None:
        """Make ready to be polled; raises ChannelError."""
        ...

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on, and confirm all below it; raises ChannelError."""
        ...

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an update; None when it does not concern us, ValueError when it is none."""
        ...


Receive = Callable[[list[Incoming]], Awaitable[object]]
"""Takes a batch in its order; returns once it is committed, raises when nothing of it was."""

SetAside = Callable[[str, str, dict[str, Any], str], Awaitable[object]]
"""Keeps an update that cannot be read: channel, key, payload, what is wrong with it."""


async def poll(
    channel: Polled,
    receive: Receive,
    set_aside: SetAside,
    stop: asyncio.Event,
    *,
    first_pause: float = FIRST_PAUSE,
) -> None:
    """Fetch batches and hand them over until `stop` is set; a batch not taken comes again.

    `first_pause` doubles from failure to failure, up to LONGEST_PAUSE. A batch that is being
    handed over when `stop` is set is finished; a request that only waits is dropped.
    """
    offset, failures, ready = 0, 0, False
    while not stop.is_set():
        try:
            if not ready:
                await _unless(stop, channel.listen())
                ready = True
            payloads = await _unless(stop, channel.updates(offset)) or []
            offset = await _hand_over(channel, payloads, receive, set_aside) or offset
            failures = 0
        except Exception as error:  # noqa: BLE001  a loop that ends would silence the channel
            failures += 1
            pause = min(first_pause * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
            await _rest(channel, error, pause, stop)


async def _hand_over(
    channel: Polled, payloads: list[dict[str, Any]], receive: Receive, set_aside: SetAside
) -> int | None:
    """Pass the batch on; the offset that confirms it, None for an empty one."""
    batch = []
    for payload in payloads:
        try:
            incoming = channel.parse(payload)
        except Exception as error:  # noqa: BLE001  one odd update must not block the others
            flaw = str(error) if isinstance(error, ValueError) else type(error).__name__
            log.warning("update cannot be read", channel=channel.name, error=flaw)
            await set_aside(channel.name, f"u{payload['update_id']}", payload, flaw)
        else:
            batch += [incoming] if incoming else []
    if batch:
        await receive(batch)
    return max(payload["update_id"] for payload in payloads) + 1 if payloads else None


async def _rest(channel: Polled, error: Exception, pause: float, stop: asyncio.Event) -> None:
    if isinstance(error, RetryLater):
        pause = max(pause, error.seconds)
    told = str(error) if isinstance(error, ChannelError) else type(error).__name__
    log.warning("updates wait", channel=channel.name, error=told, seconds=pause)
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), pause)


async def _unless(stop: asyncio.Event, call: Coroutine[Any, Any, T]) -> T | None:
    """The call's result, or None, the call dropped, as soon as `stop` is set."""
    work, end = asyncio.create_task(call), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({work, end}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        for task in (work, end):
            task.cancel()
        await asyncio.gather(work, end, return_exceptions=True)

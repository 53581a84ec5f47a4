"""Long files while they are made: how far they are, on a page without a script, and the file."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from markupsafe import Markup, escape

PATIENCE = 1.0
"""Seconds after which a browser is told how far a file is, instead of being kept waiting."""
KEPT = 600.0
"""Seconds for which a finished file waits to be taken."""
HERE = "<!--here-->"
"""Where the page of a file that is being made is cut in two."""
log = structlog.get_logger()


@dataclass(slots=True)
class Progress:
    """How far a list is: the rows that are written, and the share of all numbers looked at."""

    rows: int = 0
    share: float = 0.0


@dataclass(slots=True)
class Made:
    """A file with the folder that goes with it, and whose it is."""

    name: str
    path: Path
    folder: TemporaryDirectory[str]
    person: int

    def away(self) -> None:
        """Take it off the disk."""
        self.folder.cleanup()


@dataclass(slots=True)
class Shelf:
    """Finished files of this process that wait to be taken, each by who had it made."""

    files: dict[str, Made] = field(default_factory=dict)

    def keep(self, made: Made) -> str:
        """Keep a file for a while; the word for it comes back. Of one person only the last."""
        for key in [key for key, other in self.files.items() if other.person == made.person]:
            self.drop(key)
        key = secrets.token_urlsafe(16)
        self.files[key] = made
        asyncio.get_running_loop().call_later(KEPT, self.drop, key)
        return key

    def of(self, key: str, person: int) -> Made | None:
        """A person's file by its word; None when it has gone, or is somebody else's."""
        found = self.files.get(key)
        return found if found is not None and found.person == person else None

    def drop(self, key: str) -> None:
        """Let a file go; nothing where it has gone."""
        if (made := self.files.pop(key, None)) is not None:
            made.away()


async def lines(
    making: "asyncio.Task[Made]",
    progress: Progress,
    page: str,
    say: Callable[[str], str],
    ready: Callable[[Made], str],
) -> AsyncIterator[str]:
    """The page in pieces: how far it is each second, then where the file is, or that it failed.

    The last line alone is seen, by the style sheet (`:last-of-type` holds only once a page is
    whole, so each is hidden by the one after it). Whoever goes away ends the making.
    """
    head, _, foot = page.partition(HERE)
    try:
        yield head + _line(progress, say)
        while not making.done():
            await asyncio.wait({making}, timeout=PATIENCE)
            yield _line(progress, say)
        yield _end(making, progress, say, ready) + foot
    finally:
        making.cancel()


def _line(progress: Progress, say: Callable[[str], str]) -> str:
    part = Markup(
        '<p class="made"><progress max="100" value="{}" aria-label="{}"></progress> {}</p>'
    )
    rows = f"{progress.rows:,}".replace(",", ".")
    return str(part.format(int(100 * progress.share), say("making"), f"{say('made_rows')} {rows}"))


def _end(
    making: "asyncio.Task[Made]",
    progress: Progress,
    say: Callable[[str], str],
    ready: Callable[[Made], str],
) -> str:
    if making.cancelled() or making.exception() is not None:
        log.error("list not made", error=type(making.exception()).__name__)
        return str(Markup('<p class="made" role="alert">{}</p>').format(say("made_failed")))
    made = making.result()
    size = f"{made.path.stat().st_size / 1_000_000:.1f} MB".replace(".", ",")
    rows = f"{progress.rows:,}".replace(",", ".")
    told = f"{say('made_get')} ({rows} {say('made_tickets')}, {size})"
    link = escape(ready(made))
    return str(
        Markup(
            '<p class="made" role="status"><a class="button first" href="{0}">{1}</a></p>'
            '<meta http-equiv="refresh" content="0;url={0}">'
        ).format(link, told)
    )

"""The server as `thaogo run` starts it, with a clock and a disk that can be told to fail, and ends.

The product has none of these switches: they are put around it here. FAULTS_FOLDER holds the clock
and the disk's size; FAULTS_END says at which boundary the process kills itself, as `point:times`.
"""

import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

CLOCK, PAGES = "clock", "pages"
POINTS = ("before commit", "after commit", "before send", "after send")
ALL_PAGES = 1_073_741_823
"""What SQLite allows a file to have."""


def clock_of(folder: Path) -> Callable[[], datetime]:
    """The machine's clock, as many seconds ahead as the folder says at this moment."""
    with (folder / CLOCK).open("r+b") as file:
        ahead = mmap.mmap(file.fileno(), 8)

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=struct.unpack("d", ahead[:8])[0])

    return now


def set_clock(folder: Path, ahead: float) -> None:
    """Let every process's clock be so many seconds ahead of the machine's."""
    path = folder / CLOCK
    if not path.exists():
        path.write_bytes(bytes(8))
    with path.open("r+b") as file:
        file.write(struct.pack("d", ahead))


class End:
    """Kills this process the moment it has passed a boundary so often."""

    def __init__(self, order: str) -> None:
        point, _, times = order.partition(":")
        self.point, self.left = point, int(times or 0)

    def passes(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def surround_commits(end: End) -> None:
    """Every commit is a boundary, on both databases."""
    commit = DefaultDialect.do_commit

    def committing(dialect: Any, connection: Any) -> None:
        end.passes("before commit")
        commit(dialect, connection)
        end.passes("after commit")

    DefaultDialect.do_commit = committing  # type: ignore[method-assign]  for this process alone


def surround_sends(end: End) -> None:
    """Every call of a message to Telegram is one too."""
    from bot.channels.telegram import Telegram  # noqa: PLC0415  takes a second

    send = Telegram.send

    async def sending(self: Any, *given: Any, **named: Any) -> str:
        end.passes("before send")
        receipt = await send(self, *given, **named)
        end.passes("after send")
        return receipt

    Telegram.send = sending  # type: ignore[method-assign]  as above


def shrink_disk(folder: Path) -> None:
    """Let SQLite have no more pages than the folder says, from one transaction to the next."""
    path = folder / PAGES

    @event.listens_for(Engine, "begin")
    def on_begin(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            most = path.read_text() if path.exists() else ALL_PAGES
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")


def main() -> int:
    """Run the server with what `FAULTS_…` says around it."""
    folder = Path(os.environ.pop("FAULTS_FOLDER"))
    end = End(os.environ.pop("FAULTS_END", ""))
    import bot.app  # noqa: PLC0415  the clock is put in before anybody takes it
    import bot.serve  # noqa: PLC0415

    bot.app.utc_now = bot.serve.utc_now = clock_of(folder)
    surround_commits(end)
    surround_sends(end)
    shrink_disk(folder)
    from bot.__main__ import main as run  # noqa: PLC0415

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Where kept files lie, each under the hash of what it holds: a folder, or a bucket (bucket.py)."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

import structlog

from bot.settings import Settings

log = structlog.get_logger()

PURGED = "purged.txt"
"""In the folder: the hashes of what must never be kept again."""
IS_HASH = re.compile("[0-9a-f]{64}")


class Shelf(Protocol):
    """What the storeroom asks of the place; all of it waits, so it is called from threads."""

    def read(self, name: str) -> bytes:
        """What is kept. Raises OSError: FileNotFoundError, or when the place cannot be reached."""

    def write(self, name: str, content: bytes) -> None:
        """Keep it; when it comes again, it counts as new. Raises OSError."""

    def came_at(self, name: str) -> float | None:
        """Seconds since 1970 at which it came last; None when it is not there."""

    def remove(self, name: str) -> None:
        """Let it go, if it is there."""

    def is_purged(self, name: str) -> bool:
        """Whether it must never be kept again."""

    def note_purged(self, name: str) -> None:
        """Never keep it again; written down for good before this returns."""

    def as_folder(self, empty: Path) -> Path:
        """A folder with all of it, files and list: its own, or copies in an empty one."""


class Folder:
    """Files in folders of 256, named by the first two letters of their hash."""

    def __init__(self, path: Path) -> None:
        """Nothing is made until something is kept."""
        self.path = path
        self._gone: set[str] = set()
        self._read_at = (-1, -1)

    def of(self, name: str) -> Path:
        """Where a hash lies."""
        return self.path / name[:2] / name

    def read(self, name: str) -> bytes:
        """See Shelf."""
        return self.of(name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """See Shelf; what is there already only gets a new time."""
        path = self.of(name)
        try:
            os.utime(path)  # whoever would discard it sees that it came again
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, content)

    def came_at(self, name: str) -> float | None:
        """See Shelf."""
        try:
            return self.of(name).stat().st_mtime
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """See Shelf."""
        self.of(name).unlink(missing_ok=True)

    def is_purged(self, name: str) -> bool:
        """See Shelf; the list is read anew when another process, or a restore, has changed it."""
        listed = self.path / PURGED
        try:
            found = listed.stat()
        except FileNotFoundError:
            return name in self._gone
        if (found.st_mtime_ns, found.st_size) != self._read_at:
            self._read_at = (found.st_mtime_ns, found.st_size)
            new = {word for word in listed.read_text().split() if IS_HASH.fullmatch(word)}
            for gone in new - self._gone:
                self.remove(gone)
            self._gone = new
        return name in self._gone

    def note_purged(self, name: str) -> None:
        """See Shelf."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / PURGED).open("a") as listed:
            listed.write(f"{name}\n")
            listed.flush()
            os.fsync(listed.fileno())
        self._gone.add(name)

    def as_folder(self, empty: Path) -> Path:
        """See Shelf."""
        return self.path


def shelf_of(settings: Settings) -> Shelf:
    """The shelf that the settings name. Raises SettingsError without the library of buckets."""
    if settings.media_url is None:
        return Folder(settings.data_dir / "media")
    from bot.bucket import bucket_at  # noqa: PLC0415  an optional part

    return bucket_at(settings.media_url.get_secret_value())


def kept_files(media: Path) -> Iterator[Path]:
    """The kept files of a folder in the order of their names, one folder in memory at a time."""
    for folder in sorted(media.glob("[0-9a-f][0-9a-f]")):
        for file in sorted(folder.iterdir()):
            if IS_HASH.fullmatch(file.name):
                yield file


def move_in(media: Path, shelf: Shelf) -> int:
    """Bring what a folder holds to a bucket, lists first; how many files. Raises OSError.

    What was kept before there was a bucket, or was restored, moves in so at the next start.
    """
    if isinstance(shelf, Folder):
        return 0
    listed = media / PURGED
    if listed.exists():
        for name in filter(IS_HASH.fullmatch, listed.read_text().split()):
            shelf.note_purged(name)
            shelf.remove(name)
    count = 0
    for file in kept_files(media):
        if not shelf.is_purged(file.name):
            shelf.write(file.name, file.read_bytes())
        file.unlink()
        count += 1
        with suppress(OSError):  # others are still in it
            file.parent.rmdir()
    listed.unlink(missing_ok=True)
    log.info("files moved to the bucket", count=count)
    return count


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is on the disk, whole, as soon as it has its name."""
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as half:
        try:
            half.write(content)
            half.flush()
            os.fsync(half.fileno())
        except OSError:
            Path(half.name).unlink(missing_ok=True)
            raise
    Path(half.name).replace(path)

"""What a backup is: one tar with its versions first, then the contents, and a manifest last.

Files of reports bear the SHA-256 of their content as their name, so the manifest need not list
them: it holds their number, their bytes and one sum over all names, however many millions they are.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from bot.obstacles import Obstacle

FORMAT = 1
"""Raised when an older program could not read what this one writes."""
ABOUT, MANIFEST = "about.json", "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}
"""The database's name in an archive, by its kind."""
PURGED = "media/purged.txt"
FILE = re.compile(r"media/([0-9a-f]{2})/(\1[0-9a-f]{62})")
MEMBER = re.compile(r"media/purged\.txt|database\.(sqlite|pgdump)|models(/\w[\w.-]*){1,2}")
"""What else an archive may hold: nothing else is ever written to a disk."""
PIECE = 1024 * 1024
LONGEST_TEXT = 4 * 1024 * 1024
"""Bytes of the versions and of the manifest."""


class Damaged(Obstacle):
    """An archive that is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class About:
    """From what a backup was made; told before anything of it is read."""

    format: int
    program: str
    schema: str
    database: str
    """sqlite or postgresql."""
    made_at: str
    """UTC, in ISO form."""


@dataclass(slots=True)
class Manifest:
    """What a backup holds."""

    about: About
    counts: dict[str, int] = field(default_factory=dict)
    """Rows by table."""
    sums: dict[str, str] = field(default_factory=dict)
    """SHA-256 by name, of everything but the files of reports."""
    files: int = 0
    bytes: int = 0
    names: str = ""
    """SHA-256 over the names of the files, each with a line's end, in their order."""
    missing: int = 0
    """Files that the database knows and that were not there already."""


class Writer:
    """Writes an archive, piece by piece, and counts what it holds."""

    def __init__(self, out: IO[bytes], about: About) -> None:
        """`out` is open for writing, and belongs to the caller."""
        self.manifest = Manifest(about)
        self._tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  closed by `end`
        self._names = hashlib.sha256()
        self._text(ABOUT, asdict(about))

    def add(self, name: str, path: Path, told: Callable[[int], object]) -> bool:
        """Add a file under a name; False when it has gone. `told` gets the bytes of each piece."""
        try:
            content = path.open("rb")
        except FileNotFoundError:
            return False
        with content:
            info = tarfile.TarInfo(name)
            info.size = os.fstat(content.fileno()).st_size
            read = Summed(content, told)
            self._tar.addfile(info, read)
        self._tar.members.clear()  # type: ignore[attr-defined]  # else it keeps them all in memory
        self._note(name, info.size, read.sum.hexdigest())
        return True

    def _note(self, name: str, size: int, found: str) -> None:
        is_file = FILE.fullmatch(name)
        if not is_file:
            self.manifest.sums[name] = found
            return
        if is_file[2] != found:
            raise Damaged(f"{name} is not what it was: take it from an older backup, or delete it.")
        self.manifest.files += 1
        self.manifest.bytes += size
        self._names.update(f"{name}\n".encode())

    def end(self) -> None:
        """Write the manifest; without it an archive is half of one."""
        self.manifest.names = self._names.hexdigest()
        self._text(MANIFEST, asdict(self.manifest))
        self._tar.close()

    def _text(self, name: str, value: dict[str, Any]) -> None:
        content = json.dumps(value, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(name)
        info.size = len(content)
        self._tar.addfile(info, io.BytesIO(content))


class Summed:
    """Reads a file, and sums what it reads."""

    def __init__(self, content: IO[bytes], told: Callable[[int], object]) -> None:
        """`told` gets the bytes of each piece."""
        self.sum = hashlib.sha256()
        self._content, self._told = content, told

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        piece = self._content.read(size)
        self.sum.update(piece)
        self._told(len(piece))
        return piece


class Reader:
    """Reads an archive from its begin to its end, and checks all of it."""

    def __init__(self, content: IO[bytes]) -> None:
        """Read from what it was made. Raises Damaged."""
        try:
            self._tar = tarfile.open(fileobj=content, mode="r|")  # noqa: SIM115  the caller's file
            first = self._tar.next()
        except tarfile.TarError:
            raise Damaged("This is no backup of Tháo Gỡ: name a file that it wrote.") from None
        if first is None or first.name != ABOUT:
            raise Damaged("This is no backup of Tháo Gỡ: name a file that it wrote.")
        self.about = _about(self._json(first))
        self._manifest: Manifest | None = None
        self._found = Manifest(self.about)
        self._names = hashlib.sha256()

    def extract(self, into: Path, told: Callable[[int], object]) -> None:
        """Write everything below a folder. Raises Damaged for whatever no backup holds."""
        try:
            while (member := self._tar.next()) is not None:
                self._one(member, into, told)
                self._tar.members.clear()  # type: ignore[attr-defined]  # else all stay in memory
        except (tarfile.TarError, EOFError, FileExistsError, ValueError):
            raise Damaged("The backup is damaged: take another one.") from None

    def _one(self, member: tarfile.TarInfo, into: Path, told: Callable[[int], object]) -> None:
        is_known = FILE.fullmatch(member.name) or MEMBER.fullmatch(member.name)
        if member.name == MANIFEST:
            self._manifest = _manifest(self._json(member))
        elif member.isreg() and is_known and self._manifest is None:
            self._write(member, into / member.name, told)
        else:
            raise Damaged(f"The backup holds {member.name[:80]!r}, which none does: refused.")

    def _write(self, member: tarfile.TarInfo, path: Path, told: Callable[[int], object]) -> None:
        content = self._tar.extractfile(member)
        assert content is not None  # a regular member has one
        read = Summed(content, told)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            while piece := read.read(PIECE):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        self._note(member, read.sum.hexdigest())

    def _note(self, member: tarfile.TarInfo, found: str) -> None:
        is_file = FILE.fullmatch(member.name)
        if not is_file:
            self._found.sums[member.name] = found
            return
        if is_file[2] != found:
            raise Damaged(f"{member.name} in the backup is damaged: take another backup.")
        self._found.files += 1
        self._found.bytes += member.size
        self._names.update(f"{member.name}\n".encode())

    def checked(self) -> Manifest:
        """The manifest, when all that was extracted is what it says. Raises Damaged."""
        told, found = self._manifest, self._found
        if told is None:
            raise Damaged("The backup has no end: it was broken off. Take another one.")
        if told.about != self.about or told.sums != found.sums:
            raise Damaged("What the backup holds is not what its manifest says: take another one.")
        if (told.files, told.bytes) != (found.files, found.bytes):
            raise Damaged("Files are missing in the backup: take another one.")
        if told.names != self._names.hexdigest():
            raise Damaged("Other files are in the backup than its manifest says: take another one.")
        return told

    def _json(self, member: tarfile.TarInfo) -> dict[str, Any]:
        content = self._tar.extractfile(member) if member.size <= LONGEST_TEXT else None
        try:
            found = json.loads(content.read()) if content else None
        except (ValueError, tarfile.TarError):
            found = None
        if not isinstance(found, dict):
            raise Damaged(f"{member.name} in the backup cannot be read: take another one.")
        return found


def _about(found: dict[str, Any]) -> About:
    if found.get("format") != FORMAT:
        raise Damaged("Another Tháo Gỡ wrote this backup: restore it with that release.")
    try:
        about = About(**found)
    except TypeError:
        raise Damaged("about.json in the backup cannot be read: take another one.") from None
    if about.database not in DATABASES:
        raise Damaged("about.json in the backup cannot be read: take another one.")
    return about


def _manifest(found: dict[str, Any]) -> Manifest:
    try:
        about = About(**found.pop("about"))
        return Manifest(about, **found)
    except (TypeError, KeyError):
        raise Damaged("manifest.json in the backup cannot be read: take another one.") from None

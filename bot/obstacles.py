"""What stands in the way of the program, each thing said in one sentence with what to do."""

import errno
import os
import socket
import sqlite3
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

LEAST_SQLITE = (3, 35, 0)
LEAST_POSTGRESQL = 15
CONNECT_WITHIN = 10
"""Seconds after which a silent PostgreSQL is one that does not answer."""


class Obstacle(Exception):
    """Something outside the program keeps it from working; the message says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port that pages are served on."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Obstacle(_of_port(error.errno, host, port)) from None


def _of_port(code: int | None, host: str, port: int) -> str:
    if code == errno.EADDRINUSE:
        return f"Port {port} is in use: stop what uses it, or set another THAOGO_HTTP_PORT."
    if code == errno.EACCES:
        return f"Port {port} is not allowed here: set THAOGO_HTTP_PORT to 1024 or more."
    return f"This machine has no address {host}: correct THAOGO_HTTP_HOST."


def of_folder(folder: Path) -> str:
    """Why files cannot be kept in a folder, which is made when it is missing; '' if they can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"{folder.absolute()} cannot be made ({error.strerror}): correct THAOGO_DATA_DIR."
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder.absolute()} cannot be written: let this account own it (chown)."
    return ""


async def of_database(address: str) -> str:
    """Why a database cannot be used; '' if it can."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _of_sqlite(url)
    return await _of_postgresql(url)


def _of_sqlite(url: URL) -> str:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        return f"SQLite {sqlite3.sqlite_version} is too old: use a Python with 3.35 or newer."
    path = Path(url.database or "").absolute()
    if problem := of_folder(path.parent):
        return problem
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return f"{path} cannot be written: let this account own it (chown)."
    try:
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA schema_version")
        finally:
            connection.close()
    except sqlite3.Error as error:
        return f"{path} cannot be opened ({error}): correct THAOGO_DATABASE_URL or restore it."
    return ""


async def _of_postgresql(url: URL) -> str:
    engine = create_async_engine(url, poolclass=NullPool, connect_args={"timeout": CONNECT_WITHIN})
    try:
        async with engine.connect() as connection:
            found = await connection.scalar(text("SHOW server_version_num"))
    except OSError:
        at = f"{url.host or 'localhost'}:{url.port or 5432}"
        return f"PostgreSQL at {at} does not answer: start it, or correct THAOGO_DATABASE_URL."
    except Exception as error:  # noqa: BLE001  asyncpg's refusals have no root in common with SQLAlchemy's
        return f"PostgreSQL refuses: {_first_line(error)}; correct THAOGO_DATABASE_URL."
    finally:
        await engine.dispose()
    version = int(str(found)) // 10000
    if version < LEAST_POSTGRESQL:
        return f"PostgreSQL {version} is too old: {LEAST_POSTGRESQL} or newer is needed."
    return ""


def sentence(error: Exception) -> str:
    """What an error means to the person who started a command; '' when it is our own mistake."""
    if isinstance(error, SQLAlchemyError):
        return f"The database refuses: {_first_line(error)}."
    if isinstance(error, OSError):
        return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
    if type(error).__module__.startswith("alembic."):
        return "A newer Tháo Gỡ has made this database: start that one, or restore a backup."
    return ""


def _first_line(error: Exception) -> str:
    """The database's own words without the statement, whose values may be anybody's."""
    inner = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = str(inner).splitlines() or [type(inner).__name__]
    return said[0].removeprefix("<class 'asyncpg.exceptions.").rstrip(".")

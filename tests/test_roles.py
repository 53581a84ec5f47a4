"""What a process does of all that the program does, and what its health says of it."""

from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.app import utc_now
from bot.roles import ALL, NotApart, Role, chosen
from bot.settings import Settings
from bot.working import Working
from storage.engine import Database
from storage.passing import is_away, is_passing
from storage.peers import Alone, Peers
from tests.site import Site, site_for
from tests.world import World
from web.health import create_bare_app
from web.hub import Hub


@pytest.fixture
def on_sqlite(make_database: Callable[[str], str]) -> Database:
    return Database(make_database("sqlite"))


def test_without_a_role_a_process_does_everything(on_sqlite: Database) -> None:
    assert chosen([], on_sqlite) == ALL == chosen([*ALL], on_sqlite)


def test_on_sqlite_nothing_runs_apart(on_sqlite: Database) -> None:
    with pytest.raises(NotApart, match="SQLite is for one process alone"):
        chosen(["web"], on_sqlite)


def test_on_postgresql_each_does_its_part() -> None:
    database = Database("postgresql+asyncpg://thaogo@nowhere/thaogo")
    assert chosen(["web", "poll"], database) == {Role.WEB, Role.POLL}


def test_the_command_refuses_in_one_sentence(run) -> None:
    status, _, said = run("run", "--role", "web", "--role", "clock")
    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith("thaogo: SQLite is for one process alone: leave --role away")


async def test_health_names_the_turns_and_what_stands_still(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    peers = Peers(world.database.url)
    peers.at_work |= {"deliver": False, "poll telegram": True}
    work = Working(world.program, peers, frozenset(ALL), Settings(), utc_now)
    assert work.standing() == {
        "clock": "at work",
        "web": "at work",
        "deliver": "standing by",
        "poll telegram": "at work",
    }
    assert work.troubles() == ["turns: out of touch with the database"]
    peers.is_connected = True
    monkeypatch.setattr(work, "_began", work._began - 60)
    assert work.troubles() == ["clock: no look for 60 s"]
    await world.program.tick()
    assert work.troubles() == []
    alone = Working(world.program, Alone(), frozenset(ALL), Settings(), utc_now)
    assert alone.standing() == {}


async def test_a_process_without_pages_still_says_how_it_is(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    roles = {"deliver": "standing by"}
    troubles = ["deliver: no look for 40 s"]
    url = make_database("sqlite")
    async with site_for(url, tmp_path, roles=lambda: roles, troubles=lambda: troubles) as site:
        bare = Site(site.doors, create_bare_app(site.doors), site.channel)
        async with bare.browser() as browser:
            assert (await browser.get("/healthz")).text == "ok"
            assert (await browser.get("/readyz")).json() == {
                "ready": False,
                "reasons": troubles,
                "roles": roles,
            }
            assert (await browser.get("/chat")).status_code == 404


def wrapped(cause: Exception) -> DBAPIError:
    inner = RuntimeError(str(cause))
    inner.__cause__ = cause
    return DBAPIError("SELECT 1", {}, inner)


@pytest.mark.parametrize(
    ("error", "away", "passing"),
    [
        (ConnectionRefusedError(), True, True),
        (asyncpg.CannotConnectNowError("the database system is starting up"), True, True),
        (wrapped(asyncpg.AdminShutdownError("terminating connection")), True, True),
        (wrapped(asyncpg.DiskFullError("No space left on device")), True, True),
        (OperationalError("INSERT", {}, Exception("database or disk is full")), True, True),
        (OperationalError("SELECT", {}, Exception("no such column: x")), False, False),
        (wrapped(asyncpg.DeadlockDetectedError("deadlock detected")), False, True),
        (wrapped(asyncpg.InvalidCachedStatementError("cached plan")), False, True),
        (IntegrityError("INSERT", {}, Exception("unique")), False, True),
        (wrapped(asyncpg.DataError("value out of int64 range")), False, False),
        (wrapped(asyncpg.UndefinedColumnError("no such column")), False, False),
        (ValueError("our own mistake"), False, False),
    ],
)
def test_what_passes_by_itself(error: Exception, away: bool, passing: bool) -> None:
    assert (is_away(error), is_passing(error)) == (away, passing)


class Heard(Alone):
    """A process among others, whose words are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def tell(self, word: str) -> None:
        self.told.append(word)


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_what_one_process_writes_another_shows_and_sends(world: World) -> None:
    peers, hub = Heard(), Hub()
    work = Working(world.program, peers, frozenset({Role.WEB}), Settings(), utc_now)
    work.connect(hub)
    async with hub.watch(7) as news:
        hub.wake(7)
        world.program.wake()
        assert (peers.told, news.is_set()) == (["chat 7", "outbox"], True)
        news.clear()
        world.program.deliverer._woken.clear()
        peers.hear("chat 7")
        peers.hear("outbox")
        peers.hear("a word of the next release")
        assert (news.is_set(), world.program.deliverer._woken.is_set()) == (True, True)
    assert peers.told == ["chat 7", "outbox"]  # what is heard is not told on
    work._sends = True
    world.program.wake()
    assert peers.told == ["chat 7", "outbox"]  # whoever sends needs nobody told
    await work.end()

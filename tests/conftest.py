"""What every test stands on: a clean environment, its own database, a story's channel."""

import gc
import logging
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog

from bot import settings
from bot.logs import OWN
from storage.engine import Database
from tests.databases import POSTGRESQL, SQLITE, Databases
from tests.engines import Lent
from tests.pairs import pairs
from tests.postgresql import UnavailableError
from tests.witnesses import pytest_runtest_logreport, pytest_sessionfinish  # noqa: F401  hooks

PROVE = os.environ.get("THAOGO_PROVE") == "1"
BROWSER_REQUIRED = os.environ.get("THAOGO_REQUIRE_BROWSER") == "1"
SERVER_URL = os.environ.get("THAOGO_TEST_DATABASE_URL")
IN_CI = os.environ.get("CI") == "true"

Run = Callable[..., tuple[int, str, str]]
"""Runs a command: its status, output and complaints."""
NOT_RUN = "NOT RUN: "
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)

hypothesis.settings.register_profile("default", deadline=None, max_examples=30)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("long" if PROVE else "default")


def pytest_configure() -> None:
    """Let a stopped run still stop its PostgreSQL: fixtures end on an interrupt, not on SIGTERM."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `dev.py prove` what is marked so, and a story's further variants on its second pair.

    A story told with several words is told with the first of them on both of its pairs, with each
    of the others on one.
    """
    if PROVE:
        return
    long = [item for item in items if item.get_closest_marker("prove") or _is_retold(item)]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


def _is_retold(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    if call is None or "world" not in call.indices:
        return False
    variant = sum(index for name, index in call.indices.items() if name != "world")
    whole = ("tests/test_console", "tests/test_api", "tests/test_hearing_contract")
    is_whole = item.nodeid.startswith(whole)
    return variant > 0 and call.indices["world"] != variant % 2 and not is_whole


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell a story on its pairs of channel and database; try a storage test on both databases."""
    chosen = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if "world" in metafunc.fixturenames and "world" not in chosen:
        needs = {need for mark in metafunc.definition.iter_markers("needs") for need in mark.args}
        is_page = metafunc.module.__name__.startswith(("tests.test_console", "tests.test_api"))
        told_on = pairs(metafunc.definition.nodeid, every=PROVE, needs=needs, is_page=is_page)
        metafunc.parametrize("world", told_on, ids="+".join, indirect=True)
    if "database_url" in metafunc.fixturenames and "database_url" not in chosen:
        metafunc.parametrize("database_url", [SQLITE, POSTGRESQL], indirect=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the tests that a missing program kept from running, so that green does not hide them."""
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if NOT_RUN in reason:
            terminalreporter.write_line(f"{NOT_RUN}{report.nodeid}: {reason.split(NOT_RUN)[1]}")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the person who runs the tests out of them, their `.env` as well."""
    monkeypatch.setattr(settings, "HOME", Path(os.devnull))
    monkeypatch.setitem(settings.Settings.model_config, "env_file", None)
    for name in [name for name in os.environ if name.startswith("THAOGO_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Undo what a test that starts the program's log has set, or the next one hears nothing."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in OWN}
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, own in levels.items():
        logging.getLogger(name).setLevel(own)


@pytest.fixture(scope="session", autouse=True)
def _lent_engines() -> None:
    """Let tests of this process use each other's engines, one after another."""
    Database.engines = Lent()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The migrated templates, and the PostgreSQL server once it is asked for."""
    opened = Databases(SERVER_URL)
    yield opened
    opened.close()


@pytest.fixture
def make_database(databases: Databases) -> Iterator[Callable[[str], str]]:
    """Give the URL of a new, migrated, empty database: `make_database("sqlite")`."""
    yield from _giving(databases.make, databases.drop)


@pytest.fixture
def lend_database(databases: Databases) -> Iterator[Callable[[str], str]]:
    """Give the URL of an empty database that one test after another uses."""
    yield from _giving(databases.lend, databases.take_back)


def _giving(
    give: Callable[[str], str], take: Callable[[str], None]
) -> Iterator[Callable[[str], str]]:
    given: list[str] = []

    def database(kind: str) -> str:
        try:
            given.append(give(kind))
        except UnavailableError as problem:
            (pytest.fail if IN_CI else pytest.skip)(f"{NOT_RUN}{problem}")
        return given[-1]

    yield database
    for url in given:
        take(url)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, make_database: Callable[[str], str]) -> str:
    """The URL of a migrated, empty database; the test runs on each kind."""
    return make_database(request.param)


@cache
def _freeze_once() -> None:
    """As bot.serve does: else the collector walks aiogram, 0.3 s each time.

    Whether it was done is not asked of the collector, which counts for 40 ms.
    """
    gc.freeze()


@pytest.fixture
async def world(
    request: pytest.FixtureRequest, lend_database: Callable[[str], str]
) -> AsyncIterator[Any]:
    """The people, the clock and the channel of a story, on one pair of channel and database."""
    from tests.audit import check_nothing_falls_short  # noqa: PLC0415  most run without aiogram
    from tests.replay import check_histories  # noqa: PLC0415  as above
    from tests.world import world_for  # noqa: PLC0415  as above

    _freeze_once()
    channel, database = request.param
    async with world_for(channel=channel, database_url=lend_database(database)) as opened:
        yield opened
        await check_histories(opened.database)
        await check_nothing_falls_short(opened)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is named at the end, or fails."""
    wanted = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    found = next((path for name in wanted if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if BROWSER_REQUIRED else pytest.skip)(
            f"{NOT_RUN}no Chromium here; install it (apt-get install chromium) or set CHROMIUM"
        )
    return str(Path(found))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with a data folder of its own; its status, output and complaints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THAOGO_DATA_DIR", str(tmp_path / "var"))

    from bot.__main__ import main  # noqa: PLC0415  few tests ask for it

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run

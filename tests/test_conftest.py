"""What every test is promised: no settings of a person, no network, no silent skip."""

import os
import socket
from types import SimpleNamespace

import pytest
from hypothesis import settings
from pytest_socket import SocketConnectBlockedError

from tests import conftest
from tests.pairs import PAIRS


@pytest.fixture(scope="module", autouse=True)
def _a_persons_setting():
    os.environ["THAOGO_TELEGRAM_TOKEN"] = "a person's own"
    yield
    del os.environ["THAOGO_TELEGRAM_TOKEN"]


def test_settings_of_the_person_who_runs_the_tests_are_unknown_to_them():
    assert [name for name in os.environ if name.startswith("THAOGO_")] == []


def test_nobody_outside_can_be_reached():
    with pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_hypothesis_has_no_deadline():
    assert settings().deadline is None


def report(reason):
    return SimpleNamespace(nodeid="tests/test_pages.py::test_x", longrepr=("file", 1, reason))


def test_what_a_missing_program_kept_from_running_is_named():
    lines = []
    skipped = [report("Skipped: NOT RUN: no Chromium here"), report("Skipped: not on Windows")]
    reporter = SimpleNamespace(stats={"skipped": skipped}, write_line=lines.append)
    conftest.pytest_terminal_summary(reporter)
    assert lines == ["NOT RUN: tests/test_pages.py::test_x: no Chromium here"]


def test_a_browser_that_must_be_there_is_a_failure_when_it_is_not(monkeypatch):
    monkeypatch.setattr(conftest.shutil, "which", lambda name: None)
    find = conftest.chromium.__wrapped__
    monkeypatch.setattr(conftest, "BROWSER_REQUIRED", False)
    with pytest.raises(pytest.skip.Exception, match="NOT RUN: no Chromium"):
        find()
    monkeypatch.setattr(conftest, "BROWSER_REQUIRED", True)
    with pytest.raises(pytest.fail.Exception, match="NOT RUN: no Chromium"):
        find()


def generated(*fixtures, marks=(), module="tests.test_reporting"):
    """The parameters that a test with these fixtures gets, by fixture."""
    made = {}
    conftest.pytest_generate_tests(
        SimpleNamespace(
            fixturenames=fixtures,
            module=SimpleNamespace(__name__=module),
            definition=SimpleNamespace(
                nodeid="tests/test_reporting.py::test_x",
                iter_markers=lambda name: [mark.mark for mark in marks],
            ),
            parametrize=lambda name, values, **_: made.update({name: list(values)}),
        )
    )
    return made


def test_a_story_is_told_on_two_pairs_and_when_proving_on_all(monkeypatch):
    monkeypatch.setattr(conftest, "PROVE", False)
    assert len(generated("world")["world"]) == 2
    assert len(generated("world", module="tests.test_console_queue")["world"]) == 1
    monkeypatch.setattr(conftest, "PROVE", True)
    assert generated("world") == {"world": list(PAIRS)}


def test_a_story_may_choose_its_own_pair():
    chosen = pytest.mark.parametrize("world", [("telegram", "sqlite")], indirect=True)
    assert generated("world", marks=[chosen]) == {}


def test_the_long_ones_are_left_to_prove(monkeypatch):
    monkeypatch.setattr(conftest, "PROVE", False)
    long = SimpleNamespace(get_closest_marker=lambda name: name == "prove")
    short = SimpleNamespace(get_closest_marker=lambda name: None)
    left_out = []
    hook = SimpleNamespace(pytest_deselected=lambda *, items: left_out.extend(items))
    items = [short, long]
    conftest.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    assert (items, left_out) == ([short], [long])

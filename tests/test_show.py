"""The trial in which time runs fast: a province lives around the visitor."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.life.show import FastClock, next_morning
from tests.conftest import Run
from tests.test_server import ROOT, free_port


def test_time_runs_so_many_times_as_fast() -> None:
    clock = FastClock(600, began=0.0)
    first, second = clock(), clock()
    assert second >= first > clock.started


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-26T18:00", "2026-11-30T00:30"),  # Friday 01:00 in Vinh: on to Monday
        ("2026-11-23T02:00", "2026-11-24T00:30"),
        ("2026-11-28T12:00", "2026-11-30T00:30"),
    ],
)
def test_the_show_begins_on_a_working_morning(now: str, morning: str) -> None:
    given = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_morning(given) == datetime.fromisoformat(morning).replace(tzinfo=UTC)


def test_no_speed_beyond_what_the_clock_can_follow(run: Run) -> None:
    assert run("trial", "--speed", "100000")[0] == 2


@pytest.mark.prove
def test_within_seconds_there_are_tickets_reminders_and_answers(tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "THAOGO_DATA_DIR": str(tmp_path),
        "THAOGO_HTTP_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bot", "trial", "--speed", "3600"]
    process = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not has_lived(tmp_path / "trial-fast" / "thaogo.db"):
            assert time.monotonic() < until
            time.sleep(0.3)
        with httpx.Client(trust_env=False) as client:
            assert "3600:1" in client.get(f"http://127.0.0.1:{port}/").text
    finally:
        process.terminate()
        process.wait(20)


def has_lived(file: Path) -> bool:
    """Whether something was reported, taken and reminded of by now."""
    if not file.exists():
        return False
    with contextlib.closing(sqlite3.connect(f"file:{file.as_posix()}?mode=ro", uri=True)) as base:
        try:
            kinds = {kind for (kind,) in base.execute("SELECT kind FROM ticket_events")}
        except sqlite3.OperationalError:
            return False  # its tables are being made
    return {"opened", "acknowledged", "reminded"} <= kinds

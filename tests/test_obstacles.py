"""What a stranger's machine may lack: each stops a command with one sentence, no traceback."""

import asyncio
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import obstacles, settings
from bot.__main__ import main

Run = Callable[..., tuple[int, str]]
INVITE = ("invite", "--unit", "chieu_luu", "--role", "reporter")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command under some settings; its status and complaint, or what the doctor found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(settings.Settings.model_config, "env_file", ".env")
    monkeypatch.setenv("THAOGO_DATA_DIR", str(tmp_path / "var"))

    def run(*words: str, **given: str) -> tuple[int, str]:
        for name, value in given.items():
            monkeypatch.setenv(f"THAOGO_{name.upper()}", value)
        status = main(words)
        said = capsys.readouterr()
        return status, said.out if words == ("doctor",) else said.err

    return run


def one_sentence(complaint: str) -> bool:
    return complaint.startswith("thaogo: ") and complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("http_port", "eighty", "THAOGO_HTTP_PORT: must be a whole number"),
        ("http_port", "99999", "THAOGO_HTTP_PORT: must be at most 65535"),
        ("public_url", "thaogo.example", "must begin with https://"),
        ("public_url", "https://", "must be a whole address"),
        ("public_url", "https://a b/", "must be a whole address"),
        ("public_url", "https://thaogo.example/?x", "must be an address alone"),
        ("telegram_api_url", "api.telegram.org", "must begin with https:// or http://"),
        ("telegram_token", "my token", "as @BotFather gave it"),
        ("telegram_webhook_secret", "với dấu", "1 to 256 letters"),
        ("database_url", "sqlite:///", "must name a database"),
        ("database_url", "postgresql+asyncpg://a:b@host", "must name a database"),
        ("database_url", "postgresql+asyncpg://a:b@host:five/x", "must name a database"),
        ("province", "no/such/folder", "there is no folder"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_must_be(
    run: Run, name: str, value: str, sentence: str
) -> None:
    status, complaint = run(*INVITE, **{name: value})
    assert (status, one_sentence(complaint)) == (2, True)
    assert sentence in complaint
    assert "token" not in value or value not in complaint


def test_a_secret_for_telegram_needs_a_token(run: Run) -> None:
    _, complaint = run(*INVITE, telegram_webhook_secret="abc", public_url="https://a.example")
    assert "needs THAOGO_TELEGRAM_TOKEN" in complaint


def test_an_unknown_name_in_the_file_stops_the_start(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("THAOGO_LOG_LEVEL=DEBUG\nTHAOGO_HTTP_PROT=1\nOTHERS=1\n")
    assert run(*INVITE) == (
        2,
        "thaogo: Unknown setting THAOGO_HTTP_PROT: see .env.example for those there are.\n",
    )


def test_a_file_in_another_encoding_is_said_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# Tháo Gỡ\nTHAOGO_HTTP_PORT=1\n".encode("utf-16"))
    status, complaint = run(*INVITE)
    assert (status, ".env is not UTF-8" in complaint) == (2, True)


def test_settings_left_in_the_project_are_not_missed_from_elsewhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / ".env").write_text("THAOGO_DATA_DIR=kept\n")
    monkeypatch.setattr(settings, "HOME", project)
    monkeypatch.delenv("THAOGO_DATA_DIR")
    status, complaint = run(*INVITE)
    assert (status, f"cd {project}" in complaint) == (2, True)
    assert not (tmp_path / "var").exists()


def test_a_data_folder_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, complaint = run(*INVITE, data_dir=str(tmp_path / "file" / "var"))
    assert (status, one_sentence(complaint)) == (1, True)
    assert "correct THAOGO_DATA_DIR" in complaint
    status, found = run("doctor")
    assert status == 1
    assert "✗ disk" in found
    assert "✗ database" in found


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("anything but a database " * 100)
    status, complaint = run(*INVITE, database_url=f"sqlite:///{tmp_path / 'notes.db'}")
    assert (status, one_sentence(complaint)) == (1, True)
    assert "file is not a database" in complaint


def test_an_old_sqlite(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obstacles.sqlite3, "sqlite_version_info", (3, 34, 1))
    status, complaint = run(*INVITE)
    assert (status, "3.35 or newer" in complaint) == (1, True)


@pytest.mark.parametrize("command", [("run",), INVITE, ("link", "1")])
def test_a_postgresql_that_does_not_answer(run: Run, command: tuple[str, ...]) -> None:
    url = f"postgresql+asyncpg://thaogo:password@127.0.0.1:{closed_port()}/thaogo"
    status, complaint = run(*command, database_url=url)
    assert (status, one_sentence(complaint)) == (1, True)
    assert "does not answer: start it, or correct THAOGO_DATABASE_URL" in complaint
    assert "password" not in complaint


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_postgresql_that_is_too_old_or_lacks_the_database(
    make_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_database("postgresql")
    assert asyncio.run(obstacles.of_database(url)) == ""
    other = make_url(url).set(database="nowhere").render_as_string(hide_password=False)
    assert 'database "nowhere" does not exist' in asyncio.run(obstacles.of_database(other))
    monkeypatch.setattr(obstacles, "LEAST_POSTGRESQL", 99)
    assert "too old: 99 or newer" in asyncio.run(obstacles.of_database(url))


def test_a_database_of_a_newer_version(run: Run, tmp_path: Path) -> None:
    run(*INVITE)
    with sqlite3.connect(tmp_path / "var" / "thaogo.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute("UPDATE channel_marks SET value = '9998'")  # see storage/rolling.py
    database.close()
    status, complaint = run(*INVITE)
    assert (status, one_sentence(complaint)) == (1, True)
    assert "newer Tháo Gỡ" in complaint
    assert "newer Tháo Gỡ" in run("doctor")[1]


def test_a_port_in_use_and_an_address_that_is_not_ours(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, complaint = run("run", http_port=str(port))
    assert (status, one_sentence(complaint)) == (1, True)
    assert f"Port {port} is in use" in complaint
    status, complaint = run("run", http_host="203.0.113.7", http_port="0")
    assert (status, "no address 203.0.113.7" in complaint) == (1, True)


def test_a_broken_pack_stops_what_needs_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    status, complaint = run("classify", "cầu hỏng", province=str(tmp_path / "pack"))
    assert status == 1
    assert "agencies.yaml:1: thiếu tệp này" in complaint

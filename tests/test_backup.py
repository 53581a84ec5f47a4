"""A drill: back a province up while it works, go on, and restore it in another place."""

import asyncio
import io
import json
import os
import random
import sqlite3
import tarfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url, select
from sqlmodel import SQLModel

from bot import dumping
from bot.backing import back_up
from bot.doctor_keeping import backups
from bot.obstacles import Obstacle
from bot.restoring import restore
from bot.settings import Settings, read_settings
from storage.engine import Database, Engines
from storage.rounds import Round
from tests import postgresql
from tests.conftest import Run
from tests.replay import check_histories
from tests.world import START, World

BRIDGE = "Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được"
SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"


def settings_of(world: World, folder: Path) -> Settings:
    """The settings of a server on a world's database, its files where the world keeps them."""
    folder.mkdir()
    (folder / "media").symlink_to(world.program.storeroom.folder)
    url = world.database.url.render_as_string(hide_password=False)
    return read_settings(data_dir=folder, database_url=url)


@asynccontextmanager
async def empty_place(world: World, folder: Path) -> AsyncIterator[Settings]:
    """An empty data folder, and an empty database of the world's kind."""
    if world.database.is_sqlite:
        yield read_settings(data_dir=folder)
        return
    url = world.database.url
    server = url.set(drivername="postgresql", database="postgres").render_as_string(False)
    connection = await asyncpg.connect(server)
    await connection.execute("CREATE DATABASE restored")
    try:
        other = url.set(database="restored").render_as_string(hide_password=False)
        yield read_settings(data_dir=folder, database_url=other)
    finally:
        await connection.execute("DROP DATABASE restored WITH (FORCE)")
        await connection.close()


async def everything(database: Database) -> dict[str, list[Any]]:
    """Each row of each table."""
    async with database.reading() as session:
        return {
            name: sorted(map(repr, map(tuple, await session.execute(select(table)))))
            for name, table in SQLModel.metadata.tables.items()
        }


@pytest.mark.parametrize(
    "world",
    [("web", "sqlite"), pytest.param(("web", "postgresql"), marks=pytest.mark.prove)],
    ids="+".join,
    indirect=True,
)
async def test_a_drill(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("PATH", str(postgresql._installed_binaries()), prepend=os.pathsep)
    official = await world.joins("chieu_luu")
    await official.sends_photos(2, BRIDGE)
    monkeypatch.setattr(Database, "engines", Engines())  # a command has a loop of its own
    here, room = settings_of(world, tmp_path / "here"), world.program.storeroom
    before = await everything(world.database)
    backup = tmp_path / "sao-luu.tar"
    assert await asyncio.to_thread(back_up, here, backup, as_json=False) == 0
    assert backup.stat().st_mode & 0o077 == 0
    said = capsys.readouterr()
    assert "2 tệp" in said.out
    assert "Tệp: 100 %" in said.err
    await official.says(SOFTWARE)
    hashes = sorted(file.name for file in room.folder.glob("??/*"))
    room.forget(hashes[0])
    assert len(await world.tickets()) == 2

    async with empty_place(world, tmp_path / "there") as there:
        lists = [room.folder / "purged.txt"]
        args = (there, backup, lists)
        assert await asyncio.to_thread(restore, *args, as_json=True) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert told["rows"] == sum(map(len, before.values())) + 1  # and the schema's own revision
        assert (told["files"], told["purged_again"]) == (2, 1)
        files = sorted(file.name for file in (there.data_dir / "media").glob("??/*"))
        assert files == hashes[1:]
        assert (there.data_dir / "media" / "purged.txt").read_text().split() == hashes[:1]
        restored = Database(there.database)
        try:
            assert await everything(restored) == before  # what noted the backup came after it
            await check_histories(restored)
        finally:
            await restored.close()
        with pytest.raises(Obstacle, match="not empty"):
            await asyncio.to_thread(restore, *args, as_json=True)


@pytest.fixture
def backup(run: Run, tmp_path: Path) -> Path:
    """A backup of a small installation with a photo."""
    assert run("invite", "--unit", "chieu_luu", "--role", "reporter")[0] == 0
    keep_file(tmp_path / "var", b"a photo")
    path = tmp_path / "b.tar"
    assert run("backup", str(path))[0] == 0
    return path


def keep_file(folder: Path, content: bytes) -> None:
    from bot.serve import VIETNAM  # noqa: PLC0415  few tests ask for it
    from bot.storeroom import Storeroom  # noqa: PLC0415  as above

    Storeroom(folder / "media", VIETNAM).keep(content, "document")


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> Path:
    monkeypatch.setenv("THAOGO_DATA_DIR", str(tmp_path / name))
    return tmp_path / name


def test_a_damaged_backup_leaves_nothing_behind(
    run: Run, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = elsewhere(monkeypatch, tmp_path, "there")
    whole, chance = backup.read_bytes(), random.Random(7)
    with tarfile.open(backup) as tar:
        members = {member.name: member for member in tar}
    places = [member.offset_data + member.size // 2 for member in members.values()]
    spoilt = [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in places]
    spoilt += [whole[: chance.randrange(len(whole) - 10240)] for _ in range(4)]
    spoilt += [b"", b"no tar at all" * 99, renamed(backup, "media/../../x"), renamed(backup, "x")]
    for content in spoilt:
        (tmp_path / "bad.tar").write_bytes(content)
        status, _, complaint = run("restore", str(tmp_path / "bad.tar"))
        assert status == 1, complaint
        assert complaint.strip().splitlines()[-1].startswith("thaogo: ")
        assert not any(path.is_file() for path in there.rglob("*"))
    assert run("restore", str(backup))[0] == 0
    assert (there / "thaogo.db").is_file()


def renamed(backup: Path, name: str) -> bytes:
    """The same backup with another name for its file."""
    out = io.BytesIO()
    with tarfile.open(backup) as tar, tarfile.open(fileobj=out, mode="w") as new:
        for member in tar:
            content = tar.extractfile(member)
            if member.name.startswith("media/"):
                member.name, member.pax_headers = name, {}
            new.addfile(member, content)
    return out.getvalue()


def test_a_backup_overwrites_nothing_and_goes_into_an_empty_place_alone(
    run: Run, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, complaint = run("backup", str(backup))
    assert (status, "is there already" in complaint) == (1, True)
    (tmp_path / "kept").mkdir()
    status, out, err = run("backup", str(tmp_path / "kept"), "--json")
    assert (status, err, json.loads(out)["files"]) == (0, "", 1)
    assert [file.suffix for file in (tmp_path / "kept").iterdir()] == [".tar"]
    status, _, complaint = run("restore", str(backup))
    assert (status, "is not empty" in complaint) == (1, True)
    elsewhere(monkeypatch, tmp_path, "there")
    (hash_,) = [file.name for file in (tmp_path / "var" / "media").glob("??/*")]
    (tmp_path / "there" / "media").mkdir(parents=True)
    (tmp_path / "there" / "media" / "purged.txt").write_text(f"{hash_}\n")
    status, out, _ = run("restore", str(backup), "--json")
    assert (status, json.loads(out)["purged_again"]) == (0, 1)
    assert run("restore", str(tmp_path / "nowhere.tar"))[0] == 1


def test_a_file_that_changed_on_the_disk_is_no_backup(run: Run, tmp_path: Path) -> None:
    run("invite", "--unit", "chieu_luu", "--role", "reporter")
    keep_file(tmp_path / "var", b"a photo")
    (file,) = (tmp_path / "var" / "media").glob("??/*")
    file.write_bytes(b"another")
    status, _, complaint = run("backup", str(tmp_path / "b.tar"))
    assert (status, "is not what it was" in complaint) == (1, True)
    assert not list(tmp_path.glob("*b.tar*"))


def test_a_copy_is_of_one_moment_though_others_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumping, "PAGES", 2)
    url = make_url(f"sqlite:///{tmp_path}/a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE words (word)")
        writer.executemany("INSERT INTO words VALUES (?)", [("x" * 2000,)] * 40)
        writer.commit()
        steps = 0

        def write_more(_: int, __: int) -> None:
            nonlocal steps
            steps += 1
            writer.execute("INSERT INTO words VALUES ('later')")
            writer.commit()

        dumping.copy_sqlite(url, tmp_path / "b.db", write_more)
    assert 5 < steps < 30  # it never began anew
    assert dumping.sqlite_counts(tmp_path / "b.db") == {"words": 40}


def test_postgresql_needs_its_own_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(Obstacle, match="install PostgreSQL's client programs"):
        dumping.tool("pg_dump")


def test_a_backup_is_noted_for_administrators(run: Run, backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "var" / "thaogo.db")) as database:
        ((kept, due),) = database.execute(
            "SELECT kept, next_due_at FROM rounds WHERE name = 'backup'"
        ).fetchall()
        (made,) = json.loads(kept)["made"]
        assert (made["name"], made["files"], made["missing"]) == (backup.name, 1, 0)
        assert made["bytes"] == backup.stat().st_size
        assert due is not None
        database.execute("DROP TABLE rounds")
        database.commit()
    status, out, complaint = run("backup", str(tmp_path / "c.tar"))
    assert (status, "Đã sao lưu" in out) == (0, True)
    assert "no such table" in complaint


@pytest.mark.parametrize(("days", "fine"), [(1, True), (4, False)])
def test_the_doctor_says_when_backups_have_stopped(days: int, fine: bool) -> None:
    at = START - timedelta(days=days)
    row = Round(name="backup", kept={"made": [{"at": at.isoformat(), "bytes": 2_000_000}]})
    assert backups(row, START).fine is fine
    assert backups(row, START).found == f"last {at:%d/%m}, 2.0 MB"
    assert backups(None, START).fine

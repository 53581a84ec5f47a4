"""Files in a folder and in a bucket: the same promises, and the way from one to the other."""

import asyncio
import itertools
import os
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from obstore.store import MemoryStore

from bot.app import BUNDLED_PACK, ensure_pack
from bot.backing import back_up
from bot.bucket import Bucket, bucket_at
from bot.channels.base import RetryLater, Undeliverable, no_file
from bot.leaving import export_all
from bot.settings import Settings, SettingsError
from bot.shelf import PURGED, Folder, Shelf, kept_files, move_in, shelf_of
from bot.storeroom import Refused, Storeroom
from storage.engine import Database, migrate

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Make = Callable[[], Shelf]
"""The same shelf as another process opens it."""


@pytest.fixture(scope="module")
def s3() -> Iterator[Callable[[], str]]:
    """Addresses of new buckets of a real server on a loopback port."""
    import boto3  # noqa: PLC0415  a second, for this alone
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  as above

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given: dict[str, Any] = {"aws_access_key_id": "key", "aws_secret_access_key": "password"}
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", **given
    )
    numbers = itertools.count(1)

    def make() -> str:
        name = f"thaogo-{next(numbers)}"
        client.create_bucket(Bucket=name)
        return f"s3+http://key:password@{host}:{port}/{name}"

    yield make
    client.close()
    server.stop()


@pytest.fixture(params=["folder", "memory", pytest.param("s3", marks=pytest.mark.prove)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "folder":
        return lambda: Folder(tmp_path / "media")
    if request.param == "memory":
        store = MemoryStore()
        return lambda: Bucket(store)
    url: str = request.getfixturevalue("s3")()
    return lambda: bucket_at(url)


def room(shelf: Shelf) -> Storeroom:
    return Storeroom(Path("nowhere"), ZONE, shelf)


def test_what_is_kept_is_read_by_another_process_and_let_go(opened: Make) -> None:
    one, other = room(opened()), room(opened())
    kept = one.keep(b"an official letter", "document", "application/pdf")
    assert other.read(kept.hash) == b"an official letter"
    now = datetime.now(UTC)
    assert not other.discard(kept.hash, now)
    assert other.discard(kept.hash, now + timedelta(hours=2))
    with pytest.raises(FileNotFoundError):
        one.read(kept.hash)
    assert one.discard(kept.hash, now)


def test_what_one_process_purged_no_other_gives_or_keeps_again(opened: Make) -> None:
    one, other = room(opened()), room(opened())
    kept = one.keep(b"a citizen's papers", "document")
    assert other.read(kept.hash)
    one.forget(kept.hash)
    for asked in (one, other, room(opened())):
        with pytest.raises(Refused, match="purged"):
            asked.read(kept.hash)
        with pytest.raises(Refused, match="purged"):
            asked.keep(b"a citizen's papers", "document")
    other.forget(kept.hash)


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63])
def test_nothing_but_a_hash_is_asked_for(opened: Make, name: str) -> None:
    for ask in (room(opened()).read, room(opened()).forget):
        with pytest.raises(Refused, match="no such file"):
            ask(name)


def test_all_of_it_can_be_had_as_a_folder(opened: Make, tmp_path: Path) -> None:
    shelf = opened()
    kept = [room(shelf).keep(words, "document").hash for words in (b"one", b"two", b"three")]
    room(shelf).forget(kept[0])
    folder = shelf.as_folder(tmp_path / "copy")
    assert sorted(file.name for file in kept_files(folder)) == sorted(kept[1:])
    assert (folder / PURGED).read_text().split() == kept[:1]


def test_a_folder_moves_into_a_bucket_and_what_was_purged_stays_purged(
    opened: Make, tmp_path: Path
) -> None:
    old = room(Folder(tmp_path / "old"))
    kept = [old.keep(words, "document").hash for words in (b"four", b"five")]
    bucket = opened()
    if isinstance(bucket, Folder):
        assert move_in(tmp_path / "old", bucket) == 0
        return
    stale = room(bucket).keep(b"six", "document").hash
    old.keep(b"six", "document")
    old.forget(stale)  # the folder was restored from a backup, with what was purged since
    assert move_in(tmp_path / "old", bucket) == 2
    assert [room(bucket).read(name) for name in kept] == [b"four", b"five"]
    with pytest.raises(Refused):
        room(bucket).read(stale)
    assert not [*(tmp_path / "old").rglob("*.*"), *kept_files(tmp_path / "old")]
    assert move_in(tmp_path / "old", bucket) == 0


def test_a_bucket_that_is_away_is_no_lost_file() -> None:
    away = bucket_at("s3+http://key:password@127.0.0.1:9/thaogo")
    away._store = type(away._store)(  # no retries: a test does not wait
        "thaogo", endpoint="http://127.0.0.1:9", client_options={"allow_http": True},
        retry_config={"max_retries": 0}, access_key_id="key", secret_access_key="password",
    )  # fmt: skip
    with pytest.raises(OSError, match="the bucket of files") as told:
        room(away).read("0" * 64)
    assert "password" not in str(told.value)
    assert isinstance(no_file(told.value), RetryLater)
    assert isinstance(no_file(FileNotFoundError()), Undeliverable)


def test_a_list_that_another_process_has_added_to_is_read_anew(tmp_path: Path) -> None:
    one, other = Folder(tmp_path), Folder(tmp_path)
    assert not other.is_purged("1" * 64)
    one.note_purged("2" * 64)
    assert not other.is_purged("1" * 64)
    one.note_purged("1" * 64)
    os.utime(tmp_path / PURGED)
    assert other.is_purged("1" * 64)


@pytest.mark.parametrize(
    "url",
    [
        "s3://host/bucket",
        "https://key:password@host/bucket",
        "s3://key:password@host",
        "s3://k:s@h/A_",
    ],
)
def test_an_address_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://key:password@host/bucket"):
        Settings(_env_file=None, media_url=url)


def test_without_the_library_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "obstore.store", None)
    with pytest.raises(SettingsError, match="pip install"):
        bucket_at("s3://key:password@host/bucket")


async def _with_pack(url: str) -> None:
    database = Database(url)
    await ensure_pack(database, BUNDLED_PACK, datetime.now(UTC))
    await database.close()


@pytest.mark.prove
def test_a_backup_and_an_export_hold_what_is_in_the_bucket(
    s3: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "var", media_url=s3())
    (tmp_path / "var").mkdir()
    migrate(settings.database)
    asyncio.run(_with_pack(settings.database))
    bucket = shelf_of(settings)
    kept, gone = (room(bucket).keep(words, "document").hash for words in (b"kept", b"gone"))
    room(bucket).forget(gone)
    assert back_up(settings, tmp_path / "all.tar", as_json=True) == 0
    with tarfile.open(tmp_path / "all.tar") as archive:
        names = archive.getnames()
        listed = archive.extractfile("media/purged.txt")
        assert listed is not None
        assert listed.read().decode().split() == [gone]
    assert f"media/{kept[:2]}/{kept}" in names
    assert f"media/{gone[:2]}/{gone}" not in names
    assert export_all(settings, tmp_path / "out", as_json=True) == 0
    assert (tmp_path / "out" / "media" / kept[:2] / kept).read_bytes() == b"kept"
    assert not [*(tmp_path / "out").glob(".*")]
    assert not (tmp_path / "var" / "media").exists()

"""`thaogo backup`: everything that a province has, in one file, while the server runs."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.app import utc_now
from bot.archive import DATABASES, FORMAT, PURGED, About, Manifest, Writer
from bot.commands import OK, say
from bot.dumping import copy_sqlite, dump_postgresql, sqlite_counts, sqlite_missing
from bot.links import FAILED, fail
from bot.obstacles import Obstacle
from bot.progress import Progress, teller
from bot.settings import Settings
from bot.shelf import Shelf, kept_files, shelf_of
from storage.engine import Database, revision
from tickets.acts import backups

MB = 1_000_000


def back_up(settings: Settings, path: Path, *, as_json: bool) -> int:
    """Write a backup to a new file, or under a name with the time into a folder.

    Nothing has its final name before it is whole and on the disk. Raises Obstacle.
    """
    now = utc_now()
    target = path / f"thaogo-{now:%Y%m%d-%H%M%S}.tar" if path.is_dir() else path
    if target.exists():
        return fail(f"{target} is there already: name another file, or a folder")
    if not target.parent.is_dir():
        return fail(f"there is no folder {target.parent}")
    at = asyncio.run(_schema(settings))
    if at is None:
        return fail("there is nothing to back up yet: the database is empty")
    url = Database(settings.database).url
    about = About(FORMAT, release(), at, url.get_backend_name(), now.isoformat())
    tell = teller(as_json=as_json)
    half = target.with_name(f".{target.name}.part")
    try:
        with _private(half) as out, TemporaryDirectory(dir=target.parent, prefix=".thaogo-") as tmp:
            manifest = _write(settings, url, Writer(out, about), Path(tmp), tell)
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    found = _found(manifest, target)
    asyncio.run(_note(settings, found, now))
    return _answer(manifest, found, as_json=as_json)


def release() -> str:
    """This program's release."""
    try:
        return version("thaogo")
    except PackageNotFoundError:
        return "run from its folder"


async def _schema(settings: Settings) -> str | None:
    database = Database(settings.database)
    try:
        return await revision(database)
    finally:
        await database.close()


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else may read: it holds what people reported."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write(
    settings: Settings, url: URL, archive: Writer, tmp: Path, tell: Callable[[str], object]
) -> Manifest:
    """The database first: what it knows of files was on the disk before it."""
    shelf = shelf_of(settings)
    name = DATABASES[url.get_backend_name()]
    copy = tmp / name
    _copy(url, copy, shelf, archive.manifest, tell)
    archive.add(name, copy, lambda _: None)
    copy.unlink()
    for model in sorted(file for file in settings.models.rglob("*") if file.is_file()):
        archive.add(
            f"models/{model.relative_to(settings.models).as_posix()}", model, lambda _: None
        )
    media = shelf.as_folder(tmp / "media")
    progress = Progress("Tệp", sum(file.stat().st_size for file in kept_files(media)), tell)
    for file in kept_files(media):
        archive.add(f"media/{file.parent.name}/{file.name}", file, progress.add)
    archive.add(PURGED, media / "purged.txt", lambda _: None)  # last: what goes meanwhile
    archive.end()
    return archive.manifest


def _copy(
    url: URL, copy: Path, shelf: Shelf, manifest: Manifest, tell: Callable[[str], object]
) -> None:
    def is_there(name: str) -> bool:
        return shelf.came_at(name) is not None

    if url.get_backend_name() == "postgresql":
        tell("Cơ sở dữ liệu: pg_dump …")
        manifest.counts, manifest.missing = asyncio.run(dump_postgresql(url, copy, is_there))
        return
    size = Path(url.database or "").stat().st_size
    if shutil.disk_usage(copy.parent).free < 2 * size:
        raise Obstacle(f"There is no room for the copy: {2 * size // MB} MB are needed, free some.")
    progress = Progress("Cơ sở dữ liệu", 100, tell)
    copy_sqlite(url, copy, lambda done, whole: progress.reach(done * 100 // max(1, whole)))
    manifest.counts, manifest.missing = sqlite_counts(copy), sqlite_missing(copy, is_there)


def _found(manifest: Manifest, target: Path) -> dict[str, Any]:
    """What a script is told of a backup that is whole."""
    return {
        "path": str(target),
        "bytes": target.stat().st_size,
        "made_at": manifest.about.made_at,
        "schema": manifest.about.schema,
        "rows": sum(manifest.counts.values()),
        "files": manifest.files,
        "missing": manifest.missing,
    }


async def _note(settings: Settings, found: dict[str, Any], now: datetime) -> None:
    """Let administrators see it on their page; the backup is good without that too."""
    told = {name: found[name] for name in ("bytes", "rows", "files", "missing")}
    database = Database(settings.database)
    try:
        async with database.transaction() as session:
            await backups.note(session, {"name": Path(found["path"]).name, **told}, now)
    except DBAPIError as error:
        sys.stderr.write(f"thaogo: the administrators' page does not show it: {error.orig}\n")
    finally:
        await database.close()


def _answer(manifest: Manifest, found: dict[str, Any], *, as_json: bool) -> int:
    if as_json:
        say(json.dumps(found, ensure_ascii=False))
    else:
        holds = f"{found['rows']} dòng, {found['files']} tệp, {found['bytes'] / MB:.1f} MB"
        say(f"Đã sao lưu vào {found['path']}: {holds}.")
        say("Giữ THAOGO_SECRET_KEY và tệp .env riêng: bản sao lưu không có chúng.")
    if manifest.missing and not as_json:
        say(f"! {manifest.missing} tệp có trong cơ sở dữ liệu mà không có trên đĩa.")
    return OK if not manifest.missing else FAILED

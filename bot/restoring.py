"""`thaogo restore`: a backup put into an empty place, checked before anything has its name."""

import asyncio
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from bot.archive import DATABASES, PURGED, About, Damaged, Manifest, Reader
from bot.commands import OK, say
from bot.dumping import fill_postgresql, holds_tables, sqlite_counts, tool
from bot.obstacles import Obstacle, of_database, of_folder
from bot.progress import Progress, teller
from bot.settings import Settings
from bot.shelf import IS_HASH
from storage.engine import Database, known_revisions

STAGED = ".restoring"
"""Where a backup is unpacked, in the data folder; what a broken restore left there is deleted."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    manifest: Manifest
    purged: int
    """Files that were in the backup and had been purged since."""


def restore(settings: Settings, path: Path, purged: Iterable[Path], *, as_json: bool) -> int:
    """Put a backup into the empty place that the settings name. Raises Obstacle.

    `purged` are lists of what was purged (media/purged.txt), younger than the backup.
    """
    url = Database(settings.database).url
    gone = _purged([*purged, settings.data_dir / PURGED])
    if problem := of_folder(settings.data_dir):
        raise Obstacle(problem)
    _refuse_full(settings.data_dir, url)
    staged = settings.data_dir / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    tell = teller(as_json=as_json)
    try:
        with path.open("rb") as content:
            archive = Reader(content)
            _refuse_foreign(archive.about, url)
            progress = Progress("Khôi phục", path.stat().st_size, tell)
            archive.extract(staged, progress.add)
            progress.reach(path.stat().st_size)
            restored = _put(settings.data_dir, url, staged, archive.checked(), gone)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return _answer(restored, as_json=as_json)


def _purged(lists: Iterable[Path]) -> set[str]:
    """The hashes on all lists that are there; one that is named and is not is an OSError."""
    *named, own = lists
    files = [*named, own] if own.exists() else named
    return {name for file in files for name in file.read_text().split() if IS_HASH.fullmatch(name)}


def _refuse_full(folder: Path, url: URL) -> None:
    """Whatever is there might be somebody's only copy."""
    own = [
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and STAGED not in file.relative_to(folder).parts
    ]
    if found := sorted(name for name in own if name != PURGED):
        raise Obstacle(
            f"{folder.absolute()} is not empty ({found[0]}): a backup is only restored into an "
            "empty place, name another THAOGO_DATA_DIR."
        )
    if url.get_backend_name() == "sqlite":
        if Path(url.database or "").exists():
            raise Obstacle(f"{url.database} is there already: name another THAOGO_DATABASE_URL.")
        return
    tool("pg_restore")
    if problem := asyncio.run(of_database(url.render_as_string(hide_password=False))):
        raise Obstacle(problem)
    if asyncio.run(holds_tables(url)):
        raise Obstacle(
            "The database is not empty: create another one, and name it in the settings."
        )


def _refuse_foreign(about: About, url: URL) -> None:
    if about.database != url.get_backend_name():
        raise Obstacle(
            f"This is a backup of {about.database}: set THAOGO_DATABASE_URL to such a database."
        )
    if about.schema not in known_revisions():
        raise Obstacle(f"Tháo Gỡ {about.program} made this backup: restore it with that release.")


def _put(folder: Path, url: URL, staged: Path, manifest: Manifest, gone: set[str]) -> Restored:
    """Give all that was unpacked and checked its place, the database last."""
    gone |= _purged([staged / PURGED])
    dump = staged / DATABASES[manifest.about.database]
    if manifest.about.database == "sqlite" and sqlite_counts(dump) != manifest.counts:
        raise Damaged("The database in the backup is not what the manifest says: take another one.")
    purged = _forget(staged / "media", gone)
    for part in ("models", "media"):
        if (staged / part).exists():
            shutil.rmtree(folder / part, ignore_errors=True)  # only the list that was read above
            (staged / part).replace(folder / part)
    if manifest.about.database == "sqlite":
        target = Path(url.database or "")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(dump, target)
    elif asyncio.run(fill_postgresql(url, dump)) != manifest.counts:
        raise Damaged("PostgreSQL holds other rows than the backup: drop the database, try again.")
    return Restored(manifest, purged)


def _forget(media: Path, gone: set[str]) -> int:
    """Purge again what was purged, and note it for good; how many files that were."""
    files = [media / name[:2] / name for name in gone]
    there = [file for file in files if file.exists()]
    for file in there:
        file.unlink()
    if gone:
        media.mkdir(parents=True, exist_ok=True)
        with (media / "purged.txt").open("w") as listed:
            listed.writelines(f"{name}\n" for name in sorted(gone))
            listed.flush()
            os.fsync(listed.fileno())
    return len(there)


def _answer(restored: Restored, *, as_json: bool) -> int:
    manifest = restored.manifest
    rows = sum(manifest.counts.values())
    if as_json:
        found = {"made_at": manifest.about.made_at, "schema": manifest.about.schema, "rows": rows}
        say(json.dumps({**found, "files": manifest.files, "purged_again": restored.purged}))
        return OK
    say(
        f"Đã khôi phục bản sao lưu lúc {manifest.about.made_at}: {rows} dòng, {manifest.files} tệp."
    )
    if restored.purged:
        say(f"{restored.purged} tệp đã xóa hẳn sau bản sao lưu được xóa lại.")
    say("Chạy `thaogo doctor`, rồi `thaogo run`: tin chờ gửi lúc sao lưu sẽ được gửi.")
    return OK

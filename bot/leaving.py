"""`thaogo export --all`: everything in open formats, so that a province can leave."""

import asyncio
import csv
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from bot.app import utc_now
from bot.archive import PIECE, Summed
from bot.commands import OK, rules_of, say
from bot.leaving_tables import LEFT_OUT, README, SECRET, TOLD
from bot.links import FAILED, fail
from bot.progress import Progress, teller
from bot.settings import Settings
from bot.shelf import kept_files, shelf_of
from storage import imports, wordings
from storage.engine import Database, migrate, revision
from web.console.exporting import plain

BATCH = 1000
"""Rows that are in memory at a time."""
ALSO = (imports, wordings)
"""Their tables are known to pages alone."""
Tell = Callable[[str], object]


def export_all(settings: Settings, path: Path, *, as_json: bool) -> int:
    """Write every table and file into a new folder, which has its name when all is there."""
    if path.exists():
        return fail(f"{path} is there already: name another folder")
    migrate(settings.database)
    half = path.with_name(f".{path.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(mode=0o700, parents=True)
        counts = asyncio.run(_tables(settings, half, teller(as_json=as_json)))
        fetched = half / ".media"
        media = shelf_of(settings).as_folder(fetched)
        files, damaged = _files(media, half / "media", teller(as_json=as_json))
        shutil.rmtree(fetched, ignore_errors=True)
        told = {"tables": counts, "files": files, "damaged": damaged}
        (half / "manifest.json").write_text(json.dumps(told, indent=1), "utf-8")
        half.replace(path)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    if as_json:
        say(json.dumps({"path": str(path), "rows": sum(counts.values()), **told}))
    else:
        say(f"Đã xuất {sum(counts.values())} dòng, {files} tệp vào {path}: đọc README.md ở đó.")
    return FAILED if damaged else OK


async def _tables(settings: Settings, folder: Path, tell: Tell) -> dict[str, int]:
    """Every table, as all were at one moment; the rows of each."""
    (folder / "bang").mkdir()
    database = Database(settings.database)
    try:
        at = await revision(database)
        async with database.reading() as session:
            await session.connection(execution_options=_one_moment(database))
            tables = [SQLModel.metadata.tables[name] for name in sorted(TOLD)]
            counts = {table.name: await _count(session, table) for table in tables}
            progress = Progress("Bảng", sum(counts.values()), tell)
            for table in tables:
                counts[table.name] = await _table(session, table, folder / "bang", progress)
            province = (await rules_of(session)).pack.name
        _explain(folder, province, at or "", counts)
    finally:
        await database.close()
    return counts


def _one_moment(database: Database) -> dict[str, str]:
    """What lets all questions of a transaction see the same; SQLite's readers always do."""
    return {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}


async def _count(session: AsyncSession, table: Table) -> int:
    return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


async def _table(session: AsyncSession, table: Table, folder: Path, progress: Progress) -> int:
    columns = columns_of(table)
    count = 0
    with ExitStack() as files:
        lines = files.enter_context((folder / f"{table.name}.jsonl").open("w", encoding="utf-8"))
        name = folder / f"{table.name}.csv"
        sheet = csv.writer(files.enter_context(name.open("w", encoding="utf-8-sig", newline="")))
        sheet.writerow([column.name for column in columns])
        async for rows in _batches(session, table, columns):
            for row in rows:
                found = {c.name: _open(v) for c, v in zip(columns, row, strict=True)}
                lines.write(json.dumps(found, ensure_ascii=False) + "\n")
                sheet.writerow([_cell(value) for value in found.values()])
            count += len(rows)
            progress.add(len(rows))
    return count


def columns_of(table: Table) -> Sequence[Column[Any]]:
    """The columns that leave."""
    secret = SECRET.get(table.name, set())
    return [column for column in table.columns if column.name not in secret]


async def _batches(
    session: AsyncSession, table: Table, columns: Sequence[Column[Any]]
) -> AsyncIterator[Sequence[Sequence[Any]]]:
    """The rows in the order of their keys, each batch from behind the last one's."""
    keys = list(table.primary_key.columns)
    wanted = select(*columns).order_by(*keys).limit(BATCH)
    places = [columns.index(key) for key in keys]
    after: tuple[Any, ...] | None = None
    while True:
        further = wanted if after is None else wanted.where(tuple_(*keys) > after)
        rows = [tuple(row) for row in await session.execute(further)]
        if not rows:
            return
        yield rows
        after = tuple(rows[-1][place] for place in places)


def _open(value: Any) -> Any:
    """A value as any program reads it."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def _cell(value: Any) -> Any:
    """A value in a sheet: never a formula, documents as JSON."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool | int | float):
        return value
    return plain(value)


def _explain(folder: Path, province: str, schema: str, counts: dict[str, int]) -> None:
    rows = [
        f"| `{name}` | {TOLD[name]} | {count} | {', '.join(_names(name))} |"
        for name, count in counts.items()
    ]
    left_out = "; ".join(f"`{name}` ({why})" for name, why in LEFT_OUT.items())
    text = README.format(
        province=province,
        at=f"{utc_now():%Y-%m-%d %H:%M}",
        schema=schema,
        tables="\n".join(rows),
        left_out=left_out,
    )
    (folder / "README.md").write_text(text, "utf-8")


def _names(table: str) -> list[str]:
    return [column.name for column in columns_of(SQLModel.metadata.tables[table])]


def _files(media: Path, folder: Path, tell: Tell) -> tuple[int, int]:
    """Copy the files of reports; how many, and how many of them are not what their name says."""
    progress = Progress("Tệp", sum(file.stat().st_size for file in kept_files(media)), tell)
    count = damaged = 0
    for file in kept_files(media):
        (folder / file.parent.name).mkdir(parents=True, exist_ok=True)
        damaged += not _copied(file, folder / file.parent.name / file.name, progress)
        count += 1
    return count, damaged


def _copied(file: Path, to: Path, progress: Progress) -> bool:
    with file.open("rb") as content, to.open("wb") as out:
        read = Summed(content, progress.add)
        while piece := read.read(PIECE):
            out.write(piece)
        os.fsync(out.fileno())
    return read.sum.hexdigest() == file.name

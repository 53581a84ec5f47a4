"""A province leaves with everything: each table in open formats, each file, nothing that opens."""

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot import leaving
from bot.leaving import export_all
from bot.leaving_tables import LEFT_OUT, TOLD
from storage.engine import Database, Engines
from tests.conftest import Run
from tests.test_backup import everything, settings_of
from tests.world import World


def test_each_table_leaves_or_is_said_to_stay(run: Run) -> None:
    assert run("doctor", "--json")[0] in {0, 1}  # every table is known
    assert set(TOLD) | set(LEFT_OUT) == set(SQLModel.metadata.tables)
    assert not set(TOLD) & set(LEFT_OUT)


@pytest.mark.parametrize(
    "world",
    [("web", "sqlite"), pytest.param(("web", "postgresql"), marks=pytest.mark.prove)],
    ids="+".join,
    indirect=True,
)
async def test_all_of_it_is_there(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(leaving, "BATCH", 2)
    monkeypatch.setattr(Database, "engines", Engines())  # a command has a loop of its own
    official = await world.joins("chieu_luu", name="=cmd|' /C calc'!A0")
    await official.sends_photos(2, "Cầu tràn bản Xiêng Thù hỏng nặng, xe máy không qua được")
    here, out = settings_of(world, tmp_path / "here"), tmp_path / "out"
    assert await asyncio.to_thread(export_all, here, out, as_json=True) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    there = await everything(world.database)
    assert told["rows"] == sum(len(there[name]) for name in TOLD)
    for name in TOLD:
        lines = (out / "bang" / f"{name}.jsonl").read_text("utf-8").splitlines()
        with (out / "bang" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as sheet:
            rows = list(csv.DictReader(sheet))
        assert len(lines) == len(rows) == len(there[name]), name
        assert f"`{name}`" in (out / "README.md").read_text("utf-8")
        if lines:
            assert list(json.loads(lines[0])) == list(rows[0])
    (person,) = (out / "bang" / "people.jsonl").read_text("utf-8").splitlines()
    assert json.loads(person)["name"] == "=cmd|' /C calc'!A0"
    assert "'=cmd|' /C calc" in (out / "bang" / "people.csv").read_text("utf-8")
    ticket = json.loads((out / "bang" / "tickets.jsonl").read_text("utf-8"))
    assert ticket["opened_at"] == world.now.isoformat() or ticket["opened_at"].endswith("+00:00")
    assert "code_hash" not in (out / "bang" / "invitations.csv").read_text("utf-8")
    assert sorted(file.name for file in out.glob("media/??/*")) == sorted(
        file.name for file in world.program.storeroom.folder.glob("??/*")
    )
    assert out.stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    status, _, complaint = run("export", "--all", str(tmp_path / "out"))
    assert (status, "is there already" in complaint) == (1, True)

"""The classifiers of one province: which is in force, and the three before it."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from triage.model import Model

MOST: Final = 3
"""How many earlier ones are kept to go back to."""
LIST: Final = "models.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A model's file, '' for the bundled one; when it came in force, and what was measured then."""

    file: str
    version: str
    at: str
    report: dict[str, Any] = field(default_factory=dict)


def kept(folder: Path) -> list[Kept]:
    """The models that were in force, the present one last; [] while it is the bundled one."""
    try:
        rows = json.loads((folder / LIST).read_text("utf-8"))
        return [Kept(**row) for row in rows]
    except (OSError, ValueError, TypeError):
        return []


def in_force(folder: Path) -> Path | None:
    """The file of the present model; None for the bundled one, and where the file is gone."""
    rows = kept(folder)
    if not rows or not rows[-1].file:
        return None
    file = folder / rows[-1].file
    return file if file.is_file() else None


def put(folder: Path, made: Model, at: str, report: dict[str, Any], bundled: str) -> Kept:
    """Keep a model and put it in force; the fourth last one goes. `bundled` is that one's version.

    The list is written last and whole: whoever starts meanwhile finds the old one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    row = Kept(f"model-{made.version}.npz", made.version, at, report)
    made.save(folder / row.file)
    rows = [*(kept(folder) or [Kept("", bundled, "")]), row]
    _write(folder, rows[-(MOST + 1) :])
    return row


def roll_back(folder: Path) -> Kept | None:
    """Put the model before the present one in force again; None where there is none."""
    rows = kept(folder)
    if len(rows) < 2:  # noqa: PLR2004  one alone has none before it
        return None
    _write(folder, rows[:-1])
    return rows[-2]


def _write(folder: Path, rows: list[Kept]) -> None:
    draft = folder / f"{LIST}.new"
    draft.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False), "utf-8")
    os.replace(draft, folder / LIST)  # noqa: PTH105  replaces on Windows as well
    named = {row.file for row in rows}
    for file in folder.glob("model-*.npz"):
        if file.name not in named:
            file.unlink(missing_ok=True)

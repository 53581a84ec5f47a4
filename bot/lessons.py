"""`thaogo learn`: the classifier learns from what people corrected, if nothing becomes worse."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import utc_now
from bot.commands import OK, opened, rules_of, say
from bot.links import FAILED, fail
from bot.settings import Settings
from province.pack import Pack
from storage import corrections
from storage.corrections import Corrected, Ended
from storage.engine import migrate
from tickets.lessons import Lessons, lessons
from tickets.moment import Rules
from triage import comparing, measure, model, training, versions
from triage.measure import Labelled
from triage.training import Example

LATEST = 500
"""Real outcomes that a new model is measured on."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows."""

    rules: Rules
    corrected: list[Corrected]
    ended: list[Ended]
    names: list[str]


async def _known(settings: Settings) -> Known:
    async with opened(settings) as database, database.reading() as session:
        return Known(
            await rules_of(session),
            await corrections.corrected(session),
            await corrections.ended(session, 2 * LATEST),
            await corrections.names(session),
        )


def roll_back(settings: Settings, *, as_json: bool) -> int:
    """Put the model before the present one in force again; a server takes it at its next start."""
    row = versions.roll_back(settings.models)
    if row is None:
        return fail("there is no earlier model to go back to")
    said = f"in force again: {row.version}; a running server takes it when it is started anew"
    say(json.dumps({"in_force": row.version}) if as_json else said)
    return OK


def learn(
    settings: Settings,
    frozen: Sequence[Path],
    *,
    as_json: bool,
    bundled: Sequence[Example] | None = None,
) -> int:
    """Retrain with the corrections, measure, and put the new model in force if nothing falls.

    `frozen` are files of labelled messages in place of the bundled ones; `bundled` the examples in
    place of those that are shipped. 1 when the new model is not put in force.
    """
    migrate(settings.database)
    known = asyncio.run(_known(settings))
    pack = known.rules.pack
    shipped = training.read_examples() if bundled is None else list(bundled)
    today = utc_now().astimezone(known.rules.zone).date()
    taught = lessons(known.corrected, known.names, known.rules.units, today, shipped)
    report = {"learned": len(taught.kept), "left_out": _left_out(taught)}
    if not taught.kept:
        return _told(report | {"in_force": False, "why": "nothing new to learn"}, as_json=as_json)
    started = time.monotonic()
    examples = [*shipped, *(lesson.example for lesson in taught.kept)]
    whole = examples + training.of_pack(pack) + training.of_duties()
    made = training.learn(pack, whole, training.Settings())
    folder = settings.models
    file = versions.in_force(folder)
    present = model.load(file) if file else model.load()
    compared = comparing.compare(pack, present, made, _sets(pack, known, taught, frozen))
    report |= {
        "version": made.version,
        "present": present.version,
        "seconds": round(time.monotonic() - started),
        **compared.as_json(),
    }
    if compared.falls or made.version == present.version:
        why = "something would fall" if compared.falls else "it is in force already"
        return _told(report | {"in_force": False, "why": why}, as_json=as_json)
    versions.put(folder, made, utc_now().isoformat(), report, model.load().version)
    return _told(report | {"in_force": True, "why": ""}, as_json=as_json)


def _sets(
    pack: Pack, known: Known, taught: Lessons, frozen: Sequence[Path]
) -> dict[str, Sequence[Labelled]]:
    """The messages to measure on; of the real outcomes those that were not learned from."""
    learned = {lesson.ticket_id for lesson in taught.kept}
    real = [row for row in known.ended if row.ticket_id not in learned][:LATEST]
    files = frozen or measure.FROZEN
    return {
        "frozen": [row for file in files for row in measure.read_labelled(file, pack, {})],
        "real": [Labelled(row.text, frozenset({row.lead}), row.category) for row in real],
    }


def _left_out(taught: Lessons) -> dict[str, int]:
    return {
        "unlabelled": taught.unlabelled,
        "over_sender": taught.over_sender,
        "over_category": taught.over_category,
    }


def _told(report: dict[str, Any], *, as_json: bool) -> int:
    say(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(_lines(report)))
    return OK if report["in_force"] else FAILED


def _lines(report: dict[str, Any]) -> list[str]:
    left = ", ".join(f"{count} {name}" for name, count in report["left_out"].items() if count)
    lines = [f"{report['learned']} corrections learned{f'; left out: {left}' if left else ''}"]
    for name, rows in report.get("figures", {}).items():
        lines += [f"{name:8} {what:34} {a:.3f} -> {b:.3f}" for what, (a, b) in rows.items()]
    for where, what, before, after in report.get("falls", []):
        lines.append(f"falls: {where} {what}: {before:.3f} -> {after:.3f}")
    if report["in_force"]:
        lines.append(f"in force: {report['version']}; a server takes it when it is started anew")
    else:
        lines.append(f"the present model stays in force: {report['why']}")
    return lines

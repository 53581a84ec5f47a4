"""`thaogo policy apply-running`: an edited ladder is put on tickets whose own has begun."""

import asyncio
import json
from dataclasses import asdict

from bot.app import utc_now
from bot.commands import OK, opened, say
from bot.packs import Packs
from bot.settings import Settings
from storage import tickets
from storage.engine import Database, migrate
from storage.tickets import by_id
from tickets.acts.policies import Change, apply_running, change_of
from tickets.agenda import plan_touched
from tickets.moment import Moment

BATCH = 200
"""Tickets in one transaction: a running server goes on in between."""
SHOWN = 20


def apply_policy(settings: Settings, *, dry_run: bool, as_json: bool) -> int:
    """Put the policy in force on running tickets, or only say what would change."""
    migrate(settings.database)
    changes = asyncio.run(_apply(settings, dry_run=dry_run))
    if as_json:
        rows = [asdict(change) for change in changes]
        say(json.dumps({"changed": len(rows), "tickets": rows, "dry_run": dry_run}))
        return OK
    for change in changes[:SHOWN]:
        before, after = " → ".join(change.before), " → ".join(change.after)
        say(f"{change.code}: {before}  ⇒  {after} (đã báo {change.told} bước)")
    if len(changes) > SHOWN:
        say(f"… và {len(changes) - SHOWN} phiếu khác")
    done = "sẽ đổi, chạy lại không có --dry-run để áp dụng" if dry_run else "đã đổi"
    say(f"{len(changes)} phiếu {done}.")
    return OK


async def _apply(settings: Settings, *, dry_run: bool) -> list[Change]:
    changes: list[Change] = []
    last = 0
    async with opened(settings) as database:
        while batch := await _batch(database, last):
            last = batch[-1]
            changes += await _change(database, batch, dry_run=dry_run)
    return changes


async def _batch(database: Database, after: int) -> list[int]:
    async with database.reading() as session:
        return list(await tickets.open_after(session, after, BATCH))


async def _change(database: Database, batch: list[int], *, dry_run: bool) -> list[Change]:
    """One transaction; a ticket that a press has just changed is read as it stands then."""
    changes = []
    async with database.transaction() as session:
        moment = Moment(session, utc_now(), await Packs().in_force(session))
        for number in batch:
            ticket = await by_id(session, number, lock=not dry_run)
            if ticket is None:
                continue
            ask = change_of if dry_run else apply_running
            if change := ask(moment, ticket):
                changes.append(change)
        plan_touched(moment)
    return changes

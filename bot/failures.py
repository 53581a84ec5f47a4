"""`thaogo failed` and `thaogo examples`: what waits for a person, listed and set going again."""

import asyncio
import json
from typing import Any

from bot.app import utc_now
from bot.commands import OK, opened, say
from bot.links import FAILED, fail
from bot.settings import Settings
from storage import decisions, failures
from storage.engine import migrate
from storage.outbox import Kind

MOST = 200
"""How many of each kind are listed."""


def failed(
    settings: Settings,
    *,
    resend: int | None,
    drop: int | None,
    replay: int | None,
    forget: int | None,
    as_json: bool,
) -> int:
    """List what failed, or do one thing about it; a running server then does the rest."""
    migrate(settings.database)
    acts = {"resend": resend, "drop": drop, "replay": replay, "forget": forget}
    asked = {act: number for act, number in acts.items() if number is not None}
    if not asked:
        return _show(asyncio.run(_list(settings)), as_json=as_json)
    for act, number in asked.items():
        if not asyncio.run(_act(settings, act, number)):
            return fail(f"{number} does not wait for that any more: thaogo failed lists what does")
        say(json.dumps({"done": act, "number": number}) if as_json else f"{act} {number}: ok")
    return OK


def _show(rows: list[dict[str, Any]], *, as_json: bool) -> int:
    if as_json:
        say(json.dumps({"failed": rows}, ensure_ascii=False))
    for row in [] if as_json else rows:
        say(f"{row['what']} {row['number']} · {row['at']} · {row['kind']} · {row['reason']}")
    if not rows and not as_json:
        say("nothing has failed")
    return FAILED if rows else OK


async def _list(settings: Settings) -> list[dict[str, Any]]:
    async with opened(settings) as database, database.reading() as session:
        dead = await failures.dead_notices(session, offset=0, limit=MOST)
        rows = [
            {
                "what": "notice",
                "number": notice.id,
                "at": (notice.ended_at or notice.created_at).isoformat(timespec="minutes"),
                "kind": Kind(notice.kind).name.lower(),
                "reason": await failures.reason_of(session, notice),
            }
            for notice in dead
        ]
        aside = await failures.aside(session, offset=0, limit=MOST)
        return rows + [
            {
                "what": "update",
                "number": row.id,
                "at": row.received_at.isoformat(timespec="minutes"),
                "kind": row.channel,
                "reason": row.error,
            }
            for row in aside
        ]


async def _act(settings: Settings, act: str, number: int) -> bool:
    async with opened(settings) as database, database.transaction() as session:
        match act:
            case "resend":
                return await failures.send_again(session, number, 0, utc_now()) is not None
            case "drop":
                return await failures.drop(session, number, 0) is not None
            case "replay":
                return await failures.handle_again(session, number, utc_now())
            case _:
                return await failures.forget(session, number)


def examples(settings: Settings) -> int:
    """Print the corrected categories as JSON lines, to be reviewed before anybody learns them."""
    migrate(settings.database)
    for row in asyncio.run(_examples(settings)):
        say(json.dumps(row, ensure_ascii=False))
    return OK


async def _examples(settings: Settings) -> list[dict[str, str]]:
    async with opened(settings) as database, database.reading() as session:
        found = await decisions.corrected(session)
        return [{"text": text, "category": category} for text, category in found]

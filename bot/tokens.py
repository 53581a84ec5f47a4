"""`thaogo token make|list|revoke`: keys for other programs, without the console."""

import asyncio
import json
from typing import Any

from bot.app import utc_now
from bot.commands import OK, VIETNAM, named_person, opened, rules_of, say
from bot.links import fail
from bot.settings import Settings
from storage import api_tokens, people
from storage.engine import migrate
from tickets.acts import programs
from tickets.acts.programs import Refused
from tickets.moment import Moment
from web.labels import labels


def make_token(
    settings: Settings, *, name: str, unit: str, person: str, scopes: list[str], as_json: bool
) -> int:
    """Make a key and show it, this once."""
    migrate(settings.database)
    try:
        number, key = asyncio.run(_make(settings, name, unit, person, scopes))
    except LookupError as error:
        return fail(str(error))
    except Refused as error:
        return fail(labels("vi")(str(error)))
    if as_json:
        say(json.dumps({"number": number, "key": key}))
        return OK
    say(f"Khóa số {number}, chép ngay, không hiện lại:")
    say(key)
    return OK


async def _make(
    settings: Settings, name: str, called: str, person: str, scopes: list[str]
) -> tuple[int, str]:
    async with opened(settings) as database, database.transaction() as session:
        moment = Moment(session, utc_now(), await rules_of(session))
        units = moment.rules.units
        is_code = units.agency(called) or units.commune(called)
        found = (called,) if is_code else tuple(units.find_units(called))
        if len(found) != 1:
            raise LookupError(f"unknown unit {called!r}: use a code of the pack, as chieu_luu")
        number = await named_person(session, person)
        key, token = await programs.make(
            moment, name=name, unit=found[0], person=number, scopes=scopes
        )
        return token.id or 0, key


def list_tokens(settings: Settings, *, as_json: bool) -> int:
    """Say which keys there are; never the keys."""
    migrate(settings.database)
    rows = asyncio.run(_list(settings))
    if as_json:
        say(json.dumps(rows, ensure_ascii=False))
        return OK
    for line in map(_line, rows) if rows else ["Chưa cấp khóa nào."]:
        say(line)
    return OK


def _line(row: dict[str, Any]) -> str:
    parts = [row["name"], row["unit"], row["person"], ", ".join(row["scopes"])]
    parts.append(f"dùng lúc {row['used_at']}" if row["used_at"] else "chưa dùng")
    parts += [f"thu hồi lúc {row['revoked_at']}"] if row["revoked_at"] else []
    return f"{row['number']}. " + " · ".join(parts)


async def _list(settings: Settings) -> list[dict[str, Any]]:
    async with opened(settings) as database, database.reading() as session:
        rows = await api_tokens.listed(session)
        names = await people.names_of(session, [row.person_id for row in rows])
        return [
            {
                "number": row.id,
                "name": row.name,
                "unit": row.unit,
                "person": names.get(row.person_id, ""),
                "scopes": row.scopes,
                "made_at": _local(row.made_at),
                "used_at": _local(row.used_at),
                "revoked_at": _local(row.revoked_at),
            }
            for row in rows
        ]


def _local(instant: Any) -> str:
    return f"{instant.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if instant else ""


def revoke_token(settings: Settings, number: int) -> int:
    """Let a key open nothing from now on."""
    migrate(settings.database)
    if not asyncio.run(_revoke(settings, number)):
        return fail(f"no key {number} that still counts: thaogo token list")
    say(f"Đã thu hồi khóa số {number}.")
    return OK


async def _revoke(settings: Settings, number: int) -> bool:
    async with opened(settings) as database, database.transaction() as session:
        moment = Moment(session, utc_now(), await rules_of(session))
        return await programs.revoke(moment, number)

"""Commands that change or ask something beside a running server, and end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import zalo
from bot.app import ensure_pack, utc_now
from bot.links import FAILED, fail, links
from bot.packs import Packs
from bot.settings import Settings, address
from province.difference import difference
from province.load import PackError, load_pack
from province.lookup import Lookup as Units
from province.pack import Pack
from storage import contacts, deeds, invitations, policies, webchat
from storage.engine import Database, migrate
from storage.people import Role, find_people
from storage.policies import put_in_force
from tickets.acts import linking
from tickets.moment import Moment, Rules

OK = 0
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def say(line: str) -> None:
    """Print one line of a command's answer."""
    print(line)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The migrated database, with a pack in force."""
    database = Database(settings.database)
    try:
        await ensure_pack(database, settings.province, utc_now())
        yield database
    finally:
        await database.close()


async def rules_of(session: AsyncSession) -> Rules:
    """The rules in force, for a command."""
    return await Packs().in_force(session)


def apply_pack(settings: Settings, path: Path, *, dry_run: bool, as_json: bool) -> int:
    """Show what a pack changes, and put it in force."""
    if not path.is_dir():
        return fail(f"there is no folder {path}")
    try:
        pack = load_pack(path)
    except PackError as error:
        for problem in error.problems:
            fail(problem)
        return FAILED
    migrate(settings.database)
    lines, version = asyncio.run(_apply(settings, pack, dry_run=dry_run))
    if as_json:
        say(json.dumps({"version": version, "changes": lines}, ensure_ascii=False))
        return OK
    for line in lines or ["Không có gì thay đổi."]:
        say(line)
    say(f"Đang có hiệu lực: bản {version}." if not dry_run else "Chưa áp dụng (--dry-run).")
    return OK


async def _apply(settings: Settings, pack: Pack, *, dry_run: bool) -> tuple[list[str], int | None]:
    database = Database(settings.database)
    try:
        async with database.transaction() as session:
            version = await policies.in_force(session)
            old = (await rules_of(session)).pack if version is not None else None
            lines = difference(old, pack)
            if not dry_run:
                await put_in_force(session, pack, by="thaogo apply", now=utc_now())
                await session.flush()
            return lines, await policies.in_force(session)
    finally:
        await database.close()


def make_invitation(
    settings: Settings, *, unit: str, role: str, name: str, phone: str, as_json: bool
) -> int:
    """Make a single-use code and say how it is used."""
    migrate(settings.database)
    try:
        answer = asyncio.run(_invite(settings, unit, Role(role), name, phone))
    except LookupError as error:
        return fail(str(error))
    if as_json:
        say(json.dumps(answer, ensure_ascii=False))
        return OK
    until = datetime.fromisoformat(answer["expires_at"]).astimezone(VIETNAM)
    say(f"Mã mời: {answer['code']} (dùng một lần, đến {until:%H:%M ngày %d/%m/%Y})")
    for channel, link in answer["links"].items():
        say(f"  {channel}: {link}")
    return OK


async def _invite(
    settings: Settings, unit: str, role: Role, name: str, phone: str
) -> dict[str, Any]:
    async with opened(settings) as database:
        async with database.transaction() as session:
            found = _unit((await rules_of(session)).units, unit, role)
            code, invitation = invitations.invite(
                session, unit=found, role=role, now=utc_now(), name=name, phone=phone
            )
            await deeds.invited(session, invitation, deeds.CONSOLE, utc_now())
            expires_at = invitation.expires_at.isoformat()
            bot = await zalo.with_most_room(session, settings)
        found_links = await links(settings, database, code, zalo_bot=bot)
    return {"code": code, "expires_at": expires_at, "links": found_links}


def _unit(units: Units, called: str, role: Role) -> str:
    """The code of the unit that is called so. Raises LookupError, which says what to do."""
    found = (called,) if units.agency(called) or units.commune(called) else units.find_units(called)
    if not found:
        raise LookupError(f"unknown unit {called!r}: use a code of the pack, such as chieu_luu")
    if len(found) > 1:
        raise LookupError(f"{called!r} may be {' or '.join(found)}: use one of these codes")
    if role is Role.REPORTER and units.commune(found[0]) is None:
        raise LookupError(f"a reporter belongs to a commune, and {found[0]} is none: use staff")
    return found[0]


def make_sign_in_link(settings: Settings, person: str, *, as_json: bool) -> int:
    """Make a link that signs a person's browser in once, within ten minutes."""
    migrate(settings.database)
    try:
        token = asyncio.run(_sign_in(settings, person))
    except LookupError as error:
        return fail(str(error))
    link = f"{address(settings)}/in/{token}"
    say(json.dumps({"link": link}) if as_json else link)
    return OK


async def _sign_in(settings: Settings, called: str) -> str:
    async with opened(settings) as database, database.transaction() as session:
        person = await named_person(session, called)
        return webchat.make_link(session, person, webchat.CHAT, utc_now())


async def named_person(session: AsyncSession, called: str) -> int:
    """The number of the person who is called so. Raises LookupError, which says what to do."""
    found = await find_people(session, called)
    if not found:
        raise LookupError(f"no person {called}: they join by an invitation first")
    if len(found) > 1:
        listed = ", ".join(f"{person.id} ({person.name})" for person in found)
        raise LookupError(f"several are called {called}: use a number of {listed}")
    assert found[0].id is not None
    return found[0].id


def unlink_channel(settings: Settings, person: str, channel: str) -> int:
    """Take a channel away from a person: a phone was lost, or its number has another owner."""
    migrate(settings.database)
    try:
        count = asyncio.run(_unlink(settings, person, channel))
    except LookupError as error:
        return fail(str(error))
    say(f"Đã bỏ {count} địa chỉ {channel} của {person}.")
    return OK


async def _unlink(settings: Settings, called: str, channel: str) -> int:
    async with opened(settings) as database, database.transaction() as session:
        person = await named_person(session, called)
        own = await contacts.private_contacts(session, person)
        gone = [contact for contact in own if contact.channel == channel]
        if not gone:
            has = ", ".join(sorted({contact.channel for contact in own})) or "none"
            raise LookupError(f"{called} has no channel {channel}, but: {has}")
        moment = Moment(session, utc_now(), await rules_of(session))
        for contact in gone:
            await linking.unlink(moment, contact)
        return len(gone)

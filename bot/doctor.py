"""What is wrong with an installation, and what to do about each thing."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import asdict
from email.utils import parsedate_to_datetime

import httpx

from bot.app import utc_now
from bot.commands import OK, say
from bot.doctor_keeping import backups, retention
from bot.doctor_one_way import one_way
from bot.doctor_zalo import zalo_bots, zalo_oa
from bot.findings import Finding
from bot.links import FAILED
from bot.obstacles import of_database, of_folder
from bot.packs import NoPack, Packs
from bot.settings import Settings, SettingsError
from bot.shelf import shelf_of
from province.load import PackError, load_pack
from province.pack import Pack
from storage import inbox, outbox, rounds
from storage.engine import Database, known_revisions, revision
from storage.outbox import Fate
from storage.shortfalls import shortfalls
from tickets.acts.backups import BACKUP
from tickets.acts.retention import RETENTION
from tickets.moment import Rules

PROBE = "0" * 64
"""The hash of nothing that anybody could send."""
LEAST_DISK = 1_000_000_000
"""Bytes that should stay free for files and the database."""
MOST_SKEW = 30.0
"""Seconds by which the clock may be off."""


def examine(settings: Settings, *, as_json: bool) -> int:
    """Look at everything; the exit status is 1 when something needs doing."""
    findings = asyncio.run(_all(settings))
    problems = [finding for finding in findings if not finding.fine]
    if as_json:
        answer = {"ok": not problems, "findings": [asdict(finding) for finding in findings]}
        say(json.dumps(answer, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "✗" if not finding.fine else "!" if finding.todo else "✓"
            say(f"{mark} {finding.what}: {finding.found}")
            if finding.todo:
                say(f"    → {finding.todo}")
    return FAILED if problems else OK


async def _all(settings: Settings) -> list[Finding]:
    findings = [_configuration(settings), _disk(settings), _pack_file(settings)]
    findings += await asyncio.to_thread(_bucket, settings)
    database = Database(settings.database)
    try:
        findings += [finding async for finding in _database(database)]
        is_there = all(f.fine for f in findings if f.what in {"database", "migrations"})
        for look in (zalo_bots, zalo_oa, one_way):
            findings += [found async for found in look(settings, database if is_there else None)]
    finally:
        await database.close()
    findings += [finding async for finding in _telegram(settings)]
    findings.append(await _clock(settings))
    return findings


def _configuration(settings: Settings) -> Finding:
    if settings.public_url is None:
        return Finding("configuration", fine=True, found="local only (no THAOGO_PUBLIC_URL)")
    if settings.public_url.startswith("http://"):
        todo = "put a reverse proxy with TLS in front and set THAOGO_PUBLIC_URL=https://…"
        return Finding("configuration", fine=False, found="public URL without TLS", todo=todo)
    return Finding("configuration", fine=True, found=settings.public_url)


def _disk(settings: Settings) -> Finding:
    if problem := of_folder(settings.data_dir):
        return _wrong("disk", problem)
    free = shutil.disk_usage(settings.data_dir).free
    todo = "" if free >= LEAST_DISK else f"free space on the disk of {settings.data_dir}"
    return Finding("disk", fine=not todo, found=f"{free / 1e9:.1f} GB free", todo=todo)


def _bucket(settings: Settings) -> list[Finding]:
    """Whether the bucket of files takes one, gives it back and lets it go."""
    if settings.media_url is None:
        return []
    try:
        shelf = shelf_of(settings)
        shelf.write(PROBE, b"?")
        read = shelf.read(PROBE)
        shelf.remove(PROBE)
    except (OSError, SettingsError) as error:
        todo = "look at THAOGO_MEDIA_URL: host, name of the bucket, key and its rights"
        return [Finding("files", fine=False, found=str(error), todo=todo)]
    return [Finding("files", fine=read == b"?", found="the bucket keeps and gives back")]


def _wrong(what: str, problem: str) -> Finding:
    """A finding from a sentence that ends, after a colon, with what to do."""
    found, _, todo = problem.rpartition(": ")
    return Finding(what, fine=False, found=found, todo=todo)


def _pack_file(settings: Settings) -> Finding:
    try:
        pack = load_pack(settings.province)
    except PackError as error:
        todo = "correct the named line"
        return Finding("pack file", fine=False, found=error.problems[0], todo=todo)
    return Finding("pack file", fine=True, found=f"{pack.name} in {settings.province.name}")


def _duty(pack: Pack) -> Finding:
    """A warning, not a fault: without numbers people read 112."""
    silent = [
        agency.short
        for agency in pack.agencies
        if agency.duty and not any(duty.phone for duty in agency.duty)
    ]
    if not silent:
        return Finding("duty numbers", fine=True, found="all filled")
    found = f"{len(silent)} duty officers without a number: {', '.join(silent)}"
    todo = "fill `phone` in agencies.yaml and run `thaogo apply`; until then people read 112"
    return Finding("duty numbers", fine=True, found=found, todo=todo)


async def _database(database: Database) -> AsyncIterator[Finding]:
    if problem := await of_database(database.url.render_as_string(hide_password=False)):
        yield _wrong("database", problem)
        return
    yield Finding("database", fine=True, found=database.url.get_backend_name())
    at, known = await revision(database), known_revisions()
    todo = "" if at == known[0] else "start the server once (`thaogo run`): it migrates"
    if at is not None and at not in known:
        todo = "a newer Tháo Gỡ made this database: start that one, or restore a backup"
    yield Finding("migrations", fine=not todo, found=at or "empty", todo=todo)
    if todo:
        return
    async for finding in _contents(database):
        yield finding


async def _contents(database: Database) -> AsyncIterator[Finding]:
    async with database.reading() as session:
        try:
            rules: Rules | None = await Packs().in_force(session)
        except NoPack:
            rules = None
        found = f"version {rules.version}" if rules else "none"
        todo = "" if rules else "run `thaogo apply province/nghe_an`"
        yield Finding("pack in force", fine=rules is not None, found=found, todo=todo)
        if rules is not None:
            yield _duty(rules.pack)
            yield retention(rules, await rounds.named(session, RETENTION))
        yield backups(await rounds.named(session, BACKUP), utc_now())
        dead = await outbox.dead_letters(session)
        lines = "; ".join(f"#{row.id} {row.channel} {row.error}" for row in dead[:5])
        count = await outbox.count(session, Fate.DEAD)
        lost = await outbox.count_notices(session, Fate.DEAD)
        todo = "reach these people another way, then invite or bind the desk again"
        fine = not count and not lost
        yield Finding(
            "dead letters",
            fine=fine,
            found=f"{count} undeliverable, {lost} without anybody to reach {lines}".strip(),
            todo="" if fine else todo,
        )
        late = await shortfalls(session, utc_now())
        yield Finding(
            "on time",
            fine=not late,
            found="; ".join(f"{one.count} {one.kind} since {one.since:%H:%M} UTC" for one in late)
            or "all that is due has happened",
            todo="start `thaogo run`, or look into its log" if late else "",
        )
        aside = await inbox.all_set_aside(session)
        todo = "send the messages to the developers; their senders were told" if aside else ""
        lines = "; ".join(f"#{row.id} {row.channel} {row.error}" for row in aside[:5])
        yield Finding(
            "set aside", fine=not aside, found=f"{len(aside)} updates {lines}".strip(), todo=todo
        )


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding("telegram", fine=True, found="not configured")
        return
    from bot.channels.base import ChannelError  # noqa: PLC0415  only with a token
    from bot.channels.telegram import Telegram  # noqa: PLC0415

    telegram = Telegram(
        settings.telegram_token.get_secret_value(),
        open_file=lambda _: b"",
        api_url=settings.telegram_api_url,
    )
    try:
        yield Finding("telegram", fine=True, found=await telegram.check())
    except ChannelError as error:
        todo = "check THAOGO_TELEGRAM_TOKEN, THAOGO_TELEGRAM_API_URL and the network"
        yield Finding("telegram", fine=False, found=str(error), todo=todo)
    finally:
        await telegram.close()


async def _clock(settings: Settings) -> Finding:
    """Compare our clock with the Date header of a channel's server, where there is one."""
    uncompared = Finding("clock", fine=True, found=f"{utc_now():%H:%M:%S} UTC (not compared)")
    servers = {
        settings.telegram_api_url: settings.telegram_token is not None,
        settings.zalo_bot_api_url: bool(settings.zalo_bot_tokens),
        settings.zalo_oa_api_url: settings.zalo_oa_app_id is not None,
    }
    server = next((url for url, is_used in servers.items() if is_used), None)
    if server is None:
        return uncompared
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.head(server)
        there = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return uncompared
    skew = abs((utc_now() - there).total_seconds())
    todo = "" if skew <= MOST_SKEW else "set the clock: install chrony or systemd-timesyncd"
    return Finding("clock", fine=not todo, found=f"off by {skew:.0f} s", todo=todo)

"""The processes that things happen to: started, killed somewhere, and started again."""

import asyncio
import os
import random
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.bench.fault_load import ZALO_SECRET
from tests.bench.server import free_port
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.zalo_bot_api import TOKEN as ZALO_TOKEN
from tests.doubles.zalo_bot_api import ZaloBotApi

PATIENCE = 240.0
"""Seconds that a start may take on a busy machine before the bench gives up."""


@dataclass
class Member:
    """One place for a process: its roles, its port, and who runs there now."""

    roles: Sequence[str]
    port: int
    process: Process | None = None


@dataclass
class Fleet:
    """All processes on one database."""

    folder: Path
    url: str
    telegram: BotApi
    zalo: ZaloBotApi
    members: list[Member] = field(default_factory=list)

    def add(self, *roles: str) -> None:
        """One more process; without roles it does everything."""
        self.members.append(Member(roles, free_port()))

    @property
    def ports(self) -> list[int]:
        """Where Zalo may call."""
        return [m.port for m in self.members if "web" in m.roles or not m.roles]

    async def start(self, member: Member, end: str = "") -> None:
        """Start a process; `end` is the boundary at which it kills itself."""
        roles = [part for role in member.roles for part in ("--role", role)]
        log = (self.folder / f"{member.port}.log").open("ab")
        member.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.bench.faulty", "run", *roles),
            env=self._environment(member, end),
            stdout=log,
            stderr=log,
        )
        log.close()

    async def ready(self, *members: Member) -> None:
        """Wait until processes are ready, or have ended."""
        async with aiohttp.ClientSession() as client:
            for member in members or self.members:
                await _until_ready(client, member)

    async def kill(self, member: Member) -> None:
        """As kill -9 does."""
        assert member.process is not None
        if member.process.returncode is None:
            member.process.kill()
        await member.process.wait()

    async def dies(self, member: Member) -> None:
        """Wait until a process has ended itself; SystemExit when its boundary never comes."""
        process = member.process
        assert process is not None
        if not await until(lambda: process.returncode is not None, PATIENCE):
            raise SystemExit(f"bench: no process died on port {member.port}")

    async def stop(self) -> list[float]:
        """Tell all to stop; the seconds each took."""
        began = time.monotonic()
        for member in self.members:
            if member.process is not None and member.process.returncode is None:
                member.process.terminate()
        return [await _ended(member, began) for member in self.members if member.process]

    def any(self, chance: random.Random) -> Member:
        """One of them."""
        return chance.choice(self.members)

    def _environment(self, member: Member, end: str) -> dict[str, str]:
        kept = {name: v for name, v in os.environ.items() if not name.startswith("THAOGO_")}
        return kept | {
            "FAULTS_FOLDER": str(self.folder),
            "FAULTS_END": end,
            "THAOGO_DATABASE_URL": self.url,
            "THAOGO_DATA_DIR": str(self.folder),
            "THAOGO_HTTP_PORT": str(member.port),
            "THAOGO_PUBLIC_URL": "https://thaogo.example",
            "THAOGO_TELEGRAM_TOKEN": TOKEN,
            "THAOGO_TELEGRAM_API_URL": self.telegram.url,
            "THAOGO_ZALO_BOT_TOKEN": ZALO_TOKEN,
            "THAOGO_ZALO_BOT_API_URL": self.zalo.url,
            "THAOGO_ZALO_BOT_WEBHOOK_SECRET": ZALO_SECRET,
            "THAOGO_LOG_LEVEL": "INFO",
        }


async def _until_ready(client: aiohttp.ClientSession, member: Member) -> None:
    began = time.monotonic()
    assert member.process is not None
    while time.monotonic() - began < PATIENCE:
        if member.process.returncode is not None:
            return
        try:
            async with client.get(f"http://127.0.0.1:{member.port}/readyz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.05)
    raise SystemExit(f"bench: no process was ready on port {member.port}")


async def _ended(member: Member, began: float) -> float:
    assert member.process is not None
    await member.process.wait()
    return time.monotonic() - began


async def until(holds: Callable[[], object], seconds: float) -> bool:
    """Wait until something holds, but no longer; whether it came to hold."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            return False
        await asyncio.sleep(0.02)
    return True

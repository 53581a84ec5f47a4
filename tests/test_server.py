"""The real server as a process: a report from Telegram, killed between commit and delivery."""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.telegram_phone import Phone

ROOT = Path(__file__).parent.parent
REPORT = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
STARTS_WITHIN = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """One `python -m bot run`, and the commands beside it."""

    def __init__(self, folder: Path, api: str) -> None:
        self.port = free_port()
        self.folder = folder
        self.environment = {
            **os.environ,
            "THAOGO_DATA_DIR": str(folder),
            "THAOGO_HTTP_PORT": str(self.port),
            "THAOGO_TELEGRAM_TOKEN": TOKEN,
            "THAOGO_TELEGRAM_API_URL": api,
            "PYTHONPATH": str(ROOT),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "bot", "run"]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=self.folder, stderr=subprocess.DEVNULL
        )

    async def ready(self) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            for _ in range(int(STARTS_WITHIN * 10)):
                try:
                    answer = await client.get(f"http://127.0.0.1:{self.port}/readyz")
                    if answer.status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise AssertionError("the server did not become ready")

    async def command(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            env=self.environment,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
        return out.decode()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=20)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def tickets(self) -> int:
        with sqlite3.connect(self.folder / "thaogo.db") as database:
            return int(database.execute("SELECT count(*) FROM tickets").fetchone()[0])


@pytest.mark.timeout(120)
async def test_a_report_survives_kill_9_and_a_server_told_to_stop_finishes(tmp_path: Path) -> None:
    async with BotApi() as api:
        server = Running(tmp_path, api.url)
        phone = Phone(4711)
        invited = json.loads(
            await server.command("invite", "--unit", "chieu_luu", "--role", "reporter", "--json")
        )
        assert set(invited["links"]) == {"web", "telegram"}
        server.start()
        try:
            await server.ready()
            await api.push(phone.text(f"/start {invited['code']}"))
            await api.until(lambda: len(api.said(4711)) == 2, seconds=20)
            stuck = api.fail(method="sendMessage", status=502, taken=False, times=1000)
            await api.push(phone.text(REPORT))
            await api.until(server.tickets, seconds=20)
            server.kill()
            server.start()
            await server.ready()
            stuck.times = 0  # not before: the dead one's last call may still be under way
            await api.until(lambda: len(api.said(4711)) >= 3, seconds=30)
            if os.name != "nt":  # Windows has no signal that asks to stop
                assert await asyncio.to_thread(server.stop) == 0
                assert not (tmp_path / "thaogo.db-wal").exists(), "the database was not closed"
            receipts = [text for text in api.said(4711) if "Chủ trì" in text]
            assert len(receipts) == 1
            assert server.tickets() == 1
        finally:
            server.kill()

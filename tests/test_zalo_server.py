"""The real server as a process, called by Zalo: an official joins and reports without buttons."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.zalo_bot_api import TOKEN, ZaloBotApi
from tests.test_server import Running

CHAT = "6ede9afa66b88fe6d6a9"
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"


class Phone:
    """One person's Zalo, whose words come to the server's webhook."""

    def __init__(self, api: ZaloBotApi, port: int) -> None:
        self.api, self.port, self.said = api, port, 0

    async def says(self, text: str) -> int:
        self.said += 1
        who = {"id": CHAT, "display_name": "Lan", "is_bot": False}
        message = {"from": who, "chat": {"id": CHAT, "chat_type": "PRIVATE"}, "text": text}
        message |= {"message_id": f"m{self.said}", "date": 1750316131602}
        event = {"event_name": "message.text.received", "message": message}
        return await self.posted({"ok": True, "result": event})

    async def posted(self, event: Any, **headers: str) -> int:
        hook = self.api.bot.webhook
        assert hook["url"] == "https://thaogo.example/hooks/zalo-bot"
        here = {**hook, "url": f"http://127.0.0.1:{self.port}/hooks/zalo-bot"}
        self.api.bot.webhook = here
        try:
            answer = await self.api.call_back(event, **headers)
        finally:
            self.api.bot.webhook = hook
        return answer.status_code

    async def hears(self, count: int) -> list[str]:
        for _ in range(200):
            texts = [message.text for message in self.api.in_chat(f"123456/{CHAT}")]
            if len(texts) >= count:
                return texts
            await asyncio.sleep(0.1)
        raise AssertionError(f"{count} messages never came: {texts}")


@pytest.mark.timeout(120)
async def test_an_official_joins_and_reports_over_a_webhook(tmp_path: Path) -> None:
    async with ZaloBotApi() as api:
        server = Running(tmp_path, "http://127.0.0.1:9")
        for name in ("TELEGRAM_TOKEN", "TELEGRAM_API_URL"):
            del server.environment[f"THAOGO_{name}"]
        server.environment |= {
            "THAOGO_ZALO_BOT_TOKEN": TOKEN,
            "THAOGO_ZALO_BOT_API_URL": api.url,
            "THAOGO_ZALO_BOT_WEBHOOK_SECRET": "a-secret-of-ours",
            "THAOGO_PUBLIC_URL": "https://thaogo.example",
        }
        phone = Phone(api, server.port)
        invite = ("invite", "--unit", "chieu_luu", "--role", "reporter", "--json")
        invited = json.loads(await server.command(*invite))
        assert "bot.123456" in invited["links"]["zalo_bot"]
        server.start()
        try:
            await server.ready()
            for _ in range(100):
                if api.bot.webhook:
                    break
                await asyncio.sleep(0.1)
            assert await phone.says(invited["code"]) == 200
            await phone.hears(2)
            assert await phone.says(BRIDGE) == 200
            receipt, question = (await phone.hears(4))[2:]
            assert "Chủ trì" in receipt
            assert question.endswith("\n1. Có\n2. Không\n3. Chưa rõ")
            assert "\n✎ Đúng · Sai đơn vị" in receipt  # the question alone is numbered
            await phone.says("2")
            assert await phone.posted({}, **{"X-Bot-Api-Secret-Token": "wrong"}) == 403
            told = json.loads(await server.command("doctor", "--json"))
            (bot,) = [f for f in told["findings"] if f["what"] == "zalo bot 123456"]
            assert (bot["fine"], bot["found"]) == (True, "bot.123456, calls thaogo.example")
            (quota,) = [f for f in told["findings"] if f["what"] == "zalo bot 123456 quota"]
            assert quota["found"].startswith("1 of 50 people, ")
            assert server.tickets() == 1
        finally:
            server.kill()

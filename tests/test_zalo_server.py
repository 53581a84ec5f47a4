"""The real server as a process, called by Zalo: officials join and report over bot and account."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.doubles.zalo_bot_api import TOKEN, ZaloBotApi
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, OA_SECRET, REFRESH, ZaloOaApi
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
        message |= {"message_id": f"m{self.said}", "date": int(time.time() * 1000)}
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


@pytest.mark.prove
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


class Follower:
    """One person's Zalo, whose words to the account come to the server's webhook, signed."""

    def __init__(self, api: ZaloOaApi, port: int) -> None:
        self.api, self.url, self.said = api, f"http://127.0.0.1:{port}/hooks/zalo-oa", 0

    async def says(self, text: str, *, secret: str = OA_SECRET) -> int:
        self.said += 1
        message = {"msg_id": f"m{self.said}", "text": text}
        event = {"app_id": APP_ID, "event_name": "user_send_text", "message": message}
        event |= {"sender": {"id": CHAT}, "recipient": {"id": "oa1"}}
        body, headers = self.api.signed(
            event | {"timestamp": str(int(time.time() * 1000))}, secret=secret
        )
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.post(self.url, content=body, headers=headers)).status_code

    async def hears(self, count: int) -> list[Any]:
        for _ in range(200):
            messages = self.api.chats.get(CHAT, [])
            if len(messages) >= count:
                return messages
            await asyncio.sleep(0.1)
        raise AssertionError(f"{count} messages never came: {messages}")


@pytest.mark.prove
@pytest.mark.timeout(120)
async def test_an_official_joins_and_presses_over_an_official_account(tmp_path: Path) -> None:
    async with ZaloOaApi() as api:
        server = Running(tmp_path, "http://127.0.0.1:9")
        for name in ("TELEGRAM_TOKEN", "TELEGRAM_API_URL"):
            del server.environment[f"THAOGO_{name}"]
        server.environment |= {
            "THAOGO_ZALO_OA_APP_ID": APP_ID,
            "THAOGO_ZALO_OA_APP_SECRET": APP_SECRET,
            "THAOGO_ZALO_OA_SECRET_KEY": OA_SECRET,
            "THAOGO_ZALO_OA_REFRESH_TOKEN": REFRESH,
            "THAOGO_ZALO_OA_API_URL": api.url,
            "THAOGO_ZALO_OA_OAUTH_URL": api.url,
            "THAOGO_SECRET_KEY": "a key of thirty-two letters or more",
            "THAOGO_PUBLIC_URL": "https://thaogo.example",
        }
        invite = ("invite", "--unit", "chieu_luu", "--role", "reporter", "--json")
        invited = json.loads(await server.command(*invite))
        assert invited["links"]["zalo_oa"].startswith("https://zalo.me/oa1")
        server.start()
        phone = Follower(api, server.port)
        try:
            await server.ready()
            assert await phone.says(invited["code"]) == 200
            await phone.hears(2)
            assert await phone.says(BRIDGE, secret=APP_SECRET) == 403
            assert await phone.says(BRIDGE) == 200
            receipt, question = (await phone.hears(4))[2:]
            assert "Chủ trì" in receipt.text
            assert [button["title"] for button in question.buttons] == ["Có", "Không", "Chưa rõ"]
            assert await phone.says(question.buttons[1]["payload"]) == 200
            told = json.loads(await server.command("doctor", "--json"))
            (oa,) = [f for f in told["findings"] if f["what"] == "zalo oa"]
            assert oa["found"].startswith("Tháo Gỡ Nghệ An (Tăng trưởng); ")
            assert "; last heard " in oa["found"]
            (use,) = [f for f in told["findings"] if f["what"] == "zalo oa use"]
            assert "0 after 48 h: about 0 đ" in use["found"]
            assert server.tickets() == 1
            assert api.renewals == 1  # three processes, one pair of tokens
        finally:
            server.kill()

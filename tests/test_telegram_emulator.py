"""Somebody else's idea of a Bot API server, lo-bot-api-emulator, understands us, and we it."""

import asyncio

import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from bot.channels.base import File, Part, Undeliverable
from bot.channels.telegram import Telegram
from bot.polling import poll
from tests.doubles.telegram_phone import Phone
from tests.doubles.telegram_queue import SECRET_HEADER
from tickets.rich import bold

TOKEN = "123456:a-made-up-token"
CHAT = "700100200"
KEPT = {"photo": b"a photo", "paper": b"a paper"}
PHOTO, PAPER = File("photo", "photo", "image/jpeg"), File("paper", "document", "application/pdf")
SOON = 5


@pytest.fixture
async def emulator():
    return LoBotApiEmulator(allow_insecure_loopback_webhooks=True)


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.fixture
async def telegram(emulator):
    runner, url = await serve(emulator.app())
    channel = Telegram(TOKEN, open_file=KEPT.__getitem__, api_url=url, pacing=False)
    yield channel
    await channel.close()
    await runner.cleanup()


async def test_it_says_who_it_is(telegram):
    assert await telegram.check() == "Fixture"


async def test_every_call_we_make_is_one_it_knows(emulator, telegram):
    card = Part(f"{bold('NA-26-000123')} · cầu < tràn", ((("Tiếp nhận", "t:ack:1:1"),),))
    receipt = await telegram.send(CHAT, card, delivery=1)
    assert await telegram.send(CHAT, Part("đã nhận"), delivery=2, edits=receipt) == receipt
    for files in ((PHOTO,), (PAPER,), (PHOTO, PHOTO), (PAPER, PHOTO)):
        assert await telegram.send(CHAT, Part(files=files), delivery=3)
    await telegram.toast("77", "Đã tiếp nhận")
    assert [(seen["method"], seen["status"]) for seen in emulator.requests] == [
        ("sendMessage", 200),
        ("editMessageText", 200),
        ("sendPhoto", 200),
        ("sendDocument", 200),
        ("sendMediaGroup", 200),
        ("sendMediaGroup", 200),
        ("answerCallbackQuery", 200),
    ]


async def test_what_it_refuses_is_undeliverable(telegram):
    with pytest.raises(Undeliverable, match="essage is too long"):
        await telegram.send(CHAT, Part("x" * 5000), delivery=1)
    with pytest.raises(Undeliverable, match="hat not found") as caught:
        await telegram.send("0", Part("x"), delivery=1)
    assert caught.value.gone


async def test_what_was_sent_can_be_fetched(emulator, telegram):
    await telegram.send(CHAT, Part(files=(PHOTO,)), delivery=1)
    (file_id,) = emulator.assets
    assert await telegram.fetch(file_id, most=100) == KEPT["photo"]
    with pytest.raises(Undeliverable):
        await telegram.fetch(file_id, most=3)


async def test_its_updates_come_again_until_they_are_taken(emulator, telegram):
    batches: asyncio.Queue[list[str]] = asyncio.Queue()
    refusals, stop = [OSError("the database is away")], asyncio.Event()

    async def receive(batch):
        await batches.put([incoming.text or incoming.press for incoming in batch])
        if refusals:
            raise refusals.pop()

    await emulator.enqueue_update(Phone(9).text("mất mạng"), token=TOKEN)
    await emulator.enqueue_update(Phone(9).press("t:ack:1:1", 3), token=TOKEN)
    loop = asyncio.create_task(poll(telegram, receive, receive, stop, first_pause=0.01))
    for _ in range(2):
        assert await asyncio.wait_for(batches.get(), SOON) == ["mất mạng", "t:ack:1:1"]
    await emulator.enqueue_update(Phone(9).photo("AgAC", "ảnh"), token=TOKEN)
    assert await asyncio.wait_for(batches.get(), SOON) == ["ảnh"]
    stop.set()
    await asyncio.wait_for(loop, 1)


async def test_its_webhook_brings_the_secret_and_keeps_what_was_not_taken(emulator, telegram):
    answers, heard = [500, 200, 200], []

    async def hook(request):
        incoming = telegram.parse(await request.json())
        heard.append((incoming.text, request.headers.get(SECRET_HEADER)))
        return web.Response(status=answers.pop(0))

    app = web.Application()
    app.router.add_post("/hooks/telegram", hook)
    runner, url = await serve(app)
    await telegram.set_webhook(f"{url}/hooks/telegram", "a_Secret-1")
    await emulator.enqueue_update(Phone(9).text("một"), token=TOKEN)
    await emulator.enqueue_update(Phone(9).text("hai"), token=TOKEN)
    assert heard == [(text, "a_Secret-1") for text in ("một", "một", "hai")]
    await runner.cleanup()

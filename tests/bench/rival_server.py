"""The rivals as servers: python -m tests.bench.rival_server aiogram|ptb|nothing.

Each takes the same webhook as ours and answers by the same Bot API over HTTP, as its own
documentation shows it. None keeps a ticket, a message or a deadline; `nothing` keeps no state
either: it shows what the bench itself can drive on this machine.
"""

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.rivals import Rival
from tests.doubles.bot_api import TOKEN

HOOK = "/hooks/telegram"
API, PORT, REDIS, FOLDER = (f"RIVAL_{name}" for name in ("API", "PORT", "REDIS", "FOLDER"))
ANSWERS = (
    "Đã ghi nhận. Có phải dừng tiếp dân không?",
    "Ở phòng nào?",
    "Máy gì, mấy cái?",
    "Cảm ơn, đã đủ thông tin.",
    "Không có gì ạ.",
)
DANGER, PLACE, ERROR, THANKS = range(4)
Step = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[int]]


def aiogram(app: web.Application) -> None:
    """aiogram's own webhook handler over RedisStorage; it answers 200 first, as it ships."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ[API]))
    # Its pool's own limit would lose updates that it has already answered with 200.
    storage = RedisStorage.from_url(os.environ[REDIS], {"max_connections": 10_000})
    rival = Rival(storage, Bot(TOKEN, session=session))
    SimpleRequestHandler(rival.dispatcher, rival.bot).register(app, HOOK)


def ptb(app: web.Application) -> None:
    """python-telegram-bot's ConversationHandler over PicklePersistence, one update at a time.

    Its documentation forbids concurrent updates with conversations; the file is written each
    minute, as it ships.
    """
    application = _conversation()

    async def begin(_: web.Application) -> None:
        await application.initialize()
        await application.start()

    async def end(_: web.Application) -> None:
        await application.stop()
        await application.shutdown()

    async def hook(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return web.Response()

    app.on_startup.append(begin)
    app.on_cleanup.append(end)
    app.router.add_post(HOOK, hook)


def _conversation() -> Application[Any, Any, Any, Any, Any, Any]:
    kept = PicklePersistence(Path(os.environ[FOLDER]) / "talk.pickle")
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{os.environ[API]}/bot")
    application = builder.persistence(kept).build()
    order = ((DANGER, PLACE), (PLACE, ERROR), (ERROR, THANKS), (THANKS, ConversationHandler.END))
    said = filters.TEXT & ~filters.COMMAND
    talk = ConversationHandler(
        entry_points=[MessageHandler(said, _step(0, DANGER))],
        states={
            state: [MessageHandler(said, _step(nth, following))]
            for nth, (state, following) in enumerate(order, 1)
        },
        fallbacks=[],
        name="talk",
        persistent=True,
    )
    application.add_handler(talk)
    return application


def _step(nth: int, following: int) -> Step:
    """Note what was said, answer, and go on; at the end forget it."""

    async def step(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data[nth] = update.message.text
        if following == ConversationHandler.END:
            context.user_data.clear()
        await update.message.reply_text(ANSWERS[nth])
        return following

    return step


def nothing(app: web.Application) -> None:
    """Answer whatever comes."""

    async def hook(request: web.Request) -> web.Response:
        chat = (await request.json())["message"]["chat"]["id"]
        url = f"{os.environ[API]}/bot{TOKEN}/sendMessage"
        async with app[CLIENT].post(url, json={"chat_id": chat, "text": ANSWERS[-1]}) as answer:
            return web.Response(status=answer.status)

    async def begin(app: web.Application) -> None:
        app[CLIENT] = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    app.on_startup.append(begin)
    app.router.add_post(HOOK, hook)


CLIENT: web.AppKey[aiohttp.ClientSession] = web.AppKey("client", aiohttp.ClientSession)


async def _ready(_: web.Request) -> web.Response:
    return web.Response(text="ready")


def main() -> None:
    """Serve one of them on a loopback port."""
    app = web.Application()
    {"aiogram": aiogram, "ptb": ptb, "nothing": nothing}[sys.argv[1]](app)
    app.router.add_get("/healthz", _ready)
    app.router.add_get("/readyz", _ready)
    web.run_app(
        app, host="127.0.0.1", port=int(os.environ[PORT]), access_log=None, print=lambda *_: None
    )


if __name__ == "__main__":
    main()

"""The server as `thaogo run` starts it, but with Telegram's pacing off."""

import asyncio
from functools import partial

from bot import serve
from bot.channels import telegram
from bot.settings import read_settings

if __name__ == "__main__":
    telegram.Telegram = partial(telegram.Telegram, pacing=False)  # type: ignore[misc,assignment]  # serve takes it from there
    asyncio.run(serve.Server(read_settings()).run())

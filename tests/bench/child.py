"""The server as `thaogo run` starts it, but with Telegram's pacing off."""

import sys
from functools import partial

from bot.__main__ import main
from bot.channels import telegram

if __name__ == "__main__":
    telegram.Telegram = partial(telegram.Telegram, pacing=False)  # type: ignore[misc,assignment]  # bot.serve takes it from there
    sys.exit(main(["run"]))

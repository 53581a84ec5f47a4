"""The server as `thaogo run` starts it, with what a bench needs around it.

BENCH_PACING=off leaves Telegram's pacing out; BENCH_AHEAD sets the clock so many seconds ahead;
BENCH_STACKS names the file of samples, which are taken from SIGUSR2 until the end.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.__main__ import main
from tests.bench import people, sampler

CHILD = ("tests.bench.child",)
PACING, AHEAD, STACKS = "BENCH_PACING", "BENCH_AHEAD", "BENCH_STACKS"
PACING_OFF = {PACING: "off"}


def in_office_hours() -> dict[str, str]:
    """What lets a server that starts now believe that it is the Monday of `people.NOW`."""
    return {AHEAD: str((people.NOW - datetime.now(UTC)).total_seconds())}


def run() -> int:
    """Run the server."""
    if os.environ.get(PACING) == "off":
        from bot.channels import telegram  # noqa: PLC0415  only here, it takes a second

        telegram.Telegram = partial(telegram.Telegram, pacing=False)  # type: ignore[misc,assignment]  # bot.serve takes it from there
    if ahead := os.environ.get(AHEAD):
        _set_clock(timedelta(seconds=float(ahead)))
    if stacks := os.environ.get(STACKS):
        signal.signal(signal.SIGUSR2, lambda *_: sampler.begin())
        try:
            return main(["run"])
        finally:
            sampler.end()
            sampler.write(stacks)
    return main(["run"])


def _set_clock(ahead: timedelta) -> None:
    import bot.app  # noqa: PLC0415  before anybody takes the clock from it
    import bot.serve  # noqa: PLC0415

    bot.app.utc_now = bot.serve.utc_now = lambda: datetime.now(UTC) + ahead


if __name__ == "__main__":
    sys.exit(run())

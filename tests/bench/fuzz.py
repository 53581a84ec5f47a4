"""Every reader of outside bytes given made-up ones for some minutes: how many, and what broke."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from storage.engine import migrate
from tests import fuzzed, fuzzing
from tests.bench.figures import Figure

MINUTES = float(os.environ.get("THAOGO_BENCH_MINUTES", "6"))
"""In all; `dev.py bench fuzz --minutes N` says another."""
AT_ONCE = 200
"""Examples of one reader before the next has its turn."""


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """The readers in turn until the time is over; whatever broke is told with its example."""
    del profile
    import asyncio  # noqa: PLC0415  hypothesis needs a thread without a loop

    return await asyncio.to_thread(_measured, 0.2 if is_short else MINUTES)


def _measured(minutes: float) -> list[Figure]:
    end = time.monotonic() + 60 * minutes
    counts: dict[str, int] = {}
    broken: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fuzz.db'}"
        migrate(url)
        with fuzzed.inside(url) as found:
            named = fuzzed.targets(found)
            while time.monotonic() < end:
                for name, (strategy, check) in named.items():
                    done, failed = _turn(name, strategy, check)
                    counts[name] = counts.get(name, 0) + done
                    broken[name] = broken.get(name, 0) + failed
    return [
        figure
        for name in counts
        for figure in (
            Figure("fuzz", f"{name}: examples", counts[name], "examples"),
            Figure("fuzz", f"{name}: findings", broken[name], "", target=0, is_least=False),
        )
    ]


def _turn(
    name: str, strategy: st.SearchStrategy[Any], check: Callable[[Any], None]
) -> tuple[int, int]:
    """How many examples a reader was given, and whether one broke it."""
    done = 0

    def counted(example: Any) -> None:
        nonlocal done
        done += 1
        check(example)

    try:
        fuzzing.tries(strategy, counted, examples=AT_ONCE, again=False)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        last = "".join(traceback.format_exception(error)[-1:])
        sys.stderr.write(f"{name}: {last[:2000]}\n")
        return done, 1
    return done, 0

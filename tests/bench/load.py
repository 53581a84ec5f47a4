"""How the program bears load: for long, at most, with years of tickets, and in a storm's night.

Generator, doubles and what is measured share the machine, as they do in every bench here: `highest:
the bench itself` says what the generator could drive if the program cost nothing.
"""

import os
from collections.abc import Awaitable, Callable, Sequence

from tests.bench import highest, people, steady, storm
from tests.bench.figures import Figure

PARTS: dict[str, Callable[[bool, Sequence[str]], Awaitable[list[Figure]]]] = {
    "sustained": steady.sustained,
    "highest": highest.measure,
    "growth": steady.growth,
    "storm": storm.measure,
}


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """All parts, or those that `--parts` names; `profile` takes samples of the sustained one."""
    reports = people.suitable_reports(people.bundled())
    asked = os.environ.get("THAOGO_BENCH_PARTS", "")
    steady.is_sampled = profile
    found = [Figure("load", "load average of the machine before it", os.getloadavg()[0], "")]
    for name in asked.split(",") if asked else PARTS:
        if name not in PARTS:
            raise SystemExit(f"bench: load has no part {name}; there are {', '.join(PARTS)}")
        found += await PARTS[name](is_short, reports)
    return found

"""How long a person waits: from the posted webhook to the answer at the Bot API double."""

import statistics

from tests.bench import people, server
from tests.bench.child import CHILD, PACING_OFF
from tests.bench.figures import Figure

MOST = 250.0
"""Milliseconds, for 99 of 100."""
CASES = (
    ("50/s, pacing off", 50.0, PACING_OFF),
    ("15/s, real pacing", 15.0, {}),
)


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """A real process each time; `profile` changes nothing, for the work is in the other process."""
    del profile
    reports = people.suitable_reports(people.bundled())
    seconds = 5.0 if is_short else 30.0
    found = []
    for name, rate, around in CASES:
        users = server.users_for(rate, seconds)
        async with server.running(users, CHILD, around=around) as running:
            took = [1000 * span for span in await server.converse(running, rate, seconds, reports)]
        cuts = statistics.quantiles(took, n=100)
        found += [
            Figure("latency", f"{name}: p50", statistics.median(took), "ms"),
            Figure("latency", f"{name}: p99", cuts[98], "ms", target=MOST, is_least=False),
            Figure("latency", f"{name}: longest", max(took), "ms"),
            Figure("latency", f"{name}: answers measured", len(took), ""),
        ]
    return found

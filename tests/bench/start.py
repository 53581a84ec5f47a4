"""How long the program takes to start, beside the bare import of its libraries, and its memory."""

import asyncio
import sys
import time

from tests.bench import figures, people, server
from tests.bench.figures import Figure

LIBRARIES = (
    "aiogram, telegram.ext, sqlmodel, sqlalchemy.ext.asyncio, fastapi, uvicorn, jinja2, httpx, "
    "pydantic_settings, yaml, holidays, PIL.Image, structlog, numpy, "
    "apscheduler.schedulers.asyncio, alembic.command"
)
"""What a running server on SQLite has loaded."""
ROUNDS = 3
TALKS = 40
MOST_RATIO, MOST_MEMORY, MOST_PAGE = 1.6, 350.0, 3.0


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Interleaved starts; after each the program answers 200 messages."""
    del profile
    reports = people.suitable_reports(people.bundled())
    bare, page, ready, fresh, used = [], [], [], [], []
    for _ in range(1 if is_short else ROUNDS):
        bare.append(await _import_time())
        async with server.running(TALKS) as running:
            page.append(running.page_after)
            ready.append(running.ready_after)
            fresh.append(running.memory)
            for user in range(1, TALKS + 1):
                for payload in people.talk(user, reports):
                    await running.post(payload)
            used.append(running.memory)
    least = {"is_least": False}
    return [
        figures.rounds("start", "bare import of the libraries", bare, "s", **least),
        figures.rounds("start", "first page", page, "s", target=MOST_PAGE, **least),
        figures.rounds("start", "ready", ready, "s", **least),
        Figure(
            "start", "ready / bare import", min(ready) / min(bare), "ratio", MOST_RATIO, **least
        ),
        figures.rounds("start", "memory when ready", fresh, "MB", target=MOST_MEMORY, **least),
        figures.rounds(
            "start", "memory after 200 messages", used, "MB", target=MOST_MEMORY, **least
        ),
    ]


async def _import_time() -> float:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", f"import {LIBRARIES}")
    assert await process.wait() == 0
    return time.perf_counter() - started

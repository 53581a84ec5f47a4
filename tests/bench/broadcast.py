"""A storm broadcast to 500 people at Telegram's pace, overtaken by an emergency."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import triage
from bot.app import Program
from bot.channels.telegram import Telegram
from storage.people import Contact, Duty, Person, Role, Speaker
from tests.bench import people
from tests.bench.figures import Figure
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.telegram_chats import Call
from tickets.acts import broadcasts
from tickets.incoming import Incoming
from tickets.moment import Moment

PEOPLE, SHORT = 500, 90
PER_SECOND = 30
MOST = 1.05
"""Times the least that the limit allows."""
OVERTAKES = 1.0
"""Seconds from the report of an emergency until its card is at the lead's desk."""
WORDS = "Bão số 5 vào đêm nay: trực 24/24, sơ tán dân vùng sạt lở trước 18 giờ."
DANGER = "sạt lở vùi nhà dân ở bản Khe Tang, có người mắc kẹt"


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """From the confirmation until the last one has it; in the middle a commune calls for help."""
    del profile
    count = SHORT if is_short else PEOPLE
    pack = people.bundled()
    triage.warm(pack)  # as bot.serve does
    async with _far_side() as api:
        channel = Telegram(TOKEN, open_file=lambda _: b"", api_url=api.url)
        async with people.program(channel) as program:
            program.deliverer.now = program.intake.now = program.now = lambda: datetime.now(UTC)
            await people.settle_desks(program.database, pack)
            await people.settle_people(program.database, pack, 1, count)
            stop = asyncio.Event()
            running = asyncio.create_task(program.deliverer.run(stop))
            took, overtook, behind = await _storm(program, api, count)
            stop.set()
            program.deliverer.wake()
            await running
    refused = sum(call.status != 200 for call in api.called("sendMessage"))
    return [
        Figure("broadcast", f"{count} people, of what {PER_SECOND}/s allows", took, "times",
               target=MOST, is_least=False),
        Figure("broadcast", "emergency amid it, report to card", overtook, "s",
               target=OVERTAKES, is_least=False),
        Figure("broadcast", "sent after the emergency", behind, "share"),
        Figure("broadcast", "calls refused as too fast", refused, "", target=0, is_least=False),
    ]  # fmt: skip


@asynccontextmanager
async def _far_side() -> AsyncIterator[BotApi]:
    """The double on a thread of its own: what keeps the program busy must not delay its answers."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    api = BotApi(pace=True)
    try:
        await _there(loop, api.__aenter__())
        yield api
        await _there(loop, api.__aexit__())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)


async def _there(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any]) -> None:
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))


async def _until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110  the double tells on another thread
        await asyncio.sleep(0.005)


async def _storm(program: Program, api: BotApi, count: int) -> tuple[float, float, float]:
    """How many times the least it took, seconds until the card, and what was still to send."""
    started = time.perf_counter()
    await _confirm(program, count)
    await _until(lambda: len(_told(api, WORDS)) >= count // 2)
    asked = time.perf_counter()
    await program.intake.receive([_report(1)])
    await _until(lambda: _cards(api))
    overtook = time.perf_counter() - asked
    left = count - len(_told(api, WORDS))
    await _until(lambda: len(_told(api, WORDS)) >= count)
    took = time.perf_counter() - started
    sent = len(api.called("sendMessage"))
    return took * PER_SECOND / sent, overtook, left / count


async def _confirm(program: Program, count: int) -> None:
    async with program.database.transaction() as session:
        moment = Moment(session, program.now(), await program.packs.in_force(session))
        receivers = await confirm(moment, WORDS, coordinator=5_000_000)
        assert receivers == count
    program.deliverer.wake()


async def confirm(moment: Moment, words: str, *, coordinator: int) -> int:
    """Let a new coordinator send an urgent message to all communes; how many are to hear it."""
    session, pack = moment.session, moment.rules.pack
    person = Person(name="Hà", joined_at=moment.now)
    session.add(person)
    await session.flush()
    contact = Contact(
        id=coordinator, channel="telegram", address=str(coordinator), person_id=person.id
    )
    office = pack.coordinator
    duty = Duty(person_id=person.id or 0, unit=office, role="coordinator", since=moment.now)
    session.add_all([contact, duty])
    await session.flush()
    who = Speaker(contact, person, ((office, Role.COORDINATOR),))
    units = [commune.code for commune in pack.communes]
    row = broadcasts.draft(moment, who, units, words, urgent=True)
    await session.flush()
    await broadcasts.send(moment, row)
    return row.receivers


def _report(person: int) -> Incoming:
    return Incoming(
        channel="telegram",
        key=f"emergency:{person}",
        address=str(person),
        sender=str(person),
        sent_at=datetime.now(UTC),
        text=DANGER,
        receipt="1",
    )


def _told(api: BotApi, words: str) -> list[Call]:
    return [call for call in api.called("sendMessage") if words in str(call.params.get("text"))]


def _cards(api: BotApi) -> list[Call]:
    """The emergency's card on the desks: clerks' chats count from 900,000."""
    return [call for call in _told(api, "Khe Tang") if 900_000 <= (call.chat or 0) < 1_000_000]

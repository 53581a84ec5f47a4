"""The same conversation through aiogram's own states, without any ticket: what others would do."""

import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.types import Chat, Message

HOW_TO_INSTALL = "apt-get install redis-server"
EPOCH = datetime(2026, 11, 23, tzinfo=UTC)


class Captured(BaseSession):
    """Takes every call and gives back the same message, made beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = Message(message_id=1, date=EPOCH, chat=Chat(id=1, type="private"))
        self.taken = 0

    async def make_request(self, bot: Bot, method: Any, timeout: Any = None) -> Any:
        self.taken += 1
        return self.answer

    async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
        yield b""

    async def close(self) -> None: ...


class Talk(StatesGroup):
    """Where a reporter stands."""

    danger = State()
    place = State()
    error = State()
    thanks = State()


async def report(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.danger)
    await state.update_data(text=message.text)
    await message.answer("Đã ghi nhận. Có phải dừng tiếp dân không?")


async def danger(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.place)
    await state.update_data(danger=message.text)
    await message.answer("Ở phòng nào?")


async def place(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.error)
    await state.update_data(place=message.text)
    await message.answer("Máy gì, mấy cái?")


async def error(message: Message, state: FSMContext) -> None:
    await state.set_state(Talk.thanks)
    await state.update_data(error=message.text)
    await message.answer("Cảm ơn, đã đủ thông tin.")


async def thanks(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer("Không có gì ạ.")


class Rival:
    """aiogram with one of its storages; without a bot it speaks to nobody."""

    def __init__(self, storage: BaseStorage, bot: Bot | None = None) -> None:
        router = Router()
        # A bare state would do, but aiogram asks it in a thread: half the speed.
        router.message.register(danger, StateFilter(Talk.danger))
        router.message.register(place, StateFilter(Talk.place))
        router.message.register(error, StateFilter(Talk.error))
        router.message.register(thanks, StateFilter(Talk.thanks))
        router.message.register(report)
        self.bot = bot or Bot("42:never-speaks", session=Captured())
        self.dispatcher = Dispatcher(storage=storage)
        self.dispatcher.include_router(router)

    async def receive(self, payload: dict[str, Any]) -> None:
        await self.dispatcher.feed_raw_update(self.bot, payload)


@contextmanager
def redis() -> Iterator[str | None]:
    """The address of a Redis without persistence on a free loopback port; None without one."""
    server = shutil.which("redis-server")
    if server is None or importlib.util.find_spec("redis") is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with TemporaryDirectory() as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        options += ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        process = subprocess.Popen([server, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("bench: Redis did not start")

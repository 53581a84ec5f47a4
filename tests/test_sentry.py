"""What a Sentry is told of an error: its kind and place, and no word of anybody."""

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import structlog
from aiohttp import web

from bot import sentry
from bot.logs import start_logging
from bot.settings import Settings, SettingsError

WORDS = "bản Xiêng Thù có người bị vùi, gọi 0912345678"
TOKEN = "123456:" + "a-made-up-token-of-many-letters"


class Far:
    """A Sentry on a loopback port that keeps what it is sent."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.headers.get("Content-Encoding") == "gzip" and body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        self.bodies.append(body.decode())
        answer = web.json_response({})
        answer.force_close()
        return answer

    @property
    def events(self) -> list[dict[str, Any]]:
        """Each envelope's event: the third of its lines."""
        return [json.loads(body.splitlines()[2]) for body in self.bodies]


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Far, logging.Handler]]:
    far = Far()
    app = web.Application()
    app.router.add_post("/api/7/envelope/", far.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    start_logging("ERROR")
    reporter = sentry.begin(f"http://a-key@{host}:{port}/7")
    try:
        yield far, reporter
    finally:
        logging.getLogger().removeHandler(reporter)
        await asyncio.to_thread(reporter.close)
        await runner.cleanup()


def fails(text: str) -> None:
    """An error in whose words, variables and cause stands what somebody wrote."""
    token = TOKEN
    try:
        {}[text]
    except KeyError as error:
        raise ValueError(f"cannot send {text} by bot{token}") from error


async def test_an_error_is_told_by_kind_and_line_without_a_word_of_anybody() -> None:
    log = structlog.get_logger("bot.intake")
    async with listening() as (far, reporter):
        try:
            fails(WORDS)
        except ValueError as error:
            log.error("update set aside", channel="telegram", kind="message", text=WORDS,
                      error=type(error).__name__, reason=str(error), person="Lan Vi")  # fmt: skip
        await asyncio.to_thread(reporter.close)
        (event,) = far.events
        (whole,) = far.bodies
    assert event["message"] == "update set aside"
    assert event["logger"] == "bot.intake"
    assert event["tags"] == {"error": "ValueError", "channel": "telegram", "kind": "message"}
    assert [one["type"] for one in event["exception"]["values"]] == ["KeyError", "ValueError"]
    frame = event["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    assert frame["function"] == "fails"
    assert set(frame) <= {"module", "filename", "function", "lineno", "in_app"}
    assert set(event) <= {*sentry.KEPT}
    for word in ("Xiêng", "0912345678", "made-up", "Lan", "vùi", __file__, "cannot send"):
        assert word not in whole
        assert word not in json.dumps(event, ensure_ascii=False)


async def test_a_library_is_told_by_name_and_the_same_error_once_a_minute() -> None:
    async with listening() as (far, reporter):
        for _ in range(3):
            logging.getLogger("uvicorn.error").error("cannot answer %s", WORDS)
        structlog.get_logger("bot.x").warning("nothing grave", text=WORDS)
        structlog.get_logger("bot.x").error("odd", error=WORDS, channel="zalo bot 0912")
        await asyncio.to_thread(reporter.close)
        first, second = far.events
    assert first["message"] == "an error in a library"
    assert first["logger"] == "uvicorn.error"
    assert second["message"] == "odd"
    assert not second.get("tags")


@pytest.mark.parametrize("dsn", ["sentry.example/1", "https://sentry.example/1", "https://k@h"])
def test_a_dsn_that_names_no_project_is_refused(dsn: str) -> None:
    with pytest.raises(ValueError, match="https://key@host/number"):
        Settings(_env_file=None, sentry_dsn=dsn)


def test_without_the_library_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sentry_sdk", None)
    with pytest.raises(SettingsError, match="pip install"):
        sentry.begin("https://key@host/1")

"""What the log tells: our own steps, never what people wrote nor a token."""

import logging
import sys
from collections.abc import Callable

import pytest
import structlog

from bot.logs import start_logging

Logged = Callable[[str], str]


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Logged:
    """Log at a level; what has been written since."""

    def start(level: str) -> str:
        start_logging(level)
        handler = logging.getLogger().handlers[0]
        handler.stream = sys.stderr  # type: ignore[attr-defined]  # capsys' own by now
        return capsys.readouterr().err

    return start


@pytest.mark.parametrize("library", ["telegram.Bot", "PIL.TiffImagePlugin", "httpx", "alembic.x"])
def test_no_library_tells_what_it_sends(
    logged: Logged, capsys: pytest.CaptureFixture[str], library: str
) -> None:
    logged("DEBUG")
    logging.getLogger(library).debug("sendMessage %s", "bản Xiêng Thù có người bị vùi")
    logging.getLogger(library).info("sendMessage %s", "bản Xiêng Thù có người bị vùi")
    logging.getLogger("bot.serve").debug("our own")
    said = capsys.readouterr().err
    assert "Xiêng Thù" not in said
    assert "our own" in said


def test_a_librarys_error_is_told_without_its_traceback(
    logged: Logged, capsys: pytest.CaptureFixture[str]
) -> None:
    logged("INFO")
    try:
        raise ValueError("bản Xiêng Thù có người bị vùi")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("it failed")
    said = capsys.readouterr().err
    assert "it failed" in said
    assert "ValueError" in said
    assert "Xiêng Thù" not in said


def test_tokens_and_one_time_links_are_taken_out(
    logged: Logged, capsys: pytest.CaptureFixture[str]
) -> None:
    logged("INFO")
    token, code = "123456:" + "a-made-up-token-of-many-letters", "VV4W-9PAP-1VE2"
    structlog.get_logger("bot.x").warning("sent", url=f"https://t/bot{token}/x", to=f"/join/{code}")
    logging.getLogger("aiogram").warning("POST https://t/bot%s/x /in/%s", token, code)
    said = capsys.readouterr().err
    assert said.count("\n") == 2
    assert token not in said
    assert code not in said


def test_a_quiet_level_silences_libraries_too(
    logged: Logged, capsys: pytest.CaptureFixture[str]
) -> None:
    logged("ERROR")
    logging.getLogger("aiogram").warning("noise")
    logging.getLogger("bot.serve").warning("noise")
    assert capsys.readouterr().err == ""

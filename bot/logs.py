"""Structured lines without personal data or tokens: JSON for machines, colours for a terminal."""

import logging
import re
import sys
from typing import Any

import structlog

TOKENS = re.compile(r"(bot)?\d{5,12}:[\w-]{20,}")
LINKS = re.compile(
    r"(/(?:join|in|start|vao|given|letters|storms)/|[?&](?:start|code|access_token|secret)=)[\w-]{8,}"
)
"""Words that open something: invitations, one-time links, given files, bots' start words."""

OWN = ("bot", "handlers", "province", "storage", "tickets", "triage", "web")
"""Whose lines obey the level; anybody else is heard from WARNING on."""


def redact(_logger: Any, _method: str, event: Any) -> Any:
    """Take tokens and one-time links out of every value."""
    return {n: value if n == "exc_info" else _redacted(value) for n, value in event.items()}


def _redacted(value: Any) -> Any:
    """A value without them, however deep they lie; what is no plain value is told by its words."""
    if isinstance(value, str):
        return LINKS.sub(r"\1…", TOKENS.sub("…", value))
    if isinstance(value, dict):
        return {name: _redacted(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redacted(inner) for inner in value]
    if isinstance(value, BaseException):
        return _redacted(str(value))
    return value


def start_logging(level: str) -> None:
    """Send structlog's and the libraries' lines through one format, to the error output."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]
    shown: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if sys.stderr.isatty():
        shown = structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_traceback],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    # Libraries tell at DEBUG what they send and read: words, photos' places, addresses with tokens.
    logging.basicConfig(level=max(logging.WARNING, _number(level)), handlers=[handler], force=True)
    for own in OWN:
        logging.getLogger(own).setLevel(level)


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level]


def _without_traceback(_logger: Any, _method: str, event: Any) -> Any:
    """A library's traceback may hold what people wrote: its type is enough."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple) and error[0] is not None:
        event["error"] = error[0].__name__
    return event

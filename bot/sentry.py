"""Errors told to a Sentry: their kind and the line of the program, never what anybody wrote."""

import logging
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from bot.logs import OWN
from bot.settings import SettingsError

if TYPE_CHECKING:
    from sentry_sdk import Client
    from sentry_sdk.types import Event

KEPT = (
    "event_id", "timestamp", "level", "logger", "message", "tags", "exception", "platform",
    "release", "environment",
)  # fmt: skip
"""All that leaves. Whatever the library adds (host name, modules, contexts) is cut off."""
TOLD = ("error", "channel", "kind", "tick", "turn", "method")
"""Fields of a line that hold words of the program alone."""
WORD = re.compile(r"[A-Za-z_][\w.]{0,60}(?: in [\w<>.]{1,60}:\d+)?", re.ASCII)
"""What such a field looks like; anything else, such as a sentence, is not told."""
ONCE_IN = 60.0
"""Seconds in which the same error is told once: what fails each second would flood it."""
DEEPEST = 40
PATIENCE = 2.0
"""Seconds that the end of the program waits for what is still to be told."""


def begin(dsn: str) -> logging.Handler:
    """Tell every error that is logged from now on. Raises SettingsError without the library."""
    reporter = Reporter(client(dsn))
    logging.getLogger().addHandler(reporter)
    return reporter


def client(dsn: str) -> "Client":
    """A client that gathers nothing by itself: no integrations, requests, variables or traces."""
    try:
        from sentry_sdk import Client  # noqa: PLC0415  an optional part
    except ImportError:
        raise SettingsError(
            'THAOGO_SENTRY_DSN needs a library: pip install "sentry-sdk>=2.75,<3"'
        ) from None
    return Client(
        dsn,
        release=_release(),
        environment="production",
        server_name="",
        default_integrations=False,
        auto_enabling_integrations=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=_cut,
    )


def _cut(event: "Event", _hint: dict[str, Any]) -> "Event":
    """What may leave."""
    given: dict[str, Any] = {**event}
    return cast("Event", {name: given[name] for name in KEPT if name in given})


def _release() -> str:
    try:
        return f"thaogo@{version('thaogo')}"
    except PackageNotFoundError:  # it runs from its folder
        return "thaogo"


class Reporter(logging.Handler):
    """Makes an event of each logged error, from a list of what may be told."""

    def __init__(self, client: "Client") -> None:
        """Tell this client."""
        super().__init__(logging.ERROR)
        self.client = client
        self._told: dict[tuple[str, str, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one line, unless the same was told a moment ago."""
        event = event_of(record)
        key = (record.name, event["message"], event["tags"].get("error", ""))
        if record.created - self._told.get(key, -ONCE_IN) < ONCE_IN:
            return
        self._told[key] = record.created
        self.client.capture_event(cast("Event", event))

    def close(self) -> None:
        """Send what waits."""
        self.client.close(timeout=PATIENCE)
        super().close()


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    """A line as Sentry takes it: only names that stand in a program's source."""
    is_own = record.name.partition(".")[0] in OWN and isinstance(record.msg, dict)
    fields: dict[str, Any] = record.msg if is_own and isinstance(record.msg, dict) else {}
    raised = _raised(record)
    event: dict[str, Any] = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "platform": "python",
        # A library's own words may quote what it was given; ours are literals.
        "message": str(fields.get("event", "an error in a library")),
        "tags": {name: fields[name] for name in TOLD if WORD.fullmatch(str(fields.get(name, "")))},
    }
    if raised is not None:
        event["exception"] = {"values": _chain(raised)}
    return event


def _raised(record: logging.LogRecord) -> BaseException | None:
    """What is being handled where the line was written."""
    told = record.exc_info
    return (told[1] if isinstance(told, tuple) else None) or sys.exc_info()[1]


def _chain(error: BaseException) -> list[dict[str, Any]]:
    """An exception and those behind it, the oldest first: of each the type and the way."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = _frames(at.__traceback__)
        kind = type(at)
        stack = {"stacktrace": {"frames": frames}} if frames else {}
        found.append({"type": kind.__name__, "module": kind.__module__, **stack})
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return found[::-1]


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    """Module, function and line of each call, without paths, source and variables."""
    found = []
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        found.append(
            {
                "module": module,
                "filename": module.replace(".", "/") + ".py",
                "function": trace.tb_frame.f_code.co_qualname,
                "lineno": trace.tb_lineno,
                "in_app": module.partition(".")[0] in OWN,
            }
        )
        trace = trace.tb_next
    return found[-DEEPEST:]

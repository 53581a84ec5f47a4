"""What stands before every page: headers, same-origin forms, size limits, and no stack traces."""

import asyncio
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.pages import Problem, problem

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    # Not no-referrer: under that browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
KB = 1024
MB = 1024 * KB
SMALL = 64 * KB
PHOTO, PHOTOS = 10 * MB, 10
LARGEST = {
    re.compile(r"/chat/say"): PHOTOS * PHOTO + MB,
    re.compile(r"/phieu/[^/]+/viec"): PHOTOS * PHOTO + MB,
    re.compile(r"/hooks/telegram"): MB,
    re.compile(r"/(nguoi|nhap-viec)/(kiem-tra|moi|lam)"): MB,
    re.compile(r"/mau-van-ban/[a-z]+"): MB,
    re.compile(r"/goi-du-lieu(/don-vi)?"): MB,
}
"""Bytes that a request may have, by its whole path; all others SMALL."""
TRIAL = re.compile(r"/as/\w+(?=/)")
"""What the trial mounts the same pages under."""
SILENCE, SMALL_WITHIN, LARGE_WITHIN = 30.0, 60.0, 1800.0
"""Seconds between two pieces of a request, and for the whole of a small and of a large one."""
WITHOUT_DATABASE = frozenset({"/", "/healthz", "/readyz", "/metrics"})
WITHOUT_COOKIES = ("/hooks/", "/api/", "/open311/")
"""Nothing there is a browser's to do: each call brings a secret of its own."""
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})

log = structlog.get_logger()


class Shield:
    """The outermost layer: security headers on every answer, and a page instead of a trace."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever happens inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001  nobody above answers the browser
            log.error("page failed", path=_route(scope), error=_place(error))
            if not started:
                answer = problem(Request(scope), 500, "our_fault")
                await answer(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    is_static = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
    age = "public, max-age=31536000, immutable" if is_static else "no-store"
    headers.setdefault("Cache-Control", age)


def _route(scope: Scope) -> str:
    """The first part of a path: the rest of it may be a code."""
    path: str = scope["path"]
    return "/" + path.split("/")[1]


def _place(error: Exception) -> str:
    """The error's type and the line that raised it, without what people wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} in {where}"


class Gate:
    """Refuses what a check refuses, before the app sees it."""

    def __init__(self, app: ASGIApp, check: Callable[[Request], None]) -> None:
        """`check` raises Problem."""
        self.app = app
        self.check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or answer with the problem."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                self.check(request)
            except Problem as refused:
                answer = problem(request, refused.status_code, refused.word)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def same_origin(public_url: str | None) -> Callable[[Request], None]:
    """A check that a form was sent from one of our own pages.

    Every browser of the last five years sends Origin, Sec-Fetch-Site or both with a POST; each
    that is there must be right, and one must be. Behind a proxy that ends TLS the scheme differs,
    so hosts are compared.
    """
    public = urlsplit(public_url).netloc.lower() if public_url else None

    def check(request: Request) -> None:
        if request.method in {"GET", "HEAD"} or request.url.path.startswith(WITHOUT_COOKIES):
            return
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site")
        ours = {request.headers.get("host", "").lower(), public} - {"", None}
        if origin is None and site is None:
            raise Problem(403, "not_from_here")
        if site is not None and site != "same-origin":
            raise Problem(403, "not_from_here")
        if origin is not None and _host_of(origin) not in ours:
            raise Problem(403, "not_from_here")

    return check


def _host_of(origin: str) -> str:
    """Host and port of an origin; nothing for one that is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def only_here(request: Request) -> None:
    """The trial's check: asked for on this very machine, and through no proxy."""
    host = request.headers.get("host", "").lower()
    name, _, port = host.partition(":")
    is_local = name in LOCAL_HOSTS and (not port or port.isdigit())
    forwarded = any(h == "forwarded" or h.startswith("x-forwarded-") for h in request.headers)
    if not is_local or forwarded:
        raise Problem(403, "trial_only_here")


def started(ready: Callable[[], list[str]]) -> Callable[[Request], None]:
    """A check that the database is open, for all pages that need it."""

    def check(request: Request) -> None:
        path = request.url.path
        needs_it = path not in WITHOUT_DATABASE and not path.startswith("/static/")
        if needs_it and "database" in ready():
            raise Problem(503, "starting")

    return check


class SizeLimit:
    """Ends a request that is larger or slower than its page allows, before it has been read."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse by the announced length, or as soon as more has come."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = _most(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            answer = problem(Request(scope), 413, "too_large")
            await answer(scope, receive, send)
            return
        read, whole = 0, False
        started = asyncio.get_running_loop().time()

        async def receive_counted() -> Message:
            nonlocal read, whole
            if whole:  # what comes now is the end of the connection
                return await receive()
            message = await _in_time(receive, started, most)
            whole = not message.get("more_body", False)
            read += len(message.get("body", b""))
            if read > most:
                raise Problem(413, "too_large")
            return message

        await self.app(scope, receive_counted, send)


async def _in_time(receive: Receive, started: float, most: int) -> Message:
    """The next piece of a request, unless it, or the whole, keeps us waiting for too long."""
    loop = asyncio.get_running_loop()
    end = started + (SMALL_WITHIN if most == SMALL else LARGE_WITHIN)
    try:
        async with asyncio.timeout_at(min(end, loop.time() + SILENCE)):
            return await receive()
    except TimeoutError:
        raise Problem(408, "too_slow") from None


def _most(path: str) -> int:
    own = TRIAL.sub("", path, count=1)
    return next((most for whole, most in LARGEST.items() if whole.fullmatch(own)), SMALL)

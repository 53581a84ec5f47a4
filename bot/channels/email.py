"""E-mail, one way: for heads and leaders whom no chat takes a message for at the moment."""

import asyncio
import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from bot.channels.base import (
    ChannelError,
    File,
    Limits,
    Part,
    RetryLater,
    Undeliverable,
    Unknown,
    no_file,
)
from bot.channels.connecting import LONG_PAUSE, SHORT_PAUSE, is_here
from tickets.rich import plain

NAME = "email"
SUBJECT = 120
"""Characters of the first line that become the subject."""
TAKEN, FORWARDED, LASTING = 250, 251, 500
"""Answers of a mail server (RFC 5321, 4.2); from the last one on a refusal is for good."""
NOBODY = frozenset({550, 551, 553})
"""The answers to RCPT that mean that no such mailbox takes anything (RFC 5321, 4.2)."""
TOO_FAST = frozenset({421, 450, 452})
PER_SECOND = 2


class Email:
    """A mail server as a Channel: smtps:// speaks TLS at once, smtp:// after STARTTLS.

    Without TLS nothing is sent, but to a server on this very machine. What passes other people's
    servers carries no words of a restricted ticket: `is_abroad`.
    """

    name = NAME

    def __init__(
        self,
        url: str,
        sender: str,
        *,
        open_file: Callable[[str], bytes],
        now: Callable[[], datetime],
        pages: str = "",
        patience: float = 20,
        pacing: bool = True,
    ) -> None:
        """`url` is smtps://user:password@host:port; `pages` is where people answer instead."""
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._is_tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._is_tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._is_here = is_here(url)
        self._sender, self._open_file, self._now = sender, open_file, now
        self._pages, self._patience = pages, patience
        self.limits = Limits(
            text=4000,
            caption=4000,
            can_edit=False,
            is_abroad=True,
            per_second=PER_SECOND if pacing else 0,
        )

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; a mail is never changed, and its receipt is its Message-ID."""
        if edits is not None:
            raise Undeliverable("a mail cannot be changed")
        message = await asyncio.to_thread(self._message, address, part)
        failure = await asyncio.to_thread(self._deliver, message, address)
        if failure is not None:
            raise failure
        return str(message["Message-ID"])

    def _message(self, address: str, part: Part) -> EmailMessage:
        text = plain(part.text)
        if part.buttons and self._pages:
            text += f"\n\n→ {self._pages}"
        message = EmailMessage()
        first = next((line for line in text.splitlines() if line.strip()), "Tháo Gỡ")
        message["Subject"] = " ".join(first.split())[:SUBJECT]
        message["From"], message["To"] = self._sender, address
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2].strip(" >"))
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
        message.set_content(text, cte="base64")
        for file in part.files:
            self._attach(message, file)
        return message

    def _attach(self, message: EmailMessage, file: File) -> None:
        try:
            content = self._open_file(file.hash)
        except OSError as error:
            raise no_file(error) from None
        kind, _slash, subtype = (file.mime or "application/octet-stream").partition("/")
        message.add_attachment(
            content,
            maintype=kind,
            subtype=subtype or "octet-stream",
            filename=file.name or file.kind,
        )

    def _deliver(self, message: EmailMessage, address: str) -> ChannelError | None:
        """One connection for one mail; failures are given back, as an exception tells its text."""
        try:
            server = self._connect()
        except ChannelError as error:
            return error
        try:
            return _transfer(server, self._sender, address, message)
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        """A server that has let us in; raises RetryLater: nothing has been sent yet."""
        server: smtplib.SMTP | None = None
        try:
            server = self._opened()
            server.ehlo()
            if not self._is_tls and not self._is_here:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
        except smtplib.SMTPResponseException as error:
            told = f"the mail server answered {error.smtp_code} before any mail"
            pause = SHORT_PAUSE if error.smtp_code in TOO_FAST else LONG_PAUSE
        except (OSError, smtplib.SMTPException) as error:
            told, pause = f"no mail server ({type(error).__name__})", SHORT_PAUSE
        else:
            return server
        if server is not None:
            server.close()
        raise RetryLater(told, pause, whole_channel=True)

    def _opened(self) -> smtplib.SMTP:
        if not self._is_tls:
            return _Server(self._host, self._port, timeout=self._patience)
        return _TlsServer(
            self._host, self._port, timeout=self._patience, context=ssl.create_default_context()
        )

    async def toast(self, press_id: str, text: str) -> None:
        """Nothing can be pressed in a mail."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """Nobody sends us files this way."""
        raise Undeliverable("nothing comes in by mail")

    async def check(self) -> str:
        """The server lets us in."""
        server = await asyncio.to_thread(self._connect)
        server.close()
        return self._host

    async def close(self) -> None:
        """Each mail has its own connection."""


class _Server(smtplib.SMTP):
    """A server whose answers end: the library's timeout counts the silence between two letters,
    so that one that comes letter by letter would hold its thread for days.
    """

    is_over = False

    def getreply(self) -> tuple[int, bytes]:
        """An answer that is whole within the patience, else the connection is over."""
        watch = threading.Timer(self.timeout, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            answer = super().getreply()
        finally:
            watch.cancel()
        if self.is_over:  # what had come by then is no answer
            raise smtplib.SMTPServerDisconnected
        return answer

    def _hang_up(self) -> None:
        self.is_over = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same where all is sealed from the first letter on."""


def _transfer(
    server: smtplib.SMTP, sender: str, address: str, message: EmailMessage
) -> ChannelError | None:
    """The mail itself: once its content is out, no answer means that nobody knows."""
    try:
        code, _ = server.mail(sender.rpartition("<")[2].strip(" >"))
        if code != TAKEN:
            return _meaning(code, gone=False)
        code, _ = server.rcpt(address)
    except (OSError, smtplib.SMTPException) as error:
        return RetryLater(f"the mail server was lost ({type(error).__name__})", SHORT_PAUSE)
    if code not in {TAKEN, FORWARDED}:
        return _meaning(code, gone=code in NOBODY)
    try:
        code, _ = server.data(message.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(f"no answer from the mail server ({type(error).__name__})")
    return None if code == TAKEN else _meaning(code, gone=False)


def _meaning(code: int, *, gone: bool) -> ChannelError:
    """4xx passes, 5xx does not (RFC 5321, 4.2.1)."""
    told = f"the mail server answered {code}"
    if code in TOO_FAST:
        return RetryLater(told, 60, whole_channel=True)
    return RetryLater(told, 60) if code < LASTING else Undeliverable(told, gone=gone)

"""A mail server on a loopback port, with the failures of real ones."""

import asyncio
import base64
import contextlib
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Self, cast

USER, PASSWORD = "thaogo", "a-made-up-mail-password"


@dataclass
class SmtpServer:
    """`async with SmtpServer() as server` takes mails; `answers` are given in place of 250, once.

    `answers` is by command (MAIL, RCPT, DATA: after the content); "silent" and "cut" take the mail
    and then say nothing, or end the connection; "trickles" and "slow" take it too.
    """

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"smtp://{USER}:{PASSWORD}@127.0.0.1:{port}"
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer, task in list(self._open.items()):
            writer.transport.abort()
            if task is not None:
                task.cancel()
                await asyncio.wait({task})
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        to = ""

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        try:
            await say("220 double ESMTP")
            while line := (await reader.readline()).decode().strip():
                word = line.split(" ")[0].upper()
                if word == "EHLO":
                    await say("250-double\r\n250 AUTH PLAIN")
                elif word == "AUTH":
                    given = base64.b64decode(line.split(" ")[2]).decode().split("\0")[1:]
                    refused = self.answers.pop("AUTH", "")
                    good = given == [USER, PASSWORD] and not refused
                    await say("235 welcome" if good else "535 authentication failed")
                elif word == "DATA":
                    await say("354 go on")
                    content = await reader.readuntil(b"\r\n.\r\n")
                    if not await self._take(to, content[:-3], say, writer):
                        writer.transport.abort()
                        return
                elif word == "QUIT":
                    await say("221 bye")
                else:
                    to = line.partition("<")[2].partition(">")[0] if word == "RCPT" else to
                    await say(self.answers.pop(word, "250 fine"))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _trickle(self, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"2")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def _take(
        self, to: str, content: bytes, say: object, writer: asyncio.StreamWriter
    ) -> bool:
        """Keep a mail and answer; False to end the connection instead."""
        answer = self.answers.pop("DATA", "250 taken")
        if answer in {"silent", "cut", "trickles", "slow", "250 taken"}:
            undotted = content.replace(b"\r\n..", b"\r\n.")
            mail = cast("EmailMessage", message_from_bytes(undotted, policy=default))
            self.mails.append((to, mail))
        if answer == "silent":
            await asyncio.Event().wait()  # until the test ends
        if answer == "cut":
            return False
        if answer == "slow":
            await asyncio.sleep(0.05)
        if answer == "trickles":
            await self._trickle(writer)
        await say("250 taken" if answer == "slow" else answer)  # type: ignore[operator]  # the function just above
        return True

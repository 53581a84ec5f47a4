"""Telegram: python-telegram-bot speaks, here and nowhere else; what comes in is read beside it."""

import asyncio
import contextlib
import logging
import mimetypes
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.base import File, Limits, Part, Undeliverable, no_file
from bot.channels.connecting import connection
from bot.channels.telegram_failures import failure
from bot.channels.telegram_menu import show_menu
from bot.channels.telegram_read import ALLOWED_UPDATES, NAME, Reader
from tickets.incoming import Incoming
from tickets.rich import as_html, plain

log = structlog.get_logger()
T = TypeVar("T")

PER_SECOND, GROUP_PER_MINUTE = 30, 20
AT_ONCE = 3
LARGEST_PHOTO = 10 * 1024 * 1024
LONGEST_TOAST = 200
LONG_POLL = 25
"""Seconds that Telegram holds a request for updates open."""

_SENT_AS = {
    "photo": {"image/jpeg", "image/png", "image/webp"},
    "video": {"video/mp4"},
    "voice": {"audio/ogg", "audio/mpeg", "audio/mp4"},
}
"""What Telegram shows or plays in place; everything else goes as a document."""

_NOT_A_PICTURE = re.compile("photo_|image_process|too big for a photo", re.IGNORECASE)
_LINK = re.compile(r"\w\.[^\W\d_]")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Telegram:
    """One bot on one Bot API server, as a Channel that can also be polled."""

    name = NAME

    def __init__(
        self,
        token: str,
        *,
        open_file: Callable[[str], bytes],
        api_url: str = "https://api.telegram.org",
        pacing: bool = True,
        patience: float = 15,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`open_file` gives a kept file's bytes for its hash, or raises OSError.

        `patience`: seconds that an answer may take, twice that for files; a call is given up
        after three times that, whatever still trickles. `pacing` off is for tests and benches
        against a double; Telegram itself answers it with 429.
        """
        _silence()
        api_url = api_url.rstrip("/")
        self.own_name = ""
        self.limits = Limits(
            is_abroad=True,
            per_second=PER_SECOND if pacing else 0,
            group_per_minute=GROUP_PER_MINUTE if pacing else 0,
        )
        self._token, self._open_file, self._now = token, open_file, now
        self._file_patience = 2 * patience
        self._reader = Reader(api_url, token, patience=patience)
        self._requests = _Bounded(
            3 * patience,
            connect_timeout=5,
            read_timeout=patience,
            write_timeout=10,
            media_write_timeout=self._file_patience,
            pool_timeout=5,
            httpx_kwargs=connection(api_url),
        )
        self._bot = ExtBot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._requests,
            get_updates_request=self._requests,
            rate_limiter=_pacing() if pacing else None,
        )

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; Telegram recognises no repeats, so `delivery` goes unused."""
        del delivery
        try:
            chat, message = int(address), int(edits or 0)
        except ValueError:
            raise Undeliverable("not a Telegram address or receipt", gone=True) from None
        if part.files:
            files = await self._opened(part.files)
            return await self._asked(self._send_files(chat, files, part.text))
        if message:
            return await self._asked(self._edit(chat, message, part))
        return await self._asked(self._send_text(chat, part))

    async def toast(self, press_id: str, text: str) -> None:
        """See Channel."""
        with contextlib.suppress(TelegramError):
            await self._bot.answer_callback_query(press_id, text=plain(text)[:LONGEST_TOAST])

    async def fetch(self, source: str, *, most: int) -> bytes:
        """See Channel; `source` is a file id. Telegram itself gives out 20 MB at most."""
        return await self._reader.file(source, most=most)

    async def check(self) -> str:
        """See Channel; also learns the bot's own name, by which groups call it."""
        me = await self._asked(self._bot.get_me())
        self.own_name = me.username or ""
        return f"@{self.own_name}" if self.own_name else me.first_name

    async def close(self) -> None:
        """See Channel."""
        await self._requests.shutdown()
        await self._reader.close()

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an update; None when it does not concern us, ValueError when it is none."""
        # aiogram takes seconds to import, and sending and checking need none of it.
        from bot.channels.telegram_parse import parse  # noqa: PLC0415  as said above

        return parse(payload, received_at=self._now(), own_name=self.own_name)

    async def listen(self) -> None:
        """Make ready to be polled: a webhook that is still set would get everything instead."""
        await self.check()
        await show_menu(self._bot)
        hook = await self._asked(self._bot.get_webhook_info())
        if hook.url:
            await self._asked(self._bot.delete_webhook(drop_pending_updates=False))
            log.warning("telegram webhook taken away", host=urlsplit(hook.url).hostname)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url`, each with `secret` (A-Z a-z 0-9 _ -) in its header."""
        await self.check()
        await show_menu(self._bot)
        await self._asked(
            self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        )

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on; asking confirms all below it. Raises ChannelError."""
        return await self._reader.updates(offset, wait=LONG_POLL)

    async def _send_text(self, chat: int, part: Part) -> str:
        sent = await self._bot.send_message(chat, **_text(part))
        return str(sent.message_id)

    async def _edit(self, chat: int, message: int, part: Part) -> str:
        try:
            await self._bot.edit_message_text(chat_id=chat, message_id=message, **_text(part))
        except BadRequest as error:
            if "not modified" not in error.message:
                raise
        return str(message)

    async def _opened(self, files: Sequence[File]) -> list[tuple[File, bytes]]:
        try:
            return [(file, await asyncio.to_thread(self._open_file, file.hash)) for file in files]
        except OSError as error:
            raise no_file(error) from None

    async def _send_files(self, chat: int, files: list[tuple[File, bytes]], text: str) -> str:
        """As what they are; pictures that Telegram will not show, as documents."""
        kinds = [_sent_as(file, len(content)) for file, content in files]
        try:
            return await self._upload(chat, kinds, files, text)
        except BadRequest as error:
            if "photo" not in kinds or not _NOT_A_PICTURE.search(error.message):
                raise
        return await self._upload(chat, ["document"] * len(files), files, text)

    async def _upload(
        self, chat: int, kinds: list[str], files: list[tuple[File, bytes]], text: str
    ) -> str:
        is_album = len(files) > 1
        uploads = [InputFile(content, _file_name(file), attach=is_album) for file, content in files]
        if not is_album:
            return await self._upload_one(chat, kinds[0], uploads[0], text)
        album = await self._bot.send_media_group(
            chat, _album(kinds, uploads), read_timeout=self._file_patience, **_caption(text)
        )
        return str(album[0].message_id)

    async def _upload_one(self, chat: int, kind: str, upload: InputFile, text: str) -> str:
        ways: dict[str, Callable[..., Awaitable[Message]]] = {
            "photo": self._bot.send_photo,
            "video": self._bot.send_video,
            "voice": self._bot.send_voice,
            "document": self._bot.send_document,
        }
        sent = await ways[kind](chat, upload, read_timeout=self._file_patience, **_caption(text))
        return str(sent.message_id)

    async def _asked(self, call: Awaitable[T]) -> T:
        """The call's result; its failure as one of ours, without the chain that holds the URL."""
        try:
            return await call
        except TelegramError as error:
            meaning = failure(error, token=self._token)
        raise meaning


class _Bounded(HTTPXRequest):
    """Requests that end: the timeouts below count the silence of each step, not the whole."""

    def __init__(self, longest: float, **timeouts: Any) -> None:
        super().__init__(**timeouts)
        self._longest = longest

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        async with asyncio.timeout(self._longest):
            return await super().do_request(*args, **kwargs)


def _silence() -> None:
    """Keep the libraries from logging: URLs hold the token, parameters what people wrote."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _pacing() -> AIORateLimiter:
    """Small buckets: one of 30 per second would let 60 through in its first second.

    A net under `bot.pace`, for what does not go through the outbox. It holds three calls, as one
    that holds a single call is late by a little each time and never makes up for it.
    """
    return AIORateLimiter(
        overall_max_rate=AT_ONCE,
        overall_time_period=AT_ONCE / PER_SECOND,
        group_max_rate=1,
        group_time_period=60 / GROUP_PER_MINUTE,
        max_retries=0,
    )


def _text(part: Part) -> dict[str, Any]:
    rows = [
        [InlineKeyboardButton(label, callback_data=press) for label, press in row]
        for row in part.buttons
    ]
    return {
        "text": as_html(part.text),
        "parse_mode": ParseMode.HTML,
        "reply_markup": InlineKeyboardMarkup(rows) if rows else None,
        # Only where there may be a link: not every Bot API server knows the option.
        "link_preview_options": _NO_PREVIEW if _LINK.search(part.text) else None,
    }


def _caption(text: str) -> dict[str, Any]:
    return {"caption": as_html(text), "parse_mode": ParseMode.HTML} if text else {}


def _sent_as(file: File, size: int) -> str:
    if file.mime not in _SENT_AS.get(file.kind, ()):
        return "document"
    return "document" if file.kind == "photo" and size > LARGEST_PHOTO else file.kind


def _file_name(file: File) -> str:
    return file.name or file.kind + (mimetypes.guess_extension(file.mime) or "")


def _album(
    kinds: list[str], uploads: list[InputFile]
) -> list[InputMediaPhoto | InputMediaVideo | InputMediaDocument]:
    """Photos and videos may share an album; with anything else among them all are documents."""
    if set(kinds) <= {"photo", "video"}:
        shown = {"photo": InputMediaPhoto, "video": InputMediaVideo}
        return [shown[kind](upload) for kind, upload in zip(kinds, uploads, strict=True)]
    return [InputMediaDocument(upload) for upload in uploads]

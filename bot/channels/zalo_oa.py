"""A Zalo Official Account: consultation messages with buttons, pictures and files by upload."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import structlog

from bot.channels.base import File, Limits, Part, RetryLater, Undeliverable, no_file
from bot.channels.choices import with_choices
from bot.channels.connecting import SHORT_PAUSE
from bot.channels.zalo_files import Files
from bot.channels.zalo_oa_call import OaCaller, StaleToken
from bot.channels.zalo_oa_list import as_buttons, as_list
from bot.channels.zalo_oa_parse import NAME
from tickets.rich import plain, units

MOST = 2000
"""UTF-16 units of a message; a longer one is refused with -210."""
PER_SECOND = 30
"""Below 4,000 calls a minute for the app (docs.zaloplatforms.com/docs/OA: gioi-han-toc-do-api)."""
MB = 1024 * 1024
LARGEST_IMAGE, LARGEST_FILE = MB, 5 * MB
FILE_TYPES = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/csv": "csv",
}
"""What may be uploaded as a file; all else goes as a link."""

MESSAGES = "/v3.0/oa/message/cs"
log = structlog.get_logger()
HostFile = Callable[[File], Awaitable[str]]


class TokenSource(Protocol):
    """Whatever knows a valid access token."""

    async def access(self, *, stale: str = "") -> str:
        """A token to use now, another one than `stale`; raises ChannelError."""
        ...

    async def close(self) -> None:
        """Give connections back."""
        ...


class ZaloOa:
    """One Official Account as a Channel."""

    name = NAME

    def __init__(
        self,
        tokens: TokenSource,
        *,
        open_file: Callable[[str], bytes],
        host_file: HostFile | None = None,
        picture: str = "",
        api_url: str = "https://openapi.zalo.me",
        patience: float = 15,
        pacing: bool = True,
    ) -> None:
        """`host_file` gives an address for what cannot be uploaded; None where nobody gets it.

        `picture` is the address of what stands beside the rows of a list.
        """
        api_url = api_url.rstrip("/")
        self._tokens, self._open_file, self._host_file = tokens, open_file, host_file
        self._picture, self._takes_lists = picture, True
        self._caller = OaCaller(api_url, patience=patience)
        self._files = Files(self._caller.client, api_url, patience=patience)
        self.limits = Limits(
            text=MOST,
            spells_choices=True,
            caption=0,
            files=1,
            can_edit=False,
            per_second=PER_SECOND if pacing else 0,
        )

    async def send(
        self, address: str, part: Part, *, delivery: int, edits: str | None = None
    ) -> str:
        """See Channel; Zalo recognises no repeats, and changes nothing that was said."""
        if edits is not None:
            raise Undeliverable("Zalo changes no message")
        if part.files:
            return await self._sent(address, await self._file(part))
        choices = as_list(part, self._picture) if self._takes_lists else None
        if choices is None:
            return await self._sent(address, self._text(part))
        try:
            return await self._sent(address, {"attachment": choices})
        except Undeliverable as error:
            if error.gone:
                raise
            refused = str(error)
        receipt = await self._sent(address, self._text(part))
        self._takes_lists = False
        log.warning("zalo takes no lists: choices are said in words", reason=refused[:80])
        return receipt

    async def _sent(self, address: str, message: dict[str, Any]) -> str:
        body = {"recipient": {"user_id": address}, "message": message}
        data = await self._call(MESSAGES, address=address, json=body)
        return str(data.get("message_id", ""))

    def _text(self, part: Part) -> dict[str, Any]:
        """Words with buttons, or with a list of the choices in words where there are too many."""
        buttons = as_buttons(part)
        if buttons is None:
            return _words(plain(with_choices(part)))
        return _words(plain(part.text)) | {"attachment": buttons}

    async def _file(self, part: Part) -> dict[str, Any]:
        """A picture or a paper by upload; what is too large or of another kind as a link."""
        file = part.files[0]
        try:
            content = await asyncio.to_thread(self._open_file, file.hash)
        except OSError as error:
            raise no_file(error) from None
        if file.kind == "photo" and len(content) <= LARGEST_IMAGE:
            data = await self._upload("image", "anh.jpg", content, "image/jpeg")
            media = {"media_type": "image", "attachment_id": data.get("attachment_id")}
            payload = {"template_type": "media", "elements": [media]}
            return _words(plain(part.text)) | {
                "attachment": {"type": "template", "payload": payload}
            }
        if file.mime in FILE_TYPES and len(content) <= LARGEST_FILE and not part.text:
            name = file.name or f"tep.{FILE_TYPES[file.mime]}"
            data = await self._upload("file", name, content, file.mime)
            return {"attachment": {"type": "file", "payload": {"token": data.get("token")}}}
        address = f": {await self._host_file(file)}" if self._host_file else ""
        return _words(f"{plain(part.text)}\n📎 {file.name or file.kind}{address}".strip())

    async def _upload(self, kind: str, name: str, content: bytes, mime: str) -> dict[str, Any]:
        """Nothing has been sent yet: a call without an answer may simply be made again."""
        try:
            files = {"file": (name, content, mime)}
            return await self._call(f"/v2.0/oa/upload/{kind}", files=files)
        except RetryLater:
            raise
        except Undeliverable:
            raise
        except Exception as error:  # noqa: BLE001  whatever it was, the message itself is not out
            told = f"no upload ({type(error).__name__})"
        raise RetryLater(told, SHORT_PAUSE)

    async def _call(self, path: str, **given: Any) -> dict[str, Any]:
        """With a token that Zalo takes: a refused one is made anew once."""
        token = await self._tokens.access()
        try:
            return await self._caller.call(path, token, **given)
        except StaleToken:
            refused = token
        token = await self._tokens.access(stale=refused)
        try:
            return await self._caller.call(path, token, **given)
        except StaleToken as error:
            told = str(error)
        raise RetryLater(told, SHORT_PAUSE)

    async def toast(self, press_id: str, text: str) -> None:
        """A press is a message here: what matters is said in words."""

    async def fetch(self, source: str, *, most: int) -> bytes:
        """See Channel; `source` is an address on Zalo's own hosts."""
        return await self._files.get(source, most=most)

    async def account(self) -> dict[str, Any]:
        """What Zalo says about the account: name, plan, followers."""
        return await self._call("/v2.0/oa/getoa", method="GET")

    async def check(self) -> str:
        """The account's name and plan."""
        told = await self.account()
        plan = told.get("package_name")
        return f"{told.get('name', '')} ({plan})" if plan else str(told.get("name", ""))

    async def close(self) -> None:
        """See Channel."""
        await self._caller.client.aclose()
        await self._tokens.close()


def _words(text: str) -> dict[str, Any]:
    if units(text) > MOST:
        raise Undeliverable(f"over {MOST} letters")
    return {"text": text} if text else {}

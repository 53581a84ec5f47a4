"""What stands in the chats of a made-up Telegram, and what it refuses to put there."""

import asyncio
import html
import itertools
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

BOT = {"id": 123456, "is_bot": True, "first_name": "Tháo Gỡ", "username": "thaogo_bot"}

MOST_TEXT, MOST_CAPTION, MOST_TOAST, MOST_CALLBACK, MOST_ALBUM = 4096, 1024, 200, 64, 10
_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}
_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")


class Refused(Exception):
    """The server says no."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class Call:
    """One call as it came in: decoded parameters, files by name, and what was answered."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 0
    result: Any = None

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))


@dataclass
class Message:
    """A message as it stands in a chat now."""

    chat: int
    id: int
    text: str = ""
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    file: bytes = b""
    kind: str = "text"
    album: str | None = None

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]


class Chats:
    """All chats of one bot; `pace` adds 30 calls a second over all and 20 a minute in a group."""

    def __init__(self, *, pace: bool) -> None:
        self.messages: dict[tuple[int, int], Message] = {}
        self.forbidden: dict[int, str] = {}
        self.moved: dict[int, int] = {}
        self.toasts: dict[str, str] = {}
        self._pace = pace
        self._sent_at: dict[int, deque[float]] = {}
        self._ids = itertools.count(1)
        self.methods = {
            "sendMessage": self._send_text,
            "editMessageText": self._edit,
            "sendPhoto": lambda call: self._send_file(call, "photo"),
            "sendVideo": lambda call: self._send_file(call, "video"),
            "sendVoice": lambda call: self._send_file(call, "voice"),
            "sendDocument": lambda call: self._send_file(call, "document"),
            "sendMediaGroup": self._send_album,
            "answerCallbackQuery": self._toast,
        }

    def check(self, call: Call) -> None:
        """Refuse a call to a chat that is closed to the bot, has moved, or hears too much."""
        if "chat_id" not in call.params:
            return
        if forbidden := self.forbidden.get(call.chat):
            raise Refused(403, forbidden)
        if moved := self.moved.get(call.chat):
            why = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, why, migrate_to_chat_id=moved)
        if call.chat == 0:
            raise Refused(400, "Bad Request: chat not found")
        if self._pace:
            self._check_pace(call.chat)

    def _check_pace(self, chat: int) -> None:
        now = asyncio.get_running_loop().time()
        limits = [(0, 1.0, 30)] + ([(chat, 60.0, 20)] if chat < 0 else [])
        for bucket, span, most in limits:
            sent = self._sent_at.setdefault(bucket, deque())
            while sent and sent[0] <= now - span:
                sent.popleft()
            if len(sent) >= most:
                wait = max(1, round(sent[0] + span - now))
                raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for bucket, _, _ in limits:
            self._sent_at[bucket].append(now)

    def _send_text(self, call: Call) -> dict[str, Any]:
        text, buttons = _bare(call.params.get("text", ""), MOST_TEXT), _buttons(call)
        if not text:
            raise Refused(400, "Bad Request: message text is empty")
        return shown(self._post(call, text=text, buttons=buttons))

    def _edit(self, call: Call) -> dict[str, Any]:
        message = self.messages.get((call.chat, int(call.params["message_id"])))
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message.kind != "text":
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        text, buttons = _bare(call.params.get("text", ""), MOST_TEXT), _buttons(call)
        if (text, buttons) == (message.text, message.buttons):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply "
                "markup are exactly the same as a current content and reply markup of the message",
            )
        message.text, message.buttons = text, buttons
        return shown(message)

    def _send_file(self, call: Call, kind: str) -> dict[str, Any]:
        content = _uploaded(call, call.params.get(kind, f"attach://{kind}"))
        caption = _bare(call.params.get("caption", ""), MOST_CAPTION)
        sent = self._post(call, text=caption, file=content, kind=kind, buttons=_buttons(call))
        return shown(sent)

    def _send_album(self, call: Call) -> list[dict[str, Any]]:
        media = call.params.get("media", [])
        if not 2 <= len(media) <= MOST_ALBUM:
            raise Refused(400, "Bad Request: media must include 2-10 items")
        kinds = {item["type"] for item in media}
        if not (kinds <= {"photo", "video"} or len(kinds) == 1):
            raise Refused(400, "Bad Request: wrong combination of media types in the album")
        contents = [_uploaded(call, item["media"]) for item in media]
        album = str(next(self._ids))
        sent = [
            self._post(call, file=content, kind=item["type"], album=album)
            for item, content in zip(media, contents, strict=True)
        ]
        return [shown(message) for message in sent]

    def _toast(self, call: Call) -> bool:
        query, text = str(call.params["callback_query_id"]), call.params.get("text", "")
        if len(text) > MOST_TOAST:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        if query in self.toasts:
            raise Refused(400, "Bad Request: query is too old and response timeout expired")
        self.toasts[query] = text
        return True

    def _post(self, call: Call, **content: Any) -> Message:
        message = Message(call.chat, next(self._ids), **content)
        self.messages[message.chat, message.id] = message
        return message


def shown(message: Message) -> dict[str, Any]:
    """A message as the Bot API gives it back."""
    private = message.chat > 0
    chat = {"type": "private", "first_name": "x"} if private else {"type": "group", "title": "x"}
    told: dict[str, Any] = {
        "message_id": message.id,
        "from": BOT,
        "chat": {"id": message.chat} | chat,
        "date": 1_790_000_000,
    }
    file = {"file_id": f"f{message.id}", "file_unique_id": f"q{message.id}"}
    picture = file | {"width": 90, "height": 60}
    told[message.kind] = {
        "text": message.text,
        "photo": [picture],
        "video": picture | {"duration": 1},
        "voice": file | {"duration": 1},
        "document": file,
    }[message.kind]
    if message.album:
        told["media_group_id"] = message.album
    if message.buttons:
        told["reply_markup"] = {"inline_keyboard": message.buttons}
    return told


def _uploaded(call: Call, reference: str) -> bytes:
    content = call.files.get(reference.removeprefix("attach://"))
    if content is None:
        raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if not content:
        raise Refused(400, "Bad Request: file must be non-empty")
    return content


def _bare(text: str, most: int) -> str:
    """The text without its markup; refuses markup that is not whole, and too long a text."""
    still_open: list[str] = []
    for closing, tag in _TAG.findall(text):
        if tag not in _TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: unsupported start tag "{tag}"')
        if not closing:
            still_open.append(tag)
        elif not still_open or still_open.pop() != tag:
            raise Refused(400, "Bad Request: can't parse entities: unmatched end tag")
    bare = _TAG.sub("", text)
    if still_open or "<" in bare:
        raise Refused(400, "Bad Request: can't parse entities: can't find end tag")
    bare = html.unescape(bare).strip()
    if len(bare.encode("utf-16-le")) // 2 > most:
        raise Refused(400, "Bad Request: message is too long")
    return bare


def _buttons(call: Call) -> list[list[dict[str, str]]]:
    markup = call.params.get("reply_markup") or {}
    rows: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
    for button in itertools.chain(*rows):
        if not button.get("text"):
            raise Refused(400, "Bad Request: can't parse inline keyboard button: text is empty")
        if not 1 <= len(button.get("callback_data", "").encode()) <= MOST_CALLBACK:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows

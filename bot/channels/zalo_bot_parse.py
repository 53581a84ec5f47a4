"""What an event of the Zalo Bot Platform says, in the one shape that the inside knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tickets.incoming import BY_TIME, Attachment, Incoming, Kind
from tickets.rich import clean

NAME = "zalo_bot"
TEXT, IMAGE, STICKER, VOICE, UNSUPPORTED = (
    f"message.{what}.received" for what in ("text", "image", "sticker", "voice", "unsupported")
)
IN_SECONDS = 100_000_000_000
"""Dates below are seconds: as milliseconds they would lie before 1974."""


def address_of(bot: str, chat: str) -> str:
    """A contact's address: nothing says that ids are the same for two bots of one owner."""
    return f"{bot}/{chat}"


def event_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The event itself: documented inside {ok, result}, captured bare as well."""
    inner = payload.get("result", payload)
    if not isinstance(inner, Mapping):
        raise _odd("result")
    return inner


def parse(payload: Mapping[str, Any], *, bot: str) -> Incoming | None:
    """Read one event of a bot; None for what does not concern us: groups, other bots, new kinds.

    Kinds and fields: docs.zaloplatforms.com/docs/BOT (webhook). Pictures are documented as
    `photo` and captured as `photo_url`. Raises ValueError, which names fields and never what
    they hold.
    """
    event = event_of(payload)
    name = _text(event, "event_name", "event_name")
    message = _object(event, "message")
    chat, sender = _object(message, "chat"), _object(message, "from")
    if chat.get("chat_type", "PRIVATE") != "PRIVATE" or sender.get("is_bot") is True:
        return None
    content = _content(name, message)
    if content is None:
        return None
    number = _text(message, "message_id", "message.message_id")
    return Incoming(
        channel=NAME,
        key=address_of(bot, number),
        address=address_of(bot, _text(chat, "id", "message.chat.id")),
        sender=address_of(bot, _text(sender, "id", "message.from.id")),
        sent_at=_instant(message.get("date")),
        receipt=number,
        sender_name=clean(str(sender.get("display_name") or "")),
        **content,
    )


def _content(name: str, message: Mapping[str, Any]) -> dict[str, Any] | None:
    match name:
        case _ if name == TEXT:
            return {"text": clean(str(message.get("text") or ""))}
        case _ if name == IMAGE:
            return _image(message)
        case _ if name == VOICE:
            source = _address(message, "voice_url")
            return {"attachments": (Attachment("voice", source=source, mime="audio/aac"),)}
        case _ if name == STICKER:
            return {"kind": Kind.STICKER}
        case _ if name == UNSUPPORTED:
            return {"kind": Kind.UNSUPPORTED}
    return None


def _image(message: Mapping[str, Any]) -> dict[str, Any]:
    """One picture; several that are sent at once come one by one, with nothing that joins them."""
    key = "photo_url" if message.get("photo_url") else "photo"
    photo = Attachment("photo", source=_address(message, key), mime="image/jpeg")
    caption = clean(str(message.get("caption") or ""))
    return {"attachments": (photo,), "text": caption, "group_key": BY_TIME}


def _object(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = outer.get(name)
    if not isinstance(inner, Mapping):
        raise _odd(name)
    return inner


def _text(outer: Mapping[str, Any], name: str, called: str) -> str:
    value = outer.get(name)
    if not isinstance(value, str) or not value or len(value) > 200 or "/" in value:  # noqa: PLR2004  ids have some 20 letters
        raise _odd(called)
    return value


def _address(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise _odd(f"message.{name}")
    return value


def _instant(date: Any) -> datetime:
    """Milliseconds since 1970; a number too small for that is taken for seconds."""
    try:
        number = int(date)
        return datetime.fromtimestamp(number if number < IN_SECONDS else number / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise _odd("message.date") from None


def _odd(field: str) -> ValueError:
    return ValueError(f"not a Zalo Bot event: {field}")

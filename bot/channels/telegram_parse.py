"""What a Telegram update says, in the one shape that the inside knows."""

import re
from datetime import UTC, datetime
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    PhotoSize,
    Update,
    User,
)
from pydantic import ValidationError

from bot.channels.telegram_read import NAME
from tickets.incoming import Attachment, Incoming, Kind
from tickets.rich import clean

LARGEST_PHOTO = 10 * 1024 * 1024

_PRESENT = {
    ChatMemberStatus.CREATOR,
    ChatMemberStatus.ADMINISTRATOR,
    ChatMemberStatus.MEMBER,
}
_MEMBERS = ("old_chat_member", "new_chat_member")
_SENT_BY_A_PERSON = {
    ContentType.CONTACT,
    ContentType.POLL,
    ContentType.DICE,
    ContentType.GAME,
    ContentType.STORY,
    ContentType.INVOICE,
    ContentType.PAID_MEDIA,
    ContentType.CHECKLIST,
    ContentType.GIVEAWAY,
}
"""Content that we cannot use; all other kinds without a text or a file are service messages."""

_IMAGES = {"image/jpeg", "image/png", "image/webp"}
_COMMAND = re.compile(r"(/\w+)@(\w+)")
_MENTION = re.compile(r"@(\w+)[\s,:]*")
_NAMED = ("message_id", "date", "chat", "forum_topic_created")
"""What is read of a message that an update only points at."""


def parse(payload: dict[str, Any], *, received_at: datetime, own_name: str = "") -> Incoming | None:
    """Read one update; None for what does not concern us (channels, service messages, other bots).

    `received_at` dates a press, which carries no time of its own. `own_name` is the bot's user
    name without @. Raises ValueError for an update that does not hold to the Bot API; its
    message names fields, never what they hold.
    """
    update = _validated(payload)
    key = f"u{update.update_id}"
    if message := update.message:
        return _message(key, message, own_name)
    if edited := update.edited_message:
        return _edit(key, edited, own_name)
    if pressed := update.callback_query:
        return _press(key, pressed, received_at)
    if changed := update.my_chat_member:
        return _membership(key, changed)
    return None


def _validated(payload: dict[str, Any]) -> Update:
    try:
        return Update.model_validate(_slim(payload))
    except ValidationError as error:
        flaws = error.errors(include_url=False, include_context=False, include_input=False)
    told = ", ".join(
        f"{'.'.join(str(step) for step in flaw['loc'])}: {flaw['type']}" for flaw in flaws[:3]
    )
    raise ValueError(f"not a Telegram update: {told}")


def _slim(payload: Any) -> Any:
    """The update with no more than we read of the things that it only points at.

    Texts and keyboards of a card pressed or a message answered are mostly our own, and checking
    them would cost twice the rest. Of a member, aiogram asks every right that the newest Bot API
    knows; a server that is older does not send them all.
    """
    if not isinstance(payload, dict):
        return payload
    slim = {}
    for name, inner in (("callback_query", "message"), ("message", "reply_to_message")):
        outer = payload.get(name)
        if isinstance(outer, dict) and isinstance(pointed := outer.get(inner), dict):
            slim[name] = outer | {inner: {n: pointed[n] for n in _NAMED if n in pointed}}
    if isinstance(changed := payload.get("my_chat_member"), dict):
        slim["my_chat_member"] = changed | {n: _there_or_not(changed.get(n)) for n in _MEMBERS}
    return payload | slim if slim else payload


def _there_or_not(member: Any) -> Any:
    """A member as one without rights, or as one who left."""
    if not isinstance(member, dict):
        return member
    there = str(member.get("status")) in _PRESENT or member.get("is_member")
    return {
        "user": member.get("user"),
        "status": ChatMemberStatus.MEMBER if there else ChatMemberStatus.LEFT,
    }


def _message(key: str, message: Message, own_name: str) -> Incoming | None:
    if message.migrate_to_chat_id:
        return _migrated(key, message)
    sender = _person(message)
    kind = _kind(message)
    if sender is None or kind is None:
        return None
    text = _addressed(message.text or message.caption or "", own_name)
    if text is None:
        return None
    where = message.venue.location if message.venue else message.location
    return Incoming(
        **_envelope(key, message.chat, sender),
        sent_at=message.date,
        kind=kind,
        text=text,
        attachments=_attachments(message),
        lat=where.latitude if where else None,
        lon=where.longitude if where else None,
        place=clean(f"{message.venue.title}, {message.venue.address}") if message.venue else "",
        receipt=str(message.message_id),
        reply_to=_reply_to(message),
        group_key=message.media_group_id,
    )


def _edit(key: str, message: Message, own_name: str) -> Incoming | None:
    """A corrected text or caption; a live location that moves on is no correction."""
    sender = _person(message)
    text = _addressed(message.text or message.caption or "", own_name)
    if sender is None or not text:
        return None
    return Incoming(
        **_envelope(key, message.chat, sender),
        sent_at=_instant(message.edit_date) if message.edit_date else message.date,
        kind=Kind.EDIT,
        text=text,
        receipt=str(message.message_id),
        reply_to=_reply_to(message),
    )


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        raise ValueError("not a Telegram update: edited_message.edit_date: out of range") from None


def _press(key: str, pressed: CallbackQuery, received_at: datetime) -> Incoming | None:
    card = pressed.message
    if card is None or pressed.data is None or card.chat.type == ChatType.CHANNEL:
        return None
    receipt = str(card.message_id)
    return Incoming(
        **_envelope(key, card.chat, pressed.from_user),
        sent_at=received_at,
        kind=Kind.PRESS,
        press=pressed.data,
        press_id=pressed.id,
        receipt=receipt,
        reply_to=receipt,
    )


def _membership(key: str, changed: ChatMemberUpdated) -> Incoming | None:
    """The bot came or went; a change of its rights alone is neither."""
    was, now = changed.old_chat_member.status, changed.new_chat_member.status
    if was == now or changed.chat.type == ChatType.CHANNEL:
        return None
    return Incoming(
        **_envelope(key, changed.chat, changed.from_user),
        sent_at=changed.date,
        kind=Kind.JOINED if now == ChatMemberStatus.MEMBER else Kind.LEFT,
    )


def _migrated(key: str, message: Message) -> Incoming:
    """A group became a supergroup; nobody need have signed the service message that tells so."""
    return Incoming(
        **_envelope(key, message.chat, message.from_user),
        sent_at=message.date,
        kind=Kind.MIGRATED,
        text=str(message.migrate_to_chat_id),
    )


def _envelope(key: str, chat: Chat, sender: User | None) -> dict[str, Any]:
    return {
        "channel": NAME,
        "key": key,
        "address": str(chat.id),
        "sender": str(sender.id if sender else chat.id),
        "sender_name": clean(sender.full_name) if sender else "",
        "is_group": chat.type in (ChatType.GROUP, ChatType.SUPERGROUP),
    }


def _person(message: Message) -> User | None:
    """Who wrote; nobody for channels, bots, and people who write in the name of a chat."""
    sender = message.from_user
    if message.chat.type == ChatType.CHANNEL or message.sender_chat:
        return None
    return None if sender is None or sender.is_bot else sender


def _kind(message: Message) -> Kind | None:
    if message.text or message.caption or message.location or _file(message):
        return Kind.MESSAGE
    content = message.content_type
    if content == ContentType.STICKER:
        return Kind.STICKER
    is_new_to_us = content == ContentType.UNKNOWN and message.chat.type == ChatType.PRIVATE
    return Kind.UNSUPPORTED if content in _SENT_BY_A_PERSON or is_new_to_us else None


def _addressed(text: str, own_name: str) -> str | None:
    """The text without our own @name; None for a command meant for another bot."""
    if command := _COMMAND.match(text):
        if own_name and command[2].lower() != own_name.lower():
            return None
        text = command[1] + text[command.end() :]
    elif (mention := _MENTION.match(text)) and mention[1].lower() == own_name.lower():
        text = text[mention.end() :]
    return clean(text)


def _reply_to(message: Message) -> str | None:
    """The message answered; in a forum every message "answers" the one that opened its topic."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created:
        return None
    return str(answered.message_id)


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if not (found := _file(message)):
        return ()
    kind, file = found
    mime = getattr(file, "mime_type", None) or ("image/jpeg" if kind == "photo" else "")
    return (
        Attachment(
            kind="photo" if mime in _IMAGES else kind,
            source=file.file_id,
            name=clean(getattr(file, "file_name", None) or ""),
            mime=mime,
            size=file.file_size or 0,
        ),
    )


def _file(message: Message) -> tuple[str, Any] | None:
    """The kind and the file of a message that has one."""
    if message.photo:
        return "photo", _largest(message.photo)
    if voice := message.voice or message.audio:
        return "voice", voice
    if video := message.video or message.video_note or message.animation:
        return "video", video
    return ("document", message.document) if message.document else None


def _largest(sizes: list[PhotoSize]) -> PhotoSize:
    fitting = [size for size in sizes if (size.file_size or 0) <= LARGEST_PHOTO]
    return max(fitting or sizes[:1], key=lambda size: size.width * size.height)

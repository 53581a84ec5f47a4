"""What an event of a Zalo Official Account says, in the one shape that the inside knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tickets.incoming import BY_TIME, Attachment, Incoming, Kind
from tickets.rich import clean

NAME = "zalo_oa"
PRESSED = "#"
"""Before what our buttons carry: a button's payload comes back as the text of a message."""
FILES = {
    "user_send_image": ("photo", "image/jpeg"),
    "user_send_gif": ("photo", "image/gif"),
    "user_send_audio": ("voice", "audio/aac"),
    "user_send_video": ("video", "video/mp4"),
    "user_send_file": ("document", ""),
}
NOT_CARRIED = {"user_send_link", "user_send_business_card"}
DOORS = {"follow": Kind.JOINED, "unfollow": Kind.LEFT}
SUBMITTED = "user_submit_info"
LONGEST_ID = 200
COUNTRY, LONGEST_PHONE = "84", 15


def parse(payload: Mapping[str, Any]) -> Incoming | None:
    """Read one event; None for what does not concern us: our own echoes, receipts, new kinds.

    Kinds and fields: docs.zaloplatforms.com/docs/OA/webhook. Raises ValueError, which names
    fields and never what they hold.
    """
    name, at = _id(payload, "event_name"), _instant(payload.get("timestamp"))
    if name in DOORS:
        return _door(payload, DOORS[name], at)
    if name == SUBMITTED:
        return _submitted(payload, at)
    content = _content(name, payload)
    if content is None:
        return None
    message, sender = _object(payload, "message"), _object(payload, "sender")
    number = _id(message, "msg_id" if "msg_id" in message else "mid")
    return Incoming(
        channel=NAME,
        key=number,
        address=_id(sender, "id"),
        sender=_id(sender, "id"),
        sent_at=at,
        receipt=number,
        **content,
    )


def _content(name: str, payload: Mapping[str, Any]) -> dict[str, Any] | None:
    if name == "user_send_text":
        return _text(_object(payload, "message"))
    if name in FILES:
        return _files(_object(payload, "message"), *FILES[name])
    if name == "user_send_location":
        return _place(_object(payload, "message"))
    if name == "user_send_sticker":
        return {"kind": Kind.STICKER}
    return {"kind": Kind.UNSUPPORTED} if name in NOT_CARRIED else None


def _text(message: Mapping[str, Any]) -> dict[str, Any]:
    text = clean(str(message.get("text") or ""))
    if text.startswith(f"{PRESSED}t:"):
        return {"kind": Kind.PRESS, "press": text.removeprefix(PRESSED)}
    return {"text": text}


def _files(message: Mapping[str, Any], kind: str, mime: str) -> dict[str, Any]:
    files = tuple(_file(payload, kind, mime) for payload in _payloads(message))
    if not files:
        raise _odd("attachments")
    group = {"group_key": BY_TIME} if kind == "photo" else {}
    return {"attachments": files, "text": clean(str(message.get("text") or "")), **group}


def _file(payload: Mapping[str, Any], kind: str, mime: str) -> Attachment:
    source = payload.get("url")
    if not isinstance(source, str) or not source.startswith(("https://", "http://")):
        raise _odd("attachments.payload.url")
    size = str(payload.get("size") or "0")
    return Attachment(
        kind,
        source=source,
        name=clean(str(payload.get("name") or "")),
        mime=mime,
        size=int(size) if size.isdecimal() and len(size) < len(str(10**15)) else 0,
    )


def _place(message: Mapping[str, Any]) -> dict[str, Any]:
    """Coordinates come as strings, the place's name as the message's text."""
    for payload in _payloads(message):
        where = _object(payload, "coordinates")
        try:
            lat, lon = float(where["latitude"]), float(where["longitude"])
        except (KeyError, TypeError, ValueError):
            raise _odd("coordinates") from None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004  degrees
            raise _odd("coordinates")
        return {"lat": lat, "lon": lon, "place": clean(str(message.get("text") or ""))}
    raise _odd("attachments")


def _door(payload: Mapping[str, Any], kind: Kind, at: datetime) -> Incoming:
    """Somebody follows the account, or does so no more: events without sender and number."""
    person = _id(_object(payload, "follower"), "id")
    key = f"{kind}:{person}:{payload.get('timestamp')}"[:LONGEST_ID]
    return Incoming(channel=NAME, key=key, address=person, sender=person, sent_at=at, kind=kind)


def _submitted(payload: Mapping[str, Any], at: datetime) -> Incoming:
    """Somebody gave the account their number by Zalo's own form: as if they had typed it.

    Uncertain: the shape (`info` beside `sender`, the phone as 84… and sometimes a number) is known
    from two implementations and no official page; another expects JSON in the message's text.
    Nothing of it is believed about who somebody is: it corrects a known person's number alone.
    """
    info, person = _object(payload, "info"), _id(_object(payload, "sender"), "id")
    digits = "".join(sign for sign in str(info.get("phone") or "") if sign.isdecimal())
    if not digits or len(digits) > LONGEST_PHONE:
        raise _odd("info.phone")
    phone = f"0{digits[2:]}" if digits.startswith(COUNTRY) else digits
    key = f"info:{person}:{payload.get('timestamp')}"[:LONGEST_ID]
    text = f"điện thoại: {phone}"
    return Incoming(channel=NAME, key=key, address=person, sender=person, sent_at=at, text=text)


def _payloads(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = message.get("attachments")
    if not isinstance(found, list):
        raise _odd("attachments")
    return [_object(one, "payload") for one in found if isinstance(one, Mapping)]


def _object(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = outer.get(name)
    if not isinstance(inner, Mapping):
        raise _odd(name)
    return inner


def _id(outer: Mapping[str, Any], name: str) -> str:
    value = outer.get(name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_ID:
        raise _odd(name)
    return value


def _instant(stamp: Any) -> datetime:
    """Milliseconds since 1970, as a string."""
    try:
        return datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise _odd("timestamp") from None


def _odd(field: str) -> ValueError:
    return ValueError(f"not a Zalo OA event: {field}")

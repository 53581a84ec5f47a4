"""What every shape of Telegram update is read as."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_parse import parse
from tests.doubles.telegram_phone import Phone
from tickets.incoming import INCOMING, Attachment, Incoming, Kind

PAYLOADS = Path(__file__).parent / "payloads" / "telegram"
SENT = datetime.fromtimestamp(1795362000, UTC)
RECEIVED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LAN = {
    "channel": "telegram",
    "address": "700100200",
    "sender": "700100200",
    "sender_name": "Vi Thị Lan",
    "sent_at": SENT,
}
GROUP = LAN | {"address": "-5012345678", "is_group": True}
SUPERGROUP = LAN | {"address": "-1002345678901", "is_group": True}
NOBODY = GROUP | {"sender": "-5012345678", "sender_name": ""}
ALBUM = {"group_key": "13795362001234567"}


def photo(number: int, size: int = 210345, letter: str = "y") -> Attachment:
    return Attachment("photo", f"AgACAgUAAxkBAAIp{number}{letter}", mime="image/jpeg", size=size)


READ = {
    "text": LAN
    | {
        "receipt": "41",
        "text": "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc",
    },
    "text_marked_and_hidden": LAN
    | {"receipt": "42", "text": "cầu tràn hỏng từ sáng\nxe máy không qua"},
    "start_with_code": LAN | {"receipt": "43", "text": "/start 7KQ2MPX4TR"},
    "group_command_to_us": GROUP | {"receipt": "44", "text": "/phieu NA-26-000123"},
    "group_mention": SUPERGROUP | {"receipt": "46", "text": "123 tiếp nhận"},
    "group_reply_to_card": GROUP | {"receipt": "47", "text": "đã cử đội xuống", "reply_to": "30"},
    "forum_topic_message": SUPERGROUP | {"receipt": "48", "text": "có ai trực không"},
    "photo_with_caption": LAN
    | {"receipt": "49", "text": "anh hien truong", "attachments": (photo(49),)},
    "photo_too_large": LAN | {"receipt": "50", "attachments": (photo(50, 98000, "x"),)},
    "album_first": LAN
    | ALBUM
    | {
        "receipt": "51",
        "text": "5 ho 21 nguoi da len nha van hoa",
        "attachments": (photo(51),),
    },
    "album_second": LAN | ALBUM | {"receipt": "52", "attachments": (photo(52),)},
    "photo_as_document": LAN
    | {
        "receipt": "53",
        "attachments": (
            Attachment("photo", "BQACAgUAAxkBAAIp53", "IMG_2041.JPG", "image/jpeg", 4210000),
        ),
    },
    "document": LAN
    | {
        "receipt": "54",
        "text": "gui van ban",
        "attachments": (
            Attachment(
                "document",
                "BQACAgUAAxkBAAIp54",
                "Báo cáo cầu tràn.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                88123,
            ),
        ),
    },
    "voice": LAN
    | {
        "receipt": "55",
        "attachments": (Attachment("voice", "AwACAgUAAxkBAAIp55", "", "audio/ogg", 28731),),
    },
    "audio": LAN
    | {
        "receipt": "56",
        "attachments": (
            Attachment("voice", "CQACAgUAAxkBAAIp56", "ghi am.m4a", "audio/mp4", 480000),
        ),
    },
    "video": LAN
    | {
        "receipt": "57",
        "text": "lũ đang lên",
        "attachments": (
            Attachment("video", "BAACAgUAAxkBAAIp57", "lu.mp4", "video/mp4", 25000000),
        ),
    },
    "video_note": LAN
    | {
        "receipt": "58",
        "attachments": (Attachment("video", "DQACAgUAAxkBAAIp58", size=900000),),
    },
    "animation": LAN
    | {
        "receipt": "59",
        "attachments": (
            Attachment("video", "CgACAgUAAxkBAAIp59", "x.gif.mp4", "video/mp4", 150000),
        ),
    },
    "location": LAN | {"receipt": "60", "lat": 19.262731, "lon": 104.271015},
    "location_live": LAN | {"receipt": "61", "lat": 19.26, "lon": 104.27},
    "venue": LAN
    | {
        "receipt": "62",
        "lat": 19.2901,
        "lon": 104.3207,
        "place": "Nhà văn hóa bản Khe Tang, Chiêu Lưu, Nghệ An",
    },
    "sticker": LAN | {"receipt": "63", "kind": Kind.STICKER},
    "contact": LAN | {"receipt": "64", "kind": Kind.UNSUPPORTED},
    "poll": LAN | {"receipt": "65", "kind": Kind.UNSUPPORTED},
    "dice": LAN | {"receipt": "66", "kind": Kind.UNSUPPORTED},
    "content_of_tomorrow": LAN | {"receipt": "67", "kind": Kind.UNSUPPORTED},
    "forwarded": LAN | {"receipt": "68", "text": "mat dien ca ban tu chieu qua"},
    "edited_text": LAN
    | {
        "receipt": "41",
        "kind": Kind.EDIT,
        "text": "sạt lở đường vào bản Khe Tang, 3 nhà dân",
        "sent_at": datetime.fromtimestamp(1795362090, UTC),
    },
    "edited_caption": LAN
    | {
        "receipt": "51",
        "kind": Kind.EDIT,
        "text": "6 ho 25 nguoi",
        "sent_at": datetime.fromtimestamp(1795362095, UTC),
    },
    "press": SUPERGROUP
    | {
        "kind": Kind.PRESS,
        "press": "t:ack:123:1",
        "press_id": "3006910847361825001",
        "receipt": "30",
        "reply_to": "30",
        "sent_at": RECEIVED,
    },
    "press_inaccessible": LAN
    | {
        "kind": Kind.PRESS,
        "press": "t:done:99:4",
        "press_id": "3006910847361825002",
        "receipt": "31",
        "reply_to": "31",
        "sent_at": RECEIVED,
    },
    "bot_added": GROUP | {"kind": Kind.JOINED},
    "bot_removed": SUPERGROUP | {"kind": Kind.LEFT},
    "bot_kicked": SUPERGROUP | {"kind": Kind.LEFT},
    "bot_blocked": LAN | {"kind": Kind.LEFT},
    "bot_unblocked": LAN | {"kind": Kind.JOINED},
    "migrated": GROUP | {"kind": Kind.MIGRATED, "text": "-1002345678901"},
    "migrated_unsigned": NOBODY | {"kind": Kind.MIGRATED, "text": "-1002345678901"},
}
IGNORED = {
    "group_command_to_another",
    "edited_live_location",
    "press_inline",
    "press_game",
    "bot_promoted",
    "bot_muted",
    "bot_in_channel",
    "migrated_from",
    "new_member",
    "anonymous_admin",
    "channel_post_in_group",
    "channel_post",
}
BROKEN = {"broken"}


def payload(name: str) -> dict:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def read(update: dict, own_name: str = "thaogo_bot") -> Incoming | None:
    return parse(update, received_at=RECEIVED, own_name=own_name)


def test_every_payload_is_in_the_table():
    assert {path.stem for path in PAYLOADS.glob("*.json")} == READ.keys() | IGNORED | BROKEN


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name):
    update = payload(name)
    expected = Incoming(key=f"u{update['update_id']}", **READ[name])
    assert read(update) == expected
    assert INCOMING.validate_json(INCOMING.dump_json(expected)) == expected


@pytest.mark.parametrize("name", sorted(IGNORED))
def test_what_does_not_concern_us(name):
    assert read(payload(name)) is None


def test_without_a_known_name_any_command_in_the_chat_is_ours():
    incoming = read(payload("group_command_to_another"), own_name="")
    assert incoming is not None
    assert incoming.text == "/help"


def test_a_service_message_in_a_private_chat_is_no_report():
    update = payload("text")
    del update["message"]["text"]
    pinned = update["message"] | {"pinned_message": payload("text")["message"]}
    assert read(update | {"message": pinned}) is None


def test_unknown_content_in_a_group_is_left_alone():
    update = payload("content_of_tomorrow")
    update["message"]["chat"] = payload("group_mention")["message"]["chat"]
    assert read(update) is None


def test_a_broken_update_says_where_and_keeps_what_was_written_to_itself():
    with pytest.raises(ValueError, match=r"message\.date: ") as caught:
        read(payload("broken"))
    assert "bí mật" not in repr(caught.value)
    assert "hôm qua" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"update_id": "x"}, {"message": {}}])
def test_what_is_no_update_at_all_is_refused(odd):
    with pytest.raises(ValueError, match="not a Telegram update"):
        read(odd)


PHONE = Phone(9)


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (PHONE.text("mất mạng"), Kind.MESSAGE),
        (PHONE.text("123 xong", group=-5, reply_to=3), Kind.MESSAGE),
        (PHONE.photo("p"), Kind.MESSAGE),
        *((piece, Kind.MESSAGE) for piece in PHONE.album(["a", "b"], "ảnh")),
        (PHONE.voice("v"), Kind.MESSAGE),
        (PHONE.document("d", "d.pdf", "application/pdf"), Kind.MESSAGE),
        (PHONE.location(19.2, 104.3), Kind.MESSAGE),
        (PHONE.sticker(), Kind.STICKER),
        (PHONE.edit(5000, "mất mạng từ sáng"), Kind.EDIT),
        (PHONE.press("t:ack:1:1", 3, group=-1_000_000_000_005), Kind.PRESS),
        (PHONE.add_bot(-5), Kind.JOINED),
        (PHONE.remove_bot(-5), Kind.LEFT),
        (PHONE.block_bot(), Kind.LEFT),
        (PHONE.group_grows(-5, -1_000_000_000_005), Kind.MIGRATED),
    ],
)
def test_the_phones_of_the_other_tests_speak_true(act, kind):
    incoming = read({"update_id": 1} | act)
    assert incoming is not None
    assert incoming.kind == kind
    assert incoming.sender == "9"


WORDS = sorted({word for name in READ for word in str(payload(name)).split("'")[1::2]})
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.text(max_size=3)
    | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value, path=()):
    """Where every value of a payload stands."""
    yield path
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in pairs:
            yield from places(inner, (*path, step))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_stands_where_it_should_not_only_a_value_error_comes_out(data):
    update = payload(data.draw(st.sampled_from(sorted(READ.keys() | IGNORED))))
    path = data.draw(st.sampled_from([path for path in places(update) if path]))
    holder = update
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(ODD)
    with suppress(ValueError):
        incoming = read(update)
        assert incoming is None or INCOMING.validate_python(incoming) == incoming

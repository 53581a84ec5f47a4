"""What events of the Zalo Bot Platform say: documented and captured shapes, and odd ones."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_bot_parse import parse
from tickets.incoming import BY_TIME, Attachment, Incoming, Kind

PAYLOADS = Path(__file__).parent / "payloads" / "zalo_bot"
PERSON = "123456/6ede9afa66b88fe6d6a9"


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return loaded


def heard(name: str) -> Incoming:
    said = parse(payload(name), bot="123456")
    assert said is not None
    return said


def test_a_text_with_who_said_it_where_and_when() -> None:
    assert heard("text") == Incoming(
        channel="zalo_bot",
        key="123456/2d758cb5e222177a4e35",
        address=PERSON,
        sender=PERSON,
        sent_at=datetime(2025, 6, 19, 6, 55, 31, 602000, tzinfo=UTC),
        text="Xin chào",
        receipt="2d758cb5e222177a4e35",
        sender_name="Ted",
    )


def test_the_same_person_is_another_contact_for_another_bot() -> None:
    said = parse(payload("text"), bot="777")
    assert said is not None
    assert said.address == said.sender == "777/6ede9afa66b88fe6d6a9"
    assert said.key != heard("text").key


@pytest.mark.parametrize(
    ("name", "file", "caption"),
    [("image_bare", "f1.jpg", "cầu tràn"), ("image_documented", "f2.jpg", "")],
)
def test_a_picture_under_either_name_belongs_to_what_comes_with_it(
    name: str, file: str, caption: str
) -> None:
    said = heard(name)
    (photo,) = said.attachments
    assert (photo.kind, photo.source) == ("photo", f"https://photo-stal-1.zdn.vn/made-up/{file}")
    assert (said.text, said.group_key) == (caption, BY_TIME)


def test_voice_stickers_and_what_has_no_content() -> None:
    voice = Attachment(
        "voice", source="https://f2-voice-aac-dl.zdn.vn/made-up/v1.aac", mime="audio/aac"
    )
    assert heard("voice").attachments == (voice,)
    assert heard("sticker").kind is Kind.STICKER
    assert heard("unsupported").kind is Kind.UNSUPPORTED


def test_groups_bots_and_new_kinds_do_not_concern_us() -> None:
    assert parse(payload("group"), bot="1") is None
    robot = payload("text")
    robot["result"]["message"]["from"]["is_bot"] = True
    assert parse(robot, bot="1") is None
    new = payload("text")
    new["result"]["event_name"] = "message.poll.received"
    assert parse(new, bot="1") is None


def test_a_date_in_seconds_is_one_too() -> None:
    early = payload("text")
    early["result"]["message"]["date"] = 1750316131
    said = parse(early, bot="1")
    assert said is not None
    assert said.sent_at == datetime(2025, 6, 19, 6, 55, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "value", "field"),
    [
        (("result",), [], "result"),
        (("result", "event_name"), 7, "event_name"),
        (("result", "message"), None, "message"),
        (("result", "message", "chat"), "x", "chat"),
        (("result", "message", "chat", "id"), "a/b", "message.chat.id"),
        (("result", "message", "from", "id"), "", "message.from.id"),
        (("result", "message", "message_id"), 12, "message.message_id"),
        (("result", "message", "date"), "soon", "message.date"),
        (("result", "message", "date"), 10**30, "message.date"),
    ],
)
def test_what_is_none_names_the_field_and_not_what_it_holds(
    at: tuple[str, ...], value: Any, field: str
) -> None:
    odd = copy.deepcopy(payload("text"))
    inner = odd
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    with pytest.raises(ValueError, match=rf"^not a Zalo Bot event: {field}$"):
        parse(odd, bot="1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(["from", "chat", "text", "photo", "message_id", "date"])


@given(st.dictionaries(FIELDS, JSON), st.sampled_from(["text", "image", "voice", "sticker"]))
def test_no_odd_event_fails_otherwise(message: dict[str, Any], kind: str) -> None:
    odd = {"event_name": f"message.{kind}.received", "message": message}
    told = ""
    try:
        parse(odd, bot="1")
    except ValueError as error:
        told = str(error)
    assert told == "" or told.startswith("not a Zalo Bot event: ")

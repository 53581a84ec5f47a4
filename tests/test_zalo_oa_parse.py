"""What events of an Official Account say, and whether Zalo has signed them."""

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa_parse import parse
from bot.channels.zalo_oa_sign import is_signed, signature
from tests.test_zalo_bot_parse import JSON
from tickets.incoming import BY_TIME, Attachment, Incoming, Kind

PAYLOADS = Path(__file__).parent / "payloads" / "zalo_oa"
PERSON = "8123456789"
AT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
RAW = (
    '{"app_id":"1234567890","event_name":"user_send_text","message":{"msg_id":"m1","text":'
    '"Sạt lở đường"},"recipient":{"id":"oa1"},"sender":{"id":"u1"},"timestamp":"1700000000000"}'
).encode()
MAC = "1bbd87f406d7aabb65eee5a36c91b3593538257eb370a10d394d9b51d46d2e63"
"""Computed once from the rule that Zalo documents, outside this program."""


def payload(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return loaded


def heard(name: str) -> Incoming:
    said = parse(payload(name))
    assert said is not None
    return said


def test_a_text() -> None:
    assert heard("text") == Incoming(
        channel="zalo_oa",
        key="96d3cdf3af150460909",
        address=PERSON,
        sender=PERSON,
        sent_at=AT,
        text="Sạt lở đường",
        receipt="96d3cdf3af150460909",
    )


def test_what_a_button_carried_comes_back_as_text_and_is_a_press() -> None:
    said = heard("press")
    assert (said.kind, said.press, said.press_id, said.text) == (Kind.PRESS, "t:ack:12:3", None, "")
    typed = payload("text")
    typed["message"]["text"] = "#baobien"
    other = parse(typed)
    assert other is not None
    assert (other.kind, other.text) == (Kind.MESSAGE, "#baobien")


def test_a_picture_with_its_words_belongs_to_what_comes_with_it() -> None:
    said = heard("image")
    (photo,) = said.attachments
    assert photo.source == "http://photo-stal-2.zdn.vn/made-up/f.jpg"
    assert (photo.kind, said.text, said.group_key) == ("photo", "cầu tràn", BY_TIME)


def test_a_place_has_its_name_and_numbers() -> None:
    said = heard("location")
    assert (said.lat, said.lon, said.place, said.text) == (19.2731, 104.4412, "bản Khe Tang", "")


def test_files_and_voices() -> None:
    assert heard("file").attachments == (
        Attachment(
            "document",
            source="https://f20-zpc.dlfl.vn/made-up/bao-cao.pdf",
            name="Báo cáo.pdf",
            size=24165,
        ),
    )
    voice = heard("audio")
    assert (voice.key, voice.attachments[0].kind) == ("m6", "voice")


def test_following_opens_the_door_and_unfollowing_shuts_it() -> None:
    came, went = heard("follow"), heard("unfollow")
    assert (came.kind, came.address, came.is_group) == (Kind.JOINED, PERSON, False)
    assert went.kind is Kind.LEFT
    assert came.key != went.key


def test_the_rest() -> None:
    assert heard("sticker").kind is Kind.STICKER
    assert heard("link").kind is Kind.UNSUPPORTED
    assert parse(payload("echo")) is None
    assert parse(payload("seen")) is None


@pytest.mark.parametrize(
    ("name", "at", "value", "field"),
    [
        ("text", ("event_name",), None, "event_name"),
        ("text", ("timestamp",), "soon", "timestamp"),
        ("text", ("sender",), [], "sender"),
        ("text", ("sender", "id"), 8, "id"),
        ("text", ("message",), "x", "message"),
        ("text", ("message", "msg_id"), "", "msg_id"),
        ("image", ("message", "attachments"), {}, "attachments"),
        ("image", ("message", "attachments"), [], "attachments"),
        ("image", ("message", "attachments", 0, "payload", "url"), "x", "attachments.payload.url"),
        ("location", ("message", "attachments", 0, "payload", "coordinates"), {}, "coordinates"),
        ("location", ("message", "attachments"), [], "attachments"),
        ("follow", ("follower",), None, "follower"),
    ],
)
def test_what_is_none_names_the_field(
    name: str, at: tuple[Any, ...], value: Any, field: str
) -> None:
    odd: Any = copy.deepcopy(payload(name))
    inner = odd
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    with pytest.raises(ValueError, match=rf"^not a Zalo OA event: {field}$"):
        parse(odd)


@given(
    st.sampled_from(["text", "image", "location", "file", "follow"]),
    st.sampled_from(["message", "sender", "follower", "timestamp", "event_name"]),
    JSON,
)
def test_no_odd_event_fails_otherwise(name: str, field: str, value: Any) -> None:
    told = ""
    try:
        parse({**payload(name), field: value})
    except ValueError as error:
        told = str(error)
    assert told == "" or told.startswith("not a Zalo OA event: ")


# The signature.


def signed(mac: str, body: bytes = RAW, *, now: datetime = AT, **more: str) -> bool:
    headers = {"x-zevent-signature": mac, **more}
    return is_signed(headers, body, app_id="1234567890", secret="oa-secret", now=now)


def test_the_rule_gives_what_was_computed_elsewhere() -> None:
    assert signature("1234567890", RAW, "1700000000000", "oa-secret") == MAC


@pytest.mark.parametrize("mac", [MAC, f"mac={MAC}", f"sha256={MAC}", f"mac={MAC.upper()}"])
def test_a_signature_is_believed_in_any_dress(mac: str) -> None:
    assert signed(mac)


@pytest.mark.parametrize("mac", ["", "mac=", MAC[:-1], MAC[::-1], f"mac={MAC}0", "é"])
def test_another_one_is_not(mac: str) -> None:
    assert not signed(mac)


def test_a_body_that_says_the_same_in_other_bytes_is_not_the_one_that_was_signed() -> None:
    assert not signed(MAC, json.dumps(json.loads(RAW)).encode())
    assert not signed(MAC, RAW + b" ")


@pytest.mark.parametrize(
    ("hours", "believed"), [(1, True), (1.99, True), (2.01, False), (-3, False)]
)
def test_a_call_is_believed_for_two_hours(hours: float, believed: bool) -> None:
    assert signed(MAC, now=AT + timedelta(hours=hours)) is believed


def test_the_timestamp_may_stand_in_a_header() -> None:
    body = b'{"event_name":"follow"}'
    mac = signature("1234567890", body, "1700000000000", "oa-secret")
    stamp = {"x-zevent-timestamp": "1700000000000"}
    assert signed(mac, body, **stamp)
    assert not signed(mac, body)
    assert not signed(mac, body, now=AT + timedelta(hours=3), **stamp)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 50_000, b'{"timestamp": 1e999}']
)
def test_no_body_breaks_the_check(body: bytes) -> None:
    assert not signed(MAC, body)


def test_a_number_given_by_zalos_form_is_as_if_typed() -> None:
    said = heard("submit_info")
    assert (said.address, said.text) == (PERSON, "điện thoại: 0912345678")
    assert said.key == f"info:{PERSON}:1700000000000"
    odd = payload("submit_info")
    odd["info"]["phone"] = "của anh Ba"
    with pytest.raises(ValueError, match=r"info\.phone"):
        parse(odd)

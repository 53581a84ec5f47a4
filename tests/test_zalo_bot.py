"""The Zalo Bot channel beyond the contract: lists and lengths, files, polling, webhooks, room."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import zalo
from bot.channels.base import (
    File,
    OverQuota,
    Part,
    RetryLater,
    Said,
    Undeliverable,
    Unknown,
    parts,
)
from bot.channels.zalo_bot import HOOKED, ZaloBot, ZaloBots
from bot.polling import poll
from bot.settings import Settings, read_settings
from storage import inbox
from storage.engine import Database
from storage.people import Contact, Person
from tests.doubles.zalo_bot_api import TOKEN, ZaloBotApi
from tests.test_polling import Inside
from tests.test_zalo_bot_parse import payload
from tickets.incoming import Incoming
from tickets.rich import bold, units

CHAT = "123456/6ede9afa66b88fe6d6a9"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SECOND = "777777:another-made-up-token"


@pytest.fixture
async def api():
    async with ZaloBotApi(TOKEN, SECOND) as server:
        yield server


@pytest.fixture
async def bot(api: ZaloBotApi):
    opened = ZaloBot(TOKEN, host_file=None, api_url=api.url, patience=2)
    yield opened
    await opened.close()


async def test_bold_words_are_styled_in_utf_16_and_what_people_wrote_is_not(api, bot) -> None:
    await bot.send("c", Part(f"🌊 {bold('NA-26-000123')} **x** {bold('ngập')}"))
    _, given = api.calls[-1]
    assert given["text"] == "🌊 NA-26-000123 **x** ngập"
    assert given["text_styles"] == [
        {"start": 3, "len": 12, "st": ["b"]},
        {"start": 22, "len": 4, "st": ["b"]},
    ]
    assert "parse_mode" not in given


async def test_the_longest_text_with_the_longest_list_is_taken(api, bot) -> None:
    channel = ZaloBots([bot])
    rows = tuple(((f"Sở Nông nghiệp và Môi trường {n}", f"t:pick:1:1:{n}"),) for n in range(9))
    buttons = [[{"label": label, "press": press} for label, press in row] for row in rows]
    said = Said("Nước lên. " * 500, buttons)
    for part in parts(said, channel.limits):
        await channel.send(CHAT, part, delivery=1)
    texts = [message.text for message in api.in_chat(CHAT)]
    assert all(units(text) <= 2000 for text in texts)
    assert texts[-1].endswith("\n9. Sở Nông nghiệp và Môi trường 8")


async def test_several_bots_are_one_channel(api, bot) -> None:
    other = ZaloBot(SECOND, host_file=None, api_url=api.url)
    channel = ZaloBots([bot, other])
    await channel.send("777777/c", Part("hai"), delivery=1)
    assert [m.text for m in api.in_chat("777777/c")] == ["hai"]
    assert await channel.check() == "bot.123456, bot.777777"
    for address in ("888888/c", "c", "123456/"):
        with pytest.raises(Undeliverable) as caught:
            await channel.send(address, Part("x"), delivery=1)
        assert caught.value.gone
    await other.close()


async def test_without_a_public_address_a_file_is_named(api, bot) -> None:
    await bot.send("c", Part("Ảnh của phiếu", files=(File("h", "photo", "image/jpeg"),)))
    assert [m.text for m in api.in_chat("123456/c")] == ["Ảnh của phiếu\n📎 photo"]


@pytest.mark.parametrize(("status", "body"), [(504, "<html>"), (200, "what?")])
async def test_a_gateway_that_gave_up_waiting_may_have_delivered(
    api, bot, status: int, body: str
) -> None:
    api.fail(status=status, body=body)
    with pytest.raises(Unknown):
        await bot.send("c", Part("một"))


async def test_behind_a_gateway_that_finds_nobody_nothing_was_taken(api, bot) -> None:
    api.fail(status=502, body="bad")
    with pytest.raises(RetryLater):
        await bot.send("c", Part("một"))


@pytest.mark.parametrize(
    ("told", "failure"),
    [
        ({"ok": False, "error_code": 408, "description": "x"}, RetryLater),
        ({"ok": False, "errorCode": 426, "description": "x"}, Undeliverable),
        ({"ok": False, "error_code": 500, "description": "x"}, RetryLater),
        ({"ok": False, "error_code": "429", "description": "x"}, OverQuota),
        ({"ok": False, "error_code": "401", "description": "x"}, RetryLater),
        ({"ok": False, "error_code": None, "description": "x"}, Undeliverable),
        ({"ok": False}, RetryLater),
    ],
)
async def test_a_refusal_stands_in_the_body(api, bot, told: Any, failure: type) -> None:
    api.fail(body=told)
    with pytest.raises(failure):
        await bot.send("c", Part("một"))


# Files that people sent.


async def test_a_picture_is_got_once_from_zalo_and_from_nobody_else(api, bot) -> None:
    assert await bot.fetch(api.media("a.jpg", b"picture"), most=10) == b"picture"
    api.redirects["moved.jpg"] = api.media("b.jpg", b"elsewhere")
    for source in (
        "http://169.254.169.254/latest",
        "https://zdn.vn.evil.example/a.jpg",
        "https://u:p@photo-stal-1.zdn.vn/a.jpg",
        "https://photo-stal-1.zdn.vn:8443/a.jpg",
        "ftp://photo-stal-1.zdn.vn/a.jpg",
        "https://[",
        f"{api.url}/media/moved.jpg",
        f"{api.url}/media/none.jpg",
        api.media("large.jpg", b"x" * 11),
    ):
        with pytest.raises(Undeliverable):
            await bot.fetch(source, most=10)


# Polling.


async def listening(bot: ZaloBot, inside: Inside, until: Any) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(poll(bot, inside.receive, inside.set_aside, stop, first_pause=0.01))
    try:
        await inside.until(until)
    finally:
        stop.set()
        await asyncio.wait_for(task, 5)


async def test_polling_takes_one_event_at_a_time_and_idles_in_between(api, bot) -> None:
    api.bot.updates.extend([payload("text")["result"], payload("image_bare")])
    inside = Inside()
    await listening(bot, inside, lambda: len(inside.batches) == 2)
    assert inside.texts == [["Xin chào"], ["cầu tràn"]]
    assert {given["timeout"] for method, given in api.calls if method == "getUpdates"} == {"30"}


async def test_what_was_not_committed_is_not_asked_of_zalo_again_but_kept(api, bot) -> None:
    api.bot.updates.append(payload("text")["result"])
    inside = Inside(refuse=2)
    await listening(bot, inside, lambda: len(inside.batches) == 3)
    assert inside.texts == [["Xin chào"]] * 3


async def test_an_odd_event_is_set_aside_and_the_next_is_heard(api, bot) -> None:
    api.bot.updates.extend([{"event_name": "message.text.received"}, payload("text")["result"]])
    inside = Inside()
    await listening(bot, inside, lambda: inside.batches)
    assert [flaw for *_, flaw in inside.aside] == ["not a Zalo Bot event: message"]


async def test_with_a_webhook_polling_is_refused_and_says_what_to_do(api, bot) -> None:
    await bot.set_webhook("https://thaogo.example/hooks/zalo-bot", "12345678")
    with capture_logs() as logs, pytest.raises(RetryLater) as caught:
        await bot.listen()
    assert str(caught.value) == HOOKED
    assert not logs
    await bot.take_webhook_away()
    await bot.take_webhook_away()
    await bot.listen()


async def test_gateways_that_fail_are_asked_again(api, bot) -> None:
    api.fail(status=504, body="", method="getUpdates", times=3)
    api.bot.updates.append(payload("text")["result"])
    inside = Inside()
    await listening(bot, inside, lambda: inside.batches)
    assert inside.texts == [["Xin chào"]]


# Webhooks and room.


def settings(api: ZaloBotApi, **more: Any) -> Settings:
    return read_settings(
        zalo_bot_token=f"{TOKEN}, {SECOND}",
        zalo_bot_api_url=api.url,
        zalo_bot_webhook_secret="first-secret,second-secret",
        public_url="https://thaogo.example",
        **more,
    )


async def test_zalo_is_told_once_where_to_call_and_again_when_the_secret_changes(
    api, bot, make_database
) -> None:
    database = Database(make_database("sqlite"))
    given = settings(api)
    assert await zalo.register(given, database, bot, "first-secret", NOW)
    assert api.bot.webhook["url"] == "https://thaogo.example/hooks/zalo-bot/123456"
    assert not await zalo.register(given, database, bot, "first-secret", NOW)
    assert await zalo.register(given, database, bot, "changed-secret", NOW)
    await bot.take_webhook_away()
    assert await zalo.register(given, database, bot, "changed-secret", NOW)
    assert api.bot.webhooks_set == 3
    await database.close()


async def test_an_invitation_names_the_emptiest_bot_until_all_are_full(api, make_database) -> None:
    database = Database(make_database("sqlite"))
    given = settings(api)
    async with database.transaction() as session:
        await _people(session, "123456", 2)
        assert await zalo.with_most_room(session, given) == "777777"
        await _people(session, "777777", 49)
        assert await zalo.with_most_room(session, given) == "123456"
        await _people(session, "123456", 48)
        assert await zalo.with_most_room(session, given) == "777777"
        await _people(session, "777777", 1)
        assert await zalo.with_most_room(session, given) is None
    await database.close()


async def _people(session: Any, bot: str, count: int) -> None:
    for _ in range(count):
        person = Person(name="Lan", joined_at=NOW)
        session.add(person)
        await session.flush()
        address = f"{bot}/chat{person.id}"
        session.add(Contact(channel="zalo_bot", address=address, person_id=person.id))
    await session.flush()


async def test_what_comes_in_counts_for_the_quota_of_its_own_bot_and_month(make_database) -> None:
    database = Database(make_database("sqlite"))
    async with database.transaction() as session:
        rows = [
            {"channel": "zalo_bot", "key": f"{bot}/{n}", "received_at": at, "address": "",
             "fate": "done", "error": ""}
            for bot, n, at in (
                ("123456", 1, NOW), ("123456", 2, NOW), ("777777", 3, NOW),
                ("123456", 4, NOW - timedelta(days=40)),
            )
        ]  # fmt: skip
        await inbox.take(session, rows)
        assert await zalo.used(session, "123456", NOW - timedelta(days=22)) == 2
    await database.close()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"zalo_bot_token": "abc"}, "must look like"),
        ({"zalo_bot_token": f"{TOKEN},{TOKEN}"}, "each bot once"),
        ({"zalo_bot_token": TOKEN, "zalo_bot_webhook_secret": "short"}, "8 to 256"),
        ({"zalo_bot_token": TOKEN, "zalo_bot_webhook_secret": "long-enough"}, "https"),
        (
            {
                "zalo_bot_token": TOKEN,
                "zalo_bot_webhook_secret": "long-enough,another-one",
                "public_url": "https://thaogo.example",
            },
            "one secret of its own for each token",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(given: dict[str, str], complaint: str) -> None:
    with pytest.raises(Exception, match=complaint) as caught:
        read_settings(**given)
    assert TOKEN not in str(caught.value)


async def test_logs_stay_without_the_token_in_polling(api, bot, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    api.bot.updates.append(payload("text")["result"])
    inside = Inside()
    with capture_logs() as logs:
        await listening(bot, inside, lambda: inside.batches)
    assert TOKEN not in caplog.text + repr(logs)
    assert isinstance(inside.batches[0][0], Incoming)

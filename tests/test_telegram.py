"""What Telegram alone does: its calls, its pace, its files, its webhook."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.channels.base import File, Part, RetryLater, Undeliverable, Unknown
from bot.channels.connecting import connection
from bot.channels.telegram import LARGEST_PHOTO, Telegram
from bot.channels.telegram_failures import BAD_TOKEN
from bot.channels.telegram_read import ALLOWED_UPDATES
from bot.pace import Pace
from storage.people import Contact
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.telegram_phone import Phone
from tests.doubles.telegram_queue import SECRET_HEADER

CHAT = "700100200"
KEPT = {
    "photo": b"a photo",
    "huge": b"x" * (LARGEST_PHOTO + 1),
    "video": b"a video",
    "heic": b"a photo of an iPhone",
}
PHOTO = File("photo", "photo", "image/jpeg")
VIDEO = File("video", "video", "video/mp4")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


def at(api: BotApi, token: str = TOKEN, *, pacing: bool = False, patience: float = 10) -> Telegram:
    return Telegram(
        token,
        open_file=KEPT.__getitem__,
        api_url=f"{api.url}/",
        pacing=pacing,
        patience=patience,
        now=lambda: NOW,
    )


@pytest.fixture
async def telegram(api):
    channel = at(api)
    yield channel
    await channel.close()


async def test_a_text_goes_out_as_html_to_the_chat(api, telegram):
    receipt = await telegram.send(CHAT, Part("cầu < tràn"), delivery=7)
    (call,) = api.calls
    assert call.method == "sendMessage"
    assert call.params == {"chat_id": 700100200, "text": "cầu &lt; tràn", "parse_mode": "HTML"}
    assert receipt == str(call.result["message_id"])


@pytest.mark.parametrize("text", ["xem nghean.gov.vn", "https://example.vn/p?x=1"])
async def test_a_link_is_not_previewed(api, telegram, text):
    await telegram.send(CHAT, Part(text), delivery=1)
    assert api.calls[0].params["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("file", "method"),
    [
        (PHOTO, "sendPhoto"),
        (VIDEO, "sendVideo"),
        (File("photo", "voice", "audio/ogg"), "sendVoice"),
        (File("photo", "voice", "audio/amr"), "sendDocument"),
        (File("heic", "photo", "image/heic"), "sendDocument"),
        (File("huge", "photo", "image/jpeg"), "sendDocument"),
        (File("photo", "document", "image/jpeg"), "sendDocument"),
    ],
)
async def test_a_file_goes_as_what_telegram_can_show(api, telegram, file, method):
    await telegram.send(CHAT, Part(files=(file,)), delivery=1)
    assert [call.method for call in api.calls] == [method]
    assert list(api.calls[0].files.values()) == [KEPT[file.hash]]


async def test_photos_and_videos_share_an_album_whose_first_id_is_the_receipt(api, telegram):
    receipt = await telegram.send(CHAT, Part(files=(PHOTO, VIDEO, PHOTO)), delivery=1)
    album = api.in_chat(int(CHAT))
    assert [message.kind for message in album] == ["photo", "video", "photo"]
    assert receipt == str(album[0].id)


async def test_what_cannot_be_shown_makes_the_album_one_of_documents(api, telegram):
    heic = File("heic", "photo", "image/heic")
    await telegram.send(CHAT, Part(files=(PHOTO, heic)), delivery=1)
    assert [message.kind for message in api.in_chat(int(CHAT))] == ["document", "document"]


@pytest.mark.parametrize("files", [(PHOTO,), (PHOTO, PHOTO)])
async def test_a_picture_that_telegram_refuses_goes_as_a_document(api, telegram, files):
    api.fail(status=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await telegram.send(CHAT, Part(files=files), delivery=1)
    assert [message.kind for message in api.in_chat(int(CHAT))] == ["document"] * len(files)


async def test_a_picture_refused_for_another_reason_is_not_tried_again(api, telegram):
    api.fail(status=400, description="Bad Request: not enough rights to send photos to the chat")
    with pytest.raises(Undeliverable):
        await telegram.send(CHAT, Part(files=(PHOTO,)), delivery=1)
    assert len(api.calls) == 1


@pytest.mark.parametrize(
    ("description", "gone"),
    [
        ("Bad Request: PEER_ID_INVALID", True),
        ("Bad Request: have no rights to send a message", True),
        ("Bad Request: not enough rights to send text messages to the chat", True),
        ("Bad Request: not enough rights to send photos to the chat", False),
        ("Bad Request: message can't be edited", False),
        ("Bad Request: message is too long", False),
    ],
)
async def test_which_refusals_close_the_chat(api, telegram, description, gone):
    api.fail(status=400, description=description)
    with pytest.raises(Undeliverable) as caught:
        await telegram.send(CHAT, Part("một"), delivery=1)
    assert caught.value.gone is gone
    assert str(caught.value).lower() == description.removeprefix("Bad Request: ").lower()


async def test_an_address_of_another_channel_is_no_chat(telegram):
    with pytest.raises(Undeliverable) as caught:
        await telegram.send("web:12", Part("một"), delivery=1)
    assert caught.value.gone


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_gateway_that_fails_is_tried_again(api, telegram, status):
    api.fail(status=status)
    with pytest.raises(RetryLater):
        await telegram.send(CHAT, Part("một"), delivery=1)


async def test_too_large_a_request_is_not_tried_for_ever(api, telegram):
    api.fail(status=413, description="Request Entity Too Large")
    with pytest.raises(Undeliverable):
        await telegram.send(CHAT, Part("một"), delivery=1)


async def test_a_wrong_token_says_which_setting_to_mend(api):
    stranger = at(api, "999:not-the-token")
    for call in (stranger.check(), stranger.send(CHAT, Part("một"), delivery=1)):
        with pytest.raises(RetryLater, match="THAOGO_TELEGRAM_TOKEN") as caught:
            await call
        assert str(caught.value) == BAD_TOKEN
        assert caught.value.whole_channel
    with pytest.raises(RetryLater, match="THAOGO_TELEGRAM_TOKEN"):
        await stranger.updates(0)
    await stranger.close()


async def test_another_program_that_polls_is_named(api, telegram):
    other = asyncio.create_task(telegram.updates(0))
    await api.until(lambda: api.called("getUpdates"))
    with pytest.raises(RetryLater, match="another program fetches this bot's updates"):
        await telegram.updates(0)
    other.cancel()


@pytest.mark.parametrize("junk", ["junk", None, [1], {}, {"update_id": "7"}, {"update_id": True}])
async def test_what_has_no_number_is_passed_over_and_alone_is_a_failure(
    api, telegram, monkeypatch, junk
):
    monkeypatch.setitem(api._methods, "getUpdates", lambda _: [junk, {"update_id": 7}, junk])
    assert await telegram.updates(0) == [{"update_id": 7}]
    monkeypatch.setitem(api._methods, "getUpdates", lambda _: [junk])
    with pytest.raises(RetryLater, match="no number"):
        await telegram.updates(0)


@pytest.mark.parametrize("junk", ["junk", None, {}, 7, True])
async def test_an_answer_that_is_no_list_of_updates_is_a_failure(api, telegram, monkeypatch, junk):
    monkeypatch.setitem(api._methods, "getUpdates", lambda _: junk)
    with pytest.raises(RetryLater):
        await telegram.updates(0)


async def test_a_call_that_trickles_is_given_up(api):
    channel = at(api, patience=0.1)
    api.fail(slow=0.05, trickle=True)
    with pytest.raises(Unknown):
        await channel.send(CHAT, Part("một"), delivery=1)
    await channel.close()


async def test_a_toast_is_short_and_plain(api, telegram):
    await telegram.toast("77", "Đã tiếp nhận. " * 30)
    assert api.chats.toasts["77"].startswith("Đã tiếp nhận.")
    assert len(api.chats.toasts["77"]) == 200


async def test_the_check_says_who_answers_and_learns_its_own_name(api, telegram):
    assert await telegram.check() == "@thaogo_bot"
    mention = Phone(9).text("@thaogo_bot 123 xong", group=-5)
    incoming = telegram.parse({"update_id": 1} | mention)
    assert incoming is not None
    assert incoming.text == "123 xong"


async def test_a_press_is_dated_by_its_arrival(telegram):
    incoming = telegram.parse({"update_id": 1} | Phone(9).press("t:ack:1:1", 3))
    assert incoming is not None
    assert incoming.sent_at == NOW


async def test_thirty_a_second_and_no_more():
    async with BotApi(pace=True) as api:
        channel = at(api, pacing=True)
        pace, chat = Pace({"telegram": channel.limits}), Contact(channel="telegram", address="1")

        async def send(number: int) -> None:
            while not pace.take("telegram", chat, datetime.now(UTC), delivery=number):  # noqa: ASYNC110  as the deliverer rests
                await asyncio.sleep(pace.next_free(datetime.now(UTC), 0.5))
            await channel.send(str(number), Part("một"), delivery=number)
            pace.ended("telegram", number, datetime.now(UTC))

        await asyncio.gather(*(send(number) for number in range(1, 46)))
        await channel.close()
        assert {call.status for call in api.calls} == {200}


async def test_a_group_hears_one_every_three_seconds(api):
    channel = at(api, pacing=True)
    await channel.send("-5", Part("một"), delivery=1)
    second = asyncio.create_task(channel.send("-5", Part("hai"), delivery=2))
    await channel.send(CHAT, Part("ba"), delivery=3)
    await channel.send("-6", Part("bốn"), delivery=4)
    assert api.said(-5) == ["một"]
    second.cancel()
    await channel.close()


# Files


async def test_a_file_is_fetched(api, telegram):
    api.files["AgAC"] = b"what the phone took"
    assert await telegram.fetch("AgAC", most=100) == b"what the phone took"


@pytest.mark.parametrize("announced", [101, 5], ids=["announced", "hidden"])
async def test_a_file_over_the_cap_is_left(api, telegram, announced):
    api.files["AgAC"] = b"x" * 101
    api.announced_sizes["AgAC"] = announced
    with pytest.raises(Undeliverable, match="over 100 bytes"):
        await telegram.fetch("AgAC", most=100)


async def test_a_file_that_telegram_does_not_know_is_undeliverable(telegram):
    with pytest.raises(Undeliverable):
        await telegram.fetch("AgAC", most=100)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", ""])
async def test_a_path_out_of_the_server_is_not_followed(api, telegram, path):
    api.files["AgAC"] = b"x"
    api.file_paths["AgAC"] = path
    with pytest.raises(Undeliverable):
        await telegram.fetch("AgAC", most=100)
    assert not api.downloads


async def test_another_address_as_a_path_stays_on_the_server(api, telegram):
    api.files["AgAC"] = b"x"
    api.file_paths["AgAC"] = "http://127.0.0.1:9/secret"
    with pytest.raises(Undeliverable):
        await telegram.fetch("AgAC", most=100)
    assert api.downloads == ["http://127.0.0.1:9/secret"]


async def test_a_redirection_is_not_followed(api, telegram):
    api.files["AgAC"] = b"x"
    api.redirects["AgAC"] = f"{api.url}/elsewhere"
    with pytest.raises(Undeliverable):
        await telegram.fetch("AgAC", most=100)


@pytest.mark.parametrize("fault", [{"status": 500}, {"cut": True}, {"garbled": True}])
async def test_a_server_that_stumbles_is_asked_again_later(api, telegram, fault):
    api.files["AgAC"] = b"x"
    api.fail(method="getFile", **fault)
    with pytest.raises(RetryLater):
        await telegram.fetch("AgAC", most=100)
    assert await telegram.fetch("AgAC", most=100) == b"x"


# The webhook


async def test_updates_come_to_the_hook_with_the_secret_until_it_says_so(api, telegram):
    answers, heard, last = [500, 503, 200, 200], [], asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        heard.append(((await request.json())["update_id"], request.headers[SECRET_HEADER]))
        status = answers.pop(0)
        if not answers:
            last.set()
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hooks/telegram", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    await telegram.set_webhook(f"http://127.0.0.1:{port}/hooks/telegram", "a_Secret-1")
    first, second = await api.push(Phone(9).text("một")), await api.push(Phone(9).text("hai"))
    await asyncio.wait_for(last.wait(), 5)
    assert heard == [(first, "a_Secret-1")] * 3 + [(second, "a_Secret-1")]
    assert api.called("setWebhook")[0].params["allowed_updates"] == list(ALLOWED_UPDATES)
    await runner.cleanup()


@pytest.mark.parametrize(
    ("api_url", "asks_proxy"),
    [
        ("https://api.telegram.org", True),
        ("http://10.0.0.7:8081", True),
        ("http://127.0.0.1:8081", False),
        ("http://[::1]:8081", False),
        ("http://localhost:8081", False),
    ],
)
def test_only_a_server_on_this_machine_is_asked_without_the_proxy(api_url, asks_proxy):
    assert connection(api_url)["trust_env"] is asks_proxy


async def test_its_menu_offers_commands_in_both_languages_and_may_be_refused(api, telegram):
    await telegram.set_webhook("https://thaogo.example/hooks/telegram", "a-secret-of-ours")
    menus = [call.params for call in api.calls if call.method == "setMyCommands"]
    offered = {(m["scope"]["type"], m.get("language_code")): m["commands"] for m in menus}
    assert set(offered) == {
        (scope, language)
        for scope in ("all_private_chats", "all_group_chats")
        for language in (None, "en")
    }
    assert {"command": "phieu", "description": "Các phiếu của tôi"} in offered[
        "all_private_chats", None
    ]
    api.fail(method="setMyCommands", status=400)
    await telegram.set_webhook("https://thaogo.example/hooks/telegram", "a-secret-of-ours")
    assert [call.method for call in api.calls][-1] == "setWebhook"

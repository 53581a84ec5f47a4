"""The Official Account beyond the contract: tokens, buttons, files, settings, its webhook."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import File, Part, RetryLater, Said, Undeliverable, parts
from bot.channels.zalo_oa import ZaloOa
from bot.channels.zalo_oa_tokens import CONSENT, MARK, Tokens
from bot.sealing import Seal, WrongKey
from bot.settings import SettingsError, read_settings
from bot.zalo_oa import OaHook
from storage import marks
from storage.engine import Database
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, OA_SECRET, REFRESH, ZaloOaApi
from tests.site import site_for
from tests.test_zalo_oa_parse import payload
from tickets.rich import bold

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "a key of thirty-two letters or more"


class Account:
    """One account on a database, with a clock that stands until it is moved."""

    def __init__(self, api: ZaloOaApi, database: Database) -> None:
        self.api, self.database, self.now = api, database, NOW
        self.alarms: list[str] = []
        self.opened: list[ZaloOa] = []

    def tokens(self, refresh: str = REFRESH, key: str = KEY) -> Tokens:
        return Tokens(
            self.database,
            Seal(key),
            app_id=APP_ID,
            app_secret=APP_SECRET,
            refresh_token=refresh,
            oauth_url=self.api.url,
            now=lambda: self.now,
            alarm=self.alarm,
            patience=2,
        )

    async def alarm(self, reason: str) -> None:
        self.alarms.append(reason)

    def channel(self, tokens: Tokens | None = None, *, times: int = 1, **more: Any) -> ZaloOa:
        channel = ZaloOa(
            tokens or self.tokens(),
            open_file=lambda name: name.encode() * times,
            api_url=self.api.url,
            patience=2,
            pacing=False,
            **more,
        )
        self.opened.append(channel)
        return channel


@pytest.fixture
async def account(database_url: str) -> AsyncIterator[Account]:
    async with ZaloOaApi() as api:
        opened = Account(api, Database(database_url))
        yield opened
        for channel in opened.opened:
            await channel.close()
        await opened.database.close()


@pytest.fixture
async def oa(make_database: Callable[[str], str]) -> AsyncIterator[Account]:
    async with ZaloOaApi() as api:
        opened = Account(api, Database(make_database("sqlite")))
        yield opened
        for channel in opened.opened:
            await channel.close()
        await opened.database.close()


def said(api: ZaloOaApi, person: str = "u1") -> list[str]:
    return [message.text for message in api.chats.get(person, [])]


async def send(channel: ZaloOa, text: str) -> str:
    return await channel.send("u1", Part(text), delivery=1)


# Tokens.


async def test_a_token_is_renewed_an_hour_before_its_end_and_each_refresh_token_used_once(
    account: Account,
) -> None:
    channel = account.channel()
    await send(channel, "một")
    await send(channel, "hai")
    assert account.api.renewals == 1
    account.now += timedelta(hours=24, minutes=1)
    await send(channel, "ba")
    assert account.api.renewals == 2
    assert said(account.api) == ["một", "hai", "ba"]
    again = account.channel()  # another process, or the next start
    await send(again, "bốn")
    assert account.api.renewals == 2


async def test_of_two_processes_one_renews_and_the_other_waits_and_takes_what_was_kept(
    account: Account,
) -> None:
    first, second = account.channel(), account.channel()
    outcomes = await asyncio.gather(send(first, "một"), send(second, "hai"), return_exceptions=True)
    failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(failure, RetryLater) for failure in failed)
    assert account.api.renewals == 1
    for channel in (first, second):
        await send(channel, "ba")
    assert account.api.renewals == 1


async def test_the_new_pair_is_kept_sealed_before_it_is_used(oa: Account) -> None:
    await send(oa.channel(), "một")
    async with oa.database.reading() as session:
        sealed = await marks.read(session, MARK)
    assert sealed is not None
    assert "token" not in sealed
    assert oa.api.refresh in Seal(KEY).open(sealed)
    with pytest.raises(WrongKey):
        Seal("another key").open(sealed)


async def test_a_token_that_zalo_refuses_is_renewed_and_the_message_sent_once(
    oa: Account,
) -> None:
    channel = oa.channel()
    await send(channel, "một")
    oa.api.says(-216)
    await send(channel, "hai")
    assert said(oa.api) == ["một", "hai"]
    assert oa.api.renewals == 2


async def test_a_refusal_for_good_is_told_once_with_what_to_do_and_a_new_consent_mends_it(
    oa: Account,
) -> None:
    oa.api.refresh = "used up elsewhere"
    channel = oa.channel()
    for _ in range(3):
        with pytest.raises(RetryLater) as caught:
            await send(channel, "một")
        assert str(caught.value) == CONSENT
        assert caught.value.whole_channel
    assert oa.alarms == [CONSENT]
    assert len([path for path, _ in oa.api.calls if path == "renew"]) == 1
    again = oa.channel(oa.tokens("used up elsewhere"))
    await send(again, "hai")
    assert said(oa.api) == ["hai"]


@pytest.mark.parametrize(
    "fault",
    [
        {"cut": True},
        {"status": 502, "body": "<html>"},
        {"body": {"error": -32, "error_name": "rate"}},
    ],
)
async def test_a_renewal_that_fails_in_passing_is_tried_again(
    oa: Account, fault: dict[str, Any]
) -> None:
    oa.api.fail(method="renew", **fault)
    channel = oa.channel()
    with pytest.raises(RetryLater) as caught:
        await send(channel, "một")
    assert REFRESH not in str(caught.value)
    await send(channel, "hai")
    assert said(oa.api) == ["hai"]
    assert oa.alarms == []


async def test_a_renewal_whose_process_died_is_done_by_another_after_a_minute(
    oa: Account,
) -> None:
    dead = oa.tokens()
    await dead._claim("")
    channel = oa.channel()
    with pytest.raises(RetryLater):
        await send(channel, "một")
    oa.now += timedelta(seconds=61)
    await send(channel, "hai")
    assert said(oa.api) == ["hai"]
    await dead.close()


async def test_with_another_key_it_begins_anew_from_the_environment(oa: Account) -> None:
    await send(oa.channel(), "một")
    oa.api.refresh = REFRESH
    await send(oa.channel(oa.tokens(key="changed since, and long enough too")), "hai")
    assert said(oa.api) == ["một", "hai"]


# Messages.


async def test_five_buttons_are_pressed_and_more_are_listed(oa: Account) -> None:
    channel = oa.channel()
    five = ((*((f"Nút {n}", f"t:pick:1:1:{n}") for n in range(5)),),)
    await channel.send("u1", Part(bold("phiếu"), five), delivery=1)
    six = (*five, (("Khác", "t:pick:1:1:other"),))
    await channel.send("u1", Part("phiếu", six), delivery=2)
    first, second = oa.api.chats["u1"]
    assert first.buttons[0]["payload"] == "#t:pick:1:1:0"
    assert {button["type"] for button in first.buttons} == {"oa.query.hide"}
    assert first.text == "phiếu"
    assert (second.buttons, second.text.splitlines()[-1]) == ([], "6. Khác")


async def test_what_cannot_be_uploaded_goes_as_a_link(oa: Account) -> None:
    async def host(file: File) -> str:
        return f"https://thaogo.example/given/{file.hash}"

    channel = oa.channel(host_file=host, times=200_000)
    large = File("a-large-photo", "photo", "image/jpeg")
    for part in parts(Said("Ảnh của phiếu", files=(large,)), channel.limits):
        await channel.send("u1", part, delivery=1)
    voice = File("v", "voice", "audio/aac")
    await channel.send("u1", Part(files=(voice,)), delivery=2)
    assert said(oa.api) == [
        "Ảnh của phiếu",
        "📎 photo: https://thaogo.example/given/a-large-photo",
        "📎 voice: https://thaogo.example/given/v",
    ]


async def test_an_upload_without_an_answer_is_simply_made_again(oa: Account) -> None:
    channel = oa.channel()
    await send(channel, "một")
    oa.api.fail(cut=True, taken=True)
    with pytest.raises(RetryLater):
        await channel.send("u1", Part(files=(File("p", "photo", "image/jpeg"),)), delivery=2)
    assert len(said(oa.api)) == 1


@pytest.mark.parametrize("code", [-204, -215, -221, -224])
async def test_an_account_that_is_not_in_order_is_nobodys_closed_door(
    oa: Account, code: int
) -> None:
    channel = oa.channel()
    await send(channel, "một")
    oa.api.says(code)
    with pytest.raises(RetryLater) as caught:
        await send(channel, "hai")
    assert caught.value.whole_channel


@pytest.mark.parametrize("code", [-213, -217, -230, -232])
async def test_a_window_that_has_shut_leads_to_another_channel(oa: Account, code: int) -> None:
    oa.api.closed["u1"] = code
    with pytest.raises(Undeliverable) as caught:
        await send(oa.channel(), "một")
    assert caught.value.gone


async def test_check_says_the_name_and_the_plan(oa: Account) -> None:
    assert await oa.channel().check() == "Tháo Gỡ Nghệ An (Tăng trưởng)"


# The webhook.


async def test_zalos_calls_are_believed_by_their_signature(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    aside: list[str] = []

    async def set_aside(channel: str, key: str, _: Any, error: str) -> None:
        aside.append(f"{channel} {error}")

    clock = datetime(2023, 11, 14, 23, 0, tzinfo=UTC)
    hooks = {"zalo-oa": OaHook(APP_ID, OA_SECRET, lambda: clock, set_aside)}
    async with (
        site_for(make_database("sqlite"), tmp_path, hooks=hooks) as site,
        site.browser() as browser,
    ):

        async def calls(name: str, **more: str) -> int:
            api = ZaloOaApi()
            body, headers = api.signed(payload(name), **more)
            page = await browser.client.post("/hooks/zalo-oa", content=body, headers=headers)
            return page.status_code

        assert await calls("text") == 200
        assert await calls("text", prefix="") == 200
        assert await calls("image", secret=APP_SECRET) == 403
        assert await calls("echo") == 200
        odd = payload("text") | {"message": 1}
        body, headers = ZaloOaApi().signed(odd)
        page = await browser.client.post("/hooks/zalo-oa", content=body, headers=headers)
        assert page.status_code == 200
        empty = await browser.client.post("/hooks/zalo-oa", content=b"")
        assert empty.status_code == 200
    assert [incoming.text for incoming in site.received] == ["Sạt lở đường"] * 2
    assert aside == ["zalo_oa ValueError"]


# Settings.

WHOLE = {
    "zalo_oa_app_id": APP_ID,
    "zalo_oa_secret_key": OA_SECRET,
    "zalo_oa_app_secret": APP_SECRET,
    "zalo_oa_refresh_token": REFRESH,
    "secret_key": KEY,
    "public_url": "https://thaogo.example",
}


def test_a_whole_account_is_taken() -> None:
    assert read_settings(**WHOLE).zalo_oa_app_id == APP_ID


@pytest.mark.parametrize("missing", WHOLE)
def test_half_an_account_is_refused_and_says_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in WHOLE.items() if name != missing}
    with pytest.raises(SettingsError, match=f"THAOGO_{missing.upper()}"):
        read_settings(**given)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="32 letters"):
        read_settings(**WHOLE | {"secret_key": "short"})

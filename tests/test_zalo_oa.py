"""The Official Account beyond the contract: tokens, buttons, files, settings, its webhook."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import File, Part, RetryLater, Said, Undeliverable, parts
from bot.settings import SettingsError, read_settings
from bot.zalo_oa import OaHook
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, OA_SECRET, ZaloOaApi
from tests.site import site_for
from tests.test_zalo_oa_parse import payload
from tests.zalo_account import KEY, Account, account_on, said, send
from tickets.rich import bold


@pytest.fixture
async def oa(make_database: Callable[[str], str]) -> AsyncIterator[Account]:
    async with account_on(make_database("sqlite")) as opened:
        yield opened


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

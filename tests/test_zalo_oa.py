"""The Official Account beyond the contract: tokens, buttons, files, settings, its webhook."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

import web
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
from bot.doctor_zalo import zalo_oa
from bot.settings import SettingsError, read_settings
from bot.zalo_oa import PICTURE, OaHook
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, OA_SECRET, REFRESH, ZaloOaApi
from tests.site import site_for
from tests.test_zalo_oa_parse import payload
from tests.zalo_account import KEY, Account, account_on, said, send
from tickets.rich import bold


@pytest.fixture
async def oa(make_database: Callable[[str], str]) -> AsyncIterator[Account]:
    async with account_on(make_database("sqlite")) as opened:
        yield opened


# Messages.


def choices(count: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    return (tuple((f"Sở {n}", f"t:pick:1:1:{n}") for n in range(count)),)


async def test_five_buttons_stand_below_and_up_to_nine_choices_in_a_list(oa: Account) -> None:
    channel = oa.channel(picture="https://thaogo.example/static/icon.png")
    for count in (5, 6, 9, 10):
        part = Part(bold("Phiếu 1") + "\nSở nào?", choices(count))
        await channel.send("u1", part, delivery=count)
    five, six, nine, ten = oa.api.chats["u1"]
    assert five.buttons[0]["payload"] == "#t:pick:1:1:0"
    assert {button["type"] for button in (*five.buttons, *nine.buttons)} == {"oa.query.hide"}
    assert [len(said.buttons) for said in (five, six, nine, ten)] == [5, 6, 9, 0]
    assert {five.text, six.text, nine.text} == {"Phiếu 1\nSở nào?"}
    assert [button["title"] for button in nine.buttons] == [f"Sở {n}" for n in range(9)]
    assert nine.buttons[8]["payload"] == "#t:pick:1:1:8"
    assert ten.text.splitlines()[-2:] == ["9. Sở 8", "• Sở 9"]
    (path, body), *_ = oa.api.calls[-2:]
    payload = body["message"]["attachment"]["payload"]
    assert (path, payload["template_type"], len(payload["elements"])) == (
        "/v3.0/oa/message/cs", "list", 5,
    )  # fmt: skip
    assert "default_action" not in payload["elements"][0]
    assert all(row["image_url"] for row in payload["elements"])
    assert (Path(web.__file__).parent / PICTURE.strip("/")).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("text", [f"{'a' * 101}\nb", f"a\n{'b' * 121}", f"a\n{'🌊' * 61}"])
async def test_what_does_not_fit_above_a_list_has_its_choices_in_words(
    oa: Account, text: str
) -> None:
    await oa.channel().send("u1", Part(text, choices(6)), delivery=1)
    (said_,) = oa.api.chats["u1"]
    assert (said_.buttons, said_.text.splitlines()[-1]) == ([], "6. Sở 5")


async def test_where_zalo_takes_no_lists_they_are_said_in_words(oa: Account) -> None:
    oa.api.takes_lists = False
    channel = oa.channel()
    for number in (1, 2):
        await channel.send("u1", Part("Sở nào?", choices(6)), delivery=number)
    assert [text.splitlines()[-1] for text in said(oa.api)] == ["6. Sở 5"] * 2
    sent = [path for path, _ in oa.api.calls if path.endswith("/message/cs")]
    assert len(sent) == 3  # the second time nobody asks again
    oa.api.closed["u1"] = -230
    with pytest.raises(Undeliverable) as caught:
        await oa.channel().send("u1", Part("Sở nào?", choices(6)), delivery=3)
    assert caught.value.gone


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


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (500, {"message": "An unexpected error occurred"}, RetryLater),
        (502, {"message": "An invalid response was received from the upstream"}, RetryLater),
        (503, {"error": 0, "data": {}}, RetryLater),
        (504, {"message": "The upstream server is timing out"}, Unknown),
        (404, {"message": "no Route matched"}, RetryLater),
        (200, {}, Unknown),
        (200, {"error": "-211", "message": "out of quota"}, OverQuota),
    ],
)
async def test_a_gateway_that_answers_in_json_has_delivered_nothing(
    oa: Account, status: int, body: dict[str, Any], failure: type
) -> None:
    channel = oa.channel()
    await send(channel, "một")
    oa.api.fail(status=status, body=body)
    with pytest.raises(failure):
        await send(channel, "hai")
    assert said(oa.api) == ["một"]


@pytest.mark.parametrize("code", [-213, -217, -230, -232])
async def test_a_window_that_has_shut_leads_to_another_channel(oa: Account, code: int) -> None:
    oa.api.closed["u1"] = code
    with pytest.raises(Undeliverable) as caught:
        await send(oa.channel(), "một")
    assert caught.value.gone


def test_a_digest_is_one_message_as_each_one_counts(oa: Account) -> None:
    limits = oa.channel().limits
    buttons = [[{"label": label, "press": "t:x:1:1"} for label in ("Đã xem", "Bản đầy đủ")]]
    assert len(parts(Said("x" * 1850, buttons), limits)) == 1
    assert len(parts(Said("x" * 1999, buttons), limits)) == 2
    assert len(parts(Said("x" * 2000), limits)) == 1
    many = [[{"label": "Sở Nông nghiệp và Môi trường", "press": "t:x:1:1"}]] * 90
    assert len(parts(Said("x" * 1000, many), limits)) == 1  # and not letter by letter


def test_the_log_says_now_and_then_why_calls_are_refused() -> None:
    start = datetime.fromtimestamp(int(payload("text")["timestamp"]) / 1000, UTC)
    at = [start]
    hook = OaHook(APP_ID, "the app's own secret", lambda: at[0], nowhere)
    body, headers = ZaloOaApi().signed(payload("text"))
    told = []
    with capture_logs() as logs:
        for minutes in (0, 1, 11):
            at[0] = start + timedelta(minutes=minutes)
            assert not hook.admits({name.lower(): one for name, one in headers.items()}, body)
            assert not hook.admits({}, body)  # somebody passing by
            told.append(len(logs))
    assert told == [1, 1, 2]
    assert "OA secret key" in logs[0]["todo"]


async def nowhere(*_: object) -> None:
    """Nothing is set aside."""


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


async def test_the_doctor_says_what_is_next_until_zalo_has_called(oa: Account) -> None:
    settings = read_settings(**WHOLE, zalo_oa_api_url=oa.api.url, zalo_oa_oauth_url=oa.api.url)
    (early,) = [finding async for finding in zalo_oa(settings, None)]
    assert "start the server once" in early.todo
    found = [finding async for finding in zalo_oa(settings, oa.database)]
    assert not found[0].fine
    assert "thaogo zalo-oa-consent" in found[0].found
    agreed = settings.model_copy(update={"zalo_oa_refresh_token": SecretStr(REFRESH)})
    found = [finding async for finding in zalo_oa(agreed, oa.database)]
    assert found[0].fine
    assert "never heard" in found[0].found
    assert "switch the events on" in found[0].todo

"""The Official Account's consent: a link, a code for one try, servers that go on with it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels.base import RetryLater
from bot.channels.zalo_oa_tokens import CONSENT
from bot.settings import Settings, read_settings
from bot.zalo_oa_consent import consent
from tests.doubles.zalo_oa_api import APP_ID, APP_SECRET, OA_SECRET
from tests.zalo_account import KEY, Account, account_on, said, send


@pytest.fixture
async def oa(make_database: Callable[[str], str]) -> AsyncIterator[Account]:
    async with account_on(make_database("sqlite")) as opened:
        yield opened


def configured(oa: Account) -> Settings:
    return read_settings(
        database_url=oa.database.url.render_as_string(hide_password=False).replace(
            "+aiosqlite", ""
        ),
        zalo_oa_app_id=APP_ID,
        zalo_oa_secret_key=OA_SECRET,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_oauth_url=oa.api.url,
        secret_key=KEY,
        public_url="https://thaogo.example",
    )


async def run(capsys: pytest.CaptureFixture[str], oa: Account, given: str = "") -> tuple[int, str]:
    """The command as it is run: in a thread of its own, beside the double."""
    status = await asyncio.to_thread(consent, configured(oa), given, "")
    heard = capsys.readouterr()
    return status, heard.out + heard.err


async def begun(capsys: pytest.CaptureFixture[str], oa: Account) -> dict[str, str]:
    status, out = await run(capsys, oa)
    link = urlsplit(out.splitlines()[0])
    assert (status, link.path) == (0, "/v4/oa/permission")
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert asked["app_id"] == APP_ID
    assert asked["redirect_uri"] == "https://thaogo.example/"
    assert re.fullmatch(r"[\w-]{43}", asked["code_challenge"])
    return asked


async def test_without_consent_nothing_is_sent_and_the_failure_says_what_to_do(oa: Account) -> None:
    with pytest.raises(RetryLater) as caught:
        await send(oa.channel(oa.tokens(refresh="")), "một")
    assert str(caught.value) == CONSENT
    assert oa.api.renewals == 0


async def test_a_code_becomes_tokens_that_a_running_server_finds(
    oa: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    server = oa.channel(oa.tokens(refresh=""))
    with pytest.raises(RetryLater):
        await send(server, "một")
    asked = await begun(capsys, oa)
    oa.api.consents["code-1"] = asked["code_challenge"]
    arrived = f"https://thaogo.example/?oa_id=1&code=code-1&state={asked['state']}"
    status, out = await run(capsys, oa, arrived)
    assert (status, "đã đồng ý" in out) == (0, True)
    assert "access-token" not in out
    await send(server, "hai")
    assert said(oa.api) == ["hai"]
    assert await oa.database_has("access-token-1") is False
    status, out = await run(capsys, oa, "code-1")
    assert (status, "no consent was begun" in out) == (1, True)


async def test_a_wrong_code_and_another_consents_address_are_refused(
    oa: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    await begun(capsys, oa)
    status, out = await run(capsys, oa, "guessed")
    assert (status, "refused the code (-14003)" in out) == (1, True)
    status, out = await run(capsys, oa, "https://thaogo.example/?code=c&state=other")
    assert (status, "another consent" in out) == (1, True)
    assert "begin anew" in (await run(capsys, oa, "guessed"))[1]
    status, out = await run(capsys, oa, "https://thaogo.example/?error=access_denied")
    assert (status, "has no code" in out) == (1, True)
    oa.api.consents["stolen"] = "a challenge of somebody else"
    assert (await run(capsys, oa, "stolen"))[0] == 1

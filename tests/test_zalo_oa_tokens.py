"""The tokens of an Official Account: renewed in time, by one, kept sealed, refused for good."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.base import RetryLater
from bot.channels.zalo_oa_tokens import CONSENT, MARK
from bot.sealing import Seal, WrongKey
from storage import marks
from tests.doubles.zalo_oa_api import REFRESH
from tests.zalo_account import KEY, Account, account_on, said, send


@pytest.fixture
async def account(database_url: str) -> AsyncIterator[Account]:
    async with account_on(database_url) as opened:
        yield opened


@pytest.fixture
async def oa(make_database: Callable[[str], str]) -> AsyncIterator[Account]:
    async with account_on(make_database("sqlite")) as opened:
        yield opened


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

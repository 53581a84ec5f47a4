"""The tokens of an Official Account: renewed in time, by one, kept sealed, refused for good."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.base import RetryLater
from bot.channels.zalo_oa_tokens import CONSENT, MARK, Pair, Tokens
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
        {"body": {"error": "-32", "error_name": "rate"}},
        {"status": 503, "body": {"message": "no upstream", "error": 503}},
        {"body": {"message": "maintenance"}},
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


@pytest.mark.parametrize("length", ["a day", "", None, "0", 10**30, "nan"])
async def test_a_pair_whose_length_cannot_be_read_is_kept_and_not_made_anew_with_each_call(
    oa: Account, length: Any
) -> None:
    oa.api.lives = length
    channel = oa.channel()
    for text in ("một", "hai", "ba"):
        await send(channel, text)
    assert said(oa.api) == ["một", "hai", "ba"]
    assert oa.api.renewals == 1


async def test_a_pair_that_the_database_would_not_take_is_kept_with_the_next_call(
    oa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = oa.channel()

    async def fails(*_: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Tokens, "_keep", fails)
        with pytest.raises(OSError, match="disk"):
            await send(channel, "một")
    await send(channel, "hai")
    assert said(oa.api) == ["hai"]
    assert (oa.api.renewals, oa.alarms) == (1, [])
    async with oa.database.reading() as session:
        sealed = await marks.read(session, MARK)
    assert oa.api.refresh in Seal(KEY).open(sealed or "")


async def test_a_pair_that_was_not_kept_gives_way_to_a_newer_consent(
    oa: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = oa.tokens()

    async def fails(*_: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Tokens, "_keep", fails)
        with pytest.raises(OSError, match="disk"):
            await tokens.access()
    newer = oa.tokens()
    await newer._keep(Pair(refresh="of a consent", seed=newer._seed, access="new", until=9e9))
    await newer.close()
    assert await tokens.access() == "new"
    await tokens.close()


async def test_with_another_key_it_begins_anew_from_the_environment(oa: Account) -> None:
    await send(oa.channel(), "một")
    oa.api.refresh = REFRESH
    await send(oa.channel(oa.tokens(key="changed since, and long enough too")), "hai")
    assert said(oa.api) == ["một", "hai"]

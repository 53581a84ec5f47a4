"""What every channel does alike with files that people send: whole, asked for again, or lost."""

import pytest

from bot.channels.base import ChannelError, RetryLater, Undeliverable
from tests.doubles.downloads import Download
from tests.doubles.far_sides import FAR_SIDES
from tests.doubles.web_side import web

LOST = {Download.ENDLESS, Download.GONE, Download.ELSEWHERE}
"""What makes a file that somebody sent undeliverable for good; else it is asked for again."""


@pytest.fixture(params=[*sorted(FAR_SIDES), "web"])
async def far(request, make_database):
    opens = web(make_database("sqlite")) if request.param == "web" else FAR_SIDES[request.param]()
    async with opens as side:
        yield side


async def test_a_file_that_is_got_comes_whole(far):
    if "files" not in far.can:
        pytest.skip("nobody sends files here")
    source = far.offer(b"x" * 1000)
    assert await far.channel().fetch(source, most=1000) == b"x" * 1000
    far.spoil(source, Download.SLOW)
    assert await far.channel().fetch(source, most=1000) == b"x" * 1000
    with pytest.raises(Undeliverable):
        await far.channel().fetch(source, most=999)


@pytest.mark.parametrize("meets", [one for one in Download if one is not Download.SLOW])
async def test_a_file_that_does_not_come_is_asked_for_again_or_lost(far, meets):
    if "files" not in far.can:
        pytest.skip("nobody sends files here")
    source = far.offer(b"x" * 1000)
    far.spoil(source, meets)
    asked = far.channel(patience=0.05 if meets in {Download.SILENT, Download.TRICKLES} else 1)
    with pytest.raises(ChannelError) as caught:
        await asked.fetch(source, most=2000)
    assert type(caught.value) is (Undeliverable if meets in LOST else RetryLater)
    assert all(secret not in str(caught.value) for secret in far.secrets)
    if meets not in LOST:
        far.spoil(source, None)
        assert await far.channel().fetch(source, most=2000) == b"x" * 1000


async def test_where_nobody_sends_files_none_is_asked_for(far):
    if "files" in far.can:
        pytest.skip("people send files here")
    with pytest.raises(Undeliverable):
        await far.channel().fetch("https://example.org/a.jpg", most=1000)

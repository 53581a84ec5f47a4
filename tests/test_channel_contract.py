"""What every channel does alike: a call gives a receipt or one of four failures, and no more."""

import logging
import traceback
from itertools import count

import pytest

from bot.channels.base import (
    Channel,
    ChannelError,
    File,
    Moved,
    OverQuota,
    Part,
    RetryLater,
    Said,
    Undeliverable,
    Unknown,
    parts,
)
from tests.doubles.far_side import FarSide, Heard, Trouble
from tests.doubles.far_sides import FAR_SIDES
from tests.doubles.web_side import WebSide, web
from tickets.rich import bold, plain

PHOTO = File("hash-of-a-photo", "photo", "image/jpeg")
PAPER = File("hash-of-a-paper", "document", "application/pdf", "Báo cáo.pdf")
VOICE = File("hash-of-a-voice", "voice", "audio/ogg")
FAILURES = {
    Trouble.FLOOD: RetryLater,
    Trouble.QUOTA: OverQuota,
    Trouble.TOKEN: RetryLater,
    Trouble.BLOCKED: Undeliverable,
    Trouble.NO_SUCH_CHAT: Undeliverable,
    Trouble.REFUSED: Undeliverable,
    Trouble.SERVER_ERROR: RetryLater,
    Trouble.SILENT: Unknown,
    Trouble.CUT: Unknown,
    Trouble.TRICKLES: Unknown,
}
TAKEN = {Trouble.SILENT, Trouble.CUT, Trouble.TRICKLES}
ASKS = {
    Trouble.FLOOD: {"flood"},
    Trouble.QUOTA: {"quota"},
    Trouble.BLOCKED: {"gone", "afar"},
    Trouble.NO_SUCH_CHAT: {"gone"},
}
"""What a channel must have for a trouble to befall it."""


deliveries = count(1)


@pytest.fixture(params=[*sorted(FAR_SIDES), "web"])
async def far(request, make_database):
    opens = web(make_database("sqlite")) if request.param == "web" else FAR_SIDES[request.param]()
    async with opens as side:
        side.kept |= {file.hash: file.hash.encode() for file in (PHOTO, PAPER, VOICE)}
        yield side


@pytest.fixture
def channel(far: FarSide) -> Channel:
    return far.channel()


def needs(far: FarSide, what: str) -> None:
    if what not in far.can:
        pytest.skip(f"this channel cannot {what}")


def befall(far: FarSide, trouble: Trouble) -> None:
    for what in ASKS.get(trouble, {"afar"}):
        needs(far, what)
    far.trouble(trouble)


async def send(far: FarSide, part: Part, channel: Channel, edits: str | None = None) -> str:
    return await channel.send(far.person, part, delivery=next(deliveries), edits=edits)


async def heard(far: FarSide) -> list[Heard]:
    """What stands before the person."""
    if isinstance(far, WebSide):
        await far.look()
    return far.heard(far.person)


async def test_a_text_arrives_as_it_was_written(far, channel):
    text = f'{bold("NA-26-000123")} · cầu <b>tràn</b> & nước > 2 m 🌊\n"ngập"'
    first = await send(far, Part(text), channel)
    second = await send(far, Part("nữa"), channel)
    assert [said.text for said in await heard(far)] == [plain(text), "nữa"]
    assert first
    assert first != second


async def test_a_long_text_arrives_whole_in_parts(far, channel):
    text = " ".join(f"{bold(f'Bản {n}')}: nước lên & đường ngập, 🌊 {n} hộ." for n in range(700))
    for part in parts(Said(text), channel.limits):
        await send(far, part, channel)
    said = await heard(far)
    assert len(said) > 1
    assert " ".join(one.text for one in said) == plain(text)


async def test_buttons_arrive_with_what_they_carry(far, channel):
    needs(far, "buttons")
    rows = ((("Tiếp nhận", "t:ack:1:1"), ("Chuyển", "t:reroute:1:1")), (("Xem", "t:show:1:0"),))
    await send(far, Part("phiếu", rows), channel)
    assert (await heard(far))[0].presses == ["t:ack:1:1", "t:reroute:1:1", "t:show:1:0"]


async def test_an_edit_changes_the_message_and_its_buttons(far, channel):
    needs(far, "edit")
    receipt = await send(far, Part("mới", ((("Tiếp nhận", "t:ack:1:1"),),)), channel)
    again = await send(far, Part("đã tiếp nhận"), channel, edits=receipt)
    assert again == receipt
    (said,) = await heard(far)
    assert (said.text, said.presses) == ("đã tiếp nhận", [])


async def test_an_edit_that_changes_nothing_is_delivered(far, channel):
    needs(far, "edit")
    receipt = await send(far, Part("mới"), channel)
    assert await send(far, Part("mới"), channel, edits=receipt) == receipt


async def test_an_edit_of_what_is_not_there_is_undeliverable_but_the_person_is_there(far, channel):
    needs(far, "edit")
    with pytest.raises(Undeliverable) as caught:
        await send(far, Part("mới"), channel, edits="987654")
    assert not caught.value.gone


@pytest.mark.parametrize("file", [PHOTO, PAPER, VOICE], ids=lambda file: file.kind)
async def test_a_file_arrives(far, channel, file):
    assert await send(far, Part(files=(file,)), channel)
    assert (await heard(far))[0].files == [file.hash.encode()]


@pytest.mark.parametrize(
    "files", [(PHOTO,) * 3, (PAPER,) * 2, (PHOTO, PAPER, VOICE)], ids=["photos", "papers", "mixed"]
)
async def test_several_files_arrive_as_one(far, channel, files):
    needs(far, "albums")
    assert await send(far, Part(files=files), channel)
    (said,) = await heard(far)
    assert said.files == [file.hash.encode() for file in files]


async def test_several_files_all_arrive(far, channel):
    for part in parts(Said("ảnh", files=(PHOTO, PAPER, PHOTO)), channel.limits):
        assert await send(far, part, channel)
    came = [content for said in await heard(far) for content in said.files]
    assert came == [file.hash.encode() for file in (PHOTO, PAPER, PHOTO)]


async def test_buttons_stand_in_words_where_there_are_none(far, channel):
    if far.can & {"buttons", "one way"}:
        pytest.skip("this channel has buttons, or nobody can answer there")
    rows = ((("Tiếp nhận", "t:ack:1:1"), ("Chuyển", "t:reroute:1:1")),)
    await send(far, Part(bold("phiếu"), rows), channel)
    await send(far, Part("mấy hộ?", ((("Bỏ qua", "t:answer:1:1"),),), numbered=False), channel)
    assert [said.text for said in await heard(far)] == [
        "phiếu\n1. Tiếp nhận\n2. Chuyển",
        "mấy hộ?\n✎ Bỏ qua",
    ]


async def test_a_file_that_is_gone_is_undeliverable(far, channel):
    needs(far, "afar")  # a page of ours shows where it was
    with pytest.raises(Undeliverable) as caught:
        await send(far, Part(files=(File("erased", "photo", "image/jpeg"),)), channel)
    assert not caught.value.gone


@pytest.mark.parametrize("trouble", Trouble)
async def test_each_trouble_has_its_failure(far, trouble):
    is_slow = trouble in {Trouble.SILENT, Trouble.TRICKLES}
    channel = far.channel(patience=0.3) if is_slow else far.channel()
    befall(far, trouble)
    with pytest.raises(ChannelError) as caught:
        await send(far, Part("một"), channel)
    assert type(caught.value) is FAILURES[trouble]
    await send(far, Part("hai"), channel)
    assert [said.text for said in await heard(far)] == (
        ["một", "hai"] if trouble in TAKEN else ["hai"]
    )


async def test_a_slow_answer_is_an_answer(far, channel):
    needs(far, "afar")
    far.slow()
    assert await send(far, Part("một"), channel)
    assert [said.text for said in await heard(far)] == ["một"]


async def test_a_repeat_is_recognised_or_said_again_but_never_lost(far, channel):
    first = await channel.send(far.person, Part("một"), delivery=1_000_000)
    again = await channel.send(far.person, Part("một"), delivery=1_000_000)
    said = [one.text for one in await heard(far)]
    assert (first == again, said) == (
        (True, ["một"]) if channel.limits.recognises else (False, ["một", "một"])
    )


async def test_too_many_calls_stop_the_whole_channel_for_as_long_as_asked(far, channel):
    befall(far, Trouble.FLOOD)
    with pytest.raises(RetryLater) as caught:
        await send(far, Part("một"), channel)
    assert caught.value.seconds >= 3
    assert caught.value.whole_channel


@pytest.mark.parametrize("trouble", [Trouble.BLOCKED, Trouble.NO_SUCH_CHAT])
async def test_a_closed_door_makes_a_person_unreachable(far, channel, trouble):
    befall(far, trouble)
    with pytest.raises(Undeliverable) as caught:
        await send(far, Part("một"), channel)
    assert caught.value.gone


async def test_a_message_that_is_refused_makes_nobody_unreachable(far, channel):
    befall(far, Trouble.REFUSED)
    with pytest.raises(Undeliverable) as caught:
        await send(far, Part("một"), channel)
    assert not caught.value.gone


async def test_what_is_used_up_tells_for_whom(far, channel):
    befall(far, Trouble.QUOTA)
    with pytest.raises(OverQuota) as caught:
        await send(far, Part("một"), channel)
    assert far.person.startswith(caught.value.among)


async def test_a_server_that_is_away_has_taken_nothing(far, channel):
    needs(far, "afar")
    await far.go_away()
    with pytest.raises(RetryLater) as caught:
        await send(far, Part("một"), channel)
    assert caught.value.whole_channel


async def test_a_chat_that_moved_tells_where(far, channel):
    needs(far, "move")
    group = "-100200"
    moved = far.move(group)
    with pytest.raises(Moved) as caught:
        await channel.send(group, Part("một"), delivery=1)
    assert caught.value.address == moved
    await channel.send(moved, Part("một"), delivery=1)
    assert [said.text for said in far.heard(moved)] == ["một"]


@pytest.mark.parametrize("trouble", [None, *Trouble])
async def test_a_toast_never_raises(far, trouble):
    if trouble:
        befall(far, trouble)
    await far.channel(patience=0.3).toast("77", bold("Đã tiếp nhận. " * 30))


@pytest.mark.parametrize("trouble", [None, *Trouble])
async def test_no_failure_and_no_log_tells_a_secret(far, trouble, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.INFO)
    channel = far.channel(patience=0.3)
    if trouble:
        befall(far, trouble)
    else:
        needs(far, "afar")
        await far.go_away()
    with pytest.raises(ChannelError) as caught:
        await send(far, Part("bí mật"), channel)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    chain = repr([caught.value, caught.value.__cause__, caught.value.__context__])
    for secret in [*far.secrets, "bí mật"]:
        assert secret not in str(caught.value) + caplog.text + chain
    assert all(secret not in told for secret in far.secrets)
    assert caught.value.__context__ is None

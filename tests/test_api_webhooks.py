"""Addresses of other programs: told, signed, tried again, and never inside this network."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.base import Part, RetryLater, Undeliverable
from bot.channels.webhook import SIGNATURE, Webhooks, is_outside, sign
from storage.api_tokens import ApiToken
from storage.outbox import Fate, Notice
from storage.people import Role
from storage.webhooks import Webhook
from tests.programs import SECRET_OF, Listener, key_of
from tests.test_story_lists import BRIDGE
from tests.world import World
from tickets.acts import programs
from tickets.acts import webhooks as hooks
from tickets.acts.webhooks import BadAddress
from tickets.moment import Moment

URL = "https://phan-mem.example/nghe?x=1"


async def listens(world: World, url: str = URL) -> str:
    """Add an address to the only key; its secret."""
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        token = (await session.execute(select(ApiToken))).scalar_one()
        row = await hooks.start(moment, token, url, by=None)
        return SECRET_OF(await hooks.salt_of(moment, row))


async def notices_of(world: World) -> list[Notice]:
    async with world.database.reading() as session:
        hook = (await session.execute(select(Webhook))).scalar_one()
        rows = await session.execute(select(Notice).where(Notice.contact_id == hook.contact_id))
        return list(rows.scalars())


async def test_an_address_hears_what_its_keys_unit_may_see(world: World) -> None:
    side = Listener()
    side.connect(world)
    official = await world.joins("chieu_luu", name="Lan")
    other = await world.joins("muong_xen", name="Mai")
    await key_of(world, official, "chieu_luu", "read")
    await official.says(BRIDGE)
    secret = await listens(world)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF)
    await officer.says(f"{ticket.code} tiếp nhận")
    await officer.says(f"{ticket.code} ghi chú: chuyện nội bộ")
    await other.says("Mất điện cả bản từ sáng, trạm y tế không bảo quản được vắc xin")
    await world.forward(seconds=11)
    heard = [json.loads(request.content) for request in side.heard]
    assert "acknowledged" in {one["kind"] for one in heard}
    assert {one["ticket"] for one in heard} == {ticket.code}
    assert {one["kind"] for one in heard}.isdisjoint({"noted", "opened"})
    assert not any(b"chuy" in request.content for request in side.heard)
    request = side.heard[0]
    assert (request.url.host, request.headers["host"]) == ("93.184.216.34", "phan-mem.example")
    assert request.extensions["sni_hostname"] == "phan-mem.example"
    at = int(request.headers[SIGNATURE].partition(",")[0].removeprefix("t="))
    assert request.headers[SIGNATURE] == f"t={at},v1={sign(secret, at, request.content)}"
    assert await world.kept_texts(secret) == []
    count = len(side.heard)
    await world.forward(minutes=2)
    assert len(side.heard) == count  # nothing is told twice
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        assert await programs.revoke(moment, 1)
        assert not await programs.revoke(moment, 1)
    await officer.says(f"{ticket.code} cập nhật: chiều nay khảo sát")
    await world.forward(seconds=30)
    assert len(side.heard) == count


async def test_an_address_that_is_down_is_tried_again_then_a_dead_letter(world: World) -> None:
    side = Listener(status=503)
    side.connect(world)
    official = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    await key_of(world, official, "chieu_luu", "read")
    await listens(world)
    await official.says(BRIDGE)
    await world.forward(seconds=40)
    waiting = [row.fate for row in await notices_of(world)]
    assert waiting
    assert set(waiting) == {Fate.SENDING}
    assert len({request.headers["x-thaogo-delivery"] for request in side.heard}) < len(side.heard)
    side.status = 204
    await world.forward(minutes=3)
    assert {row.fate for row in await notices_of(world)} == {Fate.DELIVERED}
    side.status = 404
    await official.says("Bổ sung: xe cứu thương cũng không qua được cầu")
    await world.forward(seconds=40)
    assert Fate.DEAD in {row.fate for row in await notices_of(world)}
    assert any("không gửi được" in text or "404" in text for text in await admin.heard())


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "ftp://a.example/", "https:///x", "https://u:p@a.example/", "a.example",
     "https://a.example:99999/", "https://a.example/ x", f"https://a.example/{'x' * 400}"],
)  # fmt: skip
def test_what_is_no_address_of_the_open_net_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        hooks.check_address(url, is_private=False)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "2002:a00:1::", "::a00:1", "không"],
)  # fmt: skip
async def test_no_call_goes_to_this_network(address: str) -> None:
    assert not is_outside(address)
    side = Listener(address=address)
    channel = side.channel(World("web", None, None, None))  # type: ignore[arg-type]  # only its time is asked
    with pytest.raises(Undeliverable, match="private address"):
        await channel.send(f"abc {URL}", Part("{}"), delivery=1)
    assert side.heard == []
    await channel.close()


async def test_one_that_is_down_is_not_asked_by_every_call_that_waits() -> None:
    world = World("web", None, None, None)  # type: ignore[arg-type]  # only its time is asked
    side = Listener(status=500)
    channel: Webhooks = side.channel(world)
    assert is_outside("93.184.216.34")
    assert is_outside("2606:2800:220:1::1")
    for number in range(3):
        with pytest.raises(RetryLater):
            await channel.send(f"abc {URL}", Part("{}"), delivery=number)
    assert len(side.heard) == 1
    world.now += timedelta(seconds=6)
    side.status = 200
    assert await channel.send(f"abc {URL}", Part("{}"), delivery=3) == "3"
    side.status = 302
    with pytest.raises(Undeliverable, match="302"):
        await channel.send(f"abc {URL}", Part("{}"), delivery=4)
    await channel.close()

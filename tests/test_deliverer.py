"""How what was decided ends: in time or not at all, once more when in doubt, never in silence."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import leases
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.people import Contact, Role
from tests.world import Actor, World
from tickets import notices
from tickets.moment import Moment

pytestmark = pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


async def post(world: World, to: Actor, kind: Kind, *texts: str, **more: Any) -> None:
    async with world.database.transaction() as session:
        contact = await contact_of(session, to)
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        for text in texts:
            notices.post(moment, kind, text, contact=contact.id, **more)


async def contact_of(session: Any, actor: Actor) -> Contact:
    found = await session.execute(select(Contact).where(col(Contact.address) == actor.chat.address))
    return found.scalar_one()


async def fates(world: World) -> list[str]:
    async with world.database.reading() as session:
        rows = await session.execute(select(Notice).order_by(col(Notice.id).desc()).limit(1))
        return [row.fate for row in rows.scalars()]


async def test_what_has_expired_while_it_waited_is_not_said(world: World) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.flood(120)
    await post(world, lan, Kind.ANSWER, "một")
    await world.settle()
    await post(world, lan, Kind.ANSWER, "hai", expires_at=world.now + timedelta(seconds=15))
    await world.settle()
    await world.forward(minutes=4)
    assert await lan.news() == ["một"]
    assert await fates(world) == [Fate.EXPIRED]
    assert not await world.unfinished()


async def test_what_was_being_sent_at_a_crash_is_sent_again_and_says_so_where_it_may_be_twice(
    world: World,
) -> None:
    lan = await world.joins("chieu_luu", name="Lan")
    await post(world, lan, Kind.CARD, "phiếu mới")
    await post(world, lan, Kind.ANSWER, "đã ghi")
    deliverer = world.program.deliverer
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        assert len(await deliverer._claim(moment, 10)) == 2
    await world.restart()
    async with world.database.transaction() as session:
        await leases.let_go_but(session, [])
    await world.settle()
    mark = "" if world.channel == "web" else "(gửi lại) "
    assert sorted(await lan.news()) == sorted([f"{mark}phiếu mới", f"{mark}đã ghi"])


async def test_a_card_that_may_have_arrived_is_sent_once_more_whatever_comes_between(
    world: World,
) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    world.api.fail(cut=True)
    world.api.fail(status=502)
    world.api.fail(cut=True)
    await post(world, lan, Kind.CARD, "phiếu mới")
    await world.settle()
    await world.forward(minutes=2)
    assert await lan.news() == ["phiếu mới", "(gửi lại) phiếu mới"]
    assert await fates(world) == [Fate.UNKNOWN]
    assert not await world.unfinished()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR])
async def test_somebody_hears_of_what_reaches_nobody(world: World, role: Role) -> None:
    assert world.api is not None
    lan = await world.joins("chieu_luu", name="Lan")
    somebody = await world.joins("van_phong_ubnd", role)
    world.api.block(int(lan.chat.address), "bot was blocked by the user")
    await post(world, lan, Kind.NOTICE, "một")
    await world.settle()
    assert len(await somebody.news()) == 1
    await post(world, lan, Kind.NOTICE, "hai")
    await world.settle()
    await world.forward(seconds=1)
    (told,) = await somebody.news()
    assert "notice" in told
    assert await fates(world) == [Fate.DELIVERED]


async def test_an_edit_of_what_nobody_has_any_more_becomes_a_new_message(world: World) -> None:
    """A desk's group loses the bot; its card changes; the staff hear it."""
    staff = await world.joins("so_xay_dung", Role.STAFF)
    group = await world.group("so_xay_dung", by=staff)
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        card = {"desk": "so_xay_dung", "replace_key": "card:1"}
        notices.post(moment, Kind.CARD, "phiếu mới", **card)
    await world.settle()
    assert (await group.heard())[-1] == "phiếu mới"
    async with world.database.transaction() as session:
        rows = await session.execute(select(Contact).where(Contact.address == group.address))
        bound = rows.scalar_one()
        bound.reachable, bound.desk_of = False, None
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        notices.post(moment, Kind.EDIT, "phiếu gấp", **card)
    await world.settle()
    assert (await staff.news())[-1] == "phiếu gấp"
    assert not await world.unfinished()


async def until_heard(actor: Actor, text: str) -> None:
    for _ in range(200):
        if (await actor.heard())[-1:] == [text]:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{actor.name} never heard {text}")


async def test_a_call_that_cannot_be_settled_holds_no_other_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, hoa = await world.joins("chieu_luu"), await world.joins("con_cuong")
    deliverer = world.program.deliverer
    settle = deliverer._settle_one

    async def poisoned(moment: Moment, delivery: Delivery, outcome: str | Exception) -> None:
        await settle(moment, delivery, outcome)
        if delivery.part["text"] == "độc":
            raise ZeroDivisionError

    monkeypatch.setattr(deliverer, "_settle_one", poisoned)
    await post(world, lan, Kind.ANSWER, "độc")
    await post(world, hoa, Kind.ANSWER, "một")
    stop = asyncio.Event()
    running = asyncio.create_task(deliverer.run(stop))
    try:
        await until_heard(hoa, "một")
        await post(world, hoa, Kind.ANSWER, "hai")
        deliverer.wake()
        await until_heard(hoa, "hai")
    finally:
        stop.set()
        deliverer.wake()
        await running
    assert await hoa.news() == ["một", "hai"]
    assert await lan.news() == ["độc"]
    assert not await world.unfinished()

"""An edited ladder: running tickets keep their own until somebody applies the new one to them."""

import json
from datetime import datetime
from pathlib import Path

from province.pack import Pack
from storage.engine import Database
from storage.people import Role
from storage.policies import put_in_force
from storage.tickets import Ticket
from tests.conftest import Run
from tests.test_story_time import province
from tests.world import BUNDLED, World
from tickets.acts.policies import apply_running
from tickets.agenda import plan_touched
from tickets.moment import Moment


def edited() -> Pack:
    """The pack with a ladder on which the head hears at once, and nobody after the office."""
    chains = tuple(
        chain.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"after": "0 minutes"}) for step in chain.steps[:3]
                )
            }
        )
        if (chain.name, chain.urgency) == ("departments", "normal")
        else chain
        for chain in BUNDLED.policies.chains
    )
    policies = BUNDLED.policies.model_copy(update={"chains": chains})
    return BUNDLED.model_copy(update={"policies": policies})


async def put_edited_in_force(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        await put_in_force(session, edited(), by="test", now=now)


async def applied(world: World, number: int = 1) -> bool:
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        ticket = await session.get(Ticket, number)
        assert ticket is not None
        change = apply_running(moment, ticket)
        plan_touched(moment)
    return change is not None


async def test_a_running_ladder_changes_only_when_it_is_asked_for(world: World) -> None:
    everybody = await province(world)
    await world.forward(days=1, hours=22, minutes=45)  # the desk has heard: its ladder is frozen
    await put_edited_in_force(world.database, world.now)
    for somebody in everybody.values():
        await somebody.news()
    await world.forward(hours=2)
    assert await everybody["head"].news() == []
    assert await applied(world)
    await world.program.tick()
    await world.forward(days=1)
    assert any("quá hạn" in text for text in await everybody["head"].news())
    assert not await applied(world)  # once is enough
    (event,) = [event for event in await world.history() if event.kind == "policy_applied"]
    assert event.inputs["after"] == ["assignee", "head", "van_phong_ubnd"]
    assert "bản 2" in event.rule
    await world.forward(days=20)
    assert not [text for text in await everybody["vice"].news() if "quá hạn" in text]


async def test_what_was_told_is_not_told_again(world: World) -> None:
    everybody = await province(world)
    await world.forward(days=6)
    told = [event for event in await world.history() if event.kind == "escalated"]
    await put_edited_in_force(world.database, world.now)
    await applied(world)
    await world.forward(days=1)
    steps = [e.inputs["step"] for e in await world.history() if e.kind == "escalated"]
    assert len(steps) == len(set(steps)) >= len(told)
    assert everybody


async def test_a_ticket_without_a_begun_ladder_is_left_alone(world: World) -> None:
    official = await world.joins("con_cuong", name="Lan")
    await world.joins("so_tai_chinh", Role.STAFF)
    await official.says("Trung tâm phục vụ hành chính công xã có 2 máy scan hỏng, xin cấp máy mới")
    await put_edited_in_force(world.database, world.now)
    assert not await applied(world)


def test_the_command_shows_first_and_then_does_it(run: Run, tmp_path: Path) -> None:
    run("invite", "--unit", "chieu_luu", "--role", "reporter")
    status, out, _ = run("policy", "apply-running", "--dry-run", "--json")
    assert (status, json.loads(out)["changed"]) == (0, 0)
    status, out, _ = run("policy", "apply-running")
    assert (status, "0 phiếu đã đổi." in out) == (0, True)
    assert (tmp_path / "var" / "thaogo.db").exists()

"""Every address for programs against every kind of key, none left out."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage.api_tokens import ApiToken
from storage.people import Person, Role
from tests.programs import Caller, key_of, program
from tests.site import Site, site_of
from tests.test_console_every_route import addresses
from tests.test_story_lists import BRIDGE
from tests.world import World
from web.api import app as api
from web.open311 import app as open311

BAD = "none wrong revoked gone"
"""Without a key; with one that nobody made, or that was revoked; in a frozen person's name."""
WHOLE = "owner neighbour lead other coordinator"
"""For everything: the commune that reported, another, the lead's desk, another desk, all."""
PARTS = {"reads": "read", "reports": "report", "acts": "act"}
"""In the desk's name, for one thing alone."""
ALL = f"{WHOLE} {' '.join(PARTS)}"
EVERYBODY = f"{BAD} {ALL}".split()
SEES = {200: "owner lead coordinator reads", 404: "neighbour other"}
FILES = "owner neighbour coordinator"

API: dict[str, dict[int, str]] = {
    "GET /me": {200: ALL},
    "GET /tickets": {200: f"{WHOLE} reads"},
    "GET /tickets/{code}": SEES,
    "POST /tickets": {201: FILES},
    "POST /tickets/{code}/acknowledge": {200: "lead", 409: "acts", 404: "neighbour other"},
    "POST /tickets/{code}/update": {200: "lead acts", 404: "neighbour other"},
    "POST /tickets/{code}/answer": {200: "lead", 409: "acts", 404: "neighbour other"},
}
OPEN311: dict[str, dict[int, str]] = {
    "GET /services.{form}": {200: " ".join(EVERYBODY)},
    "GET /services/{code}.{form}": {200: " ".join(EVERYBODY)},
    "GET /requests.{form}": {200: f"{WHOLE} reads"},
    "GET /requests/{number}.{form}": SEES,
    "POST /requests.{form}": {201: FILES},
}
"""Who gets which answer; everybody else is refused: 401 without a key that counts (Open311 says
403), else 403."""
DESCRIBED = {"GET /openapi.json", "HEAD /openapi.json"}
BODIES: dict[str, dict[str, Any]] = {
    "POST /tickets": {"text": BRIDGE},
    "POST /tickets/{code}/acknowledge": {},
    "POST /tickets/{code}/update": {"text": "đang đi xem"},
    "POST /tickets/{code}/answer": {"text": "đã thông xe"},
}


async def keys_of(world: World, lead: str) -> AsyncIterator[tuple[str, str]]:
    """A key for each kind of caller."""
    yield "none", ""
    yield "wrong", "tg_" + "x" * 43
    for name, unit, role in (
        ("neighbour", "con_cuong", Role.REPORTER),
        ("lead", lead, Role.STAFF),
        ("other", "so_y_te", Role.STAFF),
        ("coordinator", "van_phong_ubnd", Role.COORDINATOR),
        ("revoked", lead, Role.STAFF),
        ("gone", lead, Role.HEAD),
    ):
        actor = await world.joins(unit, role, name=f"Người {name}")
        yield name, await key_of(world, actor, unit)
        if name == "lead":
            for part, scope in PARTS.items():
                yield part, await key_of(world, actor, unit, scope)
    async with world.database.transaction() as session:
        gone = update(Person).where(col(Person.name) == "Người gone")
        await session.execute(gone.values(active=False))
        newest = (await session.execute(ApiToken.__table__.select())).all()[-2]  # type: ignore[attr-defined]  # it is a table
        revoked = update(ApiToken).where(col(ApiToken.id) == newest.id)
        await session.execute(revoked.values(revoked_at=world.now))


def expected(table: dict[str, dict[int, str]], route: str, who: str) -> int:
    named = next((status for status, names in table[route].items() if who in names.split()), None)
    unknown = 401 if table is API else 403
    return named or (unknown if who in {"none", "wrong", "revoked"} else 403)


async def asks(world: World, caller: Caller, who: str, route: str, service: str) -> int:
    method, _, path = route.partition(" ")
    tickets = await world.tickets()
    code, version = tickets[0].code, tickets[0].version
    own = "con_cuong" if who == "neighbour" else "chieu_luu"
    is_service = path.startswith("/services/")
    filled = path.format(code=service if is_service else code, number=code, form="json")
    if method == "GET":
        return (await caller.get(filled)).status_code
    if caller.base == open311.BASE:
        form = {"service_code": service, "description": BRIDGE, "address_id": own}
        return (await caller.client.post(caller.base + filled, data=form)).status_code
    more = {"commune": own} if filled == "/tickets" else {"version": version}
    return (
        await caller.post(filled, BODIES[route] | more, f"{who}-{list(BODIES).index(route):08}")
    ).status_code


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_every_address_answers_every_key_as_the_table_says(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    keys = {"owner": await key_of(world, official, "chieu_luu")}
    keys |= {name: key async for name, key in keys_of(world, ticket.lead)}
    assert set(keys) == set(EVERYBODY)
    site: Site = site_of(world, open311=True)
    wrong: list[object] = []
    for base, table, app in (
        (api.BASE, API, api.create_api(site.doors)),
        (open311.BASE, OPEN311, open311.create_open311(site.doors)),
    ):
        assert set(addresses(app)) - DESCRIBED == set(table)
        for route in table:
            for who, key in keys.items():
                async with program(site, key) as caller:
                    caller.base = base
                    found = await asks(world, caller, who, route, ticket.category)
                if found != expected(table, route, who):
                    wrong.append((base, route, who, found, expected(table, route, who)))
    assert not wrong, "\n".join(map(str, wrong))

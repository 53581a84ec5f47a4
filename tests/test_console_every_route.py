"""Every address against every kind of person, none left out; absent and not yours answer alike."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import delete, select
from sqlmodel import col

from storage.broadcasts import Broadcast
from storage.clusters import Cluster, Taken
from storage.media import Media
from storage.people import Contact, Duty, Person, Role
from storage.webchat import BrowserSession
from tests.conftest import PROVE
from tests.rights import EVERYBODY, FORMS, PUBLIC, ROWS, TRIAL, expected
from tests.site import COOKIE, ORIGIN, Site, site_of
from tests.world import World
from web import sessions
from web.app import create_app
from web.doors import Doors
from web.tries import Tries

pytestmark = pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
BRIDGE = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được"
KEY = "0123456789abcdef"
WITHOUT_TOKEN = ("/join", "/in/", "/vao/")
"""Before a session there is no token of its own: a form's origin, and the word, must do."""
REFUSED = (403, 404)
ABSENT = {"code": "NA-26-999999", "number": "999999", "name": "0" * 64, "kind": "reply"}


def addresses(app: FastAPI) -> list[str]:
    """Every method and path that the application answers, however deep it was included."""
    return [
        f"{method} {context.path}"
        for context in iter_route_contexts(app.routes)
        for method in sorted(getattr(context, "methods", None) or ())
    ]


@dataclass
class Sitter:
    """Somebody with a session at the chat and one at the console, whatever became of them since."""

    client: httpx.AsyncClient
    csrf: dict[str, str]


@dataclass
class Scene:
    """A ticket with a photo, a proposal, a broadcast, and everybody with open browsers."""

    site: Site
    world: World
    there: dict[str, str]
    people: dict[str, Sitter]

    async def asks(
        self, who: str, route: str, there: dict[str, str], token: str = "", origin: str = ORIGIN
    ) -> httpx.Response:
        """One request, with the form's fields and the right token of the form, or another."""
        method, _, path = route.partition(" ")
        filled = re.sub(r"\{(\w+)(?::path)?\}", lambda m: there[m.group(1)], path)
        person = self.people[who]
        self.site.app.state.tries = Tries()  # each has an address of their own
        if method != "POST":
            return await person.client.request(method, filled)
        is_chat = path in {"/du-lieu", "/out", "/join"} or path.startswith("/chat/")
        token = token or person.csrf.get("chat" if is_chat else "console", "")
        data = {"csrf": token, "key": KEY, **FORMS.get(route, {})}
        data = {name: value.format(**there) for name, value in data.items()}
        return await person.client.post(filled, data=data, headers={"Origin": origin})


async def sits(site: Site, contact: Contact | None) -> Sitter:
    """A browser of its own, signed in to both."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(site.app), base_url=ORIGIN)
    if contact is None:
        return Sitter(client, {})
    csrf = {}
    async with site.doors.database.transaction() as session:
        for name, person in (("chat", None), ("console", contact.person_id)):
            secret = await sessions.begin(session, contact.id or 0, site.now, person_id=person)
            client.cookies.set(
                COOKIE + ("-console" if person else ""), secret, domain="thaogo.test"
            )
            await session.flush()
            kept = await session.get(BrowserSession, sessions.hash_token(secret))
            assert kept is not None
            csrf[name] = kept.csrf
    return Sitter(client, csrf)


async def changed(site: Site, contacts: dict[str, Contact | None]) -> None:
    """What happens to some of them while their browsers are open."""
    ids = {name: contact.person_id for name, contact in contacts.items() if contact}
    async with site.doors.database.transaction() as session:
        frozen = await session.get(Person, ids["frozen"])
        assert frozen is not None
        frozen.active = False  # the one thing that counts: sessions that nobody has revoked
        for name in ("left", "moved"):
            await session.execute(delete(Duty).where(col(Duty.person_id) == ids[name]))
        duty = Duty(person_id=ids["moved"] or 0, unit="so_y_te", role=Role.STAFF, since=site.now)
        session.add(duty)


@asynccontextmanager
async def scene_of(world: World) -> AsyncIterator[Scene]:
    official = await world.joins("chieu_luu", name="Lan")
    await official.sends_photos(1, BRIDGE)
    ticket, site = await world.ticket(), site_of(world)
    does = {
        "neighbour": ("con_cuong", Role.REPORTER),
        "left": (ticket.lead, Role.STAFF),
        "frozen": (ticket.lead, Role.HEAD),
        "moved": (ticket.lead, Role.STAFF),
        "chair": (ticket.commune, Role.HEAD),
        "staff": (ticket.lead, Role.STAFF),
        "head": (ticket.lead, Role.HEAD),
        "other": ("so_y_te", Role.HEAD),
        "coordinator": ("van_phong_ubnd", Role.COORDINATOR),
        "leader": ("van_phong_ubnd", Role.LEADER),
        "admin": ("van_phong_ubnd", Role.ADMIN),
    }
    contacts: dict[str, Contact | None] = {"stranger": None}
    for name, (unit, role) in does.items():
        contacts[name] = await site.person(name, unit, role)
    own = [row for row in await site.rows(Contact) if row.address == official.chat.address]
    contacts["reporter"] = own[0]
    people = {name: await sits(site, contact) for name, contact in contacts.items()}
    await changed(site, contacts)
    async with world.database.transaction() as session:
        cluster = Cluster(
            need="x", category=ticket.category, lead=ticket.lead, state=Taken.PROPOSED,
            tickets=[ticket.id], proposed_at=site.now,
        )  # fmt: skip
        coordinator = contacts["coordinator"]
        assert coordinator is not None and coordinator.person_id is not None
        cast = Broadcast(by=coordinator.person_id, text="x", units=[], created_at=site.now)
        session.add_all([cluster, cast])
        await session.flush()
        media = (await session.execute(select(Media).where(col(Media.hash).is_not(None)))).scalars()
        name = str(media.one().hash)
        invited = contacts["neighbour"]
        assert invited is not None
        there = {
            "code": ticket.code, "name": name, "kind": "reply", "token": "x" * 43,
            "number": str(cluster.id), "person": str(invited.person_id),
        }  # fmt: skip
    yield Scene(site, world, there, people)
    for person in people.values():
        await person.client.aclose()


def tried(route: str) -> list[str]:
    """Everybody; the ordinary run is content with who is let in and three others in turn."""
    if PROVE:
        return list(EVERYBODY)
    if route in PUBLIC:
        return ["stranger", "coordinator"]
    named = [who for who in EVERYBODY if expected(route, who) not in REFUSED]
    others = [who for who in EVERYBODY if who not in named]
    first = 3 * list(ROWS).index(route)
    turn = {others[(first + n) % len(others)] for n in range(3)} if others else set()
    return [*named, *sorted(turn)]


async def forged(scene: Scene) -> AsyncIterator[tuple[str, str]]:
    """Forms that took effect though they came from elsewhere, or from another session's page."""
    for route, rights in ROWS.items():
        method, _, path = route.partition(" ")
        if method != "POST":
            continue
        who = next(iter(rights.values())).split()[-1]
        answer = await scene.asks(who, route, scene.there, origin="https://evil.test")
        if answer.status_code != 403:
            yield route, "from elsewhere"
        if path.startswith(WITHOUT_TOKEN):
            continue
        other = scene.people["coordinator" if who != "coordinator" else "admin"].csrf
        for token in (other["chat"], other["console"])[: 2 if PROVE else 1]:
            answer = await scene.asks(who, route, scene.there, token=token)
            if answer.status_code != 403:
                yield route, "with another's token"


async def test_every_address_answers_everybody_as_the_table_says(world: World) -> None:
    wrong: list[object] = []
    async with scene_of(world) as scene:
        wrong += [row async for row in forged(scene)]
        assert sorted(addresses(scene.site.app)) == sorted([*PUBLIC, *ROWS])
        for route in (*PUBLIC, *ROWS):
            if route.endswith(("/stream", "/luong")):
                scene.site.doors.hub.close()
            for who in tried(route):
                answer = await scene.asks(who, route, scene.there)
                if answer.status_code != expected(route, who):
                    wrong.append((route, who, answer.status_code, expected(route, who)))
                if "{" in route and answer.status_code == 404 and route in ROWS:
                    absent = await scene.asks(who, route, {**scene.there, **ABSENT})
                    if (absent.status_code, absent.text) != (404, answer.text):
                        wrong.append((route, who, "differs from absent"))
    assert not wrong, "\n".join(map(str, wrong))


async def test_the_trial_adds_one_address(world: World) -> None:
    class Nobody:
        people, speed = (), 1

    doors: Any = Doors(*[None] * 10, trial=Nobody())  # type: ignore[arg-type]  # nothing is asked
    assert set(addresses(create_app(doors))) == {*PUBLIC, *ROWS, *TRIAL}

"""Programs with a key before the pages of a world, and an address that hears of news."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from bot.channels.webhook import Webhooks, secret_by
from storage.people import find_people
from storage.webhooks import CHANNEL
from tests.site import ORIGIN, Site
from tests.world import Actor, World
from tickets.acts import programs
from tickets.moment import Moment

ALL = ("read", "report", "act")
SECRET_OF = secret_by("k" * 32)


@dataclass
class Caller:
    """A program with its key."""

    client: httpx.AsyncClient
    base: str = "/api/v1"
    numbers: Any = field(default_factory=count)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.client.get(self.base + path, params=query)

    async def post(self, path: str, body: Any = None, key: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": key or f"lan-goi-{next(self.numbers):04}"}
        return await self.client.post(self.base + path, json=body or {}, headers=headers)


async def key_of(world: World, actor: Actor, unit: str, *scopes: str) -> str:
    """A key in somebody's name, made as the command line does."""
    async with world.database.transaction() as session:
        moment = Moment(session, world.now, await world.program.packs.in_force(session))
        (person,) = await find_people(session, actor.name)
        key, _ = await programs.make(
            moment, name="Một cửa", unit=unit, person=person.id or 0, scopes=scopes or ALL
        )
    return key


@asynccontextmanager
async def program(site: Site, key: str = "") -> AsyncIterator[Caller]:
    """Somebody's software: no cookies, no Origin."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    transport = httpx.ASGITransport(site.app, client=("10.0.0.9", 5000))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        yield Caller(client)


@dataclass
class Listener:
    """Another program's server: what it was told, and how it answers."""

    heard: list[httpx.Request] = field(default_factory=list)
    status: int = 204
    address: str = "93.184.216.34"

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(request)
        return httpx.Response(self.status)

    async def resolve(self, host: str, port: int) -> list[str]:
        return [self.address]

    def channel(self, world: World) -> Webhooks:
        return Webhooks(
            SECRET_OF,
            lambda: world.now,
            resolve=self.resolve,
            transport=httpx.MockTransport(self.answer),
        )

    def connect(self, world: World) -> None:
        """Let a world's program reach it."""
        channel = self.channel(world)
        world.program.channels[CHANNEL] = channel  # type: ignore[index]  # read-only but in tests
        world.program.deliverer.pace.limits[CHANNEL] = channel.limits  # type: ignore[index]  # read-only but in tests

"""The web pages on a real database, with a program behind them that only remembers."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import select

from bot.channels.base import Part
from bot.channels.webchat import WebChat
from bot.settings import BUNDLED
from bot.storeroom import Refused, Storeroom
from province.load import load_pack
from storage import conversations, webchat
from storage.engine import Database
from storage.invitations import invite
from storage.people import Contact, Duty, Person, Role
from storage.webchat import Line
from tickets.incoming import Incoming
from tickets.moment import Rules
from web import sessions
from web.app import Doors, create_app
from web.hub import Hub

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ORIGIN = "https://thaogo.test"
COOKIE = "__Host-thaogo"
JSON = {"Origin": ORIGIN, "Accept": "application/json"}
"""The headers of our own script."""
FIELD = re.compile(r'name="(csrf|key)" value="([^"]+)"')
OUR_MARKS = re.compile("[\ue000-\ue0ff]")


@cache
def rules() -> Rules:
    return Rules.of(load_pack(BUNDLED), 1)


def picture(colour: str = "red", exif: Image.Exif | None = None, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    more = {"exif": exif} if exif else {}
    Image.new("RGB", (40, 30), colour).save(out, form, **more)
    return out.getvalue()


def photo(content: bytes, name: str = "IMG_1.jpg") -> tuple[str, tuple[str, bytes, str]]:
    return "photos", (name, content, "image/jpeg")


def cookie_of(answer: httpx.Response, name: str = COOKIE) -> dict[str, str]:
    """The attributes of the cookie that an answer sets."""
    jar = SimpleCookie(answer.headers["set-cookie"])
    return {"value": jar[name].value, **{key: str(jar[name][key]) for key in jar[name]}}


@dataclass
class Browser:
    """One browser with its cookies; its forms come from the pages that it has opened."""

    site: "Site"
    client: httpx.AsyncClient
    base: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page and remember the hidden fields of its forms."""
        page = await self.client.get(self.base + path, headers=headers)
        if "html" in page.headers.get("content-type", ""):
            assert not OUR_MARKS.search(page.text), "rich text's marks, which phones show as boxes"
        self.fields.update(FIELD.findall(page.text))
        return page

    async def post(
        self,
        path: str,
        data: dict[str, str] | None = None,
        *,
        headers: dict[str, str] | None = None,
        files: Any = None,
    ) -> httpx.Response:
        """Send a form as a page of ours would."""
        return await self.client.post(
            self.base + path,
            data={**self.fields, **(data or {})},
            headers={"Origin": ORIGIN} if headers is None else headers,
            files=files,
        )

    async def says(self, text: str, **more: str) -> httpx.Response:
        """Write into the chat without a script: open it, fill in the form, send it."""
        await self.get("/chat")
        return await self.post("/chat/say", {"text": text, **more})

    async def chat(self) -> str:
        return (await self.get("/chat")).text


@dataclass
class Site:
    """The app, what it has handed in, and the lines that its conversations have."""

    doors: Doors
    app: FastAPI
    channel: WebChat
    received: list[Incoming] = field(default_factory=list)
    now: datetime = START
    deliveries: int = 0
    meanwhile: Callable[[Incoming], Any] | None = None
    """Awaited with each update, as the program would act on it."""

    async def receive(self, updates: Incoming | Iterable[Incoming]) -> None:
        for said in [updates] if isinstance(updates, Incoming) else updates:
            self.received.append(said)
            if self.meanwhile is not None:
                await self.meanwhile(said)

    @asynccontextmanager
    async def browser(
        self, base: str = "", origin: str = ORIGIN, client: str = "10.0.0.7"
    ) -> AsyncIterator[Browser]:
        transport = httpx.ASGITransport(self.app, client=(client, 5000))
        async with httpx.AsyncClient(transport=transport, base_url=origin) as opened:
            yield Browser(self, opened, base)

    async def person(
        self, name: str = "Lan", unit: str = "chieu_luu", role: Role = Role.REPORTER, **more: Any
    ) -> Contact:
        """Somebody who has joined, with an empty web chat."""
        async with self.doors.database.transaction() as session:
            person = Person(name=name, joined_at=self.now, **more)
            session.add(person)
            await session.flush()
            assert person.id is not None
            session.add(Duty(person_id=person.id, unit=unit, role=role, since=self.now))
            return await sessions.new_contact(session, f"web-{name}", person_id=person.id)

    async def signed_in(self, browser: Browser, contact: Contact) -> str:
        """Give a browser the session of a contact; the secret in its cookie comes back."""
        async with self.doors.database.transaction() as session:
            assert contact.id is not None
            secret = await sessions.begin(session, contact.id, self.now)
        browser.client.cookies.set(COOKIE, secret, domain="thaogo.test")
        return secret

    async def told(
        self, contact: Contact, text: str, *labels: str, edits: str | None = None, **more: Any
    ) -> str:
        """Deliver something to a web chat; the line's number comes back.

        A button "Đúng" carries "t:Đúng:1:1".
        """
        self.deliveries += 1
        row = tuple((label, f"t:{label}:1:1") for label in labels)
        part = Part(text=text, buttons=(row,) if row else (), **more)
        return await self.channel.send(contact.address, part, delivery=self.deliveries, edits=edits)

    async def wrote(self, contact: Contact, text: str, **more: Any) -> None:
        """Put a person's own words on their page, as the program does."""
        async with self.doors.database.transaction() as session:
            known = await conversations.locked(session, [("web", contact.address)])
            chat = known["web", contact.address].conversation
            body = {"text": text, **more}
            await webchat.add_line(session, chat, body, at=self.now, mine=True)

    async def code(self, role: Role = Role.REPORTER) -> str:
        async with self.doors.database.transaction() as session:
            code, _ = invite(session, unit="chieu_luu", role=role, now=self.now)
        return code

    async def line(self, contact: Contact, number: int) -> Line:
        async with self.doors.database.reading() as session:
            line = await session.get(Line, (contact.id, number))
        assert line is not None
        return line

    async def rows(self, table: type[Any]) -> list[Any]:
        async with self.doors.database.reading() as session:
            return list((await session.execute(select(table))).scalars())


async def pack_rules(_: object) -> Rules:
    return rules()


@asynccontextmanager
async def site_for(url: str, folder: Path, **changed: Any) -> AsyncIterator[Site]:
    """A site whose doors lead to a real database and a program that only remembers."""
    database, hub = Database(url), Hub()
    sites: list[Site] = []

    def now() -> datetime:
        return sites[0].now if sites else START

    async def receive(updates: Incoming | Iterable[Incoming]) -> None:
        await sites[0].receive(updates)

    storeroom = Storeroom(folder, rules().zone)
    doors = Doors(
        database=database,
        hub=hub,
        now=now,
        receive=receive,
        keep_upload=storeroom.keep,
        refused=Refused,
        read_file=storeroom.read,
        forget_file=storeroom.forget,
        rules=pack_rules,
        ready=list,
    )
    doors = replace(doors, **changed)
    sites.append(Site(doors, create_app(doors), WebChat(database, hub, now)))
    yield sites[0]
    hub.close()
    await asyncio.sleep(0)
    await database.close()


def site_of(world: Any, **changed: Any) -> Site:
    """The pages before a whole program on its virtual clock."""
    web = world.program.channels["web"]

    async def receive(updates: Incoming | Iterable[Incoming]) -> None:
        await world.receive(*([updates] if isinstance(updates, Incoming) else updates))

    doors = Doors(
        database=world.database,
        hub=web.hub,
        now=web.now,
        receive=receive,
        keep_upload=world.program.storeroom.keep,
        refused=Refused,
        read_file=world.program.storeroom.read,
        forget_file=world.program.storeroom.forget,
        rules=world.program.packs.in_force,
        ready=list,
        wake=world.program.deliverer.wake,
    )
    doors = replace(doors, **changed)
    return Site(doors, create_app(doors), web)

"""A province on a virtual clock: people who say and press, and what each one heard."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from sqlalchemy import bindparam, func, literal_column, select, true, union_all
from sqlmodel import SQLModel, col

from bot.app import BUNDLED_PACK, Program, ensure_rounds
from bot.channels import zalo_oa
from bot.channels.base import Channel
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot, ZaloBots
from bot.dispatch import Dispatch
from bot.storeroom import Storeroom
from province.load import load_pack
from storage import invitations
from storage.conversations import Conversation
from storage.engine import Database
from storage.inbox import Received
from storage.media import Fate as MediaFate
from storage.media import Media
from storage.outbox import Delivery, Fate, Notice, under_way
from storage.people import Contact, Role, Speaker
from storage.policies import put_in_force
from storage.rounds import Round
from storage.tasks import Task
from storage.tickets import Ticket, TicketEvent
from tests import screens
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.zalo_bot_api import TOKEN as ZALO_BOT_TOKEN
from tests.doubles.zalo_bot_api import ZaloBotApi
from tests.doubles.zalo_oa_api import ZaloOaApi
from tests.doubles.zalo_sides import OneToken
from tests.screens import Heard
from tickets.acts import joining
from tickets.incoming import BY_TIME, Attachment, Incoming, Kind
from tickets.moment import Moment, Rules
from tickets.reach import PLAIN
from web.hub import Hub

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09:00 in Vinh: office hours."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@cache
def rules() -> Rules:
    """The bundled pack as the first version, worked out once for all worlds of a process."""
    return Rules.of(BUNDLED, 1)


WAITING = (
    (col(Ticket.next_due_at), true()),
    (col(Task.next_due_at), true()),
    (col(Round.next_due_at), true()),
    (col(Received.due_at), true()),
    (col(Notice.not_before), literal_column("notices.fate = 'pending'")),
    (col(Notice.expires_at), literal_column("notices.fate = 'pending'")),
    (col(Delivery.not_before), under_way()),
    (col(Delivery.lease_until), under_way()),
    (col(Media.not_before), col(Media.fate) == MediaFate.PENDING),
)
DUE = union_all(
    *(select(func.min(at)).where(waits, at > bindparam("after")) for at, waits in WAITING)
)
"""The next instant at which something of each kind waits to happen."""


@cache
def dispatch() -> Dispatch:
    """One dispatcher for all worlds of a process; it keeps nothing between updates."""
    return Dispatch()


@dataclass
class Chat:
    """A private chat or a group, seen from the phones in it."""

    world: "World"
    channel: str
    address: str
    is_group: bool = False

    async def screen(self) -> list[Heard]:
        """Every message that the bot has said here, in its present state, oldest first."""
        return await self.world.screen_of(self)

    async def heard(self) -> list[str]:
        return [message.text for message in await self.screen()]


@dataclass
class Actor:
    """Somebody with a phone."""

    world: "World"
    name: str
    chat: Chat
    said: int = 0
    read: int = 0

    async def says(self, text: str = "", *, chat: Chat | None = None, **more: Any) -> Incoming:
        """Say something, and wait until everything it causes has been delivered."""
        incoming = self.message(text, chat=chat, **more)
        await self.world.receive(incoming)
        if incoming.group_key == BY_TIME:
            await self.world.forward(seconds=4)
        return incoming

    def message(self, text: str = "", *, chat: Chat | None = None, **more: Any) -> Incoming:
        place = chat or self.chat
        self.said += 1
        number = f"m{self.said}"
        fields: dict[str, Any] = {
            "channel": place.channel,
            "key": f"{self.chat.address}:{self.said}",
            "address": place.address,
            "sender": self.chat.address,
            "sent_at": self.world.now,
            "text": text,
            "receipt": number,
            "is_group": place.is_group,
            "sender_name": self.name,
        }
        if place.channel in PLAIN and more.get("attachments"):
            fields["group_key"] = BY_TIME
        return Incoming(**{**fields, **more})

    async def presses(self, label: str, *, chat: Chat | None = None, old: int = 0) -> Incoming:
        """Press the newest button with this label (`old` counts back to earlier ones)."""
        place = chat or self.chat
        screen = await place.screen()
        shown = [
            (message, press)
            for message in screen
            for text, press in message.buttons
            if text == label
        ]
        assert shown, f"no button {label!r} for {self.name}: {await place.heard()}"
        message, press = shown[-1 - old]
        if message.in_words:
            return await self.says(screens.typed(screen, message, label), chat=chat)
        return await self.presses_data(press, reply_to=message.receipt, chat=chat)

    async def presses_data(
        self, press: str, *, reply_to: str | None = None, chat: Chat | None = None
    ) -> Incoming:
        shown: dict[str, Any] = {"press_id": "p1", "reply_to": reply_to}
        if (chat or self.chat).channel in PLAIN:
            shown = {}  # a press is a message there, and points at none
        incoming = self.message("", chat=chat, kind=Kind.PRESS, press=press, **shown)
        await self.world.receive(incoming)
        return incoming

    async def sends_photos(self, count: int, caption: str = "", **more: Any) -> None:
        """Send an album: several updates on Telegram, one form in the web chat."""
        photos = [self.world.photo() for _ in range(count)]
        if self.chat.channel == "web" or count == 1:
            await self.says(caption, attachments=tuple(photos), **more)
            return
        album = BY_TIME if self.chat.channel in PLAIN else "album1"
        pieces = [
            self.message(caption if n == 0 else "", attachments=(photo,), group_key=album, **more)
            for n, photo in enumerate(photos)
        ]
        await self.world.receive(*pieces)
        await self.world.forward(seconds=4 if album == BY_TIME else 2)

    async def heard(self) -> list[str]:
        """Everything on this person's screen."""
        return await self.chat.heard()

    async def news(self) -> list[str]:
        """What came since this was asked last."""
        heard = await self.chat.heard()
        new, self.read = heard[self.read :], len(heard)
        return new

    async def last(self) -> Heard:
        return (await self.chat.screen())[-1]

    async def labels(self) -> list[str]:
        return [label for label, _ in (await self.last()).buttons]


@dataclass
class World:
    """The real program on a virtual clock, with people on one channel."""

    channel: str
    database: Database
    program: Program
    api: BotApi | None
    """The Bot API server of a story told on Telegram; the channel that speaks to it is real."""
    zalo_bot: ZaloBotApi | None = None
    """The same of a story told on the Zalo Bot Platform."""
    zalo_oa: ZaloOaApi | None = None
    """The same of one told on an Official Account."""
    now: datetime = START
    people: dict[str, Actor] = field(default_factory=dict)
    photos: int = 0
    fetches: bool = True
    """Whether a file may wait to be fetched: words alone bring none."""

    # Time and delivery.

    async def receive(self, *incoming: Incoming) -> None:
        self.fetches = any(one.attachments for one in incoming)
        await self.program.intake.receive(incoming)
        await self.settle()

    async def settle(self) -> None:
        """Deliver and fetch until nothing is left that may go now."""
        for _ in range(200):
            if await self.program.deliverer.once():
                continue
            if not self.fetches or not await self.program.fetcher.once():
                await asyncio.gather(*self.program.toasting)
                return
        raise AssertionError("deliveries never end")

    async def forward(self, **time: float) -> None:
        """Let time pass, in leaps to the next thing that is due."""
        end = self.now + timedelta(**time)
        self.fetches = True
        while self.now < end:
            self.now = min(end, await self._due() or end)
            await self.program.tick()
            await self.settle()

    async def comes_round(self) -> None:
        """Let happen what comes round in every province: digests, check-ins, yearly warnings."""
        await ensure_rounds(self.program)

    async def _due(self) -> datetime | None:
        """When something waits to happen next: a step, a message, a file, an album's end."""
        async with self.database.reading() as session:
            times = (await session.execute(DUE, {"after": self.now})).scalars()
            return min(filter(None, times), default=None)

    # People.

    async def joins(
        self, unit: str, role: Role = Role.REPORTER, name: str = "", channel: str = ""
    ) -> Actor:
        """Let somebody in as after a valid code; what is said at the door is left out."""
        actor = self.stranger(name or f"{role} {unit}", channel)
        chat = actor.chat
        async with self.database.transaction() as session:
            _, invitation = invitations.invite(
                session, unit=unit, role=role, now=self.now, name=actor.name
            )
            contact = Contact(channel=chat.channel, address=chat.address, heard_at=self.now)
            session.add(contact)
            await session.flush()
            session.add(Conversation(contact_id=contact.id))
            await joining.join(Moment(session, self.now, rules()), Speaker(contact), invitation)
        return actor

    async def enters(
        self, unit: str, role: Role = Role.REPORTER, name: str = "", channel: str = ""
    ) -> Actor:
        """Invite somebody and let them in through the front door."""
        actor = self.stranger(name or f"{role} {unit}", channel)
        code = await self.invited(unit, role, name=actor.name)
        await actor.says(f"/start {code}")
        await actor.news()
        return actor

    async def invited(self, unit: str, role: Role, name: str = "") -> str:
        async with self.database.transaction() as session:
            code, _ = invitations.invite(session, unit=unit, role=role, now=self.now, name=name)
        return code

    def stranger(self, name: str = "Người lạ", channel: str = "") -> Actor:
        address = str(1000 + len(self.people))
        place = channel or self.channel
        if place == "zalo_bot":
            address = f"{ZALO_BOT_TOKEN.partition(':')[0]}/{address}"
        actor = Actor(self, name, Chat(self, place, address))
        self.people[address] = actor
        return actor

    async def group(self, unit: str, by: Actor) -> Chat:
        """A group chat that somebody binds as a unit's desk."""
        chat = Chat(self, self.channel, f"-{500 + len(self.people)}", is_group=True)
        self.people[chat.address] = by
        await by.says(f"/start {await self.invited(unit, Role.DESK)}", chat=chat)
        return chat

    def photo(self) -> Attachment:
        """A picture that the channel has, or that was just uploaded."""
        self.photos += 1
        content = picture(self.photos)
        if self.channel == "web":
            kept = self.program.storeroom.keep(content, "photo")
            return Attachment("photo", hash=kept.hash, mime=kept.mime, size=kept.size)
        if self.channel == "zalo_bot":
            assert self.zalo_bot is not None
            source = self.zalo_bot.media(f"{self.photos}.jpg", content)
            return Attachment("photo", source=source, mime="image/jpeg")
        if self.channel == "zalo_oa":
            assert self.zalo_oa is not None
            source = self.zalo_oa.media(f"{self.photos}.jpg", content)
            return Attachment("photo", source=source, mime="image/jpeg")
        assert self.api is not None
        self.api.files[f"file{self.photos}"] = content
        return Attachment("photo", source=f"file{self.photos}", mime="image/jpeg")

    # What is on the screens, and in the books.

    async def screen_of(self, chat: Chat) -> list[Heard]:
        async with self.database.reading() as session:
            if chat.channel == "web":
                return await screens.web(session, chat.address)
            if chat.channel == "zalo_bot":
                assert self.zalo_bot is not None
                return await screens.zalo_bot(session, self.zalo_bot, chat.address)
            if chat.channel == "zalo_oa":
                assert self.zalo_oa is not None
                return await screens.zalo_oa(session, self.zalo_oa, chat.address)
        assert self.api is not None
        return screens.telegram(self.api, chat.address)

    async def tickets(self) -> list[Ticket]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Ticket).order_by(col(Ticket.id)))).scalars())

    async def ticket(self) -> Ticket:
        """The only ticket there is."""
        (only,) = await self.tickets()
        return only

    async def events(self, ticket: Ticket | None = None) -> list[str]:
        async with self.database.reading() as session:
            rows = await session.execute(select(TicketEvent).order_by(col(TicketEvent.id)))
            found = rows.scalars()
            return [row.kind for row in found if ticket is None or row.ticket_id == ticket.id]

    async def history(self, ticket: Ticket | None = None) -> list[TicketEvent]:
        """Everything that was noted of a ticket, or of all."""
        async with self.database.reading() as session:
            rows = await session.execute(select(TicketEvent).order_by(col(TicketEvent.id)))
            return [row for row in rows.scalars() if ticket is None or row.ticket_id == ticket.id]

    async def kept_texts(self, words: str) -> list[str]:
        """Where in the whole database some words are kept, but for the province's own pack."""
        found = []
        async with self.database.reading() as session:
            tables = SQLModel.metadata.sorted_tables
            for table in (table for table in tables if table.name != "pack_versions"):
                for row in (await session.execute(select(table))).all():
                    if words in repr(tuple(row)):  # the repr of a row itself is cut short
                        found.append(table.name)
        return found

    async def restart(self) -> None:
        """Throw the program away as a crash would, and build it anew on the same database."""
        old = self.program
        self.program = Program(
            self.database, old.channels, dispatch(), old.storeroom, lambda: self.now
        )

    async def unfinished(self) -> list[Delivery]:
        async with self.database.reading() as session:
            rows = await session.execute(
                select(Delivery).where(col(Delivery.fate).in_([Fate.PENDING, Fate.SENDING]))
            )
            return list(rows.scalars())


@cache
def picture(number: int) -> bytes:
    """A small JPEG, each number another."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (number * 7 % 255, 80, 120)).save(out, "JPEG")
    return out.getvalue()


@asynccontextmanager
async def world_for(*, channel: str, database_url: str) -> AsyncIterator[World]:
    """A fresh province: pack in force, nobody joined yet."""
    database = Database(database_url)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        api = await stack.enter_async_context(BotApi()) if channel == "telegram" else None
        zalo = await stack.enter_async_context(ZaloBotApi()) if channel == "zalo_bot" else None
        worlds: list[World] = []

        def now() -> datetime:
            return worlds[0].now if worlds else START

        storeroom = Storeroom(Path(folder), ZONE)
        channels: dict[str, Channel] = {"web": WebChat(database, Hub(), now)}
        if api is not None:
            channels["telegram"] = Telegram(
                TOKEN, open_file=storeroom.read, api_url=api.url, pacing=False
            )
        if zalo is not None:
            host = screens.hosting(zalo, storeroom)
            bot = ZaloBot(ZALO_BOT_TOKEN, host_file=host, api_url=zalo.url)
            channels["zalo_bot"] = ZaloBots([bot])
        oa = await stack.enter_async_context(ZaloOaApi()) if channel == "zalo_oa" else None
        if oa is not None:
            channels["zalo_oa"] = zalo_oa.ZaloOa(
                OneToken(oa),
                open_file=storeroom.read,
                host_file=screens.hosting(oa, storeroom),
                api_url=oa.url,
                pacing=False,
            )
        program = Program(database, channels, dispatch(), storeroom, now, rules())
        worlds.append(World(channel, database, program, api, zalo, oa))
        async with database.transaction() as session:
            await put_in_force(session, BUNDLED, by="start", now=START)
        try:
            yield worlds[0]
        finally:
            await program.close()


BUNDLED = load_pack(BUNDLED_PACK)

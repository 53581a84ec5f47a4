"""What stands on the phones of each channel, in the words in which stories ask for it."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.channels.base import PART, File, Part
from bot.channels.choices import with_choices
from bot.storeroom import Storeroom
from storage.outbox import Delivery, Kind, Notice
from storage.people import Contact
from storage.webchat import Line
from tests.doubles.bot_api import BotApi
from tests.doubles.telegram_chats import Message
from tests.doubles.zalo_bot_api import ZaloBotApi
from tests.doubles.zalo_oa_api import ZaloOaApi
from tickets.rich import plain


@dataclass
class Heard:
    """One message as it stands on somebody's screen now."""

    text: str
    buttons: list[tuple[str, str]]
    receipt: str
    files: int = 0
    numbered: bool = True
    in_words: bool = False
    """Whether its buttons stand there as words, and are typed."""


async def web(session: AsyncSession, address: str) -> list[Heard]:
    """The lines of a web conversation that are not the person's own."""
    lines = await session.execute(
        select(Line)
        .join(Contact, col(Contact.id) == col(Line.contact_id))
        .where(col(Contact.address) == address, col(Contact.channel) == "web")
        .where(col(Line.mine).is_(False))
        .order_by(col(Line.number))
    )
    return [_line(line) for line in lines.scalars()]


def telegram(api: BotApi, address: str) -> list[Heard]:
    """A Telegram chat."""
    return [_message(message) for message in api.in_chat(int(address))]


@dataclass
class Seen:
    """One message as a Zalo phone shows it; its buttons are compared, and asked for as decided."""

    id: str
    text: str
    has_file: bool
    buttons: list[str] = field(default_factory=list)


async def zalo_bot(session: AsyncSession, api: ZaloBotApi, address: str) -> list[Heard]:
    """A chat with a bot, where nothing can be pressed."""
    seen = [Seen(m.id, m.text, m.photo is not None) for m in api.in_chat(address)]
    return await _zalo(session, seen, address)


async def zalo_oa(session: AsyncSession, api: ZaloOaApi, address: str) -> list[Heard]:
    """A chat with an Official Account."""
    seen = [
        Seen(m.id, m.text, m.file is not None, [str(b["payload"])[1:] for b in m.buttons])
        for m in api.chats.get(address, [])
    ]
    return await _zalo(session, seen, address)


async def _zalo(session: AsyncSession, seen: list[Seen], address: str) -> list[Heard]:
    """Of messages that followed each other in place of a change, the newest in the first's place.

    What the phone shows is compared with what was decided, so that a story may ask for buttons
    where only a list in words is seen.
    """
    parts = await _sent(session, address)
    screen: list[Heard] = []
    places: dict[str, int] = {}
    for message in seen:
        part, key, is_change = parts[message.id]
        buttons = [button for row in part.buttons for button in row]
        if message.buttons:
            assert message.buttons == [press for _, press in buttons]
            assert message.text == plain(part.text)
        elif not part.files:
            assert message.text in _shown(part)
        files = 1 if message.has_file or part.files else 0
        in_words = bool(buttons) and not message.buttons
        heard = Heard(plain(part.text), buttons, message.id, files, part.numbered, in_words)
        if is_change and key in places:
            screen[places[key]] = heard
        else:
            places[key] = len(screen)
            screen.append(heard)
    return screen


async def _sent(session: AsyncSession, address: str) -> dict[str, tuple[Part, str, bool]]:
    """What was sent to an address, by receipt: the part, its place, and whether it was a change."""
    rows = await session.execute(
        select(Delivery, col(Notice.replace_key))
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .join(Contact, col(Contact.id) == col(Delivery.contact_id))
        .where(col(Contact.address) == address, col(Delivery.receipt).is_not(None))
        .order_by(col(Delivery.id))
    )
    found: dict[str, tuple[Part, str, bool]] = {}
    counts: Counter[int] = Counter()
    for delivery, key in rows:
        counts[delivery.notice_id] += 1
        place = f"{key or delivery.notice_id} {counts[delivery.notice_id]}"
        part = PART.validate_python(delivery.part)
        found[str(delivery.receipt)] = part, place, delivery.kind == Kind.EDIT
    return found


def _shown(part: Part) -> set[str]:
    """How a part may look: of lists that came together only the last is numbered."""
    return {plain(with_choices(replace(part, numbered=n))) for n in {part.numbered, False}}


def typed(screen: list[Heard], message: Heard, label: str) -> str:
    """What a person types where nothing can be pressed: the number in the last list, or the words.

    Words that the last list has as well would press that.
    """
    last = next(heard for heard in reversed(screen) if heard.buttons)
    labels = [text for text, _ in last.buttons]
    if message is last and message.numbered:
        return str(labels.index(label) + 1)
    return label


def hosting(api: ZaloBotApi | ZaloOaApi, storeroom: Storeroom) -> Callable[[File], Awaitable[str]]:
    """Put our files where that server finds them."""

    async def host(file: File) -> str:
        return api.media(f"{file.hash}.jpg", storeroom.read(file.hash))

    return host


def _message(message: Message) -> Heard:
    buttons = [(b["text"], b["callback_data"]) for row in message.buttons for b in row]
    return Heard(message.text, buttons, str(message.id), 0 if message.kind == "text" else 1)


def _line(line: Line) -> Heard:
    body: dict[str, Any] = line.body
    buttons = [(b["label"], b["press"]) for row in body.get("buttons", []) for b in row]
    return Heard(plain(body.get("text", "")), buttons, str(line.number), len(body.get("files", [])))

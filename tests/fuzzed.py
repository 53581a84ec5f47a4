"""The whole program under hypothesis: events through the intake, odd addresses and forms."""

import asyncio
import copy
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import col

from bot.channels import telegram_parse, zalo_bot_parse, zalo_oa_parse
from province.load import pack_to_json
from storage.inbox import Fate, Received
from storage.people import Contact, Role
from tests import fuzzing
from tests.fuzzing import SPOKEN, spoilt, words
from tests.site import COOKIE, ORIGIN, Site, picture, site_of
from tests.world import BUNDLED, START, World, world_for
from web import sessions

PAYLOADS = Path(__file__).parent / "payloads"


@dataclass
class Inside:
    """A program with reporters on each channel, and browsers of a coordinator and an admin."""

    runner: asyncio.Runner
    world: World
    site: Site
    secrets: dict[str, str] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    count: int = 0
    heard: int = 0

    def hears(self, said: tuple[str, Any]) -> None:
        """An event of a channel, read and acted upon: nothing that was read may be set aside."""
        channel, payload = said
        try:
            body = json.loads(json.dumps(payload))
            incoming = READERS[channel](body)
        except ValueError:
            return
        if incoming is None:
            return
        self.runner.run(self._acts(incoming))

    async def _acts(self, incoming: Any) -> None:
        self.heard += 1  # else it would be a repeat
        fresh = replace(incoming, key=f"{incoming.key}:{self.heard}")
        await self.world.program.intake.receive([fresh])
        if self.heard % 20 == 0:
            await self.world.forward(minutes=1)
        async with self.world.database.reading() as session:
            aside = select(func.count()).where(col(Received.fate) == Fate.SET_ASIDE)
            count = (await session.execute(aside)).scalar_one()
            last = select(col(Received.error)).where(col(Received.fate) == Fate.SET_ASIDE)
            errors = (await session.execute(last.order_by(col(Received.id)))).scalars().all()
        before, self.count = self.count, count
        assert count == before, errors[-1]

    def answers(self, asked: tuple[str, str, str, dict[str, str]]) -> None:
        """A page that is asked oddly answers politely, whoever asks."""
        who, method, path, fields = asked
        self.runner.run(self._asks(who, method, path, fields))

    async def _asks(self, who: str, method: str, path: str, fields: dict[str, str]) -> None:
        sound = {n: v.encode("utf-8", "replace").decode() for n, v in fields.items()}
        async with self.site.browser() as browser:
            for name in ("", "-console"):
                browser.client.cookies.set(
                    COOKIE + name, self.secrets[who + name], domain="thaogo.test"
                )
            if method == "GET":
                short = {name: value[:900] for name, value in sound.items()}
                answer = await browser.client.get(path, params=short)
            else:
                csrf = self.csrf[who + ("" if path in CHAT_FORMS else "-console")]
                given = {"csrf": csrf, "key": "0123456789abcdef", **sound}
                answer = await browser.client.post(path, data=given, headers={"Origin": ORIGIN})
        assert answer.status_code < 500, (who, method, path, sound)


def _telegram(payload: Any) -> Any:
    return telegram_parse.parse(payload, received_at=START, own_name="thaogo_bot")


READERS: dict[str, Callable[[Any], Any]] = {
    "telegram": _telegram,
    "zalo_bot": lambda payload: zalo_bot_parse.parse(payload, bot="123456"),
    "zalo_oa": zalo_oa_parse.parse,
}


@cache
def events(channel: str) -> list[Any]:
    """The captured payloads of a channel."""
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((PAYLOADS / channel).glob("*.json"))
    ]


@st.composite
def worded(draw: st.DrawFn, channel: str) -> Any:
    """A sound message, or press, that says anything."""
    name, place = {
        "telegram": ("text", ("message", "text")),
        "zalo_bot": ("text", ("message", "text")),
        "zalo_oa": ("text", ("message", "text")),
    }[channel]
    payload = copy.deepcopy(json.loads((PAYLOADS / channel / f"{name}.json").read_text("utf-8")))
    holder = payload.get("result", payload)
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = draw(st.one_of(words, st.sampled_from(SPOKEN)))
    return payload


said = st.one_of(
    st.tuples(st.just(channel), st.one_of(spoilt(events(channel)), worded(channel)))
    for channel in sorted(READERS)
)
PAGES = (
    "/phieu", "/phieu.csv", "/can-xem", "/toan-canh", "/nhu-cau", "/bao-cao", "/bao-cao.docx",
    "/chat",
    "/nhat-ky", "/nhat-ky/xem", "/nguoi", "/nhap-viec", "/mau-tra-loi", "/tin-hong", "/thong-bao",
    "/du-lieu", "/phieu/NA-26-000001", "/chat/news", "/nhu-cau/99999999999999999999.docx",
    "/thong-bao/99999999999999999999", "/phieu/NA-26-000001/van-ban/reply", "/files/x",
)  # fmt: skip
CHAT_FORMS = ("/chat/say", "/chat/press", "/du-lieu", "/join")
FORMS = (
    *CHAT_FORMS, "/phieu/NA-26-000001/viec", "/can-xem/giao", "/thong-bao", "/nhap-viec/lam",
    "/nguoi/moi", "/nguoi/lam", "/mau-tra-loi", "/tin-hong/viec", "/du-lieu-ca-nhan",
    "/nhu-cau/99999999999999999999",
)  # fmt: skip
FIELDS = (
    "tim", "tt", "muc", "xa", "lv", "dv", "cua", "qh", "nhap", "trang", "tu", "den", "theo", "ky",
    "bang", "truoc", "phieu", "da", "mau", "vao", "viec", "loi", "thay", "ngay", "don-vi", "them",
    "so", "ten", "loai", "danh-sach", "chon", "text", "to", "press", "lat", "lon", "code",
    "email", "ve", "noi-nhan", "after", "before", "dien-thoai", "chac", "gap",
)  # fmt: skip
fields = st.dictionaries(
    st.sampled_from(FIELDS),
    st.one_of(
        words, st.sampled_from(["1", "note", "decide", "them", "sua", "xoa", "khoa", "reroute"])
    ),
    max_size=6,
)
ADDRESSES = [
    (who, method, path)
    for method, paths in (("GET", PAGES), ("POST", FORMS))
    for path in paths
    for who in ("boss", "admin")
    if who == "admin" or path not in {"/nhat-ky", "/nhat-ky/xem", "/tin-hong", "/du-lieu-ca-nhan"}
]
asked = st.builds(lambda address, said: (*address, said), st.sampled_from(ADDRESSES), fields)


@contextmanager
def inside(database_url: str) -> Iterator[Inside]:
    """The program, opened in a loop of its own: hypothesis calls, it does not await."""
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        opened = world_for(channel="web", database_url=database_url)
        world = runner.run(opened.__aenter__())
        stack.callback(lambda: runner.run(opened.__aexit__(None, None, None)))
        found = Inside(runner, world, site_of(world))
        runner.run(_peopled(found))
        yield found


async def _peopled(found: Inside) -> None:
    """Whoever speaks in the payloads is somebody; a ticket; two browsers."""
    world, site = found.world, found.site
    official = await world.joins("chieu_luu", name="Lan")
    await official.says("Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp, xe máy không qua được")
    async with world.database.transaction() as session:
        person = (await session.execute(select(col(Contact.person_id)))).scalars().first()
    for channel in READERS:
        senders = {
            read.address for payload in events(channel) if (read := _sound(channel, payload))
        }
        for address in sorted(senders):
            contact = await site.person(f"{channel} {address}", *WORK[channel])
            async with world.database.transaction() as session:
                row = await session.get_one(Contact, contact.id)
                row.channel, row.address, row.is_group = channel, address, address.startswith("-")
    assert person is not None
    roles = {"boss": Role.COORDINATOR, "admin": Role.ADMIN}
    for name, role in roles.items():
        contact = await site.person(name, "van_phong_ubnd", role)
        for ending, whose in (("", None), ("-console", contact.person_id)):
            async with world.database.transaction() as session:
                secret = await sessions.begin(session, contact.id or 0, site.now, person_id=whose)
                await session.flush()
                kept = await session.get_one(sessions.BrowserSession, sessions.hash_token(secret))
                found.secrets[name + ending], found.csrf[name + ending] = secret, kept.csrf


WORK = {
    "telegram": ("van_phong_ubnd", Role.COORDINATOR),
    "zalo_bot": ("so_xay_dung", Role.HEAD),
    "zalo_oa": ("chieu_luu", Role.REPORTER),
}


def _sound(channel: str, payload: Any) -> Any:
    try:
        return READERS[channel](payload)
    except ValueError:
        return None


def targets(found: Inside) -> dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]]:
    """Each reader: what it is given, and the check, which raises what must not be."""
    pack = json.loads(pack_to_json(BUNDLED))
    pictures = [picture(form=form) for form in ("JPEG", "PNG", "WEBP", "GIF", "BMP")]
    return {
        "events": (said, found.hears),
        "pages": (asked, found.answers),
        "sheets": (
            st.one_of(
                fuzzing.damaged(fuzzing.sheets()), fuzzing.workbooks(), st.binary(max_size=300)
            ),
            fuzzing.reads_sheet,
        ),
        "words": (words, fuzzing.reads_words),
        "pictures": (
            st.one_of(fuzzing.damaged(pictures), st.binary(max_size=200)),
            fuzzing.keeps_picture,
        ),
        "packs": (spoilt([fuzzing.small(pack)]), fuzzing.reads_pack),
    }

"""Bytes from outside as hypothesis makes them up, and what each of our readers may do with them."""

import asyncio
import copy
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlmodel import col

from bot.channels import telegram_parse, zalo_bot_parse, zalo_oa_parse
from bot.storeroom import Refused, Storeroom
from province.load import PackError, pack_from_json, pack_to_json
from storage import invitations
from storage.inbox import Fate, Received
from storage.people import Contact, Role, Speaker
from tests.site import COOKIE, ORIGIN, Site, picture, site_of
from tests.world import BUNDLED, START, ZONE, World, rules, world_for
from tickets import enrolling, taking_in
from tickets.dates import read_date
from tickets.moment import Moment
from triage import triage
from web import sessions
from web.console.sheets import UnreadableError, rows_of

PAYLOADS = Path(__file__).parent / "payloads"
NASTY = (
    "", "\0", "\ud800", "0", "-1", "9" * 400, "NaN", "1e999", "²", "\u202e", "%00", "'", '"', "<x>",
    "{0}", "=1+1", "/start", "t:ack:1:1", "1 tiếp nhận", "hủy", "31/02", "29/2/2027", "ế" * 3000,
    "\n" * 50, "a" * 9000, "0001-01-01", "9999-12-31", "NA-26-000001", "https://[", "../../x",
)  # fmt: skip
SPOKEN = (
    "mất điện cả xã từ sáng", "1 hủy", "1 chuyển Sở Y tế: nhầm", "phiếu", "/phieu 1",
    "việc tồn đọng: x", "xóa dữ liệu", "điện thoại: 0912", "/hoi chữ ký số", "1 đã xử lý", "có",
    "1 hẹn 31/02", "không", "an toàn", "1", "99", "bỏ qua", "#t:cancel:1:1", "#t:undo:1:1:²",
    "nghỉ từ 31/12 đến 1/1", "1 tiếp nhận", "1 hỏi thêm: mấy cái?", "/moi Sở Y tế",
    "/baolu Con Cuông", "thông báo toàn tỉnh: x", "1 hẹn cuối tháng", "/vao",
    "1 công bố: x; căn cứ: y; đến 31/12/2027",
)  # fmt: skip
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
values = st.one_of(
    words,
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 2**64, 10**400, 1e308, -1e308, 253402300799, 1700000000]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder of a payload with a key in it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@st.composite
def spoilt(draw: st.DrawFn, documents: list[Any], most: int = 2) -> Any:
    """One of some documents with a few values changed or taken out."""
    document = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, most))):
        places = list(_places(document))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if isinstance(holder, dict) and draw(st.integers(0, 3)) == 0:
            del holder[key]
        else:
            holder[key] = draw(values)
    return document


@st.composite
def damaged(draw: st.DrawFn, contents: list[bytes]) -> bytes:
    """One of some files, cut, or with a few bytes changed or put in."""
    content = bytearray(draw(st.sampled_from(contents)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        match draw(st.integers(0, 3)):
            case 0:
                del content[at:]
            case 1:
                content[at:at] = draw(st.binary(max_size=12))
            case _:
                content[at : at + 1] = bytes([draw(st.integers(0, 255))])
    return bytes(content)


# Readers without a database.


def reads_sheet(content: bytes) -> None:
    try:
        rows = rows_of(content)
    except UnreadableError:
        return
    for kind in ("handed_over", "notice", "petition"):
        try:
            taking_in.read(Moment(None, START, rules()), kind, rows)  # type: ignore[arg-type]
        except taking_in.NoHeads:
            pass
    try:
        enrolling.read(rules().units, Speaker(Contact(channel="web", address="1")), rows)
    except enrolling.NoHeads:
        pass


def reads_pack(document: Any) -> None:
    try:
        pack_from_json(json.dumps(document))
    except PackError:
        return


def reads_words(text: str) -> None:
    """A date, a code, and a verdict: whatever is typed anywhere."""
    found = read_date(text, date(2026, 11, 23))
    assert found is None or isinstance(found, date)
    letters = invitations.read_code(text)
    assert letters is None or len(letters) == invitations.LENGTH
    assert triage(text, BUNDLED).urgency if text.strip() else True


def keeps_picture(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        room = Storeroom(Path(folder), ZONE)
        try:
            kept = room.keep(content, "photo")
        except Refused:
            return
        assert room.read(kept.hash).startswith(b"\xff\xd8\xff")


@cache
def sheets() -> list[bytes]:
    """A list of people and a list of work, as text and as workbooks."""
    people = "Đơn vị;Họ tên;Chức vụ;Điện thoại;Vai trò\nxã Chiêu Lưu;Lan;;0912345678;cán bộ\n"
    work = (
        "Nội dung;Xã;Chủ trì;Phối hợp;Hạn;Nguồn\nĐường hỏng;Con Cuông;Sở Xây dựng;;30/12/2026;3\n"
    )
    return [people.encode(), work.encode(), *(_book(text) for text in (people, work))]


def _book(text: str) -> bytes:
    import xlsxwriter  # noqa: PLC0415  only where a workbook is made

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(text.splitlines()):
            sheet.write_row(n, 0, row.split(";"))
    return out.getvalue()


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook whose parts are damaged inside a sound archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draw(st.sampled_from(sheets()[2:])))) as sound:
        parts = {
            name: sound.read(name)
            for name in sound.namelist()
            if "shared" in name or "/sheet" in name
        }
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, draw(damaged([content])))
    return out.getvalue()


# The whole program.


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
        "sheets": (st.one_of(damaged(sheets()), workbooks(), st.binary(max_size=300)), reads_sheet),
        "words": (words, reads_words),
        "pictures": (st.one_of(damaged(pictures), st.binary(max_size=200)), keeps_picture),
        "packs": (spoilt([_small(pack)]), reads_pack),
    }


def _small(pack: Any) -> Any:
    """The pack with few rows of each list, so that most of what is spoilt is of another kind."""
    if isinstance(pack, dict):
        return {key: _small(value) for key, value in pack.items()}
    return [_small(value) for value in pack[:3]] if isinstance(pack, list) else pack


def tries(
    strategy: st.SearchStrategy[Any],
    check: Callable[[Any], None],
    *,
    examples: int,
    again: bool = True,
) -> None:
    """Give so many examples to a check; `again` means the same ones each time."""

    @settings(
        max_examples=examples,
        derandomize=again,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def tried(example: Any) -> None:
        check(example)

    tried()

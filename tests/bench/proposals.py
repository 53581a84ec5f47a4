"""How right proposals are in made-up months whose truth is known: shared outages, needs alike.

The planted reports go through triage and the real acts on SQLite, among ordinary reports that ask
for nothing. Decoys are almost an outage or a common need, and must not be proposed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bot.app import ensure_pack
from province.pack import Commune
from storage.clusters import Cluster
from storage.engine import Database, migrate
from storage.outages import Outage
from storage.people import Contact, Duty, Person, Role, Speaker
from tests.bench import people, sampler
from tests.bench.figures import Figure
from tests.site import START, rules
from tickets.acts import reporting
from tickets.acts.reporting import Report
from tickets.agenda import plan_touched
from tickets.chair import asks_for_means
from tickets.likeness import kilometres
from tickets.moment import Moment
from tickets.wants import ALSO
from triage import triage
from triage.training import read_examples

PRECISION, RECALL = 0.95, 0.90
LIVES, FEW = 8, 2
DAYS = 85
ORDINARY = 150
"""Reports beside the planted ones in each life."""
FAILURES = {
    "iOffice": (
        "iOffice từ sáng không đăng nhập được", "ioffice k vao dc, bao loi 502",
        "Hệ thống iOffice bị treo, không gửi được văn bản", "phan mem ioffice loi tu sang den gio",
    ),
    "một cửa": (
        "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra",
        "phan mem 1 cua loi, khong nop ho so duoc", "Hệ thống một cửa bị treo, dân chờ cả buổi",
        "một cửa điện tử báo lỗi 503, không tiếp nhận được hồ sơ",
    ),
    "VNeID": (
        "VNeID lỗi, không xác thực được cho dân làm thủ tục", "vneid k dang nhap dc ca sang nay",
        "Ứng dụng VNeID bị treo, dân không đăng nhập được", "dinh danh dien tu loi khong vao duoc",
    ),
    "chữ ký số": (
        "Chữ ký số báo lỗi, không ký được văn bản", "chu ky so loi k ky dc van ban tu sang",
        "USB token chữ ký số không nhận, không ký được",
        "ký số bị lỗi, chứng thư số không xác thực được",
    ),
}  # fmt: skip
ASKED = {
    "máy xúc": (
        "Xã xin cấp một máy xúc để hót đất sạt trên đường liên bản",
        "xa de nghi ho tro 01 may xuc don dat da sat lo duong ban",
        "Đề nghị tỉnh cấp máy xúc cho xã để khắc phục sạt lở các tuyến đường bản",
    ),
    "máy scan": (
        "Máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới",
        "xin cap may scan cho bo phan mot cua, may cu hong roi",
        "Xã thiếu máy scan, bộ phận một cửa phải đi nhờ, đề nghị trang bị",
    ),
    "giáo viên tiếng Anh": (
        "Trường THCS thiếu giáo viên tiếng Anh, đề nghị biệt phái",
        "truong tieu hoc thieu gv tieng anh 2 nam nay",
        "Xã thiếu 2 giáo viên tiếng Anh, xin bổ sung đầu năm học",
    ),
    "giáo viên tin học": (
        "Trường thiếu giáo viên tin học, chưa dạy được lớp 3",
        "thieu giao vien tin hoc o ca 2 truong tieu hoc",
        "Đề nghị bổ sung giáo viên tin học cho trường PTDTBT",
    ),
    "trạm BTS": (
        "Bản trong xã lõm sóng, xin trạm BTS", "ban xa trung tam k co song dien thoai, xin bts",
        "Đề nghị lắp trạm BTS cho bản chưa có sóng di động",
    ),
    "máy tính": (
        "Máy tính của xã cũ quá không chạy nổi phần mềm, xin cấp máy mới",
        "thieu may tinh cho can bo chuyen ve, xin cap",
        "Đề nghị trang bị máy tính cho bộ phận một cửa",
    ),
}  # fmt: skip


@dataclass(slots=True)
class Planted:
    """Something that was planted: whether it is one matter, whose it is, and which reports."""

    kind: str
    is_true: bool
    what: str
    said: list[tuple[datetime, str, str]]
    """(when, commune, text)."""
    tickets: set[int] = field(default_factory=set)


async def measure(*, is_short: bool = False, profile: bool = False) -> list[Figure]:
    """Precision and recall of both kinds of proposal, over some lives."""
    right = dict.fromkeys(("outage", "need"), 0)
    made, planted, found = dict(right), dict(right), dict(right)
    for seed in range(FEW if is_short else LIVES):
        with TemporaryDirectory() as folder, sampler.sampling(enabled=profile):
            everything, outages, clusters = await _life(seed, Path(folder))
        for kind, proposals in (("outage", outages), ("need", clusters)):
            own = [one for one in everything if one.kind == kind]
            hits = [_matched(tickets, own) for tickets in proposals]
            made[kind] += len(proposals)
            right[kind] += sum(hit is not None for hit in hits)
            planted[kind] += sum(one.is_true for one in own)
            found[kind] += len({id(hit) for hit in hits if hit is not None})
    figures = []
    for kind in right:
        precision, recall = right[kind] / max(1, made[kind]), found[kind] / max(1, planted[kind])
        name = f"{kind}: precision (of {made[kind]})"
        figures.append(Figure("proposal", name, precision, "share", PRECISION))
        name = f"{kind}: recall (of {planted[kind]})"
        figures.append(Figure("proposal", name, recall, "share", RECALL))
    return figures


def _matched(tickets: set[int], own: Sequence[Planted]) -> Planted | None:
    """The planted matter that a proposal is about: nearly all of its tickets are of that one."""
    for one in own:
        if one.is_true and len(tickets & one.tickets) >= max(3, 0.8 * len(tickets)):
            return one
    return None


async def _life(seed: int, folder: Path) -> tuple[list[Planted], list[set[int]], list[set[int]]]:
    url = f"sqlite:///{(folder / 'life.db').as_posix()}"
    migrate(url)
    database = Database(url)
    await ensure_pack(database, people.BUNDLED_PACK, START)
    chance = random.Random(seed)
    planted = [*_failures(chance), *_needs(chance)]
    said = [(at, unit, text, one) for one in planted for at, unit, text in one.said]
    ordinary: list[tuple[datetime, str, str, Planted | None]] = list(_ordinary(chance))
    speakers = await _move_in(database)
    for at, unit, text, one in sorted([*said, *ordinary], key=lambda row: row[0]):
        async with database.transaction() as session:
            moment = Moment(session, at, rules())
            verdict = triage(text, rules().pack, home=unit)
            ticket = await reporting.open_ticket(moment, speakers[unit], Report(text, at), verdict)
            if one is not None and ticket.id is not None:
                one.tickets.add(ticket.id)
            plan_touched(moment)
    async with database.reading() as session:
        clusters = [set(row.tickets) for row in (await session.execute(select(Cluster))).scalars()]
        rows = list((await session.execute(select(Outage))).scalars())
    outages = [_reported(row, planted) for row in rows]
    await database.close()
    return planted, outages, clusters


def _reported(row: Outage, planted: Sequence[Planted]) -> set[int]:
    """The planted tickets of the window before a proposal; {-1} where there are none."""
    for one in planted:
        begun, ended = min(at for at, _, _ in one.said), max(at for at, _, _ in one.said)
        if one.what == row.subject and begun <= row.proposed_at <= ended:
            return one.tickets
    return {-1}


def _failures(chance: random.Random) -> Iterator[Planted]:
    """Ten mornings: failures of 3 to 30 communes, and what is almost one."""
    codes = [commune.code for commune in rules().pack.communes]
    for number in range(10):
        begun = START + timedelta(days=7 * number + chance.randrange(3))
        what = chance.choice(sorted(FAILURES))
        is_true = number % 5 != 0
        count = chance.randint(3, 30) if is_true else chance.choice((2, 3))
        units = chance.sample(codes, count)
        minutes = 110.0 if is_true else 20.0
        if not is_true and count > 2:
            units = [units[0]] * count
        times = sorted(chance.random() * minutes for _ in units)
        said = [
            (begun + timedelta(minutes=at), unit, chance.choice(FAILURES[what]))
            for at, unit in zip(times, units, strict=True)
        ]
        yield Planted("outage", is_true, what, said)


def _needs(chance: random.Random) -> Iterator[Planted]:
    """Each thing once: asked for by neighbours, or by too few, too far, or the same commune."""
    things = sorted(ASKED)
    chance.shuffle(things)
    for number, what in enumerate(things):
        is_true = number < len(things) - 2
        units = _neighbours(chance, chance.randint(3, 6)) if is_true else _decoy(chance, number % 2)
        days = 50.0
        said = [
            (
                START + timedelta(days=20 + chance.random() * days, minutes=chance.randrange(400)),
                unit,
                chance.choice(ASKED[what]),
            )
            for unit in units
        ]
        yield Planted("need", is_true, what, said)


def _neighbours(chance: random.Random, count: int) -> list[str]:
    """Communes of one former district."""
    districts: dict[str, list[str]] = {}
    for commune in rules().pack.communes:
        districts.setdefault(commune.old_district, []).append(commune.code)
    large = sorted(name for name, codes in districts.items() if len(codes) >= count)
    return chance.sample(districts[chance.choice(large)], count)


def _decoy(chance: random.Random, way: int) -> list[str]:
    """Two neighbours and the same again; or three communes far from each other."""
    if way == 0:
        two = _neighbours(chance, 2)
        return [*two, two[0]]
    far: list[Commune] = []
    communes = list(rules().pack.communes)
    chance.shuffle(communes)
    for commune in communes:
        if all(kilometres(*commune.place, *other.place) > 50 for other in far):
            far.append(commune)
    return [commune.code for commune in far[:3]]


def _ordinary(chance: random.Random) -> Iterator[tuple[datetime, str, str, None]]:
    """What communes report besides: nothing that asks for a thing, by its label."""
    routes = {route.category: route for route in rules().pack.routing}
    asks = {name for name, route in routes.items() if asks_for_means(route)} | ALSO
    texts = [
        row.text for row in read_examples() if row.category in routes and row.category not in asks
    ]
    codes = [commune.code for commune in rules().pack.communes]
    for _ in range(ORDINARY):
        at = START + timedelta(days=chance.random() * DAYS)
        yield at, chance.choice(codes), chance.choice(texts), None


async def _move_in(database: Database) -> dict[str, Speaker]:
    found = {}
    async with database.transaction() as session:
        for commune in rules().pack.communes:
            person = Person(name=f"Cán bộ {commune.name}", joined_at=START)
            session.add(person)
            await session.flush()
            contact = Contact(channel="web", address=commune.code, person_id=person.id)
            duty = Duty(
                person_id=person.id or 0, unit=commune.code, role=Role.REPORTER, since=START
            )
            session.add_all([contact, duty])
            await session.flush()
            found[commune.code] = Speaker(contact, person, ((commune.code, Role.REPORTER),))
        session.expunge_all()
    return found

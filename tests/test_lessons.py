"""What corrections teach, how much of whom, and which model comes in force: `thaogo learn`."""

import asyncio
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.lessons import learn, roll_back
from bot.settings import Settings
from province.lookup import lookup
from storage import tickets as rows
from storage.corrections import Corrected, corrected, ended
from storage.engine import Database, migrate
from storage.people import Contact, Person, Role
from storage.tickets import Ticket
from tests.world import BUNDLED, START, World
from tickets.lessons import lessons, stripped
from triage import choose, comparing, model, triage, versions
from triage.measure import Labelled
from triage.training import Example
from triage.training import Settings as Tuning
from triage.training import learn as taught

TODAY = date(2026, 11, 23)
BRIDGE = "bridge_spillway"
SCANNER = "computers_scanners"
SHIPPED = [Example(f"cầu tràn số {n} hỏng", BRIDGE) for n in range(40)] + [
    Example(f"máy scan phòng {n} hỏng", SCANNER) for n in range(40)
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ông Nguyễn Văn An ở bản Cánh xin máy xúc", "ông ở bản Cánh xin máy xúc"),
        ("chị Lan gọi 0912 345 678 hoặc lan@tinh.example", "chị gọi hoặc"),
        ("Vi Thị Lụa báo cầu hỏng, CCCD 040190001234", "báo cầu hỏng, CCCD"),
        ("vi thị lụa báo đường QL7 km 42 sạt", "báo đường QL7 km 42 sạt"),
        ("công văn 1806/SKHCN ngày 5/11", "công văn /SKHCN ngày 5/11"),
        ("bà con bản Khe Tang thiếu nước", "bà con bản Khe Tang thiếu nước"),
    ],
)
def test_names_and_numbers_are_not_learned(text: str, left: str) -> None:
    assert stripped(text, ["Vi Thị Lụa"]) == left


def row(number: int, sender: int, category: str = SCANNER, **more: object) -> Corrected:
    fields = {
        "ticket_id": number, "text": f"máy scan thứ {number % 90} kẹt", "sender": sender,
        "category": category, "lead": "so_tai_chinh", "alternatives": (), "is_named": True,
    }  # fmt: skip
    return Corrected(**{**fields, **more})  # type: ignore[arg-type]  # a table of fields


def test_nobody_teaches_it_alone_and_no_category_is_turned_over() -> None:
    units = lookup(BUNDLED)
    loud = [row(n, 1) for n in range(30)]
    few = lessons([*loud, *(row(100 + n, 2 + n) for n in range(9))], [], units, TODAY, SHIPPED)
    assert few.kept == ()
    assert few.over_sender == 39
    many = lessons([*loud, *(row(100 + n, 2 + n) for n in range(60))], [], units, TODAY, SHIPPED)
    counts = Counter(lesson.sender for lesson in many.kept)
    assert max(counts.values()) <= 0.05 * len(many.kept)
    assert len(many.kept) <= 40
    assert many.over_category == 50


def test_a_reroute_is_labelled_only_where_it_is_clear() -> None:
    units = lookup(BUNDLED)
    clear = {"category": BRIDGE, "is_named": False, "alternatives": ((SCANNER, "so_tai_chinh"),)}
    for fields, label in (
        (clear, SCANNER),
        ({**clear, "alternatives": ()}, None),
        ({**clear, "alternatives": ((SCANNER, "so_tai_chinh"), (BRIDGE, "so_tai_chinh"))}, None),
        ({**clear, "category": "no_such_category", "is_named": True}, None),
    ):
        rows = [row(n, n, **fields) for n in range(20)]
        found = lessons(rows, [], units, TODAY, SHIPPED)
        assert {lesson.example.category for lesson in found.kept} == ({label} if label else set())
        assert found.unlabelled == (0 if label else 20)


async def test_what_people_corrected_and_confirmed_is_found_in_the_books(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says("Hai máy scan ở trung tâm hành chính công hỏng, xin cấp máy mới")
    ticket = await world.ticket()
    wrong = await world.joins(ticket.lead, Role.STAFF, name="Minh")
    right = await world.joins("so_y_te", Role.STAFF, name="Hoa")
    await wrong.says("1 chuyển sở y tế: máy của trạm y tế")
    async with world.database.reading() as session:
        assert await corrected(session) == []
    await right.says("1 tiếp nhận")
    await right.says("1 đã xử lý: đã cấp hai máy; quyết định 12/QĐ-SYT")
    if (await world.ticket()).proposal:
        head = await world.joins("so_y_te", Role.HEAD, name="Trưởng")
        await right.says("1 đã xử lý: đã cấp hai máy")
        await head.presses("Duyệt")
    await official.says("1 đã xong")
    async with world.database.reading() as session:
        (found,) = await corrected(session)
        assert (found.lead, found.is_named, found.sender) == ("so_y_te", False, ticket.reporter_id)
        (last,) = await ended(session, 10)
        assert last.lead == "so_y_te"


def made(table: int, version: str) -> model.Model:
    """A small model that always says one of two labels."""
    labels = (BRIDGE, SCANNER)
    rows = np.zeros((1, 4), np.int8)
    rows[0, table] = 1
    scale = np.ones(4, np.float32)
    keys, rarity = np.zeros(1, np.uint32), np.ones(1, np.float32)
    return model.Model(keys, rarity, rows, scale, labels, 0.1, version, 0.7)


def test_three_earlier_models_are_kept_and_gone_back_to(tmp_path: Path) -> None:
    assert versions.in_force(tmp_path) is None
    assert versions.roll_back(tmp_path) is None
    for number in range(5):
        versions.put(tmp_path, made(0, f"v{number}"), f"2026-11-2{number}", {"n": number}, "b")
    assert [row.version for row in versions.kept(tmp_path)] == ["v1", "v2", "v3", "v4"]
    assert len(list(tmp_path.glob("*.npz"))) == 4
    for wanted in ("v3", "v2", "v1"):
        back = versions.roll_back(tmp_path)
        assert back is not None
        assert back.version == wanted
    assert versions.roll_back(tmp_path) is None
    (tmp_path / "models.json").write_text("{broken")
    assert versions.in_force(tmp_path) is None


def test_the_first_learned_model_goes_back_to_the_bundled_one(tmp_path: Path) -> None:
    versions.put(tmp_path, made(0, "own"), "2026-11-23", {}, "bundled")
    assert versions.in_force(tmp_path) == tmp_path / "model-own.npz"
    back = versions.roll_back(tmp_path)
    assert back is not None
    assert (back.version, back.file, versions.in_force(tmp_path)) == ("bundled", "", None)


def test_a_file_that_is_no_model_leaves_the_bundled_one(tmp_path: Path) -> None:
    bundled = model.load().version
    broken = tmp_path / "model-x.npz"
    broken.write_bytes(b"no zip")
    try:
        assert choose(broken) == bundled
        assert choose(tmp_path / "absent.npz") == bundled
        own = taught(BUNDLED, SHIPPED, Tuning())
        own.save(tmp_path / "own.npz")
        assert choose(tmp_path / "own.npz") == own.version != bundled
        assert triage("máy scan hỏng", BUNDLED).category == SCANNER
    finally:
        assert choose(None) == bundled


def test_nothing_may_fall_overall_or_in_a_category() -> None:
    good = taught(BUNDLED, SHIPPED, Tuning())
    swapped = [Example(e.text, BRIDGE if e.category == SCANNER else SCANNER) for e in SHIPPED]
    bad = taught(BUNDLED, swapped, Tuning())
    sets = {
        "frozen": [
            Labelled(f"cầu tràn số {n} hỏng", frozenset({"so_xay_dung"}), BRIDGE) for n in range(9)
        ],
        "real": [],
    }
    same = comparing.compare(BUNDLED, good, good, sets)
    assert same.falls == ()
    worse = comparing.compare(BUNDLED, good, bad, sets)
    assert {fall.where for fall in worse.falls} == {"frozen", "category"}
    assert comparing.compare(BUNDLED, bad, good, sets).falls == ()
    assert json.dumps(worse.as_json())


def test_without_corrections_nothing_is_learned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path)
    assert learn(settings, [], as_json=True, bundled=SHIPPED) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["in_force"], report["learned"]) == (False, 0)
    assert roll_back(settings, as_json=False) == 1


@pytest.mark.prove
def test_a_model_learned_from_twenty_people_comes_in_force_and_goes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path)
    migrate(settings.database)
    asyncio.run(corrections_of(settings, 20))
    frozen = tmp_path / "frozen.jsonl"
    frozen.write_text('{"text": "máy scan của xã hỏng", "category": "computers_scanners"}\n')
    assert learn(settings, [frozen], as_json=True, bundled=SHIPPED) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["learned"], report["falls"], report["in_force"]) == (20, [], True)
    own = versions.in_force(settings.models)
    assert own is not None
    assert model.load(own).version == report["version"] != report["present"]

    worse = tmp_path / "worse.jsonl"
    worse.write_text(
        '{"text": "Trường thiếu giáo viên tiếng Anh", "category": "teacher_shortage"}\n', "utf-8"
    )
    assert roll_back(settings, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"in_force": report["present"]}
    assert versions.in_force(settings.models) is None
    swapped = [Example("Trường thiếu giáo viên tiếng Anh", SCANNER) for _ in range(60)]
    assert learn(settings, [worse], as_json=False, bundled=[*SHIPPED, *swapped]) == 1
    told = capsys.readouterr().out
    assert "falls: category teacher_shortage" in told
    assert "the present model stays in force" in told


async def corrections_of(settings: Settings, senders: int) -> None:
    """Each of some people reported something whose category a coordinator corrected."""
    database = Database(settings.database)
    async with database.transaction() as session:
        session.add(Person(id=1, name="Điều phối", joined_at=START))
        for number in range(2, senders + 2):
            session.add(Person(id=number, name=f"Cán bộ {number}", joined_at=START))
        await session.flush()
        session.add(Contact(id=1, channel="web", address="a", person_id=1))
        await session.flush()
        for number in range(2, senders + 2):
            ticket = Ticket(
                id=number, code=f"NA-26-{number:06}", commune="chieu_luu", reporter_id=number,
                contact_id=1, lead="so_tai_chinh", category=SCANNER, opened_at=START,
                text=f"máy scan kẹt giấy ở phòng {number}",
            )  # fmt: skip
            session.add(ticket)
            await session.flush()
            rows.log(session, ticket, "recategorised", at=START, actor="person:1", new=SCANNER)
    await database.close()

"""What failed is seen by an administrator, set going again exactly once, or let rest."""

import asyncio
import json

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage import inbox
from storage.engine import Database
from storage.inbox import Received
from storage.outbox import Fate, Kind, Notice
from storage.people import Role
from tests.world import START, World

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"
OFFICE = "van_phong_ubnd"


class Poison:
    """A handler that fails on some words until it is healed."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
        self.fails, self.words = True, words
        self.handle = world.program.intake.handle
        monkeypatch.setattr(world.program.intake, "handle", self)

    async def __call__(self, moment, who, chat, said, reply):
        if self.fails and self.words in said.text:
            raise ZeroDivisionError
        await self.handle(moment, who, chat, said, reply)


async def fate_of(world: World, number: int) -> str:
    async with world.database.reading() as session:
        row = await session.get(Received, number)
        assert row is not None
        return row.fate


async def test_an_update_that_was_set_aside_is_handled_again_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    poison = Poison(world, monkeypatch, "Phần mềm")
    await official.says(SOFTWARE)
    assert await world.tickets() == []
    await admin.news()
    await admin.says("/hong")
    (shown,) = await admin.news()
    assert "Nhận " in shown
    assert "xã Chiêu Lưu" in shown
    assert "ZeroDivisionError" in shown
    assert "Phần mềm" not in shown
    label = next(label for label in await admin.labels() if label.startswith("Xử lý lại"))

    await admin.presses(label)
    await world.forward(seconds=2)
    heard = await admin.news()
    assert any("đang xử lý lại" in text for text in heard)
    assert any("không xử lý được" in text for text in heard)
    poison.fails = False
    await admin.presses(label)
    await world.forward(seconds=2)
    assert (await world.ticket()).text == SOFTWARE
    assert any("NA-26-000001" in text for text in await official.news())
    await admin.news()
    await admin.presses(label)
    await world.forward(seconds=2)
    assert "đã có người xử lý" in (await admin.news())[-1]
    assert len(await world.tickets()) == 1
    await admin.says("tin hỏng")
    assert await admin.news() == ["Không có tin hỏng nào."]


async def test_an_album_that_was_set_aside_comes_again_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    poison = Poison(world, monkeypatch, "Phần mềm")
    await official.sends_photos(2, SOFTWARE)
    await world.forward(seconds=3)
    poison.fails = False
    await admin.says("/hong")
    label = next(label for label in await admin.labels() if label.startswith("Xử lý lại"))
    await admin.presses(label)
    await world.forward(seconds=3)
    ticket = await world.ticket()
    assert (ticket.text, ticket.files) == (SOFTWARE, 2)


async def test_an_update_is_let_rest_and_its_words_are_deleted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    Poison(world, monkeypatch, "độc")
    await official.says("độc")
    await admin.says("/hong")
    label = next(label for label in await admin.labels() if label.startswith("Bỏ tin"))
    await admin.presses(label)
    assert "đã bỏ, nội dung đã xóa" in (await admin.news())[-1]
    assert "inbox" not in await world.kept_texts("độc")


async def test_what_a_channel_cannot_read_is_set_aside_again(world: World) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    await world.program.intake.set_aside_payload("web", "u1", {"odd": 1}, "no message")
    await world.settle()
    await admin.says("/hong")
    label = next(label for label in await admin.labels() if label.startswith("Xử lý lại"))
    await admin.presses(label)
    await world.forward(seconds=2)
    async with world.database.reading() as session:
        (row,) = await inbox.all_set_aside(session)
    assert "ValidationError" in row.error


async def dead(world: World) -> list[Notice]:
    async with world.database.reading() as session:
        rows = await session.execute(
            select(Notice).where(col(Notice.fate) == Fate.DEAD, col(Notice.kind) != Kind.EDIT)
        )
        return list(rows.scalars())


async def test_a_dead_letter_is_sent_again_once_a_press(world: World) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await admin.says("/khoa Lan")
    await admin.presses("Khóa")
    await staff.presses("Tiếp nhận")
    (letter,) = await dead(world)
    await admin.news()
    await admin.says("/hong")
    (shown,) = await admin.news()
    assert f"Gửi {letter.id}" in shown
    assert "NA-26-000001" in shown
    assert "xã Chiêu Lưu" in shown
    assert "không có kênh nào tới được" in shown
    assert "Phần mềm" not in shown
    label = f"Gửi lại {letter.id}"

    await admin.presses(label)
    assert "đang gửi lại" in (await admin.news())[0]
    (again,) = await dead(world)
    assert again.ended_at == letter.ended_at  # the clock stood still
    await world.forward(seconds=5)
    await admin.says("/mokhoa Lan")
    await admin.presses("Mở khóa")
    await official.news()
    await admin.presses(label)
    assert any("đã tiếp nhận" in text for text in await official.news())
    await admin.presses(label)
    assert "đã có người xử lý" in (await admin.news())[-1]
    assert await official.news() == []
    assert await dead(world) == []


async def test_a_dead_letter_is_let_rest(world: World) -> None:
    admin = await world.joins(OFFICE, Role.ADMIN, name="Quân")
    official = await world.joins("chieu_luu", name="Lan")
    staff = await world.joins("so_khoa_hoc_cong_nghe", Role.STAFF, name="Minh")
    await official.says(SOFTWARE)
    await admin.says("/khoa Lan")
    await admin.presses("Khóa")
    await staff.presses("Tiếp nhận")
    (letter,) = await dead(world)
    await admin.says("/hong")
    await admin.says(f"bỏ {letter.id}")
    assert "đã bỏ, không gửi nữa" in (await admin.news())[-1]
    assert await dead(world) == []


async def test_only_who_runs_the_line_sees_what_failed(world: World) -> None:
    coordinator = await world.joins(OFFICE, Role.COORDINATOR, name="Hà")
    head = await world.joins(OFFICE, Role.HEAD, name="Thu")
    await coordinator.says("/hong")
    assert "Không có tin hỏng" in (await coordinator.news())[0]
    await head.says("/hong")
    assert await head.news() == [
        "Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì."
    ]


def test_the_command_line_lists_what_failed(run) -> None:
    status, out, _ = run("failed", "--json")
    assert (status, json.loads(out)) == (0, {"failed": []})
    status, _, complaint = run("failed", "--replay", "7")
    assert (status, "7 does not wait" in complaint) == (1, True)
    assert run("examples") == (0, "", "")


def test_the_command_line_sets_an_update_going_again(run, tmp_path) -> None:
    run("invite", "--unit", "chieu_luu", "--role", "reporter")

    async def put() -> None:
        database = Database(f"sqlite:///{tmp_path / 'var' / 'thaogo.db'}")
        async with database.transaction() as session:
            row = {"channel": "web", "key": "k", "received_at": START}
            await inbox.set_aside(session, row, {"text": "bí mật"}, "KeyError")
        await database.close()

    asyncio.run(put())
    status, out, _ = run("failed")
    assert status == 1
    assert "update 1" in out
    assert "KeyError" in out
    assert "bí mật" not in out
    assert run("failed", "--replay", "1")[:2] == (0, "replay 1: ok\n")
    assert run("failed", "--replay", "1")[0] == 1
    assert run("failed", "--forget", "1")[0] == 1

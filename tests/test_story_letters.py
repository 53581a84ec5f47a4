"""Drafts of letters: asked for in chat, opened by a link, finished by people, numbered after."""

import io
import re

import docx
import httpx

from bot.storeroom import Refused
from storage.people import Person, Role
from tests.site import ORIGIN
from tests.test_story_work import people
from tests.world import World
from web.app import Doors, create_app
from web.hub import Hub

LINK = re.compile(r"/letters/([\w-]+)")


async def opened(world: World, token: str, kind: str = "letters") -> httpx.Response:
    """What a browser gets at a file's address."""
    doors = Doors(
        database=world.database,
        hub=Hub(),
        now=lambda: world.now,
        receive=world.program.intake.receive,
        keep_upload=world.program.storeroom.keep,
        refused=Refused,
        read_file=world.program.storeroom.read,
        forget_file=world.program.storeroom.forget,
        rules=world.program.packs.in_force,
        ready=list,
    )
    transport = httpx.ASGITransport(create_app(doors), client=("10.0.0.7", 5000))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        return await client.get(f"/{kind}/{token}")


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


async def test_three_drafts_and_the_number_that_was_issued(world: World) -> None:
    official, officer, _ = await people(world)
    await official.says("thêm: <b>& máy \x0b cũ")
    await officer.presses("Việc khác")
    await officer.presses("Soạn văn bản")
    text = (await officer.last()).text
    answer, transfer, proposal = LINK.findall(text)
    written = words_of((await opened(world, answer)).content)
    assert "SỞ TÀI CHÍNH" in written and "UBND TỈNH NGHỆ AN" in written
    assert "UBND xã Con Cuông" in written and "2 máy scan hỏng" in written
    assert "chuyển để xem xét" in words_of((await opened(world, transfer)).content)
    assert "vượt thẩm quyền" in words_of((await opened(world, proposal)).content)
    assert (await opened(world, answer)).status_code == 200  # chats look into links first

    await officer.says("1 văn bản chưa có")
    assert "số văn bản nào" in (await officer.last()).text
    await officer.says("125/stc-qlns")
    assert (await world.ticket()).document == "125/stc-qlns"
    assert "125/stc-qlns" in (await officer.last()).text


async def test_a_link_ends_with_the_day_and_with_the_right(world: World) -> None:
    _, officer, _ = await people(world)
    await officer.says("soạn văn bản")
    token = LINK.findall((await officer.last()).text)[0]
    assert (await opened(world, "x" * 43)).status_code == 404
    async with world.database.transaction() as session:
        person = await session.get(Person, 2)
        assert person is not None
        person.active = False
    assert (await opened(world, token)).status_code == 404
    async with world.database.transaction() as session:
        person = await session.get(Person, 2)
        assert person is not None
        person.active = True
    assert (await opened(world, token)).status_code == 200
    await world.forward(hours=25)
    assert (await opened(world, token)).status_code == 404


async def test_nobody_else_is_given_a_draft(world: World) -> None:
    official, officer, _ = await people(world)
    other = await world.joins("so_y_te", Role.STAFF)
    card = next(message for message in await officer.chat.screen() if message.buttons)
    press = dict(card.buttons)["Việc khác"].replace(":more:", ":draft:")
    for somebody in (official, other):
        await somebody.presses_data(press)
        assert "letters" not in (await somebody.last()).text

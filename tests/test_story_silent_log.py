"""A day with everything in it, failures included: the log tells no name, number, word or token."""

import logging
import re
import sys

import pytest

from bot.logs import start_logging
from storage.people import Role
from tests.desks import console, link_of
from tests.doubles.bot_api import TOKEN
from tests.site import site_of
from tests.world import World

NAME, PHONE = "Nguyễn Thị Hồng Thắm", "0912345678"
WORDS = "Sạt lở đất tràn vào 2 nhà dân bản Khe Tang, có người bị vùi, cần cứu gấp"
POISON = "Máy in của bộ phận một cửa hỏng trục cuốn"


@pytest.mark.parametrize("world", [("telegram", "sqlite")], ids="+".join, indirect=True)
async def test_the_log_of_a_day_tells_nothing_of_anybody(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("DEBUG")
    logging.getLogger().handlers[0].stream = sys.stderr  # type: ignore[attr-defined]  # capsys' own
    code = await world.invited("chieu_luu", Role.REPORTER, name=NAME)
    official = world.stranger(NAME)
    for said in (f"/start {code}", f"điện thoại: {PHONE}", WORDS, "/start AAAA-BBBB-2222"):
        await official.says(said)
    await official.sends_photos(1, "ảnh đường vào bản Khe Tang")
    ticket, *_ = await world.tickets()
    head = await world.joins(ticket.lead, Role.HEAD, name="Trần Văn Quyết")
    link = await link_of(head)
    assert world.api is not None
    world.api.fail(cut=True, method="sendMessage")
    world.api.fail(status=400, description=f"Bad Request: {WORDS}", method="sendMessage")
    await official.says("/phieu")
    await world.forward(minutes=1)
    handle = world.program.intake.handle

    async def fails(moment, who, chat, said, reply):
        if POISON in said.text:
            raise ValueError(f"{said.text} {who.person.name} {TOKEN}")
        await handle(moment, who, chat, said, reply)

    monkeypatch.setattr(world.program.intake, "handle", fails)
    await official.says(POISON)
    site = site_of(world)
    async with console(site, head) as browser, site.browser() as stranger:
        await browser.get(f"/phieu/{ticket.code}?tim={WORDS}")
        await browser.post(f"/phieu/{ticket.code}/viec", {"viec": "note", "loi": WORDS})
        await stranger.post(f"/vao/{link}")
        await stranger.post(f"/join/{code}", {"key": "0123456789abcdef"})

        def broken(*_: object) -> None:
            raise RuntimeError(f"{WORDS} {PHONE} {link}")

        monkeypatch.setattr("web.console.ticket.sheet", broken)
        assert (await browser.get(f"/phieu/{ticket.code}")).status_code == 500
    logged = "".join(capsys.readouterr())
    assert "page failed" in logged and "set aside" in logged
    wanted = (
        NAME,
        *NAME.split(),
        PHONE,
        WORDS,
        POISON,
        "Khe Tang",
        "trục cuốn",
        code,
        link,
        "Quyết",
    )
    found = [word for word in (*wanted, TOKEN, TOKEN.partition(":")[2]) if word in logged]
    assert not found, [line for line in logged.splitlines() if any(w in line for w in found)]
    assert not re.search(r"\b0\d{9}\b|\b84\d{9}\b", logged)

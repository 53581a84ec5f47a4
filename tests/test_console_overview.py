"""The leadership's page: every figure of a small province, and where each leads."""

import re
from datetime import timedelta

from storage.people import Role
from tests.desks import console
from tests.site import site_of
from tests.test_story_lists import BRIDGE, copied, made
from tests.test_story_work import SCANNER
from tests.world import START, World


def numbers(page: str) -> list[int]:
    """Open, emergencies, new, late, unanswered, shared outages, needs alike."""
    head = page[page.index('class="numbers"') : page.index("</ul>")]
    return [int(n) for n in re.findall(r"<b>(\d+)</b>", head)]


async def test_todays_picture_and_its_drill_down(world: World) -> None:
    official = await world.joins("chieu_luu")
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    await official.says(BRIDGE)
    await copied(world, 6, lead="so_y_te")
    await copied(world, 1, code="NA-26-000300", commune="con_cuong", urgency="emergency")
    await made(world, answered_at=world.now)
    async with console(site_of(world), leader) as browser:
        page = (await browser.get("/toan-canh")).text
        assert numbers(page) == [8, 1, 8, 0, 7, 0, 0]
        assert "Không có việc nào chờ." in page
        head = page[page.index('class="numbers"') : page.index("</ul>")]
        for address, count in re.findall(r'<a href="(/phieu[^"]*)"><b>(\d+)</b></a>', head):
            listed = (await browser.get(address.replace("&amp;", "&"))).text
            shown = re.search(r"<caption>(\d+) phiếu", listed)
            assert (shown[1] if shown else "0") == count, address
        assert page.count('class="bubble') == 2
        assert "/phieu?xa=con_cuong" in page
        assert "không xếp hạng xã" in " ".join(page.split())
        assert (await browser.get("/can-xem")).status_code == 404
        table = (await browser.get("/toan-canh?bang=1")).text
        assert '<svg class="map"' not in table
        assert table.index("xã Chiêu Lưu</a>") < table.index("xã Con Cuông</a>")


async def test_what_is_overdue_by_department_and_step(world: World) -> None:
    official = await world.joins("chieu_luu")
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    await official.says(BRIDGE)
    steps = [{"post": post, "after": "1 days", "asks": "x"} for post in ("assignee", "vice_chair")]
    past = START - timedelta(days=3)
    told = {
        "pack": 1, "urgency": "normal", "clock": "office", "steps": steps, "of": "acknowledge",
        "by": past.isoformat(), "told": [past.isoformat()],
    }  # fmt: skip
    for n in range(5):
        climbed = {**told, "told": [past.isoformat()] * 2} if n == 0 else told
        await copied(
            world, 1, lead="so_y_te", code=f"NA-26-00040{n}", ladder=climbed, acknowledge_by=past
        )
    async with console(site_of(world), leader) as browser:
        page = (await browser.get("/toan-canh")).text
        assert numbers(page)[3] == 5
        assert re.findall(r"NA-26-\d{6}(?=</a>)", page) == ["NA-26-000400"]
        assert "đã báo lãnh đạo tỉnh" in page
        assert page.count('class="bubble red"') == 1
        row = page[page.index("dv=so_y_te&amp;qh=1") :]
        cells = re.findall(r'class="n">(?:<b>)?([\d·]+)', row[: row.index("</tr>")])
        assert cells == ["5", "·", "4", "·", "·", "1"]
        found = await browser.get("/phieu?dv=so_y_te&qh=1")
        assert len(set(re.findall(r"NA-26-\d{6}", found.text))) == 5
        for odd in ("365", "'", ""):
            assert (await browser.get(f"/toan-canh?ky={odd}")).status_code == 200


async def test_a_share_is_told_only_of_enough(world: World) -> None:
    official = await world.joins("con_cuong")
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    await official.says(SCANNER)
    now = world.now
    done = {"status": "closed", "answered_at": now, "resolved_at": now, "rating": 4}
    await copied(world, 5, lead="so_y_te", reopened=1, **done)
    for n in range(4):
        await copied(world, 1, lead="so_xay_dung", **done, code=f"NA-26-00020{n}")
    async with console(site_of(world), leader) as browser:
        page = (await browser.get("/toan-canh")).text
    board = page[page.index('id="bang-diem"') :]

    def row(unit: str) -> list[str]:
        cells = board[board.index(f"dv={unit}") :]
        found = re.findall(r'<td class="n">(.*?)</td>', cells[: cells.index("</tr>")])
        return [str(cell) for cell in found]

    assert row("so_y_te") == ["5", "100 %", "0,0 giờ", "100 %", "100 %", "·", "4,0/5"]
    assert row("so_xay_dung") == ["4", "–", "–", "–", "–", "·", "–"]


async def test_an_empty_province_has_a_page(world: World) -> None:
    leader = await world.joins("ubnd_tinh", Role.LEADER)
    async with console(site_of(world), leader) as browser:
        assert (await browser.get("/dieu-hanh")).headers["location"] == "/toan-canh"
        page = (await browser.get("/toan-canh")).text
        assert numbers(page) == [0] * 7
        assert "Không có phiếu quá hạn." in page

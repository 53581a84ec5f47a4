"""Several tickets given to one department at once: looked over, confirmed, each checked alone."""

import re

from storage.people import Role
from tests.desks import console
from tests.doubts import unsure_text
from tests.site import Browser, site_of
from tests.test_story_lists import BRIDGE, copied
from tests.world import World

PICK = re.compile(r'name="chon" value="([\w-]+:\d+)"')


async def gives(browser: Browser, chosen: list[str], **fields: str) -> tuple[int, str]:
    data = {**browser.fields, "viec": "xem", "don-vi": "so_y_te", **fields}
    answer = await browser.client.post(
        "/can-xem/giao", data={**data, "chon": chosen}, headers={"Origin": "https://thaogo.test"}
    )
    return answer.status_code, " ".join(answer.text.split())


async def test_chosen_tickets_are_looked_over_then_given_row_by_row(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says(unsure_text())
    await world.forward(minutes=16)
    await copied(world, 3)
    codes = [ticket.code for ticket in await world.tickets()]
    async with console(site_of(world), coordinator) as browser:
        chosen = PICK.findall((await browser.get("/can-xem")).text)
        assert [one.split(":")[0] for one in chosen] == codes
        assert (await gives(browser, []))[0] == 422
        assert (await gives(browser, chosen, **{"don-vi": "x"}))[0] == 422
        assert (await gives(browser, ["NA-26-000001;drop"]))[0] == 400
        odd = ["NA-26-999999:1", f"{codes[1]}:77"]
        status, page = await gives(browser, [*chosen[:1], *chosen[2:], *odd], loi="đúng ngành")
        assert status == 200
        assert page.count("sẽ giao") == 3
        assert "không có phiếu này" in page
        assert "(3)" in page
        assert {ticket.lead for ticket in await world.tickets()} != {"so_y_te"}
        sure = [one for one in PICK.findall(page) if one in chosen]
        assert len(sure) == 3
        await browser.post(
            f"/phieu/{codes[3]}/viec",
            {"viec": "decide", "thay": chosen[3].split(":")[1], "don-vi": "so_tai_chinh"},
        )
        given = {"viec": "giao", "loi": "đúng ngành"}
        _status, page = await gives(browser, sure, **given)
        assert page.count("đã giao<") == 2
        assert "hiện:" in page
        leads = {ticket.code: ticket.lead for ticket in await world.tickets()}
        assert [leads[code] for code in codes if code != codes[1]] == [
            "so_y_te", "so_y_te", "so_tai_chinh",
        ]  # fmt: skip
        versions = [ticket.version for ticket in await world.tickets()]
        _status, page = await gives(browser, sure, **given)
        assert page.count("đã giao từ lần bấm trước") == 2
        assert [ticket.version for ticket in await world.tickets()] == versions
    await world.settle()
    told = [text for text in await official.news() if "“đúng ngành”" in text]
    assert len(told) == 2


async def test_only_the_coordinator_gives(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    ticket = await world.ticket()
    for role, unit in ((Role.LEADER, "ubnd_tinh"), (Role.HEAD, ticket.lead), (Role.ADMIN, "x")):
        person = await world.joins("van_phong_ubnd" if unit == "x" else unit, role)
        async with console(site_of(world), person) as browser:
            await browser.get("/thoat")
            assert (await gives(browser, [f"{ticket.code}:1"]))[0] == 404
    assert (await world.ticket()).version == ticket.version

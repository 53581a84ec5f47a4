"""People see what is kept about them, take it along, and have it erased or stopped, in time."""

import re
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from storage.data_requests import DataRequest
from storage.outbox import Notice
from storage.people import Contact, Duty, Person, Role
from storage.tickets import TicketEvent
from tests.desks import console
from tests.site import Browser, site_of
from tests.test_story_work import SCANNER
from tests.world import Actor, World
from tickets import personal

NAME = "Nguyễn Thị Lan"
PHONE = "0912 345 678"


async def requests(world: World) -> list[DataRequest]:
    async with world.database.reading() as session:
        return list((await session.execute(select(DataRequest))).scalars())


async def joined(world: World) -> tuple[Actor, Actor]:
    official = await world.joins("chieu_luu", name=NAME)
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quân")
    await official.says(f"điện thoại: {PHONE}")
    await official.says(f"{SCANNER}. Cần gì gọi {NAME} {PHONE}")
    return official, admin


async def decides(browser: Browser, row: DataRequest, do: str, **fields: str) -> tuple[int, str]:
    for path in ("/thoat", "/du-lieu-ca-nhan"):
        await browser.get(path)
    data = {"viec": do, "so": str(row.id), "thay": str(row.version), **fields}
    data["key"] = secrets.token_hex(8)
    answer = await browser.post("/du-lieu-ca-nhan", data)
    return answer.status_code, answer.text


async def test_who_asks_is_answered_then_made_nameless(world: World) -> None:
    official, admin = await joined(world)
    await official.news()
    await official.says("xóa dữ liệu")
    await official.says("xóa dữ liệu")
    (row,) = await requests(world)
    assert row.answer_by - row.made_at < timedelta(days=5)
    assert row.stop_by - row.made_at == timedelta(days=15)
    assert "Luật 91/2025/QH15" in (await official.news())[-1]
    assert sum("yêu cầu xóa dữ liệu cá nhân" in text for text in await admin.news()) == 1
    site = site_of(world)
    async with console(site, admin) as browser:
        assert NAME in (await browser.get("/du-lieu-ca-nhan")).text
        assert (await decides(browser, row, "lam", chac="1"))[0] == 409
        assert (await decides(browser, row, "tu-choi"))[0] == 422
        assert (await decides(browser, row, "dong-y", loi="Đã nghỉ việc, xóa được"))[0] == 303
        await world.settle()
        assert any("được chấp nhận" in text for text in await official.news())
        assert (await decides(browser, row, "dong-y", loi="lần nữa"))[0] == 409
        (row,) = await requests(world)
        status, page = await decides(browser, row, "lam")
        assert status == 422
        assert "đánh dấu ô xác nhận" in page
        assert (await decides(browser, row, "lam", chac="1"))[0] == 303
        assert "đã làm xong" in (await browser.get("/du-lieu-ca-nhan")).text
    ticket = await world.ticket()
    assert ticket.text.startswith(SCANNER)
    assert "[…] […]" in ticket.text
    async with world.database.reading() as session:
        people = (await session.execute(select(Person).where(~col(Person.active)))).scalars()
        (person,) = people
        assert (person.name, person.phone) == ("Cán bộ (đã xóa tên)", "")
        mine = col(Contact.person_id) == person.id
        contacts = (await session.execute(select(Contact).where(mine))).scalars().all()
        assert all(contact.address.startswith("erased-") for contact in contacts)
        held = select(col(Duty.unit)).where(col(Duty.person_id) == person.id)
        assert list((await session.execute(held)).scalars()) == ["chieu_luu"]
        kept = [str(e.inputs) for e in (await session.execute(select(TicketEvent))).scalars()]
        kept += [n.text for n in (await session.execute(select(Notice))).scalars() if n.person_id]
        assert not [text for text in kept if NAME in text or PHONE in text]
    await official.says("vẫn nghe chứ?")
    assert len(await world.tickets()) == 1


async def test_a_request_that_nobody_answers_is_told_of_until_it_is(world: World) -> None:
    official, admin = await joined(world)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    await official.says("ngừng xử lý dữ liệu")
    await world.forward(days=4)
    assert any("Hôm nay đến hạn trả lời" in text for text in await admin.news())
    assert any("Quá hạn trả lời" in text for text in await admin.heard())
    assert any("Quá hạn trả lời" in text for text in await coordinator.heard())
    async with console(site_of(world), admin) as browser:
        (row,) = await requests(world)
        assert "quá hạn" in (await browser.get("/du-lieu-ca-nhan")).text
        assert (await decides(browser, row, "gia-han", loi="cần hỏi pháp chế"))[0] == 303
        (row,) = await requests(world)
        assert row.stop_by - row.made_at == timedelta(days=30)
        assert (await decides(browser, row, "gia-han", loi="lần hai"))[0] == 409
        await world.settle()
        await decides(browser, row, "dong-y")
        (row,) = await requests(world)
        await decides(browser, row, "lam", chac="1")
        await world.settle()
    (row,) = await requests(world)
    assert row.outcome == "done"
    assert any("cần hỏi pháp chế" in text for text in await official.heard())
    async with world.database.reading() as session:
        person = (await session.execute(select(Person).where(~col(Person.active)))).scalar_one()
    assert person.name == NAME


async def test_nobody_decides_about_their_own_request(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quân")
    await admin.says("xóa dữ liệu")
    (row,) = await requests(world)
    async with console(site_of(world), admin) as browser:
        status, page = await decides(browser, row, "dong-y")
        assert status == 403
        assert "một quản trị viên khác" in page
        await browser.get("/du-lieu")
        answer = await browser.post("/du-lieu", {"viec": "rut", "so": str(row.id)})
        assert answer.status_code == 303
        assert (await decides(browser, row, "dong-y"))[0] in {403, 409}
    assert (await requests(world))[0].outcome == "withdrawn"


async def test_ones_own_page_corrects_asks_and_takes_along(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal, "STRETCH", 2)
    official, _admin = await joined(world)
    other = await world.joins("con_cuong", name="Người Khác")
    site = site_of(world)
    async with site.browser() as stranger, site.browser() as browser:
        for path in ("/du-lieu", "/du-lieu/tai-ve"):
            assert (await stranger.get(path)).status_code == 403
        await official.says("/vao")
        link = re.search(r"/in/([\w-]+)", " ".join(await official.heard()))
        assert link
        await browser.post(f"/in/{link[1]}")
        page = (await browser.get("/du-lieu")).text
        assert NAME in page
        assert "cán bộ phản ánh xã Chiêu Lưu" in page
        changed = {"viec": "sua", "ten": "Lan <b>Anh", "dien-thoai": "1"}
        assert (await browser.post("/du-lieu", changed)).status_code == 303
        assert "Lan &lt;b&gt;Anh" in (await browser.get("/du-lieu")).text
        ask = {"viec": "yeu-cau", "loai": "correct", "loi": "sai đơn vị"}
        assert (await browser.post("/du-lieu", ask)).status_code == 303
        for odd in ({"viec": "yeu-cau", "loai": "x"}, {"viec": "sua", "ten": ""}, {"viec": "?"}):
            await browser.get("/du-lieu")
            assert (await browser.post("/du-lieu", odd)).status_code == 400
        assert (await browser.post("/du-lieu", {**changed, "csrf": "x"})).status_code == 403
        (row,) = await requests(world)
        assert (row.kind, row.words) == ("correct", "sai đơn vị")
        kept = (await browser.get("/du-lieu/tai-ve")).json()
        assert kept["person"]["phone"] == "1"
        assert kept["tickets"][0]["text"].startswith(SCANNER)
        assert [act["what"] for act in kept["acts"]][:1] == ["opened"]
        assert kept["older_acts_left_out"] is False
        monkeypatch.setattr(personal, "MOST", 1)
        fewer = (await browser.get("/du-lieu/tai-ve")).json()
        assert (fewer["acts"], fewer["older_acts_left_out"]) == (kept["acts"][-1:], True)
        assert kept["requests"][0]["words"] == "sai đơn vị"
        assert "Người Khác" not in str(kept)
    await other.says("/dulieu")
    assert "/du-lieu" in (await other.heard())[-1]


async def test_who_looked_at_what_is_noted_once(world: World) -> None:
    official, admin = await joined(world)
    ticket = await world.ticket()
    desk = await world.joins(ticket.lead, Role.STAFF, name="Minh")
    leader = await world.joins("ubnd_tinh", Role.LEADER, name="An")
    site = site_of(world)
    async with console(site, desk) as browser, console(site, leader) as second:
        for _ in range(2):
            await browser.get(f"/phieu/{ticket.code}")
        assert (await browser.get("/phieu/NA-26-999999")).status_code == 404
        await browser.get(f"/phieu/{ticket.code}/van-ban/reply")
        await browser.get("/phieu.xlsx?tim=bi+mat&xa=chieu_luu")
        await second.get("/bao-cao.docx")
        assert (await second.get("/nhat-ky/xem")).status_code == 404
    async with console(site, admin) as browser:
        page = (await browser.get("/nhat-ky/xem")).text
        assert page.count("mở phiếu") == 1
        assert page.count("Minh") == 3
        assert "xa=chieu_luu" in page
        assert "bi+mat" not in page
        assert page.index("báo cáo .docx") < page.index("danh sách .xlsx") < page.index("mở phiếu")
        one = (await browser.get(f"/nhat-ky/xem?phieu={ticket.code.lower()}")).text
        assert "tải bản thảo" in one
        assert "tải danh sách .xlsx" not in one
        for odd in ("phieu=NA-26-999999", "truoc=x&phieu=%27", "truoc=1"):
            assert "Chưa có lượt xem" in (await browser.get(f"/nhat-ky/xem?{odd}")).text or odd
    assert official is not None

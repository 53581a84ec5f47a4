"""A ticket's page: who sees it, and every act of a desk done by its forms instead of in chat."""

import re
from datetime import timedelta

from storage.media import Media
from storage.people import Role
from storage.tasks import Task, TaskStatus
from storage.tickets import Status, Ticket
from tests.desks import console
from tests.site import Browser, photo, picture, site_of
from tests.test_story_calls import SLIDE, change, province
from tests.test_story_clusters import words_of
from tests.test_story_lists import BRIDGE, copied
from tests.test_story_work import LANDSLIDE, SCANNER, SOFTWARE, heard, people
from tests.world import World


async def act(browser: Browser, ticket: Ticket, do: str, **fields: str) -> str:
    """Open the page, send one of its forms as a person would, and give back the page after it."""
    await browser.get(f"/phieu/{ticket.code}")
    data = {"viec": do, "thay": str(ticket.version), **fields}
    answer = await browser.post(f"/phieu/{ticket.code}/viec", data)
    if answer.status_code == 303:
        page = await browser.get(answer.headers["location"])
        assert page.status_code == 200, page.text
        return page.text
    return f"{answer.status_code} {answer.text}"


async def test_the_page_shows_what_is_known_and_the_history(world: World) -> None:
    _official, officer, _ = await people(world)
    ticket = await world.ticket()
    async with console(site_of(world), officer) as browser:
        page = (await browser.get(f"/phieu/{ticket.code}")).text
    assert SCANNER in page
    assert "Xã phản ánh" in page
    assert "Phân loại" in page
    assert "Theo quy tắc:" in page
    assert page.count("<circle") == 131
    assert 'class="spot"' in page
    assert "Lan" in page


async def test_whom_to_call_stands_bold_among_the_tasks_and_in_the_history(world: World) -> None:
    official, desk, office = await province(world)
    await change(world, desk, reachable=False)
    await official.says(SLIDE)
    await world.forward(minutes=1)
    ticket = await world.ticket()
    async with console(site_of(world), office) as browser:
        page = (await browser.get(f"/phieu/{ticket.code}")).text
    assert page.count("Gọi điện cho <b>") == 2


async def test_a_desk_takes_asks_and_is_answered(world: World) -> None:
    official, officer, _ = await people(world)
    async with console(site_of(world), officer) as browser:
        page = await act(browser, await world.ticket(), "ack")
        assert "Đã tiếp nhận, xã được báo." in page
        await world.settle()
        assert "đã tiếp nhận" in await heard(official, "tiếp nhận (")
        page = await act(browser, await world.ticket(), "ask", loi="Máy mua năm nào?")
        await world.settle()
        assert "Máy mua năm nào?" in await heard(official, "hỏi:")
        assert (await world.ticket()).status == Status.WAITING
        await official.says("mua nam 2019, het bao hanh roi")
        assert (await world.ticket()).status == Status.IN_PROGRESS
        page = (await browser.get(f"/phieu/{(await world.ticket()).code}")).text
        assert "mua nam 2019" in page
        assert "Đã tiếp nhận, xã được báo." not in page


async def test_a_stale_form_changes_nothing_and_keeps_the_words(world: World) -> None:
    _official, officer, _ = await people(world)
    old = await world.ticket()
    async with console(site_of(world), officer) as browser:
        await browser.get(f"/phieu/{old.code}")
        await officer.presses("Tiếp nhận")
        events = await world.events()
        data = {"viec": "update", "thay": str(old.version), "loi": "Đang kiểm tra <b>máy</b>"}
        answer = await browser.post(f"/phieu/{old.code}/viec", data)
        assert answer.status_code == 409
        assert "Chưa làm gì" in answer.text
        assert "Đang kiểm tra &lt;b&gt;máy&lt;/b&gt;" in answer.text
        assert await world.events() == events


async def test_a_button_pressed_twice_acts_once(world: World) -> None:
    _official, officer, _ = await people(world)
    ticket = await world.ticket()
    async with console(site_of(world), officer) as browser:
        await browser.get(f"/phieu/{ticket.code}")
        for _ in range(2):
            data = {"viec": "note", "thay": str(ticket.version), "loi": "gọi lại chiều nay"}
            answer = await browser.post(f"/phieu/{ticket.code}/viec", data)
            assert answer.status_code == 303
        assert (await world.events()).count("noted") == 1


async def test_what_binds_goes_to_the_head_who_approves_or_sends_back(world: World) -> None:
    official, officer, boss = await people(world)
    site = site_of(world)
    async with console(site, officer) as desk, console(site, boss) as head:
        page = await act(desk, await world.ticket(), "plan", loi="chưa có nguồn", ngay="2027-01-15")
        assert "Đã trình lãnh đạo" in page
        ticket = await world.ticket()
        assert "Duyệt" not in re.sub("chờ lãnh đạo duyệt", "", page)
        number = str(ticket.proposal["number"])
        page = await act(head, ticket, "sendback", them=number, loi="ghi rõ nguồn")
        assert "người trình" in page
        await world.settle()
        assert "ghi rõ nguồn" in await heard(officer, "đề nghị sửa")
        await act(desk, await world.ticket(), "plan", loi="chờ dự toán 2027", ngay="2027-01-15")
        ticket = await world.ticket()
        refused = await act(desk, ticket, "approve", them=str(ticket.proposal["number"]))
        assert refused.startswith("403")
        assert (await act(head, ticket, "approve", them=number)).startswith("409")
        await act(head, ticket, "approve", them=str(ticket.proposal["number"]))
    await world.settle()
    assert (await world.ticket()).status == Status.PLANNED
    assert "chờ dự toán 2027" in await heard(official, "trả lời")


async def test_dates_are_checked(world: World) -> None:
    _, officer, _ = await people(world)
    async with console(site_of(world), officer) as browser:
        late = await act(browser, await world.ticket(), "promise", ngay="2026-11-01")
        assert late.startswith("422")
        assert "đã qua" in late
        none = await act(browser, await world.ticket(), "promise", loi="sớm thôi")
        assert "chưa thấy ngày" in none
        assert (await world.ticket()).promised_at is None
        await act(browser, await world.ticket(), "promise", ngay="2026-11-27")
        promised = (await world.ticket()).promised_at
        assert promised is not None
        assert promised - world.now < timedelta(days=5)


async def test_done_with_a_photo_as_evidence(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(SOFTWARE)
    ticket = await world.ticket()
    officer = await world.joins(ticket.lead, Role.STAFF, name="Minh")
    site = site_of(world)
    async with console(site, officer) as browser:
        await browser.get(f"/phieu/{ticket.code}")
        data = {"viec": "resolve", "thay": str(ticket.version)}
        empty = await browser.post(f"/phieu/{ticket.code}/viec", data)
        assert empty.status_code == 422
        answer = await browser.post(
            f"/phieu/{ticket.code}/viec", data, files=[("anh", photo(picture())[1])]
        )
        assert answer.status_code == 303
        (kept,) = await site.rows(Media)
        page = (await browser.get(f"/phieu/{ticket.code}")).text
        assert f"/tep/{kept.hash}" in page
        assert 'id="anh-1"' in page
        shown = await browser.get(f"/phieu/{ticket.code}/tep/{kept.hash}")
        assert shown.headers["content-type"] == "image/jpeg"
        assert (await browser.get(f"/phieu/{ticket.code}/tep/{'0' * 64}")).status_code == 404
    assert (await world.ticket()).status == Status.RESOLVED


async def test_rerouting_takes_the_ticket_away(world: World) -> None:
    official, officer, _ = await people(world)
    ticket = await world.ticket()
    async with console(site_of(world), officer) as browser:
        same = await act(browser, ticket, "reroute", **{"don-vi": "so_tai_chinh", "loi": "x"})
        assert same.startswith("422")
        page = await act(browser, ticket, "reroute", **{"don-vi": "so_y_te", "loi": "máy của trạm"})
        assert "Đã chuyển, xã được báo." in page
        assert 'value="ack"' not in (await browser.get(f"/phieu/{ticket.code}")).text
        assert (await act(browser, await world.ticket(), "ack")).startswith("403")
    await world.settle()
    assert (await world.ticket()).lead == "so_y_te"
    assert "máy của trạm" in await heard(official, "chuyển")


async def test_assigning_noting_and_the_rest(world: World) -> None:
    official, officer, _boss = await people(world)
    async with console(site_of(world), officer) as browser:
        ticket = await world.ticket()
        staff = re.findall(r'<option value="(\d+)"[^>]*>Bình', await act(browser, ticket, "ack"))
        page = await act(browser, await world.ticket(), "assign", them=staff[0])
        assert "Đã phân công." in page
        assert "Bình" in page
        page = await act(browser, await world.ticket(), "note", loi="hỏi kho <script>")
        assert "hỏi kho &lt;script&gt;" in page
        (note,) = re.findall(r'name="them" value="(\d{10,})"', page)
        assert not [text for text in await official.news() if "hỏi kho" in text]
        await act(browser, await world.ticket(), "tell", them=note)
        await world.settle()
        assert "hỏi kho" in await heard(official, "cập nhật")
        assert (await act(browser, await world.ticket(), "tell", them=note)).startswith("409")
        odd = await act(browser, await world.ticket(), "number", loi="xin số")
        assert odd.startswith("422")
        await act(browser, await world.ticket(), "number", loi="125/STC-QLNS")
        assert (await world.ticket()).document == "125/STC-QLNS"
        await act(browser, await world.ticket(), "snooze", ngay="2026-11-27")
        assert (await world.ticket()).snoozed_until is not None
        assert (await act(browser, await world.ticket(), "lower", loi="x")).startswith("409")
        assert (await act(browser, await world.ticket(), "zzz")).startswith("403")
        draft = await browser.get(f"/phieu/{ticket.code}/van-ban/reply")
        assert draft.content.startswith(b"PK")
        slip = (await browser.get(f"/phieu/{ticket.code}/van-ban/theo-doi")).content
        words = words_of(slip)
        assert "PHIẾU THEO DÕI" in words
        assert "125/STC-QLNS" in words
        assert "Tiếp nhận" in words


async def test_a_coordinating_unit_takes_and_answers_its_task(world: World) -> None:
    _official, officer, _ = await people(world)
    helper = await world.joins("so_y_te", Role.STAFF, name="Hoa")
    site = site_of(world)
    async with console(site, officer) as lead, console(site, helper) as other:
        ticket = await world.ticket()
        fields = {"don-vi": "so_y_te", "loi": "Trạm có máy dư không?", "ngay": "2026-11-26"}
        assert "Đã mời phối hợp." in await act(lead, ticket, "invite", **fields)
        await act(lead, await world.ticket(), "note", loi="chỉ nội bộ")
        page = (await other.get(f"/phieu/{ticket.code}")).text
        assert "Trạm có máy dư không?" in page
        assert "chỉ nội bộ" not in page
        assert "Hỏi thêm" not in page
        form = page[page.index('value="taskack"') :]
        task = re.search(r'name="thay" value="(\d+)"[^>]*>\s*<input[^>]* value="(\d+)"', form)
        assert task
        await act(other, ticket, "taskack", thay=task[1], them=task[2])
        typed = await act(other, ticket, "taskanswer", thay="0", them=task[2], loi="x")
        assert typed.startswith("409")
        refused = await act(lead, await world.ticket(), "taskanswer", thay="2", them=task[2])
        assert refused.startswith("403")
        await act(other, ticket, "taskanswer", thay="2", them=task[2], loi="còn 1 máy")
        page = (await lead.get(f"/phieu/{ticket.code}")).text
        assert "còn 1 máy" in page
    (row,) = await site.rows(Task)
    assert row.status == TaskStatus.ANSWERED


async def test_merging_and_taking_apart(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    first = await world.ticket()
    officer = await world.joins(first.lead, Role.STAFF)
    await copied(world, 1)
    second = (await world.tickets())[1]
    async with console(site_of(world), officer) as browser:
        wrong = await act(browser, second, "merge", loi="không có")
        assert wrong.startswith("422")
        page = await act(browser, second, "merge", loi=first.code)
        assert "Đã gộp phiếu." in page
        assert first.code in page
        merged = (await world.tickets())[1]
        assert merged.outcome == "merged"
        await act(browser, merged, "unmerge")
    assert (await world.tickets())[1].outcome is None


async def test_the_coordinator_decides_on_the_page(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(BRIDGE)
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    async with console(site_of(world), coordinator) as browser:
        ticket = await world.ticket()
        page = (await browser.get(f"/phieu/{ticket.code}")).text
        assert "Giao đơn vị" in page
        assert "Tiếp nhận</button>" not in page
        await act(browser, ticket, "decide", **{"don-vi": "so_cong_thuong", "loi": "lưới điện"})
        ticket = await world.ticket()
        assert ticket.lead == "so_cong_thuong"
        await act(browser, ticket, "recategorise", them="power_outage", loi="x")
        await act(browser, await world.ticket(), "keep", loi="đúng đơn vị")
    assert "kept" in await world.events()


async def test_an_emergency_can_be_lowered(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    await official.says(LANDSLIDE)
    officer = await world.joins((await world.ticket()).lead, Role.STAFF)
    async with console(site_of(world), officer) as browser:
        await act(browser, await world.ticket(), "lower", loi="đã an toàn")
    assert (await world.ticket()).urgency == "urgent"

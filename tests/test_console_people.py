"""People in the browser: invited one by one or by a checked list, printed, withdrawn, shut out."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter

from storage import invitations
from storage.people import Duty, Invitation, Person, Role
from tests.desks import console
from tests.site import Browser, site_of
from tests.test_story_lists import BRIDGE
from tests.world import BUNDLED, World
from web.console.sheets import UnreadableError, rows_of

CODE = re.compile(r'<p class="big">([\w-]+)</p>')
LIST = "Họ tên;Đơn vị;Vai trò;Chức vụ;Điện thoại\nLan;xã Chiêu Lưu;;Công chức;912345678\n"


async def checks(browser: Browser, content: bytes, name: str = "ds.csv") -> tuple[int, str]:
    await browser.get("/nguoi")
    answer = await browser.post("/nguoi/kiem-tra", files=[("tep", (name, content, "text/csv"))])
    browser.fields.update(re.findall(r'name="(csrf|key)" value="([^"]+)"', answer.text))
    return answer.status_code, answer.text


def kept(page: str) -> str:
    found = re.search(r"<textarea name=\"danh-sach\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1].replace("&#34;", '"')


async def test_a_list_is_checked_then_done_whole_and_printed(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    more = "Minh;Sở Xây dựng;trực;;\nHoa;Sở Xây dựng;lãnh đạo;Giám đốc;\n;;;;\n"
    async with console(site, admin) as browser:
        before = len(await site.rows(Invitation))
        status, page = await checks(browser, (LIST + more).encode())
        assert status == 200
        assert "Danh sách đúng, chưa tạo gì" in page
        assert len(await site.rows(Invitation)) == before
        made = await browser.post("/nguoi/moi", {"danh-sach": kept(page)})
        codes = CODE.findall(made.text)
        assert len(codes) == 3
        assert made.text.count('class="sheet"') == 2
        assert made.text.count("<svg") == 3
        again = await browser.post("/nguoi/moi", {"danh-sach": kept(page)})
        assert again.is_redirect
        assert len(await site.rows(Invitation)) == before + 3
        # A spreadsheet takes a telephone for a number, and its first 0 away.
        assert [row.phone for row in await site.rows(Invitation) if row.phone] == ["0912345678"]
    stranger = world.stranger("Lan")
    lan = next(c for c in codes if c in made.text.split("xã Chiêu Lưu")[-1])
    await stranger.says(f"/start {lan}")
    assert any("Chiêu Lưu" in text for text in await stranger.heard())


async def test_one_wrong_row_and_nothing_is_done(world: World) -> None:
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    site = site_of(world)
    bad = (
        "X;Sở Không Có;;;\nY;xã Chiêu Lưu;phi công;;\n;Sở Y tế;;;\nZ;Sở Y tế;quản trị;;\n"
        "Lan;xã Chiêu Lưu;cán bộ;;\n"
    )
    async with console(site, coordinator) as browser:
        before = len(await site.rows(Invitation))
        status, page = await checks(browser, (LIST + bad).encode())
        assert status == 422
        for told in (
            "không có đơn vị này", "chưa rõ vai trò", "thiếu họ tên", "không mời được vai trò này",
            "trùng dòng trên",
        ):  # fmt: skip
            assert told in page
        assert 'name="danh-sach"' not in page
        sent = await browser.post("/nguoi/moi", {"danh-sach": LIST + bad, "key": "k" * 16})
        assert sent.status_code == 409
        assert len(await site.rows(Invitation)) == before
        for odd in (b"", b"\xff\xfe", b"a,b\n1,2", b"PK\x03\x04broken"):
            assert (await checks(browser, odd))[0] == 422


async def test_a_head_invites_and_sees_the_own_unit_only(world: World) -> None:
    await world.joins("chieu_luu", name="Người Xã")
    head = await world.joins("so_y_te", Role.HEAD, name="Bình")
    site = site_of(world)
    async with console(site, head) as browser:
        page = (await browser.get("/nguoi")).text
        assert "Bình" in page
        assert "Người Xã" not in page
        assert "Khóa</button>" not in page
        field = {"ten": "Cúc", "don-vi": "Sở Xây dựng", "vai-tro": "can bo"}
        other = await browser.post("/nguoi/kiem-tra", field)
        assert other.status_code == 422
        own = await browser.post("/nguoi/kiem-tra", {**field, "don-vi": "Sở Y tế"})
        assert own.status_code == 200
        browser.fields.update(re.findall(r'name="(csrf|key)" value="([^"]+)"', own.text))
        made = await browser.post("/nguoi/moi", {"danh-sach": kept(own.text)})
        assert len(CODE.findall(made.text)) == 1
        page = (await browser.get("/nguoi")).text
        (number,) = re.findall(r'value="rut"><input[^>]*name="so" value="(\d+)"', page)
        await browser.post("/nguoi/lam", {"viec": "rut", "so": number})
        assert "Cúc" not in (await browser.get("/nguoi")).text
        stolen = await browser.post("/nguoi/lam", {"viec": "khoa", "so": "1"})
        assert stolen.status_code == 404


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_whole_provinces_people_come_in_light_pages(world: World) -> None:
    """A first load has 60 KB, 14 of them for the style; each commune has people and a code."""
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    async with world.database.transaction() as session:
        told = {"role": Role.REPORTER, "post": "Công chức văn phòng", "since": world.now}
        codes = [commune.code for commune in BUNDLED.communes] * 2
        people = [Person(name=f"Nguyễn Văn {n}", joined_at=world.now) for n in range(len(codes))]
        session.add_all(people)
        await session.flush()
        for person, code in zip(people, codes, strict=True):
            session.add(Duty(person_id=person.id or 0, unit=code, **told))
        more = {"role": Role.HEAD, "name": "Lê Thị Bích", "post": "Chủ tịch"}
        for n, code in enumerate(codes):  # the second of each has long expired
            at = world.now - timedelta(days=30 * (n // len(BUNDLED.communes)))
            invitations.invite(session, unit=code, now=at, **more)
    async with console(site_of(world), admin) as browser:
        page = (await browser.get("/nguoi")).text
        assert len(page.encode()) < 46 * 1024
        assert page.count('value="rut"') == 20
        assert "Mã chưa dùng (130)" in page
        assert 'value="rut"' in (await browser.get("/nguoi?ma=7")).text
        theirs = (await browser.get("/nguoi?o=chieu%20luu")).text
        assert theirs.count('value="khoa"') == 2
        assert "Mã chưa dùng (1)" in theirs
        assert "Không có ai ở đây" in (await browser.get("/nguoi?o=khong%20co")).text


async def test_somebody_is_shut_out_and_let_in(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quân")
    desk = await world.joins("so_y_te", Role.STAFF, name="Minh")
    site = site_of(world)
    async with console(site, admin) as browser, console(site, desk) as other:
        people = {p.name: str(p.id) for p in await site.rows(Person)}
        await browser.get("/nguoi")
        await browser.post("/nguoi/lam", {"viec": "khoa", "so": people["Minh"]})
        assert (await other.get("/phieu")).status_code == 403
        assert "đã khóa" in (await browser.get("/nguoi")).text
        await browser.post("/nguoi/lam", {"viec": "mo", "so": people["Minh"]})
        own = await browser.post("/nguoi/lam", {"viec": "khoa", "so": people["Quân"]})
        assert own.status_code == 404
    assert all(person.active for person in await site.rows(Person))


async def test_who_invited_and_shut_out_whom_is_on_record(world: World) -> None:
    """By the page and by chat alike; the names stand where they can be erased."""
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Quân")
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR, name="Hà")
    await world.joins("chieu_luu", name="Lan")
    site = site_of(world)
    await coordinator.says("/moi Sở Y tế lãnh đạo Thu")
    async with console(site, admin) as browser:
        _, page = await checks(browser, LIST.replace("Lan", "Mai").encode())
        await browser.post("/nguoi/moi", {"danh-sach": kept(page)})
        (made,) = [row for row in await site.rows(Invitation) if row.name == "Mai"]
        (lan,) = [row for row in await site.rows(Person) if row.name == "Lan"]
        for do, number in (("rut", made.id), ("rut", made.id), ("khoa", lan.id), ("mo", lan.id)):
            await browser.post("/nguoi/lam", {"viec": do, "so": str(number)})
        page = (await browser.get("/nhat-ky/quan-tri")).text
        rows = [re.sub(r"<[^>]*>", "|", row) for row in re.findall("<tr><td>.*", page)]
        said = [re.sub(r"\|+", "|", row).strip("|").split("|")[1:] for row in rows]
        assert said == [
            ["Quân", "Mở khóa", "Lan"],
            ["Quân", "Khóa", "Lan"],
            ["Quân", "Rút mã mời", "Mai · xã Chiêu Lưu: cán bộ phản ánh"],
            ["Quân", "Mời", "Mai · xã Chiêu Lưu: cán bộ phản ánh"],
            ["Hà", "Mời", "Thu · Sở Y tế: lãnh đạo đơn vị"],
        ]
        assert "Chưa có việc nào" in (await browser.get("/nhat-ky/quan-tri?truoc=1")).text


async def test_the_log_and_the_channels(world: World) -> None:
    official = await world.joins("chieu_luu", name="Lan")
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    await official.says(BRIDGE)
    async with console(site_of(world), admin) as browser:
        page = (await browser.get("/nhat-ky")).text
        assert (await world.ticket()).code in page
        assert "Xã phản ánh" in page
        assert "Lan" in page
        assert BRIDGE not in page
        assert (await browser.get("/nhat-ky?truoc=1")).status_code == 200
        page = (await browser.get("/kenh")).text
        assert "tin chờ gửi" in page
        assert 'data-head="Hết lượt gửi">0' in page


def test_a_workbook_is_read_and_a_bomb_is_not() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Họ tên", "Đơn vị"])
    sheet.write_row(1, 0, ["Lan", "xã Chiêu Lưu"])
    sheet.write(2, 1, 5)
    book.close()
    assert rows_of(out.getvalue()) == [["Họ tên", "Đơn vị"], ["Lan", "xã Chiêu Lưu"], ["", "5"]]
    for part in (b"<a>" + b" " * 5_000_000 + b"</a>", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", part)
        with pytest.raises(UnreadableError):
            rows_of(bomb.getvalue())
    assert rows_of("a,b\r\n1,2".encode("utf-8-sig")) == [["a", "b"], ["1", "2"]]

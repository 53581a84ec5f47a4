"""The trial: several made-up people side by side in one browser, on this machine alone."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import update

from storage.people import Duty, Person, Role
from tests.site import Browser, Site, site_for

HERE = "http://localhost:8080"


@dataclass
class MadeUp:
    """The people of the trial, as the program would hand them in."""

    contacts: dict[str, int] = field(default_factory=dict)
    speed: int = 1
    people = (
        ("chieu_luu", "Cán bộ xã Chiêu Lưu", "báo khó khăn"),
        ("xay_dung", "Sở Xây dựng", "tiếp nhận, xử lý phiếu"),
    )

    async def contact_of(self, key: str) -> int:
        return self.contacts[key]


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    trial = MadeUp()
    url = make_database("sqlite")
    async with site_for(url, tmp_path, trial=trial, secure_cookies=False) as opened:
        for key, label, _ in trial.people:
            contact = await opened.person(label, made_up=True)
            assert contact.id is not None
            trial.contacts[key] = contact.id
        yield opened


async def enters(browser: Browser, key: str) -> None:
    answer = await browser.post(f"/as/{key}/enter", headers={"Origin": HERE})
    assert answer.headers["location"] == f"/as/{key}/chat#end"


async def test_the_first_page_shows_who_one_can_be(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        text = (await browser.get("/")).text
    assert "Dùng thử Tháo Gỡ" in text
    assert "Cán bộ xã Chiêu Lưu" in text
    assert 'action="/as/xay_dung/enter" target="_blank"' in text


async def test_where_time_runs_fast_the_first_page_says_so(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        assert "Bây giờ là" not in (await browser.get("/")).text
        site.app.state.doors.trial.speed = 600
        text = (await browser.get("/")).text
    assert "600:1" in text
    assert "Bây giờ là <time>" in text


async def test_two_people_side_by_side_in_one_browser(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "chieu_luu")
        await enters(browser, "xay_dung")
        for key, name in (("chieu_luu", "Cán bộ xã Chiêu Lưu"), ("xay_dung", "Sở Xây dựng")):
            page = (await browser.get(f"/as/{key}/chat")).text
            assert f"<h1>{name}</h1>" in page
            assert f'action="/as/{key}/chat/say"' in page
            assert f'data-stream="/as/{key}/chat/stream"' in page
            said = await browser.post(
                f"/as/{key}/chat/say", {"text": f"của {key}"},
                headers={"Origin": HERE, "Accept": "application/json"},
            )  # fmt: skip
            assert said.status_code == 200
    assert [(said.address, said.text) for said in site.received] == [
        ("web-Cán bộ xã Chiêu Lưu", "của chieu_luu"),
        ("web-Sở Xây dựng", "của xay_dung"),
    ]


async def test_each_cookie_stays_under_its_path(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        answer = await browser.post("/as/xay_dung/enter", headers={"Origin": HERE})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("thaogo-as-xay_dung=")
        assert "Path=/as/xay_dung;" in cookie
        assert "HttpOnly" in cookie
        assert (await browser.get("/chat")).headers["location"] == "/join"
        away = await browser.get("/as/chieu_luu/chat")
        assert away.headers["location"] == "/as/chieu_luu/join"


async def test_a_desk_has_a_console_beside_its_chat(site: Site) -> None:
    async with site.doors.database.transaction() as session:
        await session.execute(update(Duty).values(role=Role.STAFF, unit="so_xay_dung"))
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "xay_dung")
        assert 'href="/as/xay_dung/dieu-hanh"' in (await browser.get("/as/xay_dung/chat")).text
        home = await browser.get("/as/xay_dung/dieu-hanh")
        assert home.headers["location"] == "/as/xay_dung/phieu"
        page = (await browser.get("/as/xay_dung/phieu")).text
        assert 'action="/as/xay_dung/phieu"' in page
        assert (await browser.get("/phieu")).status_code == 403


async def test_one_persons_form_is_not_anothers(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "chieu_luu")
        await enters(browser, "xay_dung")
        await browser.get("/as/chieu_luu/chat")
        refused = await browser.post(
            "/as/xay_dung/chat/say", {"text": "x"}, headers={"Origin": HERE}
        )
    assert refused.status_code == 403


async def test_signing_out_leaves_the_others_in(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "chieu_luu")
        await enters(browser, "xay_dung")
        await browser.get("/as/chieu_luu/out")
        left = await browser.post("/as/chieu_luu/out", headers={"Origin": HERE})
        assert left.headers["location"] == "/as/chieu_luu/join"
        assert (await browser.get("/as/chieu_luu/chat")).is_redirect
        assert (await browser.get("/as/xay_dung/chat")).status_code == 200


async def test_photos_are_asked_for_under_the_path(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "chieu_luu")
        assert (await browser.get("/as/chieu_luu/files/" + "0" * 64)).status_code == 404
        assert (await browser.get("/as/xay_dung/files/" + "0" * 64)).status_code == 403


async def test_nobody_else_can_be_made_up(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        for key in ("nobody", "..", "chieu_luu%2f"):
            answer = await browser.post(f"/as/{key}/enter", headers={"Origin": HERE})
            assert answer.status_code in {404, 405}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "thaogo.nghean.gov.vn"},
        {"Host": "192.168.1.10:8080"},
        {"Host": "localhost.evil.test"},
        {"Host": "localhost:8080@evil.test"},
        {"Host": "127.0.0.1.nip.io"},
        {"Host": ""},
        {"Forwarded": "for=1.2.3.4"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Proto": "https"},
        {"x-forwarded-host": "localhost"},
    ],
)
async def test_from_elsewhere_the_trial_is_refused(site: Site, headers: dict[str, str]) -> None:
    async with site.browser(origin=HERE) as browser:
        await enters(browser, "chieu_luu")
        for path in ("/", "/chat", "/join", "/as/chieu_luu/chat"):
            refused = await browser.get(path, **headers)
            assert refused.status_code == 403
            assert "chỉ mở được trên chính máy đang chạy" in refused.text
        own = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", **headers}
        assert (await browser.post("/as/xay_dung/enter", headers=own)).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://localhost", "http://127.0.0.1:8091", "http://LOCALHOST:1"]
)
async def test_on_this_machine_it_opens(site: Site, origin: str) -> None:
    async with site.browser(origin=origin) as browser:
        assert (await browser.get("/")).status_code == 200


async def test_another_page_of_this_machine_cannot_enter(site: Site) -> None:
    async with site.browser(origin=HERE) as browser:
        for origin in ("http://localhost:3000", "http://evil.test", "null"):
            refused = await browser.post("/as/xay_dung/enter", headers={"Origin": origin})
            assert refused.status_code == 403
            assert "set-cookie" not in refused.headers


async def test_beside_a_real_person_nobody_enters(site: Site) -> None:
    async with site.doors.database.transaction() as session:
        session.add(Person(name="Thật", joined_at=site.now))
    async with site.browser(origin=HERE) as browser:
        refused = await browser.post("/as/xay_dung/enter", headers={"Origin": HERE})
    assert refused.status_code == 403
    assert "người thật" in refused.text


async def test_a_public_address_and_a_trial_never_meet(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    url = make_database("sqlite")
    with pytest.raises(ValueError, match="public address"):
        async with site_for(url, tmp_path, trial=MadeUp(), public_url="https://thaogo.test"):
            pass


async def test_without_a_trial_the_first_page_asks_for_a_code(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    async with site_for(make_database("sqlite"), tmp_path) as site, site.browser() as browser:
        text = (await browser.get("/")).text
        assert "Nhập mã mời" in text
        assert '<a href="tel:112">112</a>' in text
        assert "Dùng thử" not in text
        lan = await site.person()
        await site.signed_in(browser, lan)
        assert "Vào cuộc trò chuyện" in (await browser.get("/")).text
        entered = await browser.post("/as/chieu_luu/enter")
        assert entered.status_code == 404

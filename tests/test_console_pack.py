"""The editor of the pack: seen before it counts, at once or from a day on, and back again."""

import html
import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from province import edits
from province.load import PackError
from storage.pack_changes import PackChange
from storage.people import Role
from storage.policies import PackVersion
from tests.desks import console
from tests.site import Browser, site_of
from tests.world import BUNDLED, World

PAGE = "/goi-du-lieu"
SHORTER = {"deadline.urgent.acknowledge": "1 hours"}


async def looks(browser: Browser, **given: str) -> str:
    """Fill in the form as it stands but for some fields, and see what would change."""
    page = (await browser.get(PAGE)).text
    boxes = dict(re.findall(r'<input name="([\w.-]+)" value="([^"]*)"', page))
    days = re.search(r'<textarea name="ngay"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert days
    boxes["ngay"] = html.unescape(days[1])
    answer = await browser.post(PAGE, {**boxes, "viec": "xem", **given})
    assert answer.status_code == 200
    browser.fields.update(re.findall(r'name="(thay)" value="(\d+)"', answer.text))
    browser.fields.update(re.findall(r'name="(key)" value="([^"]+)"', answer.text))
    found = re.search(r'name="sua" value="([^"]*)"', answer.text)
    browser.fields["sua"] = html.unescape(found[1]) if found else ""
    return html.unescape(answer.text)


async def applies(browser: Browser, day: str = "") -> tuple[int, str]:
    answer = await browser.post(PAGE, {"viec": "ap-dung", "tu": day})
    text = answer.text or answer.headers.get("location", "")
    return answer.status_code, text


async def test_a_deadline_is_changed_at_once_and_taken_back(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Thu")
    site = site_of(world)
    async with console(site, admin) as browser:
        page = await looks(browser)
        assert "Không có gì thay đổi" in page
        page = await looks(browser, **{"deadline.urgent.acknowledge": "1 giờ"})
        assert "2 hours" in page or "2 giờ" in page
        assert json.loads(browser.fields["sua"]) == {"deadline.urgent.acknowledge": "1 hours"}
        assert (await world.program.rules()).version == 1  # nothing is kept by looking
        assert (await applies(browser))[0] == 303
        rules = await world.program.rules()
        assert (rules.version, rules.pack.policies.deadlines["urgent"].acknowledge) == (
            2,
            "1 hours",
        )
        assert (await applies(browser))[0] == 303  # the same form, sent twice
        assert len(await site.rows(PackVersion)) == 2
        page = (await browser.get(PAGE)).text
        assert "Thu" in page
        assert f'href="{PAGE}?ban=1"' in page
        page = (await browser.get(f"{PAGE}?ban=1")).text
        assert "Trở lại bản 1</button>" in page
        browser.fields.update(re.findall(r'name="(thay)" value="(\d+)"', page))
        back = await browser.post(PAGE, {"viec": "tro-lai", "so": "1"})
        assert back.status_code == 303
        rules = await world.program.rules()
        assert (rules.version, rules.pack) == (3, BUNDLED)
        assert (await browser.get(f"{PAGE}?ban=99")).status_code == 404


async def test_days_off_and_duty_numbers_count_from_their_day(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Thu")
    site = site_of(world)
    storm = "25/11/2026 nghỉ: bão số 12"
    phone = next(path for path in edits.values(BUNDLED) if path.endswith(".phone"))
    async with console(site, admin) as browser:
        old = edits.days_text(BUNDLED)
        await looks(browser, ngay=f"{old}\n{storm}\n28/11/2026 làm: làm bù")
        assert (await applies(browser))[0] == 303
        calendar = (await world.program.rules()).calendar
        assert not calendar.is_working_day(date(2026, 11, 25))
        assert calendar.is_working_day(date(2026, 11, 28))
        await looks(browser, **{phone: "0238 3 999 999"})
        for wrong in ("2026-11-23", "hôm nào", "2099-01-01"):
            assert (await applies(browser, wrong))[0] == 422
            await looks(browser, **{phone: "0238 3 999 999"})
        assert (await applies(browser, "2026-11-26"))[0] == 303
        assert edits.values((await world.program.rules()).pack)[phone] != "0238 3 999 999"
        await looks(browser, **SHORTER)
        assert (await applies(browser, "2026-11-27"))[0] == 303
        page = (await browser.get(PAGE)).text
        assert "0238 3 999 999" in page
        last = max(row.id for row in await site.rows(PackChange))
        assert (await browser.post(PAGE, {"viec": "rut", "so": str(last)})).status_code == 303
        await browser.get(PAGE)
        assert (await browser.post(PAGE, {"viec": "rut", "so": str(last)})).status_code == 409
    await world.forward(days=4)
    pack = (await world.program.rules()).pack
    assert edits.values(pack)[phone] == "0238 3 999 999"
    assert pack.policies.deadlines["urgent"].acknowledge == "2 hours"  # it was withdrawn
    assert pack.calendar.overrides != BUNDLED.calendar.overrides  # what came meanwhile stays


async def test_what_is_no_sound_pack_is_never_in_force(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN)
    site = site_of(world)
    async with console(site, admin) as browser:
        for wrong in (
            {"deadline.urgent.acknowledge": "soon"}, {"deadline.urgent.result": "<b>1 days"},
            {"ngay": "mai nghỉ"}, {"ngay": "31/02/2027 nghỉ: x"}, {"ngay": "31/12/2026 nghỉ:"},
            {"ngay": "31/12/2026 nghỉ: a\n31/12/2026 làm: b"},
        ):  # fmt: skip
            page = await looks(browser, **wrong)
            assert "Chưa áp dụng được" in page, wrong
            assert 'name="sua"' not in page
        for sent in ('{"routing.0.lead": "x"}', '{"deadline.urgent.clock": "wall"}'):
            await browser.get(PAGE)
            browser.fields["thay"] = "1"
            answer = await browser.post(PAGE, {"viec": "ap-dung", "sua": sent})
            assert (answer.status_code, "Chưa áp dụng được" in answer.text) == (422, True)
        for sent in ("x", "[]", '{"a": 1}'):
            answer = await browser.post(PAGE, {"viec": "ap-dung", "sua": sent})
            assert answer.status_code == 400
        browser.fields["thay"] = "7"
        answer = await browser.post(PAGE, {"viec": "ap-dung", "sua": json.dumps(SHORTER)})
        assert (answer.status_code, "người khác vừa đổi" in answer.text) == (409, True)
    assert len(await site.rows(PackVersion)) == 1
    for role in (Role.HEAD, Role.COORDINATOR, Role.LEADER):
        other = await world.joins("so_y_te", role)
        async with console(site, other) as browser:
            assert (await browser.get(PAGE)).status_code == 404
            assert (await browser.post(PAGE, {"viec": "rut", "so": "1"})).status_code == 404


async def test_a_change_that_no_longer_fits_on_its_day_is_told(world: World) -> None:
    admin = await world.joins("van_phong_ubnd", Role.ADMIN, name="Thu")
    site = site_of(world)
    async with console(site, admin) as browser:
        await looks(browser, **SHORTER)
        assert (await applies(browser, "2026-11-24"))[0] == 303
    async with world.database.transaction() as session:
        row = (await session.execute(select(PackChange))).scalar_one()
        row.edits = {"duty.so_cu.0.phone": "1"}
    await world.forward(days=1)
    (row,) = await site.rows(PackChange)
    assert "không còn mục này" in row.error
    assert (await world.program.rules()).version == 1
    assert any("chưa áp dụng được" in text for text in await admin.heard())


def test_every_field_can_be_put_back_as_it_is() -> None:
    assert edits.apply(BUNDLED, edits.values(BUNDLED)) == BUNDLED
    typed = edits.values(BUNDLED) | edits.read_days(edits.days_text(BUNDLED))
    assert edits.changed(BUNDLED, typed) == {}
    assert edits.changed(BUNDLED, {"routing.0.lead": "x"}).get("routing.0.lead") is None
    with pytest.raises(PackError):
        edits.apply(BUNDLED, {"day.2026-12-31": "nghỉ"})

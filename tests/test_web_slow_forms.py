"""A form of the chat that takes its time: whoever was shut out meanwhile says nothing more."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from storage import webchat
from storage.people import Person
from tests.site import ORIGIN, Site, site_for

KIND = "application/x-www-form-urlencoded"


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("what", ["signed out", "frozen"])
async def test_a_form_under_way_ends_with_its_session(site: Site, what: str) -> None:
    lan = await site.person()
    await site.told(lan, "NA-26-000001", "Đúng")
    async with site.browser() as browser:
        for path in ("/chat/say", "/chat/press", "/du-lieu"):
            if what == "signed out" and path == "/du-lieu":
                continue  # it is one's own data, and the person is who they were
            async with site.doors.database.transaction() as session:
                (await session.get_one(Person, lan.person_id)).active = True
            await site.signed_in(browser, lan)
            await browser.get("/chat")

            async def slow() -> AsyncIterator[bytes]:
                fields = {**browser.fields, "text": "còn tôi", "viec": "sua", "ten": "Kẻ gian"}
                yield str(httpx.QueryParams({**fields, "press": "1:t:Đúng:1:1"})).encode()
                async with site.doors.database.transaction() as session:
                    if what == "frozen":
                        (await session.get_one(Person, lan.person_id)).active = False
                    else:
                        await webchat.revoke(session, lan.person_id or 0, site.now)
                yield b"&x=1"

            headers = {"Origin": ORIGIN, "Content-Type": KIND}
            answer = await browser.client.post(path, content=slow(), headers=headers)
            assert answer.status_code == 403, path
    assert not site.received
    assert [row.name for row in await site.rows(Person)] == ["Lan"]

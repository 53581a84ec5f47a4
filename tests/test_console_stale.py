"""Somebody left, moved or was shut out while a page was open or a form under way: nothing works."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import delete
from sqlmodel import col
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from storage.people import Duty, Person, Role
from tests.desks import console, link_of
from tests.site import ORIGIN, Browser, Site, site_of
from tests.test_story_lists import BRIDGE
from tests.world import Actor, World
from tickets.moment import Moment
from web.console import exporting, live, queue, ticket
from web.console.sitting import looking
from web.doors import Doors

pytestmark = pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)


async def sitting_of(site: Site, browser: Browser) -> live.Sitting:
    """Who sits at a browser, as the program sees it."""
    secret = browser.client.cookies["__Host-thaogo-console"]
    async with site.doors.database.reading() as session:
        found = await live.seats.live(session, live.seats.hash_token(secret), site.doors.now())
    assert found is not None
    return found


async def becomes(site: Site, browser: Browser, what: str) -> None:
    """Change the duties of whoever sits there, or shut them out."""
    sitting = await sitting_of(site, browser)
    assert sitting.person.id is not None
    async with site.doors.database.transaction() as session:
        if what == "frozen":
            (await session.get_one(Person, sitting.person.id)).active = False
            return
        await session.execute(delete(Duty).where(col(Duty.person_id) == sitting.person.id))
        if what == "moved":
            duty = {"unit": "so_y_te", "role": Role.HEAD, "since": site.doors.now()}
            session.add(Duty(person_id=sitting.person.id, **duty))


@asynccontextmanager
async def at_the_desk(world: World) -> AsyncIterator[tuple[Site, Browser, Actor, str]]:
    """A head of the lead at an open ticket."""
    official = await world.joins("chieu_luu")
    await official.says(BRIDGE)
    found = await world.ticket()
    head = await world.joins(found.lead, Role.HEAD)
    site = site_of(world)
    async with console(site, head) as browser:
        await browser.get(f"/phieu/{found.code}")
        yield site, browser, official, found.code


@pytest.mark.parametrize("what", ["moved", "frozen"])
async def test_a_form_that_takes_its_time_acts_for_nobody_else(world: World, what: str) -> None:
    async with at_the_desk(world) as (site, browser, _, code):
        events = await world.events()

        async def slow() -> AsyncIterator[bytes]:
            fields = {**browser.fields, "viec": "note", "loi": "còn tôi đây", "thay": "1"}
            yield str(httpx.QueryParams(fields)).encode()
            await becomes(site, browser, what)
            yield b"&x=1"

        kind = "application/x-www-form-urlencoded"
        answer = await browser.client.post(
            f"/phieu/{code}/viec", content=slow(), headers={"Origin": ORIGIN, "Content-Type": kind}
        )
        assert answer.status_code == 403
        assert await world.events() == events


@pytest.mark.parametrize(
    ("page", "what"),
    [(ticket.renew, "moved"), (queue.renew, "left"), (queue.renew, "frozen")],
    ids=["ticket-moved", "queue-left", "queue-frozen"],
)
async def test_an_open_page_shows_nothing_more(world: World, what: str, page: object) -> None:
    async with at_the_desk(world) as (site, browser, official, code):
        stream = await opened(site, page, await sitting_of(site, browser), code)
        assert (await anext(stream)).startswith("retry")
        assert code in await anext(stream) or page is ticket.renew
        await becomes(site, browser, what)
        await official.says("nước lên nhanh, bản Xiêng Thù bị cô lập")
        shown = [part async for part in until_silent(site, stream)]
        assert "Xiêng Thù" not in "".join(shown) and code not in "".join(shown)


async def opened(site: Site, page: object, sitting: live.Sitting, code: str) -> AsyncIterator[str]:
    """The stream of a page, as a browser opens it."""
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    request = Request({**scope, "app": site.app, "root_path": ""})
    more = (code,) if page is ticket.renew else ()
    answer = await page(request, site.doors, sitting, *more)
    return answer.body_iterator


async def until_silent(site: Site, stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """What a stream still says; the program ends after its next look."""
    site.doors.hub.wake(live.ANYTHING)
    async for part in stream:
        yield part
        site.doors.hub.close()


async def test_a_link_that_waits_in_the_chat_opens_nothing_any_more(world: World) -> None:
    async with at_the_desk(world) as (site, browser, _, _code):
        actor = next(one for one in world.people.values() if one.name.startswith("head"))
        token = await link_of(actor)
        await becomes(site, browser, "frozen")
        async with site.browser() as another:
            entered = await another.post(f"/vao/{token}")
            assert (await another.get("/phieu")).status_code == 403
            assert entered.status_code in {303, 403}


async def test_nothing_of_the_database_is_held_while_a_browser_reads(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    @asynccontextmanager
    async def counted(doors: Doors) -> AsyncIterator[Moment]:
        async with looking(doors) as moment:
            held.append(1)
            yield moment
            held.pop()

    monkeypatch.setattr(exporting, "looking", counted)
    monkeypatch.setattr(live, "looking", counted)
    sent: list[tuple[str, int]] = []
    async with at_the_desk(world) as (site, browser, _, code):

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            async def noted(message: Message) -> None:
                if message.get("body"):
                    sent.append((scope["path"], len(held)))
                    site.doors.hub.close()
                await send(message)

            await site.app(scope, receive, noted)

        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(watched), base_url=ORIGIN, cookies=browser.client.cookies
        ) as client:
            for path in ("/phieu.csv", "/phieu.xlsx", f"/phieu/{code}/luong"):
                assert (await client.get(path)).status_code == 200
        assert sent
        assert not [path for path, open_ones in sent if open_ones]
        stream = await opened(site, queue.renew, await sitting_of(site, browser), code)
        site.doors.hub.closing.clear()
        assert [part async for part in until_silent(site, stream)]
        assert not held

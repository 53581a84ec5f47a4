"""Markup in everything that people can write is words on every page; each page is sound besides."""

import io
import zipfile
from base64 import b64encode
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage import tickets, wordings
from storage.broadcasts import Broadcast
from storage.data_requests import KINDS, DataRequest
from storage.imports import Import
from storage.inbox import Fate, Received
from storage.media import Media
from storage.paper_templates import PaperTemplate
from storage.people import Duty, Invitation, Person, Role
from storage.tickets import Ticket
from storage.webchat import Line
from tests.rights import PUBLIC, ROWS, expected
from tests.sound import findings
from tests.test_console_every_route import Scene, scene_of
from tests.world import World
from web.drafts import bundled

EVIL = "\"'><xss onload=alert(1)>{{7*7}}{% x %}${7*7}</script></textarea></title>"
SHOWN = {
    "coordinator": (
        "/can-xem",
        "/phieu/{code}",
        "/thong-bao",
        "/mau-tra-loi",
        "/nhap-viec",
        "/nguoi",
    ),
    "admin": ("/nguoi", "/mau-van-ban/{kind}", "/du-lieu-ca-nhan", "/nhat-ky", "/nhat-ky/xem"),
    "reporter": ("/chat", "/du-lieu"),
}
"""Pages on which the words are to be seen, so that the test does not look at empty ones."""


async def poisoned(scene: Scene) -> None:
    """Write markup wherever people's words are kept."""
    site, now = scene.site, scene.site.now
    async with site.doors.database.transaction() as session:
        first = await session.get_one(Ticket, 1)
        for name in ("text", "place", "summary", "resolution", "document", "origin"):
            setattr(first, name, EVIL)
        first.verdict = {**first.verdict, "why": EVIL}
        for kind in ("corrected", "noted", "resolved", "asked"):
            tickets.log(session, first, kind, at=now, actor="person:1", rule=EVIL, text=EVIL)
        await session.execute(update(Person).values(name=EVIL, phone=EVIL))
        await session.execute(update(Duty).values(post=EVIL))
        await session.execute(update(Media).values(name=EVIL))
        await session.execute(update(Line).values(body={"text": EVIL, "files": [], "buttons": [
            [{"label": EVIL, "press": EVIL}]
        ]}))  # fmt: skip
        await session.execute(update(Broadcast).values(text=EVIL))
        more = {"created_at": now, "expires_at": now + timedelta(days=1)}
        session.add(Invitation(code_hash="x", unit="so_y_te", role=Role.STAFF, name=EVIL, **more))
        session.add(
            wordings.Wording(unit="", category="", title=EVIL, text=EVIL, by=1, changed_at=now)
        )
        session.add(Import(kind="notice", title=EVIL, by=1, at=now, count=1))
        session.add(DataRequest(person_id=1, kind=KINDS[0], words=EVIL, answer=EVIL, made_at=now,
                                answer_by=now, stop_by=now))  # fmt: skip
        own = b64encode(bundled("reply")).decode()
        row = {"content": own, "name": EVIL, "by": 1, "put_at": now}
        session.add(PaperTemplate(kind="reply", unit="", **row))
        aside = {"fate": Fate.SET_ASIDE, "error": EVIL, "address": EVIL, "received_at": now}
        session.add(Received(channel="web", key=EVIL, **aside))


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_what_people_write_is_words_on_every_page(world: World) -> None:
    async with scene_of(world) as scene:
        await poisoned(scene)
        seen: dict[str, set[str]] = {}
        unsound: dict[str, str] = {}
        for who in ("coordinator", "admin", "head", "reporter", "stranger"):
            for route in ROWS if who != "stranger" else PUBLIC:
                method, _, path = route.partition(" ")
                if method == "GET" and expected(route, who) == 200:
                    if path.endswith(("/stream", "/luong")):
                        scene.site.doors.hub.close()
                    answer = await scene.asks(who, route, scene.there)
                    assert answer.status_code == 200, (route, who)
                    text = words_of(answer.content)
                    assert "<xss" not in text, (route, who)
                    if "html" in answer.headers["content-type"]:
                        unsound |= dict.fromkeys(findings(answer.text), f"{route} {who}")
                    assert "49" not in text.partition("onload=alert(1)")[2][:20], route
                    if "&lt;xss" in text:
                        seen.setdefault(who, set()).add(path)
        assert not unsound
        for who, paths in SHOWN.items():
            assert set(paths) <= seen[who], who


def words_of(content: bytes) -> str:
    """A page, or the parts of an office file; a list of words alone is no markup."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [name for name in packed.namelist() if name.endswith(".xml")]
            return "".join(packed.read(name).decode() for name in parts)
    if content.startswith((b"\xff\xd8", b"\xef\xbb\xbf", b"{")):
        return ""
    return content.decode()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<form method="post" action="/x"><input name="csrf" hidden></form>', "without a button"),
        ('<form method="post" action="/x"><button>a</button></form>', "without a token"),
        ('<form action="#"><button>a</button></form>', "sent nowhere"),
        ('<label>a</label><input name="b">', "without a label: b"),
        ('<button onclick="go()">a</button>', "script of its own"),
        ('<a href="/x"> </a><i>b</i>', "nameless a"),
        ("<h1>a</h1><h3>b</h3>", "heading 3 under"),
        ('<p id="a"></p><p id="a"></p>', "two elements"),
        ('<input list="z" aria-label="a">', "nothing is called z"),
        ("<table><th>a</th></table>", "heads nothing"),
    ],
)
def test_what_is_not_sound_is_found(page: str, said: str) -> None:
    assert any(said in line for line in findings(page))

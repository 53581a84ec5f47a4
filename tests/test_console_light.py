"""First loads of pages that hold years of work: 60 KB with the style, whatever has been kept."""

from datetime import timedelta

import pytest

from storage import tickets
from storage.broadcasts import Broadcast
from storage.clusters import Cluster, Taken
from storage.data_requests import KINDS, DataRequest
from storage.imports import Import
from storage.inbox import Fate, Received
from storage.outbox import Fate as Sent
from storage.outbox import Notice
from storage.tickets import Ticket
from storage.wordings import Wording
from tests.test_console_every_route import Scene, scene_of
from tests.world import BUNDLED, World

LIGHT = 46 * 1024
"""What the style and the script leave of 60 KB."""
SAID = "Đã cử tổ công tác lên hiện trường, dùng rọ đá gia cố tạm, dự kiến ngày mai thông xe. " * 3
OPENED = {
    "coordinator": ("/phieu", "/nhu-cau", "/nhu-cau?bang=1", "/thong-bao", "/mau-tra-loi",
                    "/nhap-viec", "/tin-hong", "/toan-canh"),
    "admin": ("/du-lieu-ca-nhan", "/nhat-ky", "/nhat-ky/xem", "/tin-hong", "/luu-giu"),
}  # fmt: skip


async def years(scene: Scene, ticket: Ticket) -> None:
    """A long history, and sixty of whatever people make one by one."""
    now = scene.site.now
    async with scene.world.database.transaction() as session:
        kept = await session.get_one(Ticket, ticket.id)
        for n in range(60):
            at, by = now + timedelta(minutes=n), "person:1"
            tickets.log(session, kept, "updated", at=at, actor=by, rule="", text=f"{n}. {SAID}")
            cluster = Cluster(need="x", category=kept.category, lead=kept.lead, tickets=[kept.id],
                              state=Taken.PROPOSED, proposed_at=now)  # fmt: skip
            units = [commune.code for commune in BUNDLED.communes]
            wording = Wording(unit="", category=kept.category, title=f"Mẫu {n}", text=SAID, by=1,
                              changed_at=now)  # fmt: skip
            asked = DataRequest(person_id=1, kind=KINDS[0], words=SAID, made_at=now,
                                answer_by=now, stop_by=now)  # fmt: skip
            aside = Received(channel="web", key=f"k{n}", address="a", fate=Fate.SET_ASIDE,
                             error="ZeroDivisionError", received_at=now)  # fmt: skip
            dead = Notice(kind=1, fate=Sent.DEAD, desk=kept.lead, ticket_id=kept.id, text=SAID,
                          created_at=now, not_before=now, ended_at=now)  # fmt: skip
            cast = Broadcast(by=1, text=SAID, units=units, created_at=now)
            taken = Import(kind="notice", title=SAID[:180], by=1, at=now, count=1)
            session.add_all([cluster, wording, asked, aside, dead, cast, taken])


@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_pages_stay_light_after_years(world: World) -> None:
    async with scene_of(world) as scene:
        ticket = await world.ticket()
        await years(scene, ticket)
        heavy = {}
        for who, paths in OPENED.items():
            for path in paths:
                answer = await scene.people[who].client.get(path)
                assert answer.status_code == 200, path
                if len(answer.content) > LIGHT:
                    heavy[path] = len(answer.content) // 1024
        assert heavy == {}
        head = scene.people["head"].client
        page = (await head.get(f"/phieu/{ticket.code}")).text
        assert "59. Đã cử" in page
        assert ">10. Đã cử" not in page
        assert ">10. Đã cử" in (await head.get(f"/phieu/{ticket.code}?het=1")).text
        keeps = scene.people["coordinator"].client
        assert 'name="so" value="9"' in (await keeps.get("/mau-tra-loi?sua=9")).text
        assert "Mẫu 59" in (await keeps.get("/mau-tra-loi?trang=4")).text

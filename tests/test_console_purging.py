"""A file that must not be here is purged at a confirmed press, and no copy brings it back."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.storeroom import Refused, Storeroom
from storage.media import Media
from storage.people import Role
from tests.desks import console
from tests.site import picture, site_of
from tests.test_story_lists import BRIDGE
from tests.world import World


async def test_a_file_goes_for_good_and_leaves_an_event(world: World) -> None:
    official = await world.joins("chieu_luu")
    await official.sends_photos(1, BRIDGE)
    await world.settle()
    ticket = await world.ticket()
    coordinator = await world.joins("van_phong_ubnd", Role.COORDINATOR)
    desk = await world.joins(ticket.lead, Role.STAFF)
    site = site_of(world)
    (media,) = [row for row in await site.rows(Media) if row.hash]
    path = f"/phieu/{ticket.code}/tep/{media.hash}"
    sure = {"ly-do": "papers", "chac": "1"}
    async with console(site, desk) as browser:
        assert "/xoa" not in (await browser.get(f"/phieu/{ticket.code}")).text
        assert (await browser.get(f"{path}/xoa")).status_code == 404
        assert (await browser.post(f"{path}/xoa", sure)).status_code == 404
    async with console(site, coordinator) as browser:
        assert f"{path}/xoa" in (await browser.get(f"/phieu/{ticket.code}")).text
        assert (await browser.get(path)).status_code == 200
        assert "mất hẳn" in (await browser.get(f"{path}/xoa")).text
        assert (await browser.post(f"{path}/xoa", {"ly-do": "papers"})).status_code == 400
        assert (await browser.post(f"{path}/xoa", {**sure, "csrf": "x"})).status_code == 403
        done = await browser.post(f"{path}/xoa", sure)
        page = (await browser.get(done.headers["location"])).text
        assert "Đã xóa hẳn một tệp" in page
        assert str(media.hash) not in page
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(f"{path}/xoa", sure)).status_code == 404
    (row,) = [row for row in await site.rows(Media) if row.id == media.id]
    assert (row.hash, row.name, row.lat, row.error) == (None, "", None, "purged")
    assert (await world.ticket()).files == 0
    with pytest.raises(Refused):
        world.program.storeroom.read(str(media.hash))


def test_what_was_purged_comes_back_neither_sent_nor_restored(tmp_path: Path) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    room = Storeroom(tmp_path, zone)
    kept = room.keep(picture(), "photo")
    content = room.read(kept.hash)
    room.forget(kept.hash)
    room.forget(kept.hash)
    with pytest.raises(Refused):
        room.keep(picture(), "photo")
    room.path(kept.hash).write_bytes(content)  # as an older backup would
    with pytest.raises(Refused):
        Storeroom(tmp_path, zone).read(kept.hash)
    assert not room.path(kept.hash).exists()
    assert room.keep(picture("blue"), "photo").hash != kept.hash
    with pytest.raises(Refused):
        room.forget("../../etc/passwd")

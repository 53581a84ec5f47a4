"""Files that come with reports: what can be read is shown, what cannot is still kept."""

import pytest
from sqlalchemy import select

from storage.media import Fate, Media
from tests.world import World, picture
from tickets.incoming import Attachment

SOFTWARE = "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục"

pytestmark = pytest.mark.parametrize(
    "world", [("telegram", "sqlite"), ("telegram", "postgresql")], ids="+".join, indirect=True
)


async def kept(world: World) -> list[tuple[str, str, str]]:
    async with world.database.reading() as session:
        rows = await session.execute(select(Media).order_by(Media.id))
        return [(row.fate, row.kind, row.mime) for row in rows.scalars()]


async def test_one_odd_file_holds_no_other_up(world: World, monkeypatch) -> None:
    assert world.api is not None
    official = await world.joins("chieu_luu")
    world.api.files.update(odd=b"odd", good=picture(3))
    keep = world.program.storeroom.keep

    def fragile(content: bytes, *about: str):
        if content == b"odd":
            raise MemoryError
        return keep(content, *about)

    monkeypatch.setattr(world.program.storeroom, "keep", fragile)
    files = [Attachment("voice", "odd", mime="audio/ogg"), Attachment("photo", "good")]
    await official.says(SOFTWARE, attachments=tuple(files))
    assert await kept(world) == [
        (Fate.PENDING, "voice", "audio/ogg"),
        (Fate.KEPT, "photo", "image/jpeg"),
    ]
    await world.forward(minutes=20)
    assert (await kept(world))[0][0] == Fate.LOST


async def test_a_picture_sent_as_a_file_is_kept_even_when_it_cannot_be_read(world: World) -> None:
    assert world.api is not None
    official = await world.joins("chieu_luu")
    world.api.files.update(plan=b"\x89PNG cut", phone=b"\0\0\0\x18ftypheic", junk=b"junk")
    files = [
        Attachment("photo", "plan", "ban-ve.png", "image/png"),
        Attachment("document", "phone", "IMG_1.HEIC", "image/heic"),
        Attachment("photo", "junk", mime="image/jpeg"),
    ]
    await official.says(SOFTWARE, attachments=tuple(files))
    assert await kept(world) == [
        (Fate.KEPT, "document", "application/octet-stream"),
        (Fate.KEPT, "document", "image/heic"),
        (Fate.LOST, "photo", "image/jpeg"),
    ]

"""What is kept of a file: a picture's points alone, and never a reason to fail."""

import io
import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot import storeroom
from bot.storeroom import Kept, Refused, Storeroom

SECRET = b"nha so 5, ban Khe Tang"
GPS = {1: "N", 2: (19.0, 24.0, 36.0), 3: "E", 4: (104.0, 13.0, 12.0)}


@pytest.fixture
def room(tmp_path: Path) -> Storeroom:
    return Storeroom(tmp_path, ZoneInfo("Asia/Ho_Chi_Minh"))


def exif(*, taken: str = "", turned: int = 1, gps: dict | None = None) -> Image.Exif:
    noted = Image.Exif()
    noted[0x0112] = turned
    noted[0x0132] = taken
    noted.get_ifd(0x8825).update(gps or {})
    return noted


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, **more)
    return out.getvalue()


def shown(room: Storeroom, kept: Kept) -> Image.Image:
    return Image.open(io.BytesIO(room.read(kept.hash)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "MPO"])
def test_a_picture_of_any_form_becomes_a_jpeg_whatever_it_is_called(room, form):
    kept = room.keep(picture(form), "photo", "image/heic")
    assert kept.mime == "image/jpeg"
    assert shown(room, kept).format == "JPEG"


@pytest.mark.parametrize(
    ("form", "more"),
    [
        ("JPEG", {"comment": SECRET}),
        ("JPEG", {"xmp": SECRET}),
        ("GIF", {"comment": SECRET}),
        ("JPEG", {"exif": exif(taken=SECRET.decode())}),
        ("PNG", {"exif": exif(taken=SECRET.decode())}),
    ],
    ids=["comment", "xmp", "gif comment", "exif", "png exif"],
)
def test_nothing_that_was_written_into_a_picture_is_kept(room, form, more):
    content = picture(form, **more)
    assert SECRET in content
    kept = room.keep(content, "photo")
    assert SECRET not in room.read(kept.hash)
    assert b"Exif" not in room.read(kept.hash)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(room, turned):
    kept = room.keep(picture(size=(40, 20), exif=exif(turned=turned)), "photo")
    assert shown(room, kept).size == ((40, 20) if turned < 5 else (20, 40))


def test_a_large_picture_is_made_smaller_and_keeps_its_shape(room):
    assert shown(room, room.keep(picture(size=(4000, 2000)), "photo")).size == (1600, 800)


@pytest.mark.parametrize(
    ("taken", "known"),
    [
        ("2026:11:22 22:40:00", datetime(2026, 11, 22, 15, 40, tzinfo=UTC)),
        ("0001:01:01 00:00:00", None),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
    ],
)
def test_a_clock_that_is_not_set_tells_no_time(room, taken, known):
    assert room.keep(picture(exif=exif(taken=taken)), "photo").taken_at == known


@pytest.mark.parametrize(
    ("gps", "known"),
    [
        (GPS, (pytest.approx(19.41), pytest.approx(104.22))),
        ({**GPS, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, (None, None)),
        ({**GPS, 2: (1e308, 1e308, 1e308)}, (None, None)),
        ({**GPS, 2: 19.0}, (None, None)),
    ],
    ids=["Chiêu Lưu", "no fix", "off the earth", "no degrees"],
)
def test_a_camera_that_does_not_know_where_it_is_tells_no_place(room, gps, known):
    kept = room.keep(picture(exif=exif(gps=gps)), "photo")
    assert (kept.lat, kept.lon) == known


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ",
        picture(size=(400, 300))[:500],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n",
        picture("TIFF"),
    ],
    ids=["empty", "program", "truncated", "postscript", "tiff"],
)
def test_what_is_no_photo_is_refused(room, content):
    with pytest.raises(Refused):
        room.keep(content, "photo", "image/jpeg")


def test_a_bomb_is_refused_before_it_is_read(room, monkeypatch):
    monkeypatch.setattr(storeroom, "PIXELS", 1000)
    monkeypatch.setattr(storeroom, "PHOTO_PIXELS", 2000)
    room.keep(picture(size=(40, 30)), "photo")
    for form, more in (("PNG", {}), ("JPEG", {"progressive": True})):
        with pytest.raises(Refused, match="too many pixels"):
            room.keep(picture(form, size=(40, 30), **more), "photo")


def test_a_document_that_cannot_be_read_as_a_picture_is_kept_as_it_came(room):
    for mime, content in (("image/heic", b"\0\0\0\x18ftypheic"), ("image/tiff", picture("TIFF"))):
        kept = room.keep(content, "document", mime)
        assert (kept.mime, room.read(kept.hash)) == (mime, content)


def test_damaged_pictures_are_kept_or_refused_and_raise_nothing_else(room):
    chance = random.Random(7)
    noted = exif(taken="2026:11:22 22:40:00", turned=6, gps=GPS)
    seeds = [picture(form, exif=noted) for form in ("JPEG", "PNG", "WEBP")]
    outcomes = set()
    for _ in range(600):
        damaged = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(min(len(damaged), 400))] = chance.randrange(256)
        try:
            outcomes.add(room.keep(bytes(damaged), "photo").mime)
        except Refused:
            outcomes.add("refused")
    assert outcomes == {"image/jpeg", "refused"}


def test_a_file_that_just_came_again_is_not_discarded(room):
    kept = room.keep(b"a paper", "document")
    soon = datetime.now(UTC)
    later = soon + timedelta(hours=2)
    assert not room.discard(kept.hash, soon)
    assert room.path(kept.hash).exists()
    assert room.discard(kept.hash, later)
    assert room.discard(kept.hash, later)
    assert room.keep(b"a paper", "document") == kept


def test_the_same_file_kept_by_many_at_once_is_whole(room):
    content = random.Random(7).randbytes(2_000_000)
    kept: list[Kept] = []
    threads = [
        threading.Thread(target=lambda: kept.append(room.keep(content, "document")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 8
    assert room.read(kept[0].hash) == content
    assert [path.name for path in room.path(kept[0].hash).parent.iterdir()] == [kept[0].hash]

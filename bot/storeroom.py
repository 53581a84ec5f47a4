"""Files that came with reports, kept by content hash; pictures without their metadata."""

import hashlib
import io
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from bot.shelf import IS_HASH, Folder, Shelf

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
"""What phones and screens make; Pillow reads more, with more to go wrong."""
PIXELS, PHOTO_PIXELS = 40_000_000, 120_000_000
"""A picture bomb has more. A plain JPEG is made smaller while it is read, so it may be larger."""
LONGEST_SIDE = 1600
Image.MAX_IMAGE_PIXELS = PHOTO_PIXELS
SMOOTH = {"RGB", "RGBA", "L", "LA", "CMYK"}
"""Modes that can be made smaller as they are."""
JUST_NOW = 3600
"""Seconds in which a file that came again has its row for certain."""
CAMERA, GPS = 0x8769, 0x8825
TAKEN, CHANGED, TURNED = 0x9003, 0x0132, 0x0112
LATITUDE, LONGITUDE = 2, 4
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned whose camera was held so."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the storeroom, with what its metadata said before it was removed."""

    hash: str
    mime: str
    size: int
    taken_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None


Noted = tuple[datetime | None, float | None, float | None]
"""When and where a picture was taken."""


class Refused(Exception):
    """This file is too large, or is not what it says."""


class Storeroom:
    """Files named by the SHA-256 of what they hold."""

    def __init__(self, folder: Path, zone: ZoneInfo, shelf: Shelf | None = None) -> None:
        """`zone` is where the cameras' clocks are set; without another shelf all is in `folder`."""
        self.folder = folder
        self.zone = zone
        self.shelf = shelf or Folder(folder)
        self._one_at_a_time = threading.Lock()  # a large picture takes 200 MB while it is read

    def path(self, content_hash: str) -> Path:
        """Where a hash lies in the folder; anything that is no hash is refused."""
        return Folder(self.folder).of(_checked(content_hash))

    def read(self, content_hash: str) -> bytes:
        """The content of a kept file; one that was purged is refused, wherever it came from."""
        if self.shelf.is_purged(_checked(content_hash)):
            self.shelf.remove(content_hash)
            raise Refused("purged")
        return self.shelf.read(content_hash)

    def forget(self, content_hash: str) -> None:
        """Destroy a file for good: its hash is noted first, so that no backup brings it back."""
        if not self.shelf.is_purged(_checked(content_hash)):
            self.shelf.note_purged(content_hash)
        self.shelf.remove(content_hash)

    def discard(self, content_hash: str, now: datetime) -> bool:
        """Let a file go that nothing needs any more; False when its content just came again.

        The same content may be kept again later.
        """
        came_at = self.shelf.came_at(_checked(content_hash))
        if came_at is not None and now.timestamp() - came_at < JUST_NOW:
            return False
        self.shelf.remove(content_hash)
        return True

    def keep(self, content: bytes, kind: str, mime: str = "") -> Kept:
        """Keep a file; a picture is turned upright, made smaller and stripped of its metadata.

        A document that calls itself a picture and cannot be read as one is kept as it came.
        """
        if len(content) > LARGEST:
            raise Refused("too large")
        if kind != "photo" and not mime.startswith("image/"):
            return self._write(content, mime or "application/octet-stream")
        try:
            picture, noted = self._clean(content)
        except Refused:
            if kind == "photo":
                raise
            return self._write(content, mime)
        kept = self._write(picture, "image/jpeg")
        return Kept(kept.hash, kept.mime, kept.size, *noted)

    def _write(self, content: bytes, mime: str) -> Kept:
        name = hashlib.sha256(content).hexdigest()
        if self.shelf.is_purged(name):
            raise Refused("purged")
        self.shelf.write(name, content)
        return Kept(name, mime, len(content))

    def _clean(self, content: bytes) -> tuple[bytes, Noted]:
        try:
            with self._one_at_a_time, Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                is_plain = picture.format in {"JPEG", "MPO"} and not picture.info.get("progressive")
                if picture.width * picture.height > (PHOTO_PIXELS if is_plain else PIXELS):
                    raise Refused("too many pixels")
                turned, noted = self._noted(picture)
                return _drawn_anew(picture, turned), noted
        except Refused:
            raise
        except Exception as error:  # a decoder fed with junk raises anything
            raise Refused("not a picture") from error

    def _noted(self, picture: Image.Image) -> tuple[int, Noted]:
        """How the camera was held, when, and where; whatever of it can be read."""
        turned = 1
        taken_at: datetime | None = None
        lat: float | None = None
        lon: float | None = None
        with suppress(Exception):
            exif = picture.getexif()
            turned = exif.get(TURNED, 1)
            taken_at = _taken(exif, self.zone)
            lat, lon = _where(exif)
        return turned, (taken_at, lat, lon)


def _drawn_anew(picture: Image.Image, turned: int) -> bytes:
    """A small upright JPEG of nothing but the picture's points."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    small = picture if picture.mode in SMOOTH else picture.convert("RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = small.transpose(UPRIGHT[turned]) if turned in UPRIGHT else small
    bare = upright.convert("RGB")
    bare.info.clear()
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _checked(content_hash: str) -> str:
    """A hash; anything else is refused."""
    if not IS_HASH.fullmatch(content_hash):
        raise Refused("no such file")
    return content_hash


def _taken(exif: Image.Exif, zone: ZoneInfo) -> datetime | None:
    written = exif.get_ifd(CAMERA).get(TAKEN) or exif.get(CHANGED)
    try:
        local = datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _where(exif: Image.Exif) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, where the camera noted them."""
    gps = exif.get_ifd(GPS)
    try:
        lat = _degrees(gps[LATITUDE]) * (-1 if gps.get(1) == "S" else 1)
        lon = _degrees(gps[LONGITUDE]) * (-1 if gps.get(3) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None, None
    has_fix = (lat, lon) != (0, 0)  # what cameras write that do not know where they are
    is_on_earth = abs(lat) <= 90 and abs(lon) <= 180  # noqa: PLR2004  its ends
    return (lat, lon) if has_fix and is_on_earth else (None, None)


def _degrees(parts: tuple[float, float, float]) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600

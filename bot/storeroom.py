"""Files that came with reports, kept by content hash; pictures without their metadata."""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
PIXELS = 60_000_000
"""More than any phone's camera makes; a picture bomb has more."""
LONGEST_SIDE = 1600
IS_HASH = re.compile("[0-9a-f]{64}")
GPS, TAKEN, LATITUDE, LONGITUDE = 0x8825, 0x9003, 2, 4


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the storeroom, with what its metadata said before it was removed."""

    hash: str
    mime: str
    size: int
    taken_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None


class Refused(Exception):
    """This file is too large, or is not what it says."""


class Storeroom:
    """A folder of files named by the SHA-256 of what they hold."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        """`zone` is where the cameras' clocks are set."""
        self.folder = folder
        self.zone = zone

    def path(self, content_hash: str) -> Path:
        """Where a hash lies; anything that is no hash is refused."""
        if not IS_HASH.fullmatch(content_hash):
            raise Refused("no such file")
        return self.folder / content_hash[:2] / content_hash

    def read(self, content_hash: str) -> bytes:
        """The content of a kept file."""
        return self.path(content_hash).read_bytes()

    def keep(self, content: bytes, kind: str, mime: str = "") -> Kept:
        """Keep a file; a picture is turned upright, made smaller and stripped of its metadata."""
        if len(content) > LARGEST:
            raise Refused("too large")
        if kind != "photo" and not mime.startswith("image/"):
            return self._write(content, mime or "application/octet-stream")
        picture, taken_at, lat, lon = self._clean(content)
        kept = self._write(picture, "image/jpeg")
        return Kept(kept.hash, kept.mime, kept.size, taken_at, lat, lon)

    def _write(self, content: bytes, mime: str) -> Kept:
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_bytes(content)
            half.replace(path)
        return Kept(name, mime, len(content))

    def _clean(self, content: bytes) -> tuple[bytes, datetime | None, float | None, float | None]:
        try:
            with Image.open(io.BytesIO(content)) as picture:
                if picture.width * picture.height > PIXELS:
                    raise Refused("too many pixels")
                exif = picture.getexif()
                taken_at = _taken(exif, self.zone)
                lat, lon = _where(exif)
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                bare = upright.convert("RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise Refused("not a picture") from error
        except Image.DecompressionBombError as error:
            raise Refused("too many pixels") from error
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=82, optimize=True)
        return out.getvalue(), taken_at, lat, lon


def _taken(exif: Image.Exif, zone: ZoneInfo) -> datetime | None:
    written = exif.get_ifd(0x8769).get(TAKEN) or exif.get(0x0132)
    try:
        local = datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        return None
    return local.astimezone(UTC)


def _where(exif: Image.Exif) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, where the camera noted them."""
    gps = exif.get_ifd(GPS)
    try:
        lat = _degrees(gps[LATITUDE]) * (-1 if gps.get(1) == "S" else 1)
        lon = _degrees(gps[LONGITUDE]) * (-1 if gps.get(3) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None, None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else (None, None)  # noqa: PLR2004  the ends of the earth


def _degrees(parts: tuple[float, float, float]) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600

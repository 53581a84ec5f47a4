"""Files that are no pictures, by what they hold: a name alone is not believed."""

from pathlib import PurePath

OFFICE = "application/vnd.openxmlformats-officedocument"
BY_NAME = {
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How today's and yesterday's office files begin; which of them it is the name says."""
PDF, FTYP = b"%PDF-", b"ftyp"
VIDEO = "video/mp4"
PICTURES = (b"heic", b"heif", b"mif1", b"avif")
"""Kinds of pictures that begin as a film does."""


def paper_of(content: bytes, name: str) -> str:
    """The MIME type of a paper or film that is taken; '' for everything else."""
    ending = PurePath(name).suffix.lower()
    if content.startswith(PDF):
        return "application/pdf"
    if content[4:8] == FTYP and content[8:12] not in PICTURES:
        return VIDEO
    is_new, is_old = content.startswith(ZIP), content.startswith(OLE)
    fits = (is_new and ending in {".docx", ".xlsx", ".pptx"}) or (
        is_old and ending in {".doc", ".xls"}
    )
    return BY_NAME[ending] if fits else ""

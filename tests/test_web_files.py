"""Photos and files: for those who may see the message or the ticket, and for nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.base import File
from storage.media import Fate, Media
from storage.people import Contact, Role
from storage.tickets import Ticket
from tests.site import Site, picture, site_for


@pytest.fixture
async def site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(database_url, tmp_path) as opened:
        yield opened


def keep(site: Site, content: bytes = b"", mime: str = "") -> File:
    """Put a file into the storeroom: a photo unless a type is given."""
    kind = "document" if mime else "photo"
    kept = site.doors.keep_upload(content or picture(), kind, mime)
    return File(kept.hash, kind, kept.mime, "Văn bản «1».docx" if mime else "IMG_1.jpg")


async def ticket_with(site: Site, reporter: Contact, file: File) -> None:
    """A ticket of Chiêu Lưu that Sở Xây dựng leads, with a file."""
    async with site.doors.database.transaction() as session:
        assert reporter.person_id is not None
        assert reporter.id is not None
        ticket = Ticket(
            code="NA-26-000001",
            lead="so_xay_dung",
            commune="chieu_luu",
            reporter_id=reporter.person_id,
            contact_id=reporter.id,
            opened_at=site.now,
        )
        session.add(ticket)
        await session.flush()
        session.add(
            Media(
                ticket_id=ticket.id,
                contact_id=reporter.id,
                channel="telegram",
                kind=file.kind,
                mime=file.mime,
                name=file.name,
                hash=file.hash,
                fate=Fate.KEPT,
                not_before=site.now,
                created_at=site.now,
            )
        )


async def asks(site: Site, contact: Contact | None, name: str) -> int:
    """The status that a contact's browser, or a stranger's, gets for a file."""
    async with site.browser() as browser:
        if contact is not None:
            await site.signed_in(browser, contact)
        return (await browser.get(f"/files/{name}")).status_code


async def test_a_photo_on_a_line_is_shown(site: Site) -> None:
    lan = await site.person()
    photo = keep(site)
    await site.told(lan, "ảnh", files=(photo,))
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        assert f'<img src="/files/{photo.hash}"' in await browser.chat()
        shown = await browser.get(f"/files/{photo.hash}")
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "private, max-age=86400"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in shown.headers


@pytest.mark.parametrize(
    "mime", ["text/html", "application/xhtml+xml", "application/pdf", "image_jpeg"]
)
async def test_everything_else_is_downloaded(site: Site, mime: str) -> None:
    lan = await site.person()
    document = keep(site, b"<script>alert(1)</script>", mime)
    await site.told(lan, "văn bản", files=(document,))
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        got = await browser.get(f"/files/{document.hash}")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''V%C4%83n%20b%E1%BA%A3n%20%C2%AB1%C2%BB.docx"
    )


async def test_what_only_claims_to_be_a_picture_is_downloaded(site: Site) -> None:
    lan = await site.person()
    kept = keep(site, b"<html>", "text/html")
    await site.told(lan, "", files=(File(kept.hash, "photo", "image/jpeg"),))
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        got = await browser.get(f"/files/{kept.hash}")
    assert got.headers["content-disposition"].startswith("attachment")


async def test_who_may_see_a_tickets_photo(site: Site) -> None:
    lan = await site.person("Lan")
    photo = keep(site)
    await ticket_with(site, lan, photo)
    others = {
        "lead": await site.person("Hùng", "so_xay_dung", Role.STAFF),
        "leader": await site.person("Minh", "ubnd_tinh", Role.LEADER),
        "other commune": await site.person("Hoa", "con_cuong"),
        "other department": await site.person("Tú", "so_tai_chinh", Role.STAFF),
    }
    seen = {name: await asks(site, contact, photo.hash) for name, contact in others.items()}
    assert seen == {"lead": 200, "leader": 200, "other commune": 404, "other department": 404}
    assert await asks(site, lan, photo.hash) == 200
    assert await asks(site, None, photo.hash) == 403


async def test_writing_a_hash_opens_nothing(site: Site) -> None:
    lan, hoa = await site.person("Lan"), await site.person("Hoa", "con_cuong")
    photo = keep(site)
    await site.told(lan, "ảnh", files=(photo,))
    await site.wrote(hoa, f"cho xem {photo.hash}")
    assert await asks(site, hoa, photo.hash) == 404


async def test_a_file_that_is_gone(site: Site) -> None:
    lan = await site.person()
    await site.told(lan, "", files=(File("0" * 64, "photo", "image/jpeg"),))
    assert await asks(site, lan, "0" * 64) == 404
    assert await asks(site, lan, "../../etc/passwd") == 404
    assert await asks(site, lan, "A" * 64) == 404

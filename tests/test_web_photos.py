"""Photos: kept without their metadata, and never a reason to lose a report."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from storage.people import Contact
from tests.site import ORIGIN, Site, photo, picture, site_for
from web import saying
from web.shield import PHOTO


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers here, so a page without script need not wait for it."""
    monkeypatch.setattr(saying, "ANSWER_WAITS", 0)


@pytest.fixture
async def site(make_database: Callable[[str], str], tmp_path: Path) -> AsyncIterator[Site]:
    async with site_for(make_database("sqlite"), tmp_path) as opened:
        yield opened


@pytest.fixture
async def lan(site: Site) -> Contact:
    return await site.person()


async def test_photos_are_kept_without_their_metadata_but_with_what_it_said(
    site: Site, lan: Contact
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (19.0, 24.0, 36.0), 3: "E", 4: (104.0, 13.0, 12.0)})
    exif[0x0132] = "2026:11:22 22:40:00"
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        files = [photo(picture("red", exif), "../../c:\\x\\ảnh\u202e.jpg"), photo(picture("blue"))]
        sent = await browser.post("/chat/say", {"text": "sạt lở"}, files=files)
    assert sent.headers["location"] == "/chat#end"
    (said,) = site.received
    first, second = said.attachments
    assert (first.kind, first.mime, first.name) == ("photo", "image/jpeg", "ảnh.jpg")
    assert first.taken_at == datetime(2026, 11, 22, 15, 40, tzinfo=UTC)
    assert (first.lat, first.lon) == (pytest.approx(19.41), pytest.approx(104.22))
    assert second.hash != first.hash
    kept = site.doors.read_file(first.hash)
    assert b"Exif" not in kept
    assert first.size == len(kept)


async def test_a_bad_photo_never_holds_up_the_report(site: Site, lan: Contact) -> None:
    bomb = picture(form="PNG").replace(
        (40).to_bytes(4) + (30).to_bytes(4), (90_000).to_bytes(4) * 2
    )
    bad = [
        photo(b"MZ not a picture"),
        photo(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg"),
        photo(b"", "empty.jpg"),
        photo(bomb),
        photo(picture() + b"\0" * PHOTO, "huge.jpg"),
    ]
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        sent = await browser.post("/chat/say", {"text": "sạt lở"}, files=[photo(picture()), *bad])
        assert sent.headers["location"] == "/chat?note=photos_refused#end"
        assert (
            "Có ảnh, tệp không nhận được" in (await browser.get("/chat?note=photos_refused")).text
        )
        assert "Có ảnh" not in (await browser.get("/chat?note=<script>")).text
    (said,) = site.received
    assert len(said.attachments) == 1


async def test_the_eleventh_photo_is_asked_for_again(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        files = [photo(picture(f"#0000{n:02x}")) for n in range(11)]
        sent = await browser.post("/chat/say", {"text": ""}, files=files)
    assert "photos_many" in sent.headers["location"]
    assert len(site.received[0].attachments) == 10


async def test_no_file_chosen_is_no_file(site: Site, lan: Contact) -> None:
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        await browser.post("/chat/say", {"text": "x"}, files=[photo(b"", "")])
    assert site.received[0].attachments == ()


async def test_a_stranger_uploads_nothing(site: Site) -> None:
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield b"--x\r\n"

    async with site.browser() as browser:
        refused = await browser.client.post(
            "/chat/say",
            content=body(),
            headers={"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=x"},
        )
    assert refused.status_code == 403
    assert not read


async def test_a_full_disk_never_holds_up_the_report(make_database, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with site_for(make_database("sqlite"), tmp_path, keep_upload=full) as site:
        lan = await site.person()
        async with site.browser() as browser:
            await site.signed_in(browser, lan)
            await browser.get("/chat")
            sent = await browser.post("/chat/say", {"text": "sạt lở"}, files=[photo(picture())])
            assert sent.headers["location"] == "/chat?note=photos_lost#end"
            assert "không lưu được ảnh" in (await browser.get("/chat?note=photos_lost")).text
    assert [said.text for said in site.received] == ["sạt lở"]


async def test_papers_and_films_are_taken_by_what_they_hold(site: Site, lan: Contact) -> None:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    files = [
        photo(b"%PDF-1.7 ...", "báo cáo.pdf"),
        photo(b"PK\x03\x04...", "tờ trình.DOCX"),
        photo(b"\xd0\xcf\x11\xe0...", "danh sách.xls"),
        photo(b"\0\0\0\x18ftypmp42...", "lũ.mp4"),
        photo(b"PK\x03\x04...", "virus.zip"),
        photo(b"<html>", "trang.pdf"),
        photo(b"MZ...", "chạy.docx"),
    ]
    async with site.browser() as browser:
        await site.signed_in(browser, lan)
        await browser.get("/chat")
        sent = await browser.post("/chat/say", {"text": "hồ sơ"}, files=files)
    assert sent.headers["location"] == "/chat?note=photos_refused#end"
    (said,) = site.received
    assert [(one.kind, one.mime, one.name) for one in said.attachments] == [
        ("document", "application/pdf", "báo cáo.pdf"),
        ("document", office, "tờ trình.DOCX"),
        ("document", "application/vnd.ms-excel", "danh sách.xls"),
        ("video", "video/mp4", "lũ.mp4"),
    ]
    assert site.doors.read_file(said.attachments[0].hash) == b"%PDF-1.7 ..."

"""Takes the guides' pictures: `python -m tests.screenshots` plays conversations in the trial."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
REPORT = "cau tran ban Xieng Thu hong nang, xe may khong qua duoc"
MORE = (
    "Xã thiếu máy scan, bộ phận một cửa phải đi nhờ",
    "Đường vào bản Nà Đười sạt lở taluy âm, xe tải không qua được",
    "Phần mềm một cửa từ sáng không đăng nhập được, bị đá ra liên tục",
    "Trường tiểu học thiếu 3 giáo viên, lớp ghép không có người dạy",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def trial() -> Iterator[str]:
    """A trial server on a free port, with a folder of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with TemporaryDirectory() as folder:
        given = {"THAOGO_DATA_DIR": folder, "THAOGO_HTTP_PORT": str(port)}
        environment = {**os.environ, **given, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "bot", "trial"]
        server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            _until_ready(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _until_ready(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("the trial did not start")


def enter(browser: Browser, address: str, who: str, *, wide: bool) -> Page:
    """Sign in as one of the made-up people, named by their key."""
    size = {"width": 1280, "height": 720} if wide else {"width": 360, "height": 720}
    page = browser.new_context(viewport=size, device_scale_factor=1 if wide else 1.5).new_page()
    page.goto(address)
    with page.expect_popup() as opened:
        page.locator(f"form[action='/as/{who}/enter'] button").click()
    chat = opened.value
    chat.wait_for_load_state()
    return chat


def say(page: Page, text: str) -> None:
    """Send a message, and wait for what it causes."""
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_timeout(1500)


def console(browser: Browser, address: str) -> None:
    """The console: a desk's queue and ticket, and the leadership's page."""
    other = enter(browser, address, "con_cuong", wide=False)
    for report in MORE:
        say(other, report)
    desk = enter(browser, address, "xay_dung", wide=True)
    desk.goto(f"{address}/as/xay_dung/phieu")
    desk.screenshot(path=IMAGES / "dieu-hanh-phieu.png")
    desk.locator("tbody a").first.click()
    desk.locator("summary").filter(has_text="Hẹn ngày").click()
    desk.screenshot(path=IMAGES / "dieu-hanh-mot-phieu.png")
    leader = enter(browser, address, "lanh_dao", wide=True)
    leader.set_viewport_size({"width": 1280, "height": 1500})
    leader.goto(f"{address}/as/lanh_dao/toan-canh")
    leader.screenshot(path=IMAGES / "dieu-hanh-toan-canh.png")


def administrator(browser: Browser, address: str) -> None:
    """A list of people that was checked row by row, one of them wrong."""
    rows = "Họ tên;Đơn vị;Vai trò;Chức vụ;Điện thoại\n"
    rows += "Lê Thị Hoa;Sở Xây dựng;lãnh đạo;Phó Giám đốc;0912 000 001\n"
    rows += "Vi Văn Nam;xã Mỹ Lý;cán bộ;Công chức;0912 000 002\nHà;Sở Không Có;trực;;\n"
    admin = enter(browser, address, "quan_tri", wide=True)
    admin.goto(f"{address}/as/quan_tri/nguoi")
    file = {"name": "ds.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    admin.set_input_files("input[type=file]", [file])
    admin.locator("form[enctype] button").click()
    admin.locator("td .tag.red").wait_for()
    admin.screenshot(path=IMAGES / "dieu-hanh-nguoi-dung.png")


def main() -> None:
    """Play the conversation and keep the pictures."""
    chromium = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    if chromium is None:
        raise SystemExit("no Chromium: apt-get install chromium, or set CHROMIUM")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with trial() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        official = enter(browser, address, "chieu_luu", wide=False)
        desk = enter(browser, address, "xay_dung", wide=True)
        say(official, REPORT)
        official.screenshot(path=IMAGES / "can-bo-xa.png")
        desk.wait_for_timeout(1000)
        desk.get_by_role("button", name="Tiếp nhận").last.click()
        desk.wait_for_timeout(1500)
        desk.screenshot(path=IMAGES / "can-bo-so.png")
        official.screenshot(path=IMAGES / "da-tiep-nhan.png")
        console(browser, address)
        administrator(browser, address)
        browser.close()


if __name__ == "__main__":
    main()

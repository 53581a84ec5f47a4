"""How the pages look: nothing sticks out, fingers find the buttons, the words can be read."""

from playwright.async_api import Page

from storage.people import Contact, Role
from tests.browser.conftest import Served
from tickets.rich import bold

SIZES = [(320, 568), (360, 740), (1280, 800)]
LONG = "Phongnhakebangdailamkhongcodaucachnaoca" * 4
OUT_OF_REACH = """() => [...document.querySelectorAll("button, label.tool")]
  .filter((e) => e.checkVisibility())
  .map((e) => [e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.right > innerWidth)"""
"""Buttons that a finger misses, by height or place."""
CONTRAST = """() => {
  const light = (c) => {
    const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!c.endsWith(", 0)") && c !== "transparent") return c;
    }
    return "rgb(255, 255, 255)";
  };
  const worst = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) worst.push(`${e.tagName}.${e.className} ${e.textContent.trim()}: ${ratio}`);
  }
  return worst;
}"""


async def full_chat(served: Served) -> Contact:
    """A conversation with everything that a line can hold."""
    lan = await served.site.person()
    await served.site.wrote(lan, f"sạt lở {LONG}")
    text = f"🔴 {bold('NA-26-000123')} · Sạt lở đe dọa nhà dân\nCó người bị nạn: gọi {bold('112')}."
    await served.site.told(lan, text, "Đúng", "Sai đơn vị", "KHẨN CẤP", "Thêm ảnh", "Hủy")
    await served.site.told(lan, LONG, "Có", "Không", "Chưa rõ")
    return lan


async def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    found: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


async def test_nothing_sticks_out_and_fingers_find_everything(served: Served) -> None:
    lan = await full_chat(served)
    officer = await served.site.person("Điều phối viên", "van_phong_ubnd", Role.COORDINATOR)
    page = await served.open(officer)
    for width, height in SIZES:  # one link more than an official has
        await page.set_viewport_size({"width": width, "height": height})
        assert await sticks_out(page) == 0, width
    page = await served.open(lan)
    for path in ("/chat", "/", "/join", "/join/AAAA-BBBB-CCCC", "/in/x", "/out", "/nowhere"):
        await page.goto(served.origin + path)
        for width, height in SIZES:
            await page.set_viewport_size({"width": width, "height": height})
            assert await sticks_out(page) == 0, (path, width)
            if path == "/chat":
                assert await page.evaluate(OUT_OF_REACH) == [], width


async def test_every_word_can_be_read(served: Served) -> None:
    lan = await full_chat(served)
    page = await served.open(lan)
    for path in ("/chat", "/chat?note=photos_refused", "/chat?to=2", "/", "/join", "/nowhere"):
        await page.goto(served.origin + path)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            assert await page.evaluate(CONTRAST) == [], (path, scheme)


async def test_the_newest_line_and_the_form_are_in_sight(served: Served) -> None:
    lan = await full_chat(served)
    page = await served.open(lan)
    newest = await page.locator("#lines li").last.bounding_box()
    form = await page.locator("#say").bounding_box()
    assert newest is not None
    assert form is not None
    assert newest["y"] + newest["height"] <= form["y"]
    assert form["y"] + form["height"] <= 740


async def test_only_the_newest_questions_buttons_stand_out(served: Served) -> None:
    page = await served.open(await full_chat(served))
    weights = [
        await page.locator(f"#l{n} button").first.evaluate("b => getComputedStyle(b).fontWeight")
        for n in (2, 3)
    ]
    assert weights == ["400", "600"]


async def test_a_page_is_light(served: Served) -> None:
    lan = await full_chat(served)
    page = await served.open(lan)
    weight = await page.evaluate(
        """() => [...performance.getEntriesByType("resource"),
                  ...performance.getEntriesByType("navigation")]
          .reduce((sum, entry) => sum + entry.transferSize, 0)"""
    )
    assert weight < 24 * 1024

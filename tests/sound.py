"""What is wrong with a page as a document: forms that need a script, fields without a name."""

import re
from collections import Counter
from html.parser import HTMLParser

ALLOWED = ("/join", "/in/", "/vao")
"""Before a session there is no token: a form's origin, and the word in it, must do."""
WAITS = "/chat/press"
"""Has buttons where somebody was asked something; each stands at its line."""
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSEEN = {"hidden", "submit"}
Attributes = dict[str, str | None]


class _Document(HTMLParser):
    """Elements as they open and close; a finding is one line for a person."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Attributes]] = []
        self.ids: Counter[str] = Counter()
        self.pointed: set[str | None] = set()
        self.labelled: set[str | None] = set()
        self.levels: list[int] = []
        self.presses: Counter[str] = Counter()
        """Buttons by the form that they send."""
        self.forms: list[Attributes] = []
        self.tokens: Counter[str] = Counter()
        self.said = ""
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.ids.update([has["id"]] if has.get("id") else [])
        self.pointed.update(has.get(name) for name in ("form", "list", "for"))
        if "style" in has or any(name.startswith("on") for name in has):
            self.found.append(f"{tag} carries a style or script of its own: {has}")
        if seen := getattr(self, f"see_{tag}", None):
            seen(has)
        if tag in {"input", "select", "textarea"}:
            self.see_field(tag, has)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append((tag, has))
        if tag in {"a", "button", "summary"}:
            self.said = has.get("aria-label") or ""

    def handle_data(self, data: str) -> None:
        self.said += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in {"a", "button", "summary"} and not self.said:
            self.found.append(f"a nameless {tag}")
        while self.open and self.open.pop()[0] != tag:
            pass

    def within(self, tag: str) -> Attributes | None:
        return next((has for name, has in reversed(self.open) if name == tag), None)

    def see_form(self, has: Attributes) -> None:
        if self.within("form") is not None:
            self.found.append("a form within a form")
        has["number"] = str(len(self.forms))
        self.forms.append(has)

    def sends(self, has: Attributes) -> str:
        """Which form a field or button belongs to: by name, or by standing in it."""
        if has.get("form"):
            return f"#{has['form']}"
        form = self.within("form")
        return "" if form is None else str(form["number"])

    def see_button(self, has: Attributes) -> None:
        if has.get("type", "submit") == "submit":
            self.presses[self.sends(has)] += 1

    def see_field(self, tag: str, has: Attributes) -> None:
        if has.get("name") == "csrf":
            self.tokens[self.sends(has)] += 1
        if has.get("type") in UNSEEN or "hidden" in has:
            return
        named = self.within("label") is not None or has.get("aria-label")
        if not named and (not has.get("id") or has["id"] not in self.labelled):
            self.found.append(f"a {tag} without a label: {has.get('name')}")

    def see_label(self, has: Attributes) -> None:
        self.labelled.add(has.get("for"))

    def see_img(self, has: Attributes) -> None:
        if "alt" not in has:
            self.found.append(f"a picture without words: {has.get('src')}")
        self.said += has.get("alt") or ""

    def see_th(self, has: Attributes) -> None:
        if has.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
            self.found.append("a table's head that heads nothing")

    def see_script(self, has: Attributes) -> None:
        if not has.get("src"):
            self.found.append("a script within the page")

    def see_svg(self, has: Attributes) -> None:
        if not (has.get("aria-label") or has.get("aria-labelledby") or has.get("aria-hidden")):
            self.found.append(f"a drawing without a name: {has.get('class')}")


def findings(page: str) -> list[str]:
    """Everything that is wrong with a page; in order, without repeats."""
    document = _Document()
    document.feed(page)
    document.close()
    found = document.found
    found += [f"two elements are called {name}" for name, n in document.ids.items() if n > 1]
    missing = {name for name in document.pointed if name} - set(document.ids)
    found += [f"nothing is called {name}" for name in missing]
    if document.levels.count(1) != 1:
        found.append(f"{document.levels.count(1)} first headings")
    for above, below in zip(document.levels, document.levels[1:], strict=False):
        if below > above + 1:
            found.append(f"a heading {below} under a heading {above}")
    for form in document.forms:
        found += _of_form(document, form)
    if not re.search(r'<html lang="(vi|en)">', page) or not re.search("<title>.+</title>", page):
        found.append("no language or no title")
    return list(dict.fromkeys(found))


def _of_form(document: _Document, form: Attributes) -> list[str]:
    names = [str(form["number"]), f"#{form.get('id')}"]
    where, found = form.get("action") or "", []
    if not where.startswith("/"):
        found.append(f"a form that is sent nowhere: {where}")
    if not any(document.presses[name] for name in names) and not where.endswith(WAITS):
        found.append(f"a form without a button: {where}")
    is_guarded = any(document.tokens[name] for name in names) or where.startswith(ALLOWED)
    if form.get("method") == "post" and not is_guarded:
        found.append(f"a form without a token: {where}")
    return found

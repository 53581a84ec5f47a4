"""A template of Word filled in: by docxtpl, with our own Jinja, and sound whatever it left out."""

import io
import re
import unicodedata
import zipfile
from itertools import zip_longest
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from tickets.papers import Fields, Value
from web import template_tags
from web.template_files import MOST_PART, TAG, W, parsed
from web.template_tags import Fault, Unfit

MOST_TAGS, LONGEST_TAG = 400, 200
"""Of one part, and letters of one tag: docxtpl's patterns look from each tag to its end."""
MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
TEXT_IN = {f"{W}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc")}
"""Elements that hold elements and no words of their own."""


class Template(DocxTemplate):  # type: ignore[misc]  # docxtpl tells no types
    """A template whose every part is read by us before anything of it is compiled."""

    def __init__(self, content: bytes, sample: Fields) -> None:
        super().__init__(io.BytesIO(content))
        self.sample = sample

    def patch_xml(self, src_xml: str) -> str:
        """Put together what Word tore into pieces; not of what is too large for it."""
        if len(src_xml) > MOST_PART:
            raise Unfit(Fault("tpl_large"))
        _require_closed("".join(re.split(r"<[^>]*>", src_xml)))
        return str(super().patch_xml(src_xml))

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None
    ) -> str:
        """One part filled in. Raises Unfit for a tag that is none of ours, and a torn part."""
        template_tags.require_plain(re.sub(r"(?=<w:p[ >])", "\n", src_xml), self.sample)
        filled = str(super().render_xml_part(src_xml, part, context, jinja_env))
        _require_whole(filled)
        return filled

    def fix_tables(self, xml: str) -> Any:
        """Tables as docxtpl mends them, and no empty cell, row or table, which Word refuses."""
        tree = super().fix_tables(xml)
        for cell in list(tree.iter(f"{W}tc")):
            if not len(cell) or cell[-1].tag != f"{W}p":
                etree.SubElement(cell, f"{W}p")
        for outer, inner in (("tr", "tc"), ("tbl", "tr")):
            for one in [e for e in tree.iter(f"{W}{outer}") if e.find(f".//{W}{inner}") is None]:
                one.getparent().remove(one)
        return tree

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: what a file says about itself is no template."""


def fill(content: bytes, fields: Fields, sample: Fields, *, title: str, author: str) -> bytes:
    """The paper as a .docx. Raises Unfit where the template cannot be used.

    `sample` holds every field that may stand in it. Who made the template is not told.
    """
    template = Template(content, sample)
    context = {name: _printable(value) for name, value in fields.items()}
    out = io.BytesIO()
    try:
        template.render(context, template_tags.environment())
        about = template.docx.core_properties
        about.title, about.author, about.last_modified_by = title[:250], author[:250], author[:250]
        about.subject = about.comments = about.keywords = about.category = ""
        template.save(out)
    except (Unfit, MemoryError):
        raise
    except TemplateError:
        raise Unfit(Fault("tpl_syntax")) from None
    except Exception:  # noqa: BLE001  docxtpl and python-docx raise anything at odd files
        raise Unfit(Fault("tpl_no_docx")) from None
    return out.getvalue()


def _printable(value: Value) -> Any:
    """Words without what XML cannot hold: controls go, odd spaces become plain ones."""
    if isinstance(value, str):
        return "".join(
            letter if letter.isprintable() or letter in "\n\t" else " " if letter.isspace() else ""
            for letter in unicodedata.normalize("NFC", value)
        )
    return [{name: _printable(inner) for name, inner in row.items()} for row in value]


def _require_closed(words: str) -> None:
    """Whether each tag ends soon, as a person writes them. Raises Unfit.

    A tag without an end makes docxtpl look through the whole part, once for each: 14 s.
    """
    marks = list(MARK.finditer(words))
    if len(marks) > 2 * MOST_TAGS:
        raise Unfit(Fault("tpl_large"))
    for begin, end in zip_longest(marks[::2], marks[1::2]):
        is_closed = end is not None and ENDS.get(begin[0]) == end[0]
        if not is_closed or end.start() - begin.end() > LONGEST_TAG:
            raise Unfit(Fault("tpl_unclosed", words[begin.start() :][:60].strip()))


def _require_whole(filled: str) -> None:
    """Whether a part is XML still, with words only where words may stand. Raises Unfit."""
    try:
        tree = parsed(filled.encode())
    except Unfit:
        raise Unfit(Fault("tpl_torn")) from None
    for one in tree.iter(*TEXT_IN):
        loose = [one.text, *(inner.tail for inner in one)]
        if words := next((text for text in loose if text and text.strip()), None):
            raise Unfit(Fault("tpl_torn", words.strip()[:80]))


def left_over(content: bytes) -> list[Fault]:
    """Tags that still stand in a filled paper, as in a comment or an endnote."""
    texts = _texts(content)
    return [Fault("tpl_left", text[m.start() :][:40]) for text in texts for m in TAG.finditer(text)]


def has_tags(content: bytes) -> bool:
    """Whether a template holds any: a finished letter put in by mistake has none."""
    return any(TAG.search(text) for text in _texts(content))


def _texts(content: bytes) -> list[str]:
    """The words of each part, without what parts them."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if re.fullmatch(r"word/[^/]+\.xml", name)]
        return ["".join(parsed(packed.read(name)).itertext()) for name in names]


def blank(sample: Fields) -> dict[str, Value]:
    """A paper of the same kind about which nothing is known, and no rows."""
    return {name: "" if isinstance(value, str) else [] for name, value in sample.items()}

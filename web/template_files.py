"""Whether a file that an office puts in is a plain .docx: no macros, nothing fetched, no bomb."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from web.template_tags import Fault, Unfit

MOST_BYTES = 700 * 1024
"""Packed, as a form carries it beside its other fields."""
MOST_UNPACKED, MOST_PART, MOST_PARTS = 8 * 1024 * 1024, 512 * 1024, 120
"""A letter of two pages has 80 KB of XML in 20 parts; a crest may be large."""
PICTURES = ("word/media/", "word/fonts/", "word/printerSettings", "docProps/thumbnail")
"""Parts that are not XML, and are carried along unread."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFUSED = {
    "oleObject", "package", "control", "activeXControlBinary", "vbaProject", "wordVbaData",
    "aFChunk", "subDocument", "attachedTemplate", "frame", "mailMergeSource", "recipientData",
}  # fmt: skip
"""Kinds of parts that bring other documents or programs into this one."""
LINKED = re.compile(r"(https?|mailto):", re.IGNORECASE)
FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "STYLEREF", "REF", "PAGEREF", "NOTEREF", "TOC", "TC", "SEQ", "HYPERLINK", "=",
}  # fmt: skip
"""Word's own fields that only count, date or point; others fetch files or start programs."""
TAG = re.compile(r"\{[{%#]")


def require_safe(content: bytes) -> None:
    """Look through a file before anything else reads it. Raises Unfit."""
    if len(content) > MOST_BYTES:
        raise Unfit(Fault("tpl_large"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = _unpacked(packed)
    except Unfit:
        raise
    except Exception:  # noqa: BLE001  a damaged archive raises anything
        raise Unfit(Fault("tpl_no_docx")) from None
    if "word/document.xml" not in parts and not any(n.startswith("word/") for n in parts):
        raise Unfit(Fault("tpl_no_docx"))
    faults = [fault for name, part in parts.items() for fault in _faults(name, part)]
    if faults:
        raise Unfit(*faults)


def _unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML parts; sizes are counted as they unpack, whatever the archive says of itself."""
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_PARTS:
        raise Unfit(Fault("tpl_large"))
    if len(set(names)) < len(names) or any(entry.flag_bits & 1 for entry in entries):
        raise Unfit(Fault("tpl_no_docx"))
    room, parts = MOST_UNPACKED, {}
    for entry in entries:
        is_picture = entry.filename.startswith(PICTURES) and not _is_xml(entry.filename)
        with packed.open(entry) as opened:
            part = opened.read(min(room, room if is_picture else MOST_PART) + 1)
        room -= len(part)
        if room < 0 or (not is_picture and len(part) > MOST_PART):
            raise Unfit(Fault("tpl_large"))
        if not is_picture and not entry.is_dir():
            parts[entry.filename] = part
    return parts


def _is_xml(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {".xml", ".rels"}


def _faults(name: str, part: bytes) -> Iterator[Fault]:
    """What is wrong with one part."""
    if PurePosixPath(name).suffix.lower() == ".bin":
        yield Fault("tpl_program", PurePosixPath(name).name)
        return
    tree = parsed(part)
    if name.endswith(".rels"):
        yield from _links(tree)
    elif name.startswith("word/"):
        yield from _fields(tree)
        yield from _hidden_tags(tree)


def parsed(part: bytes) -> Any:
    """A part as a tree; what declares entities is not read. Raises Unfit."""
    # Read as UTF-8 whatever it says it is: in another encoding the word below looks otherwise.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Unfit(Fault("tpl_no_docx"))
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise Unfit(Fault("tpl_no_docx")) from None


def _links(tree: Any) -> Iterator[Fault]:
    for link in tree:
        kind = str(link.get("Type", "")).rpartition("/")[2]
        target = str(link.get("Target", ""))
        is_outside = link.get("TargetMode") == "External"
        if kind in REFUSED:
            yield Fault("tpl_program", kind)
        elif is_outside and not (kind == "hyperlink" and LINKED.match(target)):
            yield Fault("tpl_outside", target[:80])


def _fields(tree: Any) -> Iterator[Fault]:
    """Word's fields that would do more than count: their first word, pieces put together."""
    written = [str(one.get(f"{W}instr", "")) for one in tree.iter(f"{W}fldSimple")]
    open_ones: list[str] = []
    for one in tree.iter(f"{W}fldChar", f"{W}instrText"):
        kind = one.get(f"{W}fldCharType")
        if kind == "begin":
            open_ones.append("")
        elif kind == "end":
            written += open_ones[-1:]
            del open_ones[-1:]
        elif kind is None:
            open_ones = [*open_ones[:-1], (open_ones or [""])[-1] + (one.text or "")]
    for text in (*written, *open_ones):
        words = text.split()
        if TAG.search(text):
            yield Fault("tpl_hidden_tag", text.strip()[:80])
        elif words and words[0].upper() not in FIELDS:
            yield Fault("tpl_field", words[0][:40])


def _hidden_tags(tree: Any) -> Iterator[Fault]:
    """Tags where Word keeps no text: what people wrote would become part of the file's makeup."""
    for one in tree.iter(etree.Element):
        for text in one.attrib.values():
            if TAG.search(str(text)):
                yield Fault("tpl_hidden_tag", str(text)[:80])

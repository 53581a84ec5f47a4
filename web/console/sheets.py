"""Rows of text out of a .csv or .xlsx that somebody uploads: the first sheet, within limits."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

from web.forms import whole

MOST_BYTES = 4 * 1024 * 1024
"""Unpacked; a list of some hundred people has a twentieth of it."""
MOST_ROWS, MOST_CELLS = 2000, 30
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class UnreadableError(Exception):
    """Neither a .csv nor an .xlsx, or larger than a list of people is."""


def rows_of(content: bytes) -> list[list[str]]:
    """The cells as text, row by row. Raises UnreadableError."""
    try:
        found = _of_workbook(content) if content.startswith(b"PK") else _of_text(content)
    except UnreadableError:
        raise
    except Exception as error:  # a damaged archive or number raises anything
        raise UnreadableError from error
    if len(found) > MOST_ROWS:
        raise UnreadableError
    return [[cell.replace("\0", "").strip() for cell in row[:MOST_CELLS]] for row in found]


def _of_text(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def _of_workbook(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        shared = []
        if "xl/sharedStrings.xml" in packed.namelist():
            table = _parsed(packed, "xl/sharedStrings.xml")
            shared = [_text(entry) for entry in table.iter(f"{_NS}si")]
        sheet = _parsed(packed, "xl/worksheets/sheet1.xml")
    return [_row(row, shared) for row in sheet.iter(f"{_NS}row")]


def _parsed(packed: zipfile.ZipFile, name: str) -> ET.Element:
    """A part of the workbook; what declares entities or is too large is not read."""
    with packed.open(name) as part:
        content = part.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or b"<!DOCTYPE" in content:
        raise UnreadableError
    # Read as UTF-8 whatever it says it is: in another encoding the word above looks otherwise.
    return ET.fromstring(content, ET.XMLParser(encoding="utf-8"))  # noqa: S314  no entities


def _row(row: ET.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_NS}c"):
        place = _place(cell.get("r", ""), len(cells))
        if place >= MOST_CELLS:
            break
        cells += [""] * (place - len(cells))
        cells.append(_value(cell, shared))
    return cells


def _place(name: str, otherwise: int) -> int:
    """The number of a cell's column: A is 0."""
    found = _CELL.fullmatch(name)
    if found is None:
        return otherwise
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return max(place - 1, otherwise)


def _value(cell: ET.Element, shared: list[str]) -> str:
    kind, value = cell.get("t"), cell.find(f"{_NS}v")
    if kind == "inlineStr":
        return _text(cell)
    if value is None or value.text is None:
        return ""
    if kind == "s":
        number = whole(value.text.strip(), otherwise=len(shared))
        return shared[number] if number < len(shared) else ""
    return value.text


def _text(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{_NS}t"))

"""A workbook of very many rows: XlsxWriter makes it around one row, ours are put in its place."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

EXCEL_BEGINS, A_DAY = datetime(1899, 12, 30), timedelta(days=1)  # noqa: DTZ001  a sheet's local time
LONGEST = 32_000
"""Characters of a cell; Excel holds 32,767."""
PART = "xl/worksheets/sheet1.xml"
LEVEL = 4
"""Of compression: a little larger than usual, in half the time."""
KNOWN = 20_000
"""Texts whose cells are remembered: names of offices, statuses and kinds come again and again."""
_SAMPLE = re.compile(rb'<row r="2".*</row>')
_STYLE = re.compile(rb'<c r="[AB]2" s="(\d+)"')
_SIZE = re.compile(rb"<dimension[^>]*>")
"""How many rows there are stands above them, where nobody knows it yet; it may be left out."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9a-fA-F]{4}_)")
"""What XML does not bear, and what would be read as such a sign, in the way Excel writes it."""
Cell = str | int | datetime | None


@dataclass
class Rows:
    """The rows of a sheet that is being written."""

    title: str
    columns: Sequence[tuple[str, int]]
    """The words of the first row, and widths in characters."""
    out: zipfile.ZipFile
    sheet: IO[bytes]
    wrap: str
    day: str
    line: int = 1
    known: dict[str, str] = field(default_factory=dict)

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows below; texts are texts, whatever they begin with."""
        for row in rows:
            self.line += 1
            cells = [
                self._cell(letters, value)
                for letters, value in zip(_LETTERS, row, strict=False)
                if value is not None and value != ""
            ]
            self.sheet.write(f'<row r="{self.line}">{"".join(cells)}</row>'.encode())

    def _cell(self, letters: str, value: Cell) -> str:
        at = f'<c r="{letters}{self.line}"'
        if isinstance(value, datetime):
            return f"{at}{self.day}<v>{(value - EXCEL_BEGINS) / A_DAY:.16G}</v></c>"
        if isinstance(value, int):
            return f"{at}><v>{value}</v></c>"
        return at + self._text(str(value))

    def _text(self, value: str) -> str:
        known = self.known.get(value)
        if known is None:
            shown = _CONTROL.sub(_as_excel, escape(value[:LONGEST]))
            known = f'{self.wrap}<is><t xml:space="preserve">{shown}</t></is></c>'
            if len(self.known) < KNOWN:
                self.known[value] = known
        return known

    def close(self) -> None:
        """Write what stands below the rows, and the rest of the workbook."""
        parts = _around(self.title, self.columns, self.line)
        self.sheet.write(_SAMPLE.split(parts.pop(PART))[1])
        self.sheet.close()
        for name, content in parts.items():
            self.out.writestr(name, content)
        self.out.close()


def begun(path: Path, title: str, columns: Sequence[tuple[str, int]]) -> Rows:
    """A workbook at a path, with its first row."""
    head = _around(title, columns, 2)[PART]
    sample = _SAMPLE.search(head)
    assert sample is not None
    wrap, day = (style.decode() for style in _STYLE.findall(sample[0]))
    out = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    sheet = out.open(PART, "w", force_zip64=True)
    sheet.write(_SIZE.sub(b"", head[: sample.start()]))
    return Rows(title, columns, out, sheet, f' s="{wrap}" t="inlineStr">', f' s="{day}">')


def _around(title: str, columns: Sequence[tuple[str, int]], lines: int) -> dict[str, bytes]:
    """The parts of a workbook with a first row, and a second one in which each style stands."""
    import xlsxwriter  # noqa: PLC0415  few ever ask for a workbook

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"constant_memory": True})
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for n, (name, width) in enumerate(columns):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, name, bold)
    sheet.write_number(1, 0, 0, wrap)
    sheet.write_number(1, 1, 0, day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(lines - 1, 1), len(columns) - 1)
    book.close()
    with zipfile.ZipFile(kept) as made:
        return {name: made.read(name) for name in made.namelist()}


def _as_excel(sign: re.Match[str]) -> str:
    return f"_x{ord(sign[0]):04X}_"


_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""The names of columns; a list of ours has no more."""

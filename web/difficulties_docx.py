"""The report of difficulties as a .docx: letterhead, a table a section, room for additions."""

import io
from typing import Any

from tickets.difficulties import HEADS, Difficulties, Section
from web.docx import begin, heading, lines, printable, signing

WIDTHS_MM = (10, 84, 24, 26, 30, 73)
"""The columns across an A4 page on its side."""


def as_docx(report: Difficulties) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in web.docx

    centre = WD_ALIGN_PARAGRAPH.CENTER
    document = begin(on_its_side=True)
    heading(document, report.superior, report.issuer, "Số:     /BC-……", report.place_and_date)
    for text, is_bold in (("BÁO CÁO", True), (report.subject, True)):
        paragraph = document.add_paragraph()
        paragraph.alignment = centre
        paragraph.add_run(printable(text)).bold = is_bold
    for text in report.summary:
        document.add_paragraph().add_run(printable(text)).bold = text[:2] in {"I.", "II"}
    for section in report.sections:
        document.add_paragraph().add_run(printable(section.title)).bold = True
        _table(document, section)
    if not report.sections:
        document.add_paragraph("Không có phản ánh nào trong kỳ.")
    for text in report.closing:
        document.add_paragraph().add_run(printable(text)).bold = text.startswith("III")
    signing(document, report.copies, "LÃNH ĐẠO ĐƠN VỊ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, section: Section) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    table = document.add_table(rows=1 + len(section.rows), cols=len(HEADS))
    table.style, table.autofit = "Table Grid", False
    for line, (row, cells) in enumerate(zip(table.rows, (HEADS, *section.rows), strict=True)):
        for cell, text, width in zip(row.cells, cells, WIDTHS_MM, strict=True):
            cell.width = Mm(width)
            lines(cell, None, (text or "–", line == 0))
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(12)

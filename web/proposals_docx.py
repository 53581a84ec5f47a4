"""A joint proposal as a .docx: letterhead, the table of needs, the rota of a shared machine."""

import io
from collections.abc import Sequence
from typing import Any

from tickets.joint_proposals import HEADS, ROTA_HEADS, JointProposal
from web.docx import begin, heading, lines, printable, signing

WIDTHS_MM = (10, 40, 34, 26, 107, 30)
ROTA_MM = (16, 36, 36, 80, 79)
"""The columns across an A4 page on its side."""


def as_docx(drafted: JointProposal) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in web.docx

    document = begin(on_its_side=True)
    symbol = "Số:     /TTr-……"
    heading(document, drafted.superior, drafted.issuer, symbol, drafted.place_and_date)
    for text in ("TỜ TRÌNH", drafted.subject):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(printable(text)).bold = True
    document.add_paragraph("Kính gửi: UBND tỉnh").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in drafted.paragraphs:
        document.add_paragraph(printable(text))
    _table(document, (HEADS, *drafted.rows), WIDTHS_MM)
    if drafted.rota:
        document.add_paragraph("Bảng 2. Lịch dùng chung (dự kiến, các xã thống nhất lại)")
        _table(document, (ROTA_HEADS, *drafted.rota), ROTA_MM)
    for text in drafted.closing:
        document.add_paragraph(printable(text))
    signing(document, drafted.copies, "LÃNH ĐẠO ĐƠN VỊ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415  as above

    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for line, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Mm(width)
            lines(cell, None, (text or "–", line == 0))
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(12)

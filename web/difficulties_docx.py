"""The report of difficulties as a .docx: letterhead, a table a section, room for additions."""

import io

from tickets.difficulties import HEADS, Difficulties
from web import decree

WIDTHS_MM = (12, 84, 26, 26, 30, 69)
"""The columns across an A4 page on its side."""


def as_docx(report: Difficulties) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    document = decree.begin(on_its_side=True)
    symbol = "Số:     /BC-……"
    decree.heading(document, report.superior, report.issuer, symbol, report.place_and_date)
    decree.title(document, "BÁO CÁO", report.subject)
    for text in report.summary:
        decree.body(document, text, bold=text[:2] in {"I.", "II"})
    for section in report.sections:
        decree.body(document, section.title, bold=True, indent=False)
        decree.grid(document, [HEADS, *section.rows], WIDTHS_MM)
    if not report.sections:
        decree.body(document, "Không có phản ánh nào trong kỳ.")
    for text in report.closing:
        decree.body(document, text, bold=text.startswith("III"))
    decree.signing(document, report.copies, "LÃNH ĐẠO ĐƠN VỊ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

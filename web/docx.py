"""A draft letter as a .docx, in the type and margins of decree 30/2020/NĐ-CP, appendix I."""

import io
from collections.abc import Sequence
from typing import Any

from tickets.letters import Letter

FONT = "Times New Roman"
MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 20}


def as_docx(letter: Letter) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    import docx  # noqa: PLC0415  lxml costs time, and few ever ask for a draft
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  see above
    from docx.shared import Mm, Pt  # noqa: PLC0415  see above

    document = docx.Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS_MM.items():
        setattr(section, side, Mm(width))
    centre = WD_ALIGN_PARAGRAPH.CENTER

    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _lines(
        left,
        centre,
        (letter.superior, False),
        (letter.issuer, True),
        (f"Số:     /{letter.symbol}", False),
    )
    _lines(
        right,
        centre,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Độc lập - Tự do - Hạnh phúc", True),
        (letter.place_and_date, False),
    )
    document.add_paragraph(letter.subject).alignment = centre
    document.add_paragraph(f"Kính gửi: {letter.to}").alignment = centre
    for text in letter.paragraphs:
        paragraph = document.add_paragraph(printable(text))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _lines(left, None, ("Nơi nhận:", True), *((f"- {copy}", False) for copy in letter.copies))
    _lines(right, centre, (letter.signer, True), ("(Ký, ghi rõ họ tên)", False))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One table under a title."""
    import docx  # noqa: PLC0415  see above
    from docx.shared import Pt  # noqa: PLC0415  see above

    document = docx.Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(12)
    document.add_paragraph().add_run(printable(title)).bold = True
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    for number, row in enumerate([columns, *rows]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _lines(cell, None, (words, number == 0))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(cell: Any, alignment: Any, *lines: tuple[str, bool]) -> None:
    """Lines of a cell, bold or not, under each other."""
    first = True
    for text, is_bold in lines:
        if not text:
            continue
        paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
        first = False
        paragraph.alignment = alignment
        paragraph.add_run(printable(text)).bold = is_bold


def printable(text: str) -> str:
    """Words without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")

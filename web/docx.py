"""A draft letter as a .docx, in the type and margins of decree 30/2020/NĐ-CP, appendix I."""

import io
from collections.abc import Sequence
from typing import Any

from tickets.letters import Letter

FONT = "Times New Roman"
MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 20}


def as_docx(letter: Letter) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin
    from docx.shared import Mm  # noqa: PLC0415  as in begin

    centre = WD_ALIGN_PARAGRAPH.CENTER
    document = begin()
    symbol = f"Số:     /{letter.symbol}"
    heading(document, letter.superior, letter.issuer, symbol, letter.place_and_date)
    document.add_paragraph(letter.subject).alignment = centre
    document.add_paragraph(f"Kính gửi: {letter.to}").alignment = centre
    for text in letter.paragraphs:
        paragraph = document.add_paragraph(printable(text))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    signing(document, letter.copies, letter.signer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def begin(*, on_its_side: bool = False) -> Any:
    """An empty A4 document in the decree's type and margins."""
    import docx  # noqa: PLC0415  lxml costs time, and few ever ask for a draft
    from docx.shared import Mm, Pt  # noqa: PLC0415  see above

    document = docx.Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(14)
    section = document.sections[0]
    wide, high = (297, 210) if on_its_side else (210, 297)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for side, width in MARGINS_MM.items():
        setattr(section, side, Mm(width))
    return document


def heading(document: Any, superior: str, issuer: str, symbol: str, place_and_date: str) -> None:
    """The issuer's name and number on the left, the state's name, place and date on the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin

    centre = WD_ALIGN_PARAGRAPH.CENTER
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    lines(left, centre, (superior, False), (issuer, True), (symbol, False))
    lines(
        right,
        centre,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Độc lập - Tự do - Hạnh phúc", True),
        (place_and_date, False),
    )


def signing(document: Any, copies: tuple[str, ...], signer: str) -> None:
    """Who gets a copy, and room for a signature."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin

    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    lines(left, None, ("Nơi nhận:", True), *((f"- {copy}", False) for copy in copies))
    lines(right, WD_ALIGN_PARAGRAPH.CENTER, (signer, True), ("(Ký, ghi rõ họ tên)", False))


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
            lines(cell, None, (words, number == 0))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(cell: Any, alignment: Any, *texts: tuple[str, bool]) -> None:
    """Lines of a cell, bold or not, under each other."""
    first = True
    for text, is_bold in texts:
        if not text:
            continue
        paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
        first = False
        paragraph.alignment = alignment
        paragraph.add_run(printable(text)).bold = is_bold


def printable(text: str) -> str:
    """Words without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")

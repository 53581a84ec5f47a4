"""The parts of a document in the layout of decree 30/2020/NĐ-CP: type, margins, heads, lines."""

from collections.abc import Sequence
from typing import Any

FONT = "Times New Roman"
MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 20}
"""The decree: 20-25 above and below, 30-35 on the left, 15-20 on the right."""
LEFT = 0.4
"""The issuer's share of the head; the state's name must fit into one line."""
SMALL, PLAIN, LARGE = 12, 13, 14
"""Points: heads, numbers and tables; places and symbols; the text."""


def begin(*, on_its_side: bool = False) -> Any:
    """An empty A4 document; its pages are numbered above from the second on."""
    import docx  # noqa: PLC0415  lxml costs time, and few ever ask for a draft
    from docx.oxml.ns import qn  # noqa: PLC0415  see above
    from docx.shared import Mm, Pt  # noqa: PLC0415  see above

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(LARGE)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    section = document.sections[0]
    wide, high = (297, 210) if on_its_side else (210, 297)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for side, width in MARGINS_MM.items():
        setattr(section, side, Mm(width))
    _number(section)
    return document


def _number(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin
    from docx.oxml import parse_xml  # noqa: PLC0415  as in begin
    from docx.oxml.ns import nsdecls  # noqa: PLC0415  as in begin

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = f"<w:fldSimple {nsdecls('w')} w:instr='PAGE'><w:r><w:t>2</w:t></w:r></w:fldSimple>"
    paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx knows no fields, borders or heads that repeat


def heading(
    document: Any,
    superior: str,
    issuer: str,
    symbol: str,
    place_and_date: str,
    subject: str = "",
) -> None:
    """Issuer, number and (of a letter) subject on the left; state, place and date on the right."""
    left, right = _halves(document)
    said(left, superior, size=SMALL)
    said(left, issuer, size=SMALL, bold=True)
    _line(left, 0.35)
    said(left, symbol, size=PLAIN)
    said(left, subject, size=SMALL)
    said(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=SMALL, bold=True)
    said(right, "Độc lập - Tự do - Hạnh phúc", size=PLAIN, bold=True)
    _line(right, 0.6)
    said(right, place_and_date, size=PLAIN, italic=True)
    gap(document)


def signing(document: Any, copies: tuple[str, ...], signer: str) -> None:
    """Who gets a copy, and room for a signature."""
    gap(document)
    left, right = _halves(document, 0.5)
    said(left, "Nơi nhận:", size=SMALL, bold=True, italic=True, at=None)
    for copy in copies:
        said(left, f"- {copy}", size=11, at=None)
    said(right, signer, size=PLAIN, bold=True)
    said(right, "(Ký, ghi rõ họ tên)", size=PLAIN, italic=True)


def title(document: Any, *texts: str) -> None:
    """What kind of document it is and about what, in the middle, with a line below."""
    for text in texts:
        said(document, text, bold=True)
    _line(document, 0.3)
    gap(document)


def body(document: Any, text: str, *, bold: bool = False, indent: bool = True) -> None:
    """A paragraph of the text."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin
    from docx.shared import Mm, Pt  # noqa: PLC0415  as in begin

    paragraph = document.add_paragraph()
    paragraph.add_run(printable(text)).bold = bold
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)


def grid(
    document: Any,
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[int],
    *,
    has_head: bool = True,
) -> None:
    """A table with a head that comes again on each page; no row is torn between two."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  as in begin
    from docx.shared import Mm  # noqa: PLC0415  as in begin

    table = document.add_table(rows=len(rows), cols=len(widths_mm))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for line, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        is_head = has_head and line == 0
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, cells, widths_mm, strict=True):
            cell.width = Mm(width)
            said(cell, text or "–", size=SMALL, bold=is_head, at="centre" if is_head else None)
    gap(document)


def said(
    where: Any,
    text: str,
    *,
    size: int = LARGE,
    bold: bool = False,
    italic: bool = False,
    at: str | None = "centre",
) -> None:
    """A line of a document or a cell, in the middle unless told otherwise; nothing for ''."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  as in begin
    from docx.shared import Pt  # noqa: PLC0415  as in begin

    if not text:
        return
    paragraph = _next(where)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if at == "centre" else None
    run = paragraph.add_run(printable(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def gap(document: Any) -> None:
    """An empty line of half a line's height."""
    from docx.shared import Pt  # noqa: PLC0415  as in begin

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(8)


def printable(text: str) -> str:
    """Words without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _halves(document: Any, share: float = LEFT) -> tuple[Any, Any]:
    """Two cells without a frame across the page."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for cell, column, width in zip((left, right), table.columns, (share, 1 - share), strict=True):
        cell.width = column.width = int(room * width)
    return left, right


def _next(where: Any) -> Any:
    """A fresh paragraph; a cell begins with an empty one."""
    paragraphs = where.paragraphs
    if hasattr(where, "width") and len(paragraphs) == 1 and not paragraphs[0].text:
        return paragraphs[0]
    return where.add_paragraph()


def _line(where: Any, share: float) -> None:
    """A thin line in the middle, as long as a share of the room."""
    from docx.oxml import parse_xml  # noqa: PLC0415  as in begin
    from docx.oxml.ns import nsdecls  # noqa: PLC0415  as in begin
    from docx.shared import Pt  # noqa: PLC0415  as in begin

    if hasattr(where, "width"):
        room = where.width
    else:
        section = where.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
    paragraph = where.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = int(room * (1 - share) / 2)
    form.line_spacing, form.space_after = Pt(3), Pt(4)
    below = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{below}</w:pBdr>")
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001

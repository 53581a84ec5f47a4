"""A joint proposal as a .docx: letterhead, the table of needs, the rota of a shared machine."""

import io

from tickets.joint_proposals import HEADS, ROTA_HEADS, JointProposal
from web import decree

WIDTHS_MM = (12, 40, 34, 26, 105, 30)
ROTA_MM = (16, 36, 36, 80, 79)
"""The columns across an A4 page on its side."""


def as_docx(drafted: JointProposal) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    document = decree.begin(on_its_side=True)
    symbol = "Số:     /TTr-……"
    decree.heading(document, drafted.superior, drafted.issuer, symbol, drafted.place_and_date)
    decree.title(document, "TỜ TRÌNH", drafted.subject)
    decree.said(document, "Kính gửi: UBND tỉnh")
    decree.gap(document)
    for text in drafted.paragraphs:
        decree.body(document, text)
    decree.grid(document, (HEADS, *drafted.rows), WIDTHS_MM)
    if drafted.rota:
        decree.body(document, "Bảng 2. Lịch dùng chung (dự kiến, các xã thống nhất lại)")
        decree.grid(document, (ROTA_HEADS, *drafted.rota), ROTA_MM)
    for text in drafted.closing:
        decree.body(document, text)
    decree.signing(document, drafted.copies, "LÃNH ĐẠO ĐƠN VỊ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

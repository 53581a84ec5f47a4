"""A draft letter as a .docx, and a quick report."""

import io
from collections.abc import Sequence

from tickets.letters import Letter
from web import decree

WIDE_MM = 160
"""Of a portrait page's text."""


def as_docx(letter: Letter) -> bytes:
    """The file's content; python-docx escapes whatever people wrote."""
    document = decree.begin()
    symbol = f"Số:     /{letter.symbol}"
    decree.heading(
        document, letter.superior, letter.issuer, symbol, letter.place_and_date, letter.subject
    )
    decree.said(document, f"Kính gửi: {letter.to}")
    decree.gap(document)
    for text in letter.paragraphs:
        decree.body(document, text)
    decree.signing(document, letter.copies, letter.signer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_quick_report(
    subject: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    superior: str,
    issuer: str,
    place_and_date: str,
) -> bytes:
    """A quick report: one table under the head, room for what is proposed."""
    document = decree.begin()
    decree.heading(document, superior, issuer, "Số:     /BC-……", place_and_date)
    decree.title(document, "BÁO CÁO NHANH", subject)
    decree.grid(document, [columns, *rows], [WIDE_MM // len(columns)] * len(columns))
    decree.body(document, "Nhận định, đề xuất: ……")
    decree.signing(document, ("Thường trực Tỉnh ủy (để b/c);", "Lưu: VT."), "LÃNH ĐẠO ĐƠN VỊ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

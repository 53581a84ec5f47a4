"""A ticket's tracking slip as a .docx, for the paper file: what, who, until when, what was done."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.tickets import Ticket
from tickets.texts import Texts
from web import decree

FIELDS_MM, ROWS_MM = (45, 115), (30, 35, 30, 65)
HEADS = ("Thời gian", "Việc", "Người làm", "Nội dung")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the history: when (UTC), what was done, by whom, in which words."""

    at: datetime
    what: str
    who: str
    words: str


def as_docx(
    ticket: Ticket, facts: Sequence[Fact], say: Texts, now: datetime, province: str
) -> bytes:
    """The file's content. A restricted ticket's words stay out: the paper file goes about."""
    hidden = ticket.restricted
    document = decree.begin()
    local = now.astimezone(say.zone)
    place = f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}"
    issuer = say.unit(ticket.lead).upper()
    decree.heading(document, f"UBND tỉnh {province}".upper(), issuer, "", place)
    decree.title(document, "PHIẾU THEO DÕI", f"Phản ánh {ticket.code}: {ticket.summary}")
    decree.grid(document, _fields(ticket, say, hidden=hidden), FIELDS_MM, has_head=False)
    decree.body(document, "Quá trình xử lý", bold=True, indent=False)
    rows = [
        (
            _minute(fact.at, say),
            fact.what,
            fact.who,
            "" if hidden else fact.words,
        )
        for fact in facts
    ]
    decree.grid(document, [HEADS, *rows], ROWS_MM)
    decree.signing(document, ("Lưu hồ sơ.",), "NGƯỜI LẬP PHIẾU")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fields(ticket: Ticket, say: Texts, *, hidden: bool) -> list[tuple[str, str]]:
    helpers = ", ".join(say.unit(unit) for unit in ticket.coordinating)
    return [
        ("Xã, phường phản ánh", say.unit(ticket.commune)),
        ("Thời điểm phản ánh", _minute(ticket.opened_at, say)),
        ("Nơi xảy ra", "" if hidden else ticket.place),
        ("Mức độ", say.urgency(ticket.urgency)),
        ("Nội dung", "(hạn chế)" if hidden else ticket.text),
        ("Đơn vị chủ trì", say.unit(ticket.lead)),
        ("Đơn vị phối hợp", helpers),
        ("Trạng thái", say.status(ticket)),
        ("Hạn tiếp nhận", _minute(ticket.acknowledge_by, say)),
        ("Hạn trả lời bước đầu", _minute(ticket.answer_by, say)),
        ("Hạn xử lý", _minute(ticket.promised_at or ticket.result_by, say)),
        ("Kết quả", "" if hidden else ticket.resolution),
        ("Văn bản", ticket.document),
    ]


def _minute(at: datetime | None, say: Texts) -> str:
    return f"{at.astimezone(say.zone):%H:%M %d/%m/%Y}" if at else ""

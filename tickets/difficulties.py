"""A report of the difficulties of a period, for people to finish (decree 30/2020/NĐ-CP)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.tickets import OPEN, Status, Ticket
from tickets.moment import Moment
from tickets.texts import Texts

Grouping = Literal["lead", "commune", "matter"]
GROUPINGS: tuple[Grouping, ...] = ("lead", "commune", "matter")
_BY: dict[Grouping, str] = {
    "lead": "đơn vị chủ trì",
    "commune": "xã, phường",
    "matter": "lĩnh vực",
}
HEADS = (
    "TT",
    "Nội dung khó khăn, vướng mắc",
    "Xã, phường",
    "Chủ trì",
    "Phối hợp",
    "Kết quả, thời hạn",
)


@dataclass(frozen=True, slots=True)
class Section:
    """The rows under one heading."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Difficulties:
    """The report's parts in the order of the decree's appendix; "……" is left to a person."""

    superior: str
    issuer: str
    place_and_date: str
    subject: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    copies: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """A name for the file, safe everywhere."""
        return "bao-cao-kho-khan-vuong-mac.docx"


def report(
    moment: Moment,
    found: Sequence[Ticket],
    total: int,
    *,
    issuer: str,
    first: date,
    last: date,
    by: Grouping,
) -> Difficulties:
    """Draft the report of the tickets opened from a local day to another, both counted.

    `issuer` is a unit's code. Of restricted tickets only number, commune and matter are told.
    `found` may be fewer than `total`: the report says so.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    local, province = moment.now.astimezone(say.zone), moment.rules.pack.name
    period = f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    return Difficulties(
        superior=f"UBND tỉnh {province}".upper(),
        issuer=say.unit(issuer).upper(),
        place_and_date=f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
        subject=f"Tổng hợp khó khăn, vướng mắc của các xã, phường {period}",
        summary=_summary(found, total, period, by),
        sections=_sections(moment, found, say, by),
        closing=("III. ĐỀ XUẤT, KIẾN NGHỊ", "……"),
        copies=("Như trên;", "Lưu: VT."),
    )


def _summary(found: Sequence[Ticket], total: int, period: str, by: Grouping) -> tuple[str, ...]:
    solved = sum(ticket.resolved_at is not None for ticket in found)
    planned = sum(ticket.status == Status.PLANNED for ticket in found)
    outside = sum(ticket.status == Status.AWAITING_GUIDANCE for ticket in found)
    still = sum(Status(ticket.status) in OPEN and ticket.resolved_at is None for ticket in found)
    communes = len({ticket.commune for ticket in found})
    told = (
        f"Trong kỳ ({period}), {communes} xã, phường phản ánh {total} khó khăn, vướng mắc. "
        f"Đến nay đã xử lý {solved}; đang xử lý {still}, trong đó {planned} việc đã trả lời là "
        f"chưa có nguồn lực, {outside} việc chờ hướng dẫn của Trung ương."
    )
    lines = ["I. TÌNH HÌNH CHUNG", told]
    if len(found) < total:
        lines.append(
            f"Báo cáo nêu {len(found)} việc đầu kỳ; danh sách đầy đủ ở tệp .xlsx kèm theo."
        )
    return (*lines, f"II. KHÓ KHĂN, VƯỚNG MẮC THEO {_BY[by].upper()}")


def _sections(
    moment: Moment, found: Sequence[Ticket], say: Texts, by: Grouping
) -> tuple[Section, ...]:
    groups: dict[str, list[Ticket]] = {}
    for ticket in found:
        groups.setdefault(_title(moment, ticket, say, by), []).append(ticket)
    return tuple(
        Section(
            f"{title} ({len(rows)})",
            tuple((str(n), *_row(ticket, say, moment.now)) for n, ticket in enumerate(rows, 1)),
        )
        for title, rows in sorted(groups.items())
    )


def _title(moment: Moment, ticket: Ticket, say: Texts, by: Grouping) -> str:
    if by == "lead":
        return say.unit(ticket.lead)
    if by == "commune":
        return say.unit(ticket.commune)
    route = moment.route(ticket.category) if ticket.category else None
    return say.units.group_label(route.group) if route else "Chưa rõ lĩnh vực"


def _row(ticket: Ticket, say: Texts, now: datetime) -> tuple[str, ...]:
    """A ticket's cells after its number in the list."""
    told = f"{ticket.code}: {ticket.summary}"
    if not ticket.restricted:
        told += f". {ticket.text}" if ticket.text else ""
    return (
        told,
        say.units.short_name(ticket.commune),
        say.units.short_name(ticket.lead),
        say.shorts(ticket.coordinating),
        _result(ticket, say, now),
    )


def _result(ticket: Ticket, say: Texts, now: datetime) -> str:
    """Where it stands, what was answered, by when the rest is promised."""
    parts = [say.status(ticket)]
    if ticket.resolution and not ticket.restricted:
        parts.append(ticket.resolution)
    if ticket.document:
        parts.append(f"văn bản {ticket.document}")
    by = ticket.promised_at or ticket.result_by
    if ticket.resolved_at is None and Status(ticket.status) in OPEN and by is not None:
        late = " (quá hạn)" if by < now else ""
        parts.append(f"hạn {by.astimezone(say.zone):%d/%m/%Y}{late}")
    return "; ".join(parts)

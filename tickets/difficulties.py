"""A report of the difficulties of a period, for people to finish: what stands in its fields."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from storage.tickets import OPEN, Status, Ticket
from tickets.moment import Moment
from tickets.papers import Paper, Value, head
from tickets.texts import Texts

Grouping = Literal["lead", "commune", "matter"]
GROUPINGS: tuple[Grouping, ...] = ("lead", "commune", "matter")
_BY: dict[Grouping, str] = {
    "lead": "đơn vị chủ trì",
    "commune": "xã, phường",
    "matter": "lĩnh vực",
}


def report(
    moment: Moment,
    found: Sequence[Ticket],
    total: int,
    *,
    issuer: str,
    first: date,
    last: date,
    by: Grouping,
) -> Paper:
    """Draft the report of the tickets opened from a local day to another, both counted.

    `issuer` is a unit's code. Of restricted tickets only number, commune and matter are told.
    `found` may be fewer than `total`: the report says so.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    still = [t for t in found if Status(t.status) in OPEN and t.resolved_at is None]
    return Paper(
        kind="difficulties",
        unit=issuer,
        file_name="bao-cao-kho-khan-vuong-mac.docx",
        title="Tổng hợp khó khăn, vướng mắc",
        fields={
            **head(say, issuer, moment.now, moment.rules.pack.name),
            "tu_ngay": f"{first:%d/%m/%Y}",
            "den_ngay": f"{last:%d/%m/%Y}",
            "sap_theo": _BY[by],
            "so_xa": str(len({ticket.commune for ticket in found})),
            "tong": str(total),
            "da_xu_ly": str(sum(ticket.resolved_at is not None for ticket in found)),
            "dang_xu_ly": str(len(still)),
            "chua_nguon_luc": str(sum(t.status == Status.PLANNED for t in found)),
            "cho_huong_dan": str(sum(t.status == Status.AWAITING_GUIDANCE for t in found)),
            "chi_neu": str(len(found)) if len(found) < total else "",
            "nhom": _groups(moment, found, say, by),
        },
    )


def _groups(
    moment: Moment, found: Sequence[Ticket], say: Texts, by: Grouping
) -> list[dict[str, Value]]:
    groups: dict[str, list[Ticket]] = {}
    for ticket in found:
        groups.setdefault(_title(moment, ticket, say, by), []).append(ticket)
    return [
        {
            "ten": title,
            "so": str(len(rows)),
            "dong": [_row(n, ticket, say, moment.now) for n, ticket in enumerate(rows, 1)],
        }
        for title, rows in sorted(groups.items())
    ]


def _title(moment: Moment, ticket: Ticket, say: Texts, by: Grouping) -> str:
    if by == "lead":
        return say.unit(ticket.lead)
    if by == "commune":
        return say.unit(ticket.commune)
    route = moment.route(ticket.category) if ticket.category else None
    return say.units.group_label(route.group) if route else "Chưa rõ lĩnh vực"


def _row(number: int, ticket: Ticket, say: Texts, now: datetime) -> dict[str, Value]:
    told = f"{ticket.code}: {ticket.summary}"
    if not ticket.restricted:
        told += f". {ticket.text}" if ticket.text else ""
    return {
        "tt": str(number),
        "noi_dung": told,
        "xa": say.units.short_name(ticket.commune),
        "chu_tri": say.units.short_name(ticket.lead),
        "phoi_hop": say.shorts(ticket.coordinating),
        "ket_qua": _result(ticket, say, now),
    }


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

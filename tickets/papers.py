"""A paper to be filled into a template of Word: its kind, and what it says in which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Union

from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets.moment import Moment
from tickets.texts import Texts

Value = Union[str, "Sequence[Fields]"]
Fields = Mapping[str, Value]
"""What a paper says by the names that templates use: words, or rows that have fields again."""
KINDS = (
    "reply", "transfer", "proposal", "opinion", "tracking", "storm", "difficulties", "joint",
)  # fmt: skip
"""Every paper that is made by a template; a template in force is one kind's."""
KEEPS = (Role.HEAD, Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper before it is filled in; `unit` is whose template it is made by."""

    kind: str
    unit: str
    file_name: str
    title: str
    fields: Fields


def units_kept(who: Speaker) -> list[str]:
    """The units whose templates somebody keeps; '' is the province's, for all that have none."""
    is_province = who.holds(Role.COORDINATOR, Role.ADMIN)
    return [*([""] if is_province else []), *sorted(who.units(Role.HEAD))]


def head(say: Texts, unit: str, now: datetime, province: str) -> dict[str, Value]:
    """The fields of a paper's head; `now` is a UTC instant, dates are the province's."""
    local, name = now.astimezone(say.zone), say.unit(unit)
    return {
        "co_quan_cap_tren": f"UBND tỉnh {province}".upper(),
        "co_quan": name.upper(),
        "ten_co_quan": name,
        "noi_ngay": f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
    }


def of_ticket(ticket: Ticket, moment: Moment) -> dict[str, Value]:
    """The fields of whatever paper is about one ticket.

    A restricted ticket's words stay out whatever the template asks for: papers go about.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    hidden = ticket.restricted
    route = moment.route(ticket.category) if ticket.category else None
    commune = say.unit(ticket.commune)
    return {
        "so_phieu": ticket.code,
        "xa": commune,
        "noi_xay_ra": commune if hidden else say.where(ticket),
        "tom_tat": ticket.summary,
        "linh_vuc": route.title if route else "",
        "muc_do": say.urgency(ticket.urgency),
        "ngay_phan_anh": day(ticket.opened_at, say),
        "gio_phan_anh": minute(ticket.opened_at, say),
        "noi_dung": "" if hidden else ticket.text,
        "han_che": "(hạn chế)" if hidden else "",
        "chu_tri": say.unit(ticket.lead),
        "phoi_hop": ", ".join(say.unit(unit) for unit in ticket.coordinating),
        "trang_thai": say.status(ticket),
        "han_tiep_nhan": minute(ticket.acknowledge_by, say),
        "han_tra_loi": minute(ticket.answer_by, say),
        "han_xu_ly": minute(ticket.promised_at or ticket.result_by, say),
        "ngay_hen": day(ticket.promised_at, say),
        "ket_qua": "" if hidden else ticket.resolution,
        "van_ban": ticket.document,
    }


def day(at: datetime | None, say: Texts) -> str:
    """An instant as the province's date; '' for none."""
    return f"{at.astimezone(say.zone):%d/%m/%Y}" if at else ""


def minute(at: datetime | None, say: Texts) -> str:
    """An instant as the province's hour and date; '' for none."""
    return f"{at.astimezone(say.zone):%H:%M %d/%m/%Y}" if at else ""

"""The draft of a joint proposal for people to finish (decree 30/2020/NĐ-CP): table and rota."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from province.lookup import Lookup
from storage import tickets
from storage.clusters import Cluster
from storage.tickets import Ticket
from tickets.clusters import Picture, picture
from tickets.likeness import kilometres
from tickets.moment import Moment
from tickets.texts import Texts
from tickets.wants import MACHINES

HEADS = ("TT", "Xã, phường", "Phiếu", "Ngày báo", "Nội dung", "Cách xã trước (km)")
ROTA_HEADS = ("Tuần", "Từ ngày", "Đến ngày", "Xã, phường dùng", "Xã nhận kế tiếp")
ROUNDS = 2
"""How often each commune has its turn in the draft."""
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class JointProposal:
    """The proposal's parts in the order of the decree's appendix; "……" is left to a person."""

    superior: str
    issuer: str
    place_and_date: str
    subject: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rota: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    copies: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """A name for the file, safe everywhere."""
        return "de-xuat-chung.docx"


def proposal(
    shown: Picture, found: Sequence[Ticket], say: Texts, now: datetime, province: str
) -> JointProposal:
    """Draft it; `now` is a UTC instant, dates are the province's, `found` are its tickets.

    The communes stand along the shortest way from the first that asked; a machine goes that way.
    """
    local = now.astimezone(say.zone)
    need, communes = shown.cluster.need, along(shown.group.communes, say.units)
    first = shown.group.since.astimezone(say.zone)
    is_machine = need in MACHINES
    about = (
        f"Từ ngày {first:%d/%m/%Y} đến nay, {len(communes)} xã, phường gần nhau (xa nhất "
        f"{shown.group.span_km:.0f} km) cùng phản ánh cần {need}: {say.shorts(communes)}."
    )
    return JointProposal(
        superior=f"UBND tỉnh {province}".upper(),
        issuer=say.unit(shown.cluster.lead).upper(),
        place_and_date=f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
        subject=f"Về việc giải quyết nhu cầu chung về {need} của {len(communes)} xã, phường",
        paragraphs=(about, "Bảng 1. Nhu cầu của các xã, phường"),
        rows=tuple(_rows(communes, found, say)),
        rota=tuple(rota(communes, say, local.date())) if is_machine else (),
        closing=(
            f"{say.unit(shown.cluster.lead)} đề xuất: ……",
            "Nguồn kinh phí, thời gian thực hiện: ……",
        ),
        copies=("Như trên;", "UBND các xã nêu trên;", "Lưu: VT."),
    )


async def draft_of(moment: Moment, cluster: Cluster) -> JointProposal:
    """The draft of a proposal as it stands now."""
    shown = await picture(moment, cluster)
    found = [await tickets.by_id(moment.session, number) for number in cluster.tickets]
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    known = [ticket for ticket in found if ticket is not None]
    return proposal(shown, known, say, moment.now, moment.rules.pack.name)


def along(communes: Sequence[str], units: Lookup) -> list[str]:
    """The communes in the order of a way that always goes to the nearest one left."""
    left = [commune for code in communes if (commune := units.commune(code))]
    way = left[:1]
    left = left[1:]
    while left:
        here = way[-1]
        nearest = min(left, key=lambda one: (kilometres(*here.place, *one.place), one.code))
        way.append(nearest)
        left.remove(nearest)
    return [commune.code for commune in way]


def _rows(communes: Sequence[str], found: Sequence[Ticket], say: Texts) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    before = ""
    for number, code in enumerate(communes, 1):
        own = [ticket for ticket in found if code in {ticket.commune, *ticket.carriers}]
        rows.append(
            (
                str(number),
                say.unit(code),
                ", ".join(ticket.code for ticket in own),
                ", ".join(f"{t.opened_at.astimezone(say.zone):%d/%m/%Y}" for t in own),
                " / ".join(_words(ticket, say) for ticket in own),
                _way(before, code, say.units),
            )
        )
        before = code
    return rows


def _words(ticket: Ticket, say: Texts) -> str:
    """What was reported; a restricted ticket's words stay out."""
    if ticket.restricted or not ticket.text:
        return ticket.summary
    return ticket.text


def _way(before: str, code: str, units: Lookup) -> str:
    one, other = units.commune(before), units.commune(code)
    if one is None or other is None:
        return ""
    return f"{kilometres(*one.place, *other.place):.0f}"


def rota(communes: Sequence[str], say: Texts, today: date) -> list[tuple[str, ...]]:
    """A week for each commune along the way, from the Monday after next, in two rounds."""
    monday = today - timedelta(days=today.weekday()) + 2 * A_WEEK
    turns = [code for _ in range(ROUNDS) for code in communes]
    rows: list[tuple[str, ...]] = []
    for number, code in enumerate(turns):
        first = monday + number * A_WEEK
        following = turns[number + 1] if number + 1 < len(turns) else ""
        rows.append(
            (
                str(number + 1),
                f"{first:%d/%m/%Y}",
                f"{first + timedelta(days=6):%d/%m/%Y}",
                say.unit(code),
                say.unit(following) if following else "……",
            )
        )
    return rows

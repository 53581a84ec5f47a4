"""The draft of a joint proposal for people to finish: table of needs, rota of a machine."""

from collections.abc import Sequence
from datetime import date, timedelta

from province.lookup import Lookup
from storage import tickets
from storage.clusters import Cluster
from storage.tickets import Ticket
from tickets.clusters import Picture, picture
from tickets.likeness import kilometres
from tickets.moment import Moment
from tickets.papers import Paper, Value, day, head
from tickets.texts import Texts
from tickets.wants import MACHINES

ROUNDS = 2
"""How often each commune has its turn in the draft."""
A_WEEK = timedelta(days=7)


def proposal(shown: Picture, found: Sequence[Ticket], moment: Moment) -> Paper:
    """Draft it by the lead's template; `found` are its tickets.

    The communes stand along the shortest way from the first that asked; a machine goes that way.
    """
    say = Texts("vi", moment.rules.units, moment.rules.zone)
    lead, need = shown.cluster.lead, shown.cluster.need
    communes = along(shown.group.communes, say.units)
    return Paper(
        kind="joint",
        unit=lead,
        file_name="de-xuat-chung.docx",
        title=f"Nhu cầu chung về {need}",
        fields={
            **head(say, lead, moment.now, moment.rules.pack.name),
            "nhu_cau": need,
            "so_xa": str(len(communes)),
            "cac_xa": say.shorts(communes),
            "tu_ngay": day(shown.group.since, say),
            "xa_nhat": f"{shown.group.span_km:.0f}",
            "bang": _rows(communes, found, say),
            "lich": rota(communes, say, moment.today) if need in MACHINES else [],
        },
    )


async def draft_of(moment: Moment, cluster: Cluster) -> Paper:
    """The draft of a proposal as it stands now."""
    shown = await picture(moment, cluster)
    found = [await tickets.by_id(moment.session, number) for number in cluster.tickets]
    return proposal(shown, [ticket for ticket in found if ticket is not None], moment)


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


def _rows(communes: Sequence[str], found: Sequence[Ticket], say: Texts) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    before = ""
    for number, code in enumerate(communes, 1):
        own = [ticket for ticket in found if code in {ticket.commune, *ticket.carriers}]
        rows.append(
            {
                "tt": str(number),
                "xa": say.unit(code),
                "phieu": ", ".join(ticket.code for ticket in own),
                "ngay_bao": ", ".join(day(ticket.opened_at, say) for ticket in own),
                "noi_dung": " / ".join(_words(ticket) for ticket in own),
                "cach": _way(before, code, say.units),
            }
        )
        before = code
    return rows


def _words(ticket: Ticket) -> str:
    """What was reported; a restricted ticket's words stay out."""
    if ticket.restricted or not ticket.text:
        return ticket.summary
    return ticket.text


def _way(before: str, code: str, units: Lookup) -> str:
    one, other = units.commune(before), units.commune(code)
    if one is None or other is None:
        return ""
    return f"{kilometres(*one.place, *other.place):.0f}"


def rota(communes: Sequence[str], say: Texts, today: date) -> list[dict[str, Value]]:
    """A week for each commune along the way, from the Monday after next, in two rounds."""
    monday = today - timedelta(days=today.weekday()) + 2 * A_WEEK
    turns = [code for _ in range(ROUNDS) for code in communes]
    rows: list[dict[str, Value]] = []
    for number, code in enumerate(turns):
        first = monday + number * A_WEEK
        following = turns[number + 1] if number + 1 < len(turns) else ""
        rows.append(
            {
                "tuan": str(number + 1),
                "tu": f"{first:%d/%m/%Y}",
                "den": f"{first + timedelta(days=6):%d/%m/%Y}",
                "xa": say.unit(code),
                "tiep": say.unit(following) if following else "",
            }
        )
    return rows

"""The draft of the slip by which the office passes a leader's opinion on (decree 30/2020/NĐ-CP)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.people import Person
from storage.tickets import Ticket, TicketEvent
from tickets.letters import Letter, about
from tickets.texts import Texts

OPINION = "opinion"
"""What the purposes of links to such drafts name: letter:<ticket>:opinion.<key>."""


async def author(session: AsyncSession, actor: str, inputs: Mapping[str, Any], say: Texts) -> str:
    """Who gave an opinion, from its event's actor and inputs: names are looked up, never kept."""
    own, absent = await _name(session, actor), str(inputs.get("for", ""))
    away = await _name(session, absent) if absent else ""
    return say.opinion_by(own, str(inputs.get("post", "")), away)


async def _name(session: AsyncSession, actor: str) -> str:
    _, _, number = actor.partition(":")
    person = await session.get(Person, int(number)) if number.isdecimal() else None
    return person.name if person else "?"


def slip(
    ticket: Ticket, opinion: TicketEvent, by: str, say: Texts, now: datetime, province: str
) -> Letter:
    """Draft it; `now` is a UTC instant, dates are the province's, "……" is left to a person.

    `by` is who gave it, as `author` says.

    A restricted ticket's words and the opinion on it stay out.
    """
    local = now.astimezone(say.zone)
    office, lead = say.unit(say.units.pack.coordinator), say.unit(ticket.lead)
    commune = say.unit(ticket.commune)
    day = opinion.at.astimezone(say.zone)
    words = "……" if ticket.restricted else str(opinion.inputs.get("text", ""))
    return Letter(
        superior=f"UBND tỉnh {province}".upper(),
        issuer=office.upper(),
        symbol=f"{ticket.code}-PC",
        place_and_date=f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
        subject=f"V/v chuyển ý kiến chỉ đạo: {ticket.summary} tại {commune}",
        to=lead,
        paragraphs=(
            *about(ticket, commune, say),
            f"Ngày {day:%d/%m/%Y}, đồng chí {by} có ý kiến: “{words}”.",
            f"{office} chuyển {lead} để thực hiện, báo cáo kết quả trước ngày ……",
        ),
        copies=("Như trên;", f"UBND {commune} (để biết);", "Lưu: VT."),
        signer="LÃNH ĐẠO VĂN PHÒNG",
    )

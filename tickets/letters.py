"""Drafts of the letters that a ticket needs, for people to finish (decree 30/2020/NĐ-CP)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.tickets import Ticket
from tickets.texts import Texts

Kind = Literal["reply", "transfer", "proposal"]
KINDS: tuple[Kind, ...] = ("reply", "transfer", "proposal")
"""An answer to the commune, a transfer slip to another department, a proposal to the ministry."""
_SYMBOLS: dict[Kind, str] = {"reply": "CV", "transfer": "PC", "proposal": "TTr"}
_SUBJECTS: dict[Kind, str] = {
    "reply": "V/v trả lời phản ánh",
    "transfer": "V/v chuyển giải quyết",
    "proposal": "V/v kiến nghị",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's parts in the order of the decree's appendix I; "……" is left to a person."""

    superior: str
    issuer: str
    symbol: str
    place_and_date: str
    subject: str
    to: str
    paragraphs: tuple[str, ...]
    copies: tuple[str, ...]
    signer: str

    @property
    def file_name(self) -> str:
        """A name for the file, safe everywhere."""
        return f"{self.symbol.replace('/', '-').strip('-')}.docx"


def letter(kind: Kind, ticket: Ticket, say: Texts, now: datetime, province: str) -> Letter:
    """Draft a letter about a ticket; `now` is a UTC instant, dates are the province's.

    A restricted ticket's words stay out: the draft names number, commune and matter only.
    """
    local = now.astimezone(say.zone)
    issuer, commune = say.unit(ticket.lead), say.unit(ticket.commune)
    place = commune if ticket.restricted else say.where(ticket)
    return Letter(
        superior=f"UBND tỉnh {province}".upper(),
        issuer=issuer.upper(),
        symbol=f"{ticket.code}-{_SYMBOLS[kind]}",
        place_and_date=f"{province}, ngày {local:%d} tháng {local:%m} năm {local:%Y}",
        subject=f"{_SUBJECTS[kind]}: {ticket.summary} tại {place}",
        to={"reply": f"UBND {commune}", "transfer": "……", "proposal": "Bộ ……"}[kind],
        paragraphs=(*about(ticket, commune, say), *_body(kind, ticket, issuer, say)),
        copies=("Như trên;", "VP UBND tỉnh (để b/c);", "Lưu: VT."),
        signer="LÃNH ĐẠO ĐƠN VỊ",
    )


def about(ticket: Ticket, commune: str, say: Texts) -> list[str]:
    """What was reported, for the first paragraphs; a restricted ticket's words stay out."""
    opened = ticket.opened_at.astimezone(say.zone)
    told = f"Ngày {opened:%d/%m/%Y}, UBND {commune} phản ánh khó khăn, vướng mắc"
    about = [f"{told} (phiếu {ticket.code}): {ticket.summary}."]
    if ticket.text and not ticket.restricted:
        about.append(f"Nội dung phản ánh: “{ticket.text}”.")
    return about


def _body(kind: Kind, ticket: Ticket, issuer: str, say: Texts) -> list[str]:
    said = ticket.resolution or "……"
    match kind:
        case "transfer":
            ours = "Sau khi xem xét, nội dung trên thuộc phạm vi giải quyết của quý cơ quan."
            theirs = f"{issuer} chuyển để xem xét, giải quyết theo thẩm quyền."
            return [f"{ours} {theirs}", "Lý do: ……"]
        case "proposal":
            beyond = f"Căn cứ ……, nội dung trên vượt thẩm quyền của tỉnh: {said}."
            return [beyond, f"{issuer} kính đề nghị quý Bộ xem xét, hướng dẫn: ……"]
        case "reply":
            answer = [f"{issuer} trả lời như sau: {said}."]
            if ticket.promised_at is not None:
                day = ticket.promised_at.astimezone(say.zone)
                answer.append(f"Thời gian thực hiện: trước ngày {day:%d/%m/%Y}.")
            return answer

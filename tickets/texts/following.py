"""What is said about a ticket afterwards: who has it, lists, its end, old buttons."""

from collections.abc import Sequence
from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold, own
from tickets.texts.reporting import Reporting


class Following(Reporting):
    """Sentences about a ticket that is known."""

    def hears(self, ticket: Ticket, *, by: str, now: datetime) -> str:
        """The reporter hears that the department has it."""
        text = self._("{title}: {lead} đã tiếp nhận ({by}).").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), by=by
        )
        if ticket.answer_by:
            text += " " + self._("Trả lời bước đầu trước {time}.").format(
                time=bold(self.time(ticket.answer_by, now))
            )
        return text

    def solved(self, ticket: Ticket, *, by: str = "") -> str:
        """The reporter hears that it is done, and is asked whether it really is."""
        told = self._("{title}: {lead} báo đã xử lý{by}: {words}").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)),
            by=f" ({by})" if by else "",
            words=self.quote(ticket.resolution),
        )  # fmt: skip
        return f"{told}\n{self.really_done()}"

    def really_done(self) -> str:
        """Asked at the end, until it is answered."""
        return self._("Việc đã xong thật chưa ạ?")

    def closed(self, ticket: Ticket) -> str:
        """After the commune's yes."""
        return self._("{code} kết thúc. Cảm ơn anh/chị đã xác nhận.").format(code=bold(ticket.code))

    def reopened(self, ticket: Ticket) -> str:
        """After the commune's no."""
        return self._(
            "Đã mở lại {code}, gửi lại {lead}. Còn vướng gì, anh/chị nhắn vào đây."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def detail(
        self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str, news: str = ""
    ) -> str:
        """One ticket with what is known and where it stands; `news` are the desk's last words."""
        lines = [f"{self.title(ticket)} · {self.where(ticket)}", self._leads(ticket, "")]
        lines.append(self.stage(ticket, now=now, proposed=proposed, duty=duty))
        if ticket.text:
            lines.append(self.quote(ticket.text))
        if news and news != ticket.resolution:
            lines.append(self._("Mới nhất: {words}").format(words=self.quote(news)))
        if ticket.resolution:
            lines.append(self._("Kết quả: {words}").format(words=self.quote(ticket.resolution)))
        return "\n".join(lines)

    def no_such_ticket(self) -> str:
        """The same for a ticket that is absent and one that is not yours."""
        return self._("Không có phiếu này trong phạm vi của anh/chị. Xem danh sách: /phieu.")

    def not_allowed(self, ticket: Ticket | None = None) -> str:
        """Somebody pressed who may not."""
        if ticket is None:
            return self._("Anh/chị chưa được phân quyền việc này. Gõ “giúp” để xem làm được gì.")
        return self._("Phiếu này do {lead} xử lý; anh/chị chưa được phân quyền.").format(
            lead=self.unit(ticket.lead)
        )

    def left_behind(self) -> str:
        """The origin of what an official calls left behind."""
        return self._("Việc tồn đọng, chuyển tiếp từ cấp huyện")

    def hears_taken_in(self, ticket: Ticket, origin: str, deadline: str) -> str:
        """A commune's official hears of a ticket that a list brought."""
        return self._(
            "{title}: Văn phòng UBND tỉnh lập phiếu cho {commune} từ {origin}. {lead} chủ trì. "
            "{deadline}"
        ).format(
            title=self.title(ticket), commune=self.unit(ticket.commune), origin=own(origin),
            lead=bold(self.unit(ticket.lead)), deadline=deadline,
        ).strip()  # fmt: skip

    def hears_submitted(self, ticket: Ticket, program: str, deadline: str) -> str:
        """A commune's official hears of a ticket that a program opened in their place."""
        return self._(
            "{title}: {program} gửi phản ánh này thay {commune}. {lead} chủ trì. "
            "{deadline}"
        ).format(
            title=self.title(ticket), commune=self.unit(ticket.commune), program=program,
            lead=bold(self.unit(ticket.lead)), deadline=deadline,
        ).strip()  # fmt: skip

    def stale(self, ticket: Ticket, now: datetime, *, typed: bool = False) -> str:
        """An old button: what the ticket is now."""
        at = ticket.closed_at or ticket.resolved_at or ticket.acknowledged_at or ticket.opened_at
        text = self._("{code} hiện: {status} (lúc {time}).").format(
            code=bold(ticket.code), status=bold(self.status(ticket)), time=self.time(at, now)
        )
        return text if typed else f"{text} {self._('Nút này đã cũ.')}"

    def several(self, tickets: Sequence[Ticket]) -> str:
        """A number that fits several tickets."""
        lines = "\n".join(self.title(ticket) for ticket in tickets)
        return self._("Số này có vài phiếu, anh/chị gõ đủ số:\n{lines}").format(lines=lines)

    def colleague_did(self, ticket: Ticket, name: str, now: datetime) -> str:
        """The reporter hears what a colleague of the commune did."""
        return self._("{title}: {name} (cùng xã) vừa đổi thành {status} lúc {time}.").format(
            title=self.title(ticket), name=name, status=bold(self.status(ticket)),
            time=self.time(now, now),
        )  # fmt: skip

    def which_language(self) -> str:
        """After a language that we do not speak."""
        return self._("Chọn: /ngonngu vi (tiếng Việt) hoặc /ngonngu en (English).")

    def private_only(self) -> str:
        """Personal data asked for in a group."""
        return self._("Anh/chị nhắn riêng cho kênh này để xem dữ liệu của mình.")

    def unknown_command(self) -> str:
        """A slash word that is no command."""
        return self._("Không có lệnh này. Các lệnh: /phieu, /huy, /giup, /ngonngu, /dulieu, /vao.")

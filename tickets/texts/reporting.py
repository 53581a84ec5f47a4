"""What a reporter hears about a new report: receipts, choices, questions."""

from collections.abc import Sequence
from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import cut
from tickets.texts.standing import Standing


class Reporting(Standing):
    """Sentences about a report on its way in."""

    def receipt(self, ticket: Ticket, *, why: str, now: datetime, proposed: bool, duty: str) -> str:
        """What was understood, who has it and by when: true at this moment, and no more."""
        lines = [f"{self.title(ticket)} · {self.where(ticket)}", self._leads(ticket, why)]
        lines.append(self.stage(ticket, now=now, proposed=proposed, duty=duty))
        if ticket.urgency == "emergency":
            lines.append(self.call())
        return "\n".join(lines)

    def _leads(self, ticket: Ticket, why: str) -> str:
        lead = self._("Chủ trì: {lead}").format(lead=bold(self.unit(ticket.lead)))
        helpers = [code for code in (ticket.operator, *ticket.coordinating) if code]
        if helpers:
            lead += self._("; phối hợp: {units}").format(units=self.shorts(helpers))
        lead += f". {self._('Mức')}: {self.urgency(ticket.urgency)}."
        return f"{lead} {why}" if why else lead

    def call(self) -> str:
        """The numbers to call when somebody is in danger."""
        return self._("Có người bị nạn: gọi {a} (cứu nạn), {b} (cấp cứu), {c}, {d}.").format(
            a=bold("112"), b=bold("115"), c=bold("114"), d=bold("113")
        )

    def call_now(self) -> str:
        """After the reporter says that somebody is in danger."""
        return self._(
            "Gọi {number} ngay: nơi, số người, tình trạng. "
            "Anh/chị gửi vào đây số máy người ở hiện trường."
        ).format(number=bold("112"))

    def ask_danger(self) -> str:
        """Asked back when words of danger stand alone."""
        return self._("Có ai đang gặp nguy hiểm không?")

    def choose(self, ticket: Ticket, options: Sequence[tuple[str, str]]) -> str:
        """Which department, when triage is unsure; options are (category label, unit)."""
        head = self._("{code} · {where}. Việc này thuộc đơn vị nào ạ?").format(
            code=bold(ticket.code), where=self.where(ticket)
        )
        units = [f"– {bold(self.units.short_name(unit))}: {label}" for label, unit in options]
        return "\n".join([head, *units, self._until_chosen(ticket)])

    def _until_chosen(self, ticket: Ticket) -> str:
        unit = self.units.short_name(ticket.lead)
        if ticket.carded_at is None:
            return self._("Chưa chọn cũng được: sau 15 phút phiếu tạm giao {unit}.").format(
                unit=unit
            )
        sent = self._("Việc gấp nên đã gửi ngay {unit}, chưa ai nhận; chọn để gửi đúng.")
        told = sent.format(unit=unit)
        return f"{told} {self.call()}" if ticket.urgency == "emergency" else told

    def sent_to_several(self, ticket: Ticket, deadline: str) -> str:
        """An emergency whose department is not clear: several have it, and nobody waits."""
        sent = self._(
            "Chưa rõ đơn vị chủ trì: đã gửi cùng lúc {unit} và các đơn vị liên quan; chưa ai nhận."
        )
        return "\n".join(
            [
                f"{self.title(ticket)} · {self.where(ticket)}",
                f"{sent.format(unit=bold(self.unit(ticket.lead)))} {deadline}",
                self.call(),
            ]
        )

    def which_unit(self, ticket: Ticket, options: Sequence[tuple[str, str]]) -> str:
        """Which department instead, after "Sai đơn vị"."""
        lines = [self._("{code}: đơn vị nào đúng ạ?").format(code=bold(ticket.code))]
        lines += [f"– {bold(self.units.short_name(unit))}: {label}" for label, unit in options]
        lines.append(self._("Hoặc gõ tên đơn vị."))
        return "\n".join(lines)

    def doubt_told(self, ticket: Ticket) -> str:
        """After "Sai đơn vị" about a ticket that its department has acknowledged."""
        return self._(
            "{code}: {lead} đã tiếp nhận, nay được báo là xã cho là sai đơn vị. "
            "Anh/chị nhắn lý do vào đây."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def unit_unknown(self) -> str:
        """A department's name that the pack does not know."""
        return self._(
            "Chưa rõ đơn vị nào. Anh/chị gõ tên khác, hoặc “khác” để Văn phòng UBND tỉnh chọn."
        )

    def has_it_already(self, ticket: Ticket, stage: str) -> str:
        """After a department was chosen that has the ticket."""
        return self._("{code} đang ở {lead} rồi. {stage}").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead)), stage=stage
        )

    def tentative(self, ticket: Ticket) -> str:
        """After nobody chose: the likeliest department has it."""
        return self._(
            "{code}: chưa thấy anh/chị chọn đơn vị, phiếu tạm giao {lead}. "
            "Sai thì anh/chị gõ “sai đơn vị”."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def to_coordinator(self, ticket: Ticket) -> str:
        """Nothing was likely: a person decides."""
        text = self._(
            "{title} · {where}\nChưa rõ đơn vị: đã gửi {unit} xem và chuyển, chưa ai nhận. "
            "Anh/chị nói rõ thêm vài chữ thì nhanh hơn."
        ).format(
            title=self.title(ticket), where=self.where(ticket), unit=bold(self.unit(ticket.lead))
        )
        return f"{text}\n{self.call()}" if ticket.urgency == "emergency" else text

    def alarm(self, ticket: Ticket, stage: str) -> str:
        """KHẨN CẤP came without a word of what it is."""
        ask = self._("Có chuyện gì, ở đâu ạ? Anh/chị gõ vài chữ, gửi ảnh hoặc vị trí vào đây.")
        head = f"{self.title(ticket)} · {self.where(ticket)}"
        return f"{head}\n{stage}\n{self.call()}\n{ask}"

    def guidance(self, ticket: Ticket, guidance: str) -> str:
        """An answer given at once, with a ticket that one tap cancels."""
        return self._(
            "{title} · {where}\n{guidance}\n"
            "Đủ rồi thì chọn “Không cần phiếu”; nếu không, sau 15 phút phiếu gửi {lead}."
        ).format(
            title=self.title(ticket), where=self.where(ticket), guidance=guidance,
            lead=bold(self.units.short_name(ticket.lead)),
        )  # fmt: skip

    def redirect(self) -> str:
        """Complaints and denunciations are not taken here."""
        return self._(
            "Khiếu nại, tố cáo không nhận qua kênh này và nội dung không được lưu. "
            "Đề nghị gửi {unit} theo quy định về tiếp công dân. Có nguy hiểm: gọi {number}."
        ).format(unit=bold(self.unit("ban_tiep_cong_dan")), number=bold("112"))

    def warned(self, what: str) -> str:
        """Words of secret documents or identity papers were seen."""
        if what == "secret":
            return self._("Đừng gửi nội dung, ảnh văn bản Mật vào đây; gửi qua đường văn thư mật.")
        return self._("Đừng gửi ảnh, số giấy tờ của dân vào đây; xin xóa tin đó ở máy anh/chị.")

    def second(self, first: Ticket, second: Ticket) -> str:
        """Two matters in one message: two tickets."""
        return self._(
            "Có 2 việc, đã lập 2 phiếu:\n{a} → {unit_a}\n{b} → {unit_b}\nĐúng không ạ?"
        ).format(
            a=self.title(first), unit_a=bold(self.units.short_name(first.lead)),
            b=self.title(second), unit_b=bold(self.units.short_name(second.lead)),
        )  # fmt: skip

    def question(self, ask: str, *, noted: str = "", danger_first: bool = False) -> str:
        """A follow-up question; `noted` is the answer that was just taken."""
        lines = [self._("Đã ghi: {answer}.").format(answer=cut(noted))] if noted else []
        lines.append(ask if danger_first else self._("{ask} (bỏ qua cũng được)").format(ask=ask))
        return "\n".join(lines)

    def questions_done(self, ticket: Ticket, noted: str) -> str:
        """After the last question."""
        if not noted:
            return self._("{code}: vâng, phiếu vẫn đi tiếp.").format(code=bold(ticket.code))
        return self._("Đã ghi vào {code}: {answer}.").format(
            code=bold(ticket.code), answer=cut(noted)
        )

    def already_answered(self, ticket: Ticket) -> str:
        """A button of a question that is closed."""
        return self._("{code}: câu này đã trả lời rồi. Bổ sung gì, anh/chị cứ nhắn.").format(
            code=bold(ticket.code)
        )

    def no_such_choice(self, number: str) -> str:
        """A number was typed that stands before none of the choices; '' for unreadable letters."""
        if not number:
            return self._("Chưa đọc được ạ; anh/chị chọn giúp:")
        return self._("Không có lựa chọn {number} ạ; anh/chị chọn lại:").format(number=number)

    def added(self, ticket: Ticket, text: str, photos: int, others: int, *, place: bool) -> str:
        """What was added to a ticket."""
        _ = self._
        what = [_("{n} ảnh").format(n=photos)] if photos else []
        what += [_("{n} tệp").format(n=others)] if others else []
        what += [_("vị trí")] if place else []
        what += [self.quote(text)] if text else []
        return _("Đã thêm {what} vào {code}.").format(
            what=_(" và ").join(what), code=bold(ticket.code)
        )

    def over_already(self) -> str:
        """Beneath what was added, when it says that the trouble has ended by itself."""
        return self._("Việc tự xong rồi thì anh/chị bấm Hủy, phiếu thôi nhắc các sở.")

    def danger_past(self) -> str:
        """Beneath what was added to an emergency, when it says that everybody is safe."""
        return self._(
            "Nếu hết nguy, không cần ai tới nữa thì anh/chị bấm Hủy; còn cần giúp thì cứ để phiếu."
        )

    def taken_for_mistake(self) -> str:
        """Beneath what was added, when it takes the report back."""
        return self._(
            "Nếu không cần phiếu này nữa thì anh/chị bấm Hủy; chưa bấm, phiếu vẫn đi tiếp."
        )

    def add_or_new(self, ticket: Ticket) -> str:
        """Asked when a message may belong to the last ticket or be another matter."""
        return self._(
            "Tin này là của {title}, hay vụ mới ạ? Chưa chọn thì sau 15 phút là phiếu riêng."
        ).format(title=self.title(ticket))

    def new_with_undo(self, ticket: Ticket, other: Ticket) -> str:
        """A clearly different matter became a ticket of its own."""
        return self._("Đã lập phiếu riêng {code}, tách khỏi {other}.").format(
            code=bold(ticket.code), other=other.code
        )

    def undone(self, ticket: Ticket, other: Ticket) -> str:
        """The separate ticket was taken back into the other one."""
        return self._("Đã gộp vào {other}; {code} đã hủy.").format(
            other=bold(other.code), code=ticket.code
        )

    def what_about(self) -> str:
        """A photo, file or place came without a word."""
        return self._("Đã nhận. Đây là việc gì ạ? Anh/chị gõ vài chữ.")

    def which_matter(self) -> str:
        """After "vụ mới" without a word more."""
        return self._("Việc mới là việc gì ạ? Anh/chị gõ vài chữ, phiếu có số ngay.")

    def no_words(self, ticket: Ticket) -> str:
        """The same, when a ticket was made of it already."""
        head = f"{self.title(ticket)} · {self.where(ticket)}"
        then = self._("Chưa gõ thì sau 15 phút gửi {unit} xem.").format(
            unit=self.units.short_name(ticket.lead)
        )
        return f"{head}\n{self.what_about()} {then}"

    def send_photos(self, ticket: Ticket) -> str:
        """After "Thêm ảnh"."""
        return self._("Anh/chị gửi ảnh, vị trí vào đây, sẽ vào {code}.").format(
            code=bold(ticket.code)
        )

    def confirmed_right(self, ticket: Ticket) -> str:
        """After "Đúng"."""
        return self._("Vâng ạ. {code}: có tin mới sẽ báo anh/chị.").format(code=bold(ticket.code))

    def raised(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """After KHẨN CẤP, or an answer that means danger."""
        stage = self.stage(ticket, now=now, proposed=proposed, duty=duty)
        return f"{self.title(ticket)}\n{self._('Đã chuyển mức KHẨN CẤP.')} {stage}\n{self.call()}"

    def cancelled(self, ticket: Ticket) -> str:
        """After the reporter cancelled."""
        return self._("Đã hủy {code}.").format(code=bold(ticket.code))

    def corrected(self, ticket: Ticket) -> str:
        """After the reporter edited the message."""
        return self._("{code}: đã ghi nội dung anh/chị vừa sửa.").format(code=bold(ticket.code))

    def media_lost(self, ticket: Ticket) -> str:
        """A file that could not be fetched."""
        return self._("{code}: một tệp không tải được. Anh/chị gửi lại giúp.").format(
            code=bold(ticket.code)
        )

    def unsupported(self) -> str:
        """A kind of message that carries nothing we can read."""
        return self._("Loại tin này chưa đọc được. Anh/chị gõ chữ, gửi ảnh hoặc vị trí giúp.")

    def added_after_end(self, ticket: Ticket) -> str:
        """Words about a ticket that has ended."""
        return self._(
            "Đã ghi vào {code}, phiếu này đã {status}. Còn vướng thì chọn Mở lại; "
            "việc khác thì gõ “vụ mới …”."
        ).format(code=bold(ticket.code), status=self.status(ticket).lower())

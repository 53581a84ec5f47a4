"""What is said about a ticket at work: questions, promises, approvals, reroutes, answers."""

from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.reporting import Reporting


class Deciding(Reporting):
    """Sentences between the commune, the department and its head while a ticket is open."""

    # The commune hears.

    def asked_by_desk(self, ticket: Ticket, words: str) -> str:
        """The department asks the commune."""
        text = self._(
            "{title}\n{lead} hỏi: {words}\nAnh/chị trả lời ngay vào đây, gửi ảnh cũng được."
        )
        asked = text.format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), words=self.quote(words)
        )
        if ticket.urgency == "emergency":
            return asked
        return f"{asked} {self._('Trong lúc chờ, hạn của phiếu tạm dừng.')}"

    def hears_update(self, ticket: Ticket, words: str) -> str:
        """The department says how far it is."""
        return self._("{title}\n{lead} cập nhật: {words}").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), words=self.quote(words)
        )

    def hears_promise(self, ticket: Ticket, now: datetime, *, by: str = "") -> str:
        """The department promises a date."""
        assert ticket.promised_at is not None
        text = self._("{title}\n{lead}{by} hẹn {day}. Quá hẹn, phiếu tự báo lãnh đạo đơn vị.")
        return text.format(
            title=self.title(ticket),
            lead=bold(self.unit(ticket.lead)),
            by=f" ({by})" if by else "",
            day=bold(self.day(ticket.promised_at)),
        )

    def hears_plan(self, ticket: Ticket, now: datetime, *, by: str = "") -> str:
        """Answered, but there are no resources yet."""
        assert ticket.promised_at is not None
        text = self._(
            "{title}\n{lead} trả lời{by}: {words}\nPhiếu ở trạng thái {status}; "
            "đơn vị được nhắc lại {day}. Anh/chị có ý kiến gì thêm?"
        )
        return text.format(
            title=self.title(ticket),
            lead=bold(self.unit(ticket.lead)),
            by=f" ({by})" if by else "",
            words=self.quote(ticket.resolution),
            status=bold(self._("đã trả lời, chưa có nguồn lực")),
            day=bold(self.day(ticket.promised_at)),
        )

    def hears_outside(self, ticket: Ticket, *, by: str = "") -> str:
        """Not the province's to decide."""
        text = self._(
            "{title}\n{lead} trả lời{by}: việc này vượt thẩm quyền của tỉnh: {words}\n"
            "Tỉnh kiến nghị Trung ương; phiếu vẫn mở, có trả lời sẽ báo anh/chị."
        )
        return text.format(
            title=self.title(ticket),
            lead=bold(self.unit(ticket.lead)),
            by=f" ({by})" if by else "",
            words=self.quote(ticket.resolution),
        )

    def hears_centre(self, ticket: Ticket) -> str:
        """The centre has answered, and that ends the ticket."""
        return self._("{title}\nTrung ương đã trả lời: {words}\nPhiếu kết thúc.").format(
            title=self.title(ticket), words=self.quote(ticket.resolution)
        )

    def hears_lowered(self, ticket: Ticket, words: str) -> str:
        """An emergency was found to be none."""
        return self._(
            "{title}\n{lead} hạ mức từ KHẨN CẤP xuống Gấp: {words}\n"
            "Vẫn nguy hiểm thì chọn KHẨN CẤP, phiếu trở lại mức cũ ngay."
        ).format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), words=self.quote(words)
        )

    def hears_reroute(
        self, ticket: Ticket, former: str, why: str, now: datetime, *, proposed: bool
    ) -> str:
        """The ticket went to another department."""
        text = self._("{title}: {former} chuyển {lead} ({why}).").format(
            title=self.title(ticket),
            former=self.units.short_name(former),
            lead=bold(self.unit(ticket.lead)),
            why=self.quote(why),
        )
        return f"{text} {self.deadline(ticket.acknowledge_by, now, proposed=proposed)}".strip()

    def agreed(self, ticket: Ticket) -> str:
        """After the commune agreed to wait."""
        assert ticket.promised_at is not None
        return self._("{code}: cảm ơn anh/chị. Đơn vị được nhắc lại {day}.").format(
            code=bold(ticket.code), day=bold(self.day(ticket.promised_at))
        )

    def disagreed(self, ticket: Ticket) -> str:
        """After the commune did not agree; its words are awaited."""
        return self._(
            "{code}: ý kiến của xã đã gửi Văn phòng UBND tỉnh. Anh/chị viết rõ thêm vào đây."
        ).format(code=bold(ticket.code))

    # The desk hears.

    def asks_for(self, act: str, ticket: Ticket) -> str:
        """The words that a button needs, asked for after its press."""
        _ = self._
        asked = {
            "resolve": _("đã làm gì ạ? Gõ vài chữ, số văn bản, hoặc gửi ảnh (trả lời tin này)."),
            "ask": _("hỏi xã điều gì ạ? Gõ câu hỏi (trả lời tin này)."),
            "update": _("báo xã điều gì ạ? Gõ vài chữ (trả lời tin này)."),
            "promise": _("hẹn ngày nào ạ? Ví dụ: thứ 6, 25/12, tuần sau (trả lời tin này)."),
            "plan": _(
                "chưa có nguồn lực: gõ lý do và ngày báo lại, ví dụ: chưa có nguồn năm nay, "
                "đã đưa vào dự toán, báo lại 15/1."
            ),
            "outside": _("vượt thẩm quyền của tỉnh: theo căn cứ nào ạ? Gõ điều luật, văn bản."),
            "ended": _("Trung ương trả lời thế nào ạ? Gõ số văn bản và nội dung chính."),
            "lower": _("vì sao hạ mức ạ? Lý do được báo cho xã."),
            "reroute": _("chuyển đơn vị nào ạ? Chọn, hoặc gõ tên đơn vị kèm lý do."),
            "why": _("vì sao chuyển ạ? Lý do được báo cho xã và đơn vị mới."),
            "assign": _("giao ai ạ? Chọn, hoặc gõ tên."),
            "number": _("số văn bản nào ạ? Ví dụ: 125/STC-QLNS."),
            "snooze": _("nhắc lại ngày nào ạ? Ví dụ: thứ 6, 25/12 (trả lời tin này)."),
            "sendback": _("sửa gì ạ? Gõ vài chữ cho người trình."),
        }[act]
        return f"{bold(ticket.code)}: {asked}"

    def taken_back(self, ticket: Ticket) -> str:
        """After a press was taken back instead of given its words."""
        return self._("Vâng ạ, {code} vẫn như trước, xã chưa được báo gì.").format(
            code=bold(ticket.code)
        )

    def did(self, act: str, ticket: Ticket) -> str:
        """Told to whoever acted."""
        _ = self._
        done = {
            "resolve": _("đã báo xã, chờ xã xác nhận."),
            "ask": _("đã hỏi xã; câu trả lời sẽ về đây."),
            "update": _("đã báo xã."),
            "plan": _("đã báo xã; sẽ nhắc lại đúng ngày hẹn."),
            "outside": _("đã báo xã; nhắc xem lại mỗi tháng tới khi Trung ương trả lời."),
            "ended": _("đã báo xã, phiếu kết thúc."),
            "lower": _("đã hạ mức xuống Gấp và báo lý do cho xã."),
            "tell": _("đã gửi ghi chú cho xã."),
        }[act]
        return f"{bold(ticket.code)}: {done}"

    def promised(self, ticket: Ticket) -> str:
        """Told to whoever promised a date."""
        assert ticket.promised_at is not None
        return self._("{code}: đã hẹn xã {day}. Sáng hôm đó sẽ nhắc lại.").format(
            code=bold(ticket.code), day=bold(self.day(ticket.promised_at))
        )

    def rerouted(self, ticket: Ticket, wanted: str) -> str:
        """Told to whoever rerouted; `wanted` is set when the coordinator decides instead."""
        if wanted:
            text = self._("{code}: đã chuyển 2 lần nên {lead} quyết định; đề nghị {unit} được ghi.")
            return text.format(
                code=bold(ticket.code),
                lead=bold(self.unit(ticket.lead)),
                unit=self.units.short_name(wanted),
            )
        return self._("{code}: đã chuyển {lead}, đã báo xã.").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead))
        )

    def not_rerouted(self, why: str, ticket: Ticket, unit: str) -> str:
        """Why a ticket does not go there."""
        _ = self._
        if why == "has_it":
            return _("{code} đang ở {unit} rồi.").format(
                code=bold(ticket.code), unit=bold(self.unit(unit))
            )
        return _(
            "{code} vừa từ {unit} sang, không chuyển trả được. Chọn đơn vị khác, trả lời xã, "
            "hoặc nhờ Văn phòng UBND tỉnh quyết định."
        ).format(code=bold(ticket.code), unit=bold(self.unit(unit)))

    def rerouted_note(self, former: str, why: str, wanted: str) -> str:
        """On the new desk's card."""
        text = self._("{former} chuyển sang: {why}").format(
            former=self.units.short_name(former), why=self.quote(why)
        )
        if wanted:
            text += self._(" (đề nghị {unit}; đã chuyển 2 lần, anh/chị quyết định)").format(
                unit=self.units.short_name(wanted)
            )
        return text

    def still_awaited(self, act: str) -> str:
        """Under a note that was no answer to what an act asked for; '' where nothing is checked."""
        _ = self._
        wanted = {
            "promise": _("ngày hẹn"),
            "plan": _("ngày báo lại"),
            "reroute": _("tên đơn vị nhận"),
            "assign": _("tên người phụ trách"),
            "invite": _("tên đơn vị phối hợp"),
            "merge": _("số phiếu để gộp"),
        }.get(act, "")
        told = _("Vẫn chờ {wanted}; không làm nữa thì gõ “thôi”.")
        return told.format(wanted=wanted) if wanted else ""

    def which_day(self, ticket: Ticket) -> str:
        """Words without a date."""
        return self._(
            "{code}: chưa thấy ngày. Gõ kèm ngày, ví dụ: thứ 6, 25/12, cuối tháng."
        ).format(code=bold(ticket.code))

    def day_has_passed(self, ticket: Ticket, day: datetime) -> str:
        """A promised day that lies behind."""
        return self._("{code}: {day} đã qua. Gõ ngày khác.").format(
            code=bold(ticket.code), day=self.day(day)
        )

    def which_colleague(self, ticket: Ticket) -> str:
        """A name that is nobody's in the unit, or several people's."""
        return self._("{code}: chưa rõ là ai trong đơn vị. Chọn, hoặc gõ đủ tên.").format(
            code=bold(ticket.code)
        )

    def assigned(self, ticket: Ticket, name: str) -> str:
        """Told to whoever assigned."""
        return self._("{code}: {name} phụ trách.").format(code=bold(ticket.code), name=name)

    def assigned_to_you(self, ticket: Ticket, by: str) -> str:
        """The colleague hears."""
        return self._("{title} · {where}\n{by} giao anh/chị phụ trách phiếu này.").format(
            title=self.title(ticket), where=bold(self.where(ticket)), by=by
        )

    def more(self, ticket: Ticket) -> str:
        """Above the buttons of rarer acts."""
        return self._("{code}: làm gì ạ?").format(code=bold(ticket.code))

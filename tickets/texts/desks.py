"""What a department reads: cards, who took them, what the commune added."""

from collections.abc import Sequence
from datetime import datetime

from storage.tickets import Status, Ticket
from tickets.rich import bold, own, quoted
from tickets.texts.pieces import cut
from tickets.texts.reporting import Reporting


class Desks(Reporting):
    """Sentences for desks."""

    def card(
        self, ticket: Ticket, *, now: datetime, proposed: bool, note: str = "", taken: str = ""
    ) -> str:
        """What a desk sees of a ticket, in its present state."""
        _ = self._
        head = f"{self.title(ticket)} · {bold(self.urgency(ticket.urgency))}"
        spot = f", {ticket.place}" if ticket.place and not ticket.restricted else ""
        place = bold(self.unit(ticket.commune)) + spot + self.beside(ticket)
        marks = [_("ảnh ({n})").format(n=ticket.files)] if ticket.files else []
        marks += ["📍"] if ticket.lat is not None else []
        line = " · ".join([place, self.time(ticket.opened_at, now), *marks])
        lines = [head, line]
        if ticket.text:
            lines.append(quoted(ticket.text))
        if ticket.answers:
            told = own("; ".join(map(cut, ticket.answers.values())))
            lines.append(_("Xã báo: {answers}.").format(answers=told))
        if note:
            lines.append(note)
        standing = self._standing(ticket, now, proposed=proposed)
        lines.append(" · ".join(part for part in (taken, standing) if part))
        return "\n".join(lines)

    def _standing(self, ticket: Ticket, now: datetime, *, proposed: bool) -> str:
        _ = self._
        if ticket.status == Status.NEW:
            lead = _("Chủ trì: {lead}").format(lead=self.units.short_name(ticket.lead))
            if helpers := [code for code in (ticket.operator, *ticket.coordinating) if code]:
                lead += _(" · phối hợp: {units}").format(units=self.shorts(helpers))
            if ticket.tentative:
                lead += f" · {bold(_('tạm giao'))}"
            if ticket.reopened:
                lead += f" · {_('mở lại lần {n}').format(n=ticket.reopened)}"
            if ticket.acknowledge_by:
                lead += _(" · tiếp nhận trước {time}").format(
                    time=bold(self.time(ticket.acknowledge_by, now))
                ) + (f" ({_('mức đề xuất')})" if proposed else "")
            return lead
        if ticket.status in {Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.WAITING}:
            return self._at_work(ticket, now)
        words = f": {self.quote(ticket.resolution)}" if ticket.resolution else ""
        return f"{bold(self.status(ticket))}{words}"

    def _at_work(self, ticket: Ticket, now: datetime) -> str:
        """What the desk owes next."""
        _ = self._
        parts = []
        if ticket.status == Status.WAITING:
            parts.append(bold(self.status(ticket)))
        if ticket.promised_at is not None:
            parts.append(_("hẹn {day}").format(day=bold(self.day(ticket.promised_at))))
        elif ticket.answered_at is None and ticket.answer_by is not None:
            by = bold(self.time(ticket.answer_by, now))
            parts.append(_("trả lời bước đầu trước {time}").format(time=by))
        elif ticket.result_by is not None:
            by = bold(self.time(ticket.result_by, now))
            parts.append(_("xử lý xong trước {time}").format(time=by))
        if ticket.document:
            parts.append(_("văn bản {number}").format(number=ticket.document))
        if ticket.proposal:
            parts.append(bold(_("chờ lãnh đạo duyệt")))
        return " · ".join(parts)

    def files_of(self, ticket: Ticket, n: int) -> str:
        """The line above a ticket's photos and files."""
        return self._("{code}: {n} ảnh, tệp kèm theo").format(code=bold(ticket.code), n=n)

    def sent_again(self) -> str:
        """Before a message of which nobody knows whether it arrived the first time."""
        return self._("(gửi lại)")

    def taken_by(self, name: str, ticket: Ticket, now: datetime) -> str:
        """Who took a ticket, for colleagues."""
        return self._("✅ {name} tiếp nhận {time}").format(
            name=name, time=self.time(ticket.acknowledged_at or now, now)
        )

    def hidden(self) -> str:
        """Added where a restricted ticket's words are left out."""
        return self._("Nội dung hạn chế: xem ở trang web, gõ /vao để mở.")

    def short_state(self, ticket: Ticket, taken: str) -> str:
        """One line in place of a card that cannot be changed where it was sent."""
        is_taken = ticket.status == Status.ACKNOWLEDGED and taken
        return f"{self.title(ticket)}: {taken if is_taken else bold(self.status(ticket))}"

    def no_desk(self, unit: str) -> str:
        """Added to a card that reached the coordinator because the department has no desk."""
        return self._("⚠ {unit} chưa có nhóm hay cán bộ tiếp nhận: anh/chị chuyển giúp.").format(
            unit=self.unit(unit)
        )

    def unsure_card(self) -> str:
        """Added to a card that several desks got because the matter is urgent and unsure."""
        return self._("⚠ Gấp và chưa rõ đơn vị: gửi cùng lúc cho các đơn vị có thể chủ trì.")

    def moved_on(self, ticket: Ticket) -> str:
        """What a former desk's card becomes."""
        return self._("{title}\nĐã chuyển {lead}.").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        )

    def photo_evidence(self) -> str:
        """Evidence that is a picture and no words."""
        return self._("(ảnh kèm theo)")

    def desk_hears_reopened(self, ticket: Ticket, words: str, by: str) -> str:
        """The desk hears that a commune (`by`) says no."""
        text = self._("{title}\n{commune} báo chưa xong (lần {n}).").format(
            title=self.title(ticket), commune=bold(self.unit(by)), n=ticket.reopened
        )
        return f"{text} {self.quote(words)}" if words else text

    def desk_hears_added(
        self,
        ticket: Ticket,
        text: str,
        files: int,
        by: str,
        *,
        answers: bool = False,
        resumes: bool = False,
    ) -> str:
        """The desk hears what a commune (`by`) added or answered, and that the clock runs again."""
        what = self.quote(text) if text else ""
        if files:
            what = f"{what} +{files} 📎".strip()
        told = self._("{title}\n{commune} bổ sung: {what}")
        if answers:
            told = self._("{title}\n{commune} trả lời: {what}")
        if resumes:
            told += f"\n{self._('Hạn của phiếu lại chạy.')}"
        return told.format(title=self.title(ticket), commune=bold(self.unit(by)), what=what)

    def desk_hears_doubt(self, ticket: Ticket) -> str:
        """The desk that took a ticket hears that the commune thinks of another department."""
        return self._("{title}\n{commune} cho là sai đơn vị; anh/chị liên hệ xã.").format(
            title=self.title(ticket), commune=bold(self.unit(ticket.commune))
        )

    def desk_hears_cancelled(self, ticket: Ticket) -> str:
        """The desk that is at work hears that it need not be."""
        return self._("{title}\n{commune} đã hủy phiếu này.").format(
            title=self.title(ticket), commune=bold(self.unit(ticket.commune))
        )

    def desk_hears_danger(self, ticket: Ticket, words: str) -> str:
        """The desk hears that somebody is in danger, in a ticket that is an emergency already."""
        return (
            self._("{title}\n⚠ {commune} báo có người gặp nguy hiểm: {words}")
            .format(
                title=self.title(ticket), commune=bold(self.unit(ticket.commune)), words=own(words)
            )
            .rstrip(": ")
        )

    def merged(self, n: int, lines: Sequence[str]) -> str:
        """Many new tickets at once, in one message."""
        head = self._("{n} phiếu mới:").format(n=n)
        foot = self._("Gõ số phiếu kèm việc, ví dụ: 123 xem, 123 tiếp nhận. Tất cả: /phieu.")
        return "\n".join([bold(head), *lines, foot])

    def alarms_merged(self, n: int, lines: Sequence[str]) -> str:
        """Reminders of many emergencies at once, in one message."""
        head = self._("🔴 {n} phiếu khẩn chưa ai tiếp nhận, hoặc tin chưa tới nơi:").format(n=n)
        foot = self._(
            "Gọi điện cho đơn vị chủ trì. "
            "Số máy và việc cần làm: gõ số phiếu kèm “xem”, ví dụ 123 xem."
        )
        return "\n".join([bold(head), *lines, foot])

    def noted(self, ticket: Ticket) -> str:
        """After a desk's own words about a ticket."""
        return self._("{code}: đã ghi chú nội bộ, xã không thấy.").format(code=bold(ticket.code))

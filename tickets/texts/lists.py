"""What lists say: a commune's tickets, a desk's queue, what a search found."""

from collections.abc import Sequence
from datetime import datetime

from storage.queues import Page, Wanted
from storage.tickets import Status, Ticket
from tickets.rich import bold
from tickets.texts.reporting import Reporting


class Lists(Reporting):
    """Sentences around many tickets."""

    def my_tickets(self, head: str, lines: Sequence[str]) -> str:
        """The list of a commune's tickets."""
        if not lines:
            return self._("Chưa có phiếu nào. Có khó khăn gì, anh/chị cứ nhắn một tin.")
        foot = self._("Xem một phiếu: gõ số, ví dụ {n}.").format(n="/phieu 123")
        return "\n".join([head, *lines, foot])

    def list_head(self, units: Sequence[str], page: Page, number: int, last: int) -> str:
        """Above a commune's list: how many, how many open, which page."""
        text = self._("{units}: {n} phiếu, {open} đang mở").format(
            units=bold(self.names(units)), n=page.total, open=page.open
        )
        return f"{text}{self._page(number, last)}."

    def names(self, units: Sequence[str]) -> str:
        """Several units by their full names."""
        return ", ".join(self.unit(unit) for unit in units)

    def _page(self, number: int, last: int) -> str:
        if last <= 1:
            return ""
        return " · " + self._("trang {n}/{last}").format(n=number, last=last)

    def queue(self, head: str, lines: Sequence[str]) -> str:
        """A desk's open tickets."""
        foot = self._("Trả lời kèm số phiếu, ví dụ: 123 tiếp nhận.")
        return "\n".join([head, *lines, *([foot] if lines else [])])

    def queue_head(
        self, units: Sequence[str], page: Page, wanted: Wanted, number: int, last: int
    ) -> str:
        """Above a queue: whose, how many, narrowed to what, which page."""
        name = bold(self.names(units) if units else self._("Toàn tỉnh"))
        if page.total:
            text = self._("{units}: {n} phiếu đang mở").format(units=name, n=page.total)
        else:
            text = self._("{units}: không có phiếu nào đang mở").format(units=name)
        narrowed = self.narrowed(wanted)
        if narrowed:
            text += " · " + self._("lọc: {filters}").format(filters=narrowed)
        return f"{text}{self._page(number, last)}."

    def narrowed(self, wanted: Wanted) -> str:
        """What a queue was narrowed to, in words."""
        _ = self._
        parts = [_("quá hạn")] if wanted.is_overdue else []
        parts += [self.urgency(urgency) for urgency in wanted.urgencies]
        parts += [self.status_name(Status(status)) for status in wanted.statuses]
        parts += [_("của tôi")] if wanted.assignee is not None else []
        parts += [self.unit(unit) for unit in (*wanted.communes, *wanted.leads)]
        if wanted.words:
            parts.append(_("có chữ {words}").format(words=self.quote(" ".join(wanted.words))))
        return ", ".join(parts)

    def queue_line(self, ticket: Ticket, tag: str, *, is_overdue: bool, with_lead: bool) -> str:
        """A ticket in one line of a queue: nothing of what people wrote."""
        _ = self._
        where = self.units.short_name(ticket.commune) + (f" ({tag})" if tag else "")
        where += self.beside(ticket)
        marks = [where, *([self.units.short_name(ticket.lead)] if with_lead else [])]
        marks.append(self.status(ticket))
        marks += [self.urgency(ticket.urgency)] if ticket.urgency == "urgent" else []
        marks += [bold(_("quá hạn"))] if is_overdue else []
        marks += [_("xã hỏi tiến độ")] if ticket.pressed_at is not None else []
        return f"{self.title(ticket)} · {', '.join(marks)}"

    def area(self, *, is_area_three: bool, is_mountainous: bool) -> str:
        """Why a commune comes first within equal urgency."""
        if is_area_three:
            return self._("vùng III")
        return self._("miền núi") if is_mountainous else ""

    def one_line(self, ticket: Ticket, now: datetime) -> str:
        """A ticket in one line of a list."""
        text = f"{self.title(ticket)}: {self.units.short_name(ticket.lead)}, {self.status(ticket)}"
        if ticket.status == Status.ACKNOWLEDGED and ticket.acknowledged_at:
            text += f" {self.time(ticket.acknowledged_at, now)}"
        return f"{text}{self.beside(ticket)}"

    def found(self, words: str, page: Page, lines: Sequence[str], number: int, last: int) -> str:
        """What a search found."""
        if not lines:
            return self._("Không thấy phiếu nào có {words}. Việc mới: cứ nhắn một tin.").format(
                words=self.quote(words)
            )
        head = self._("{n} phiếu có {words}").format(n=page.total, words=self.quote(words))
        foot = self._("Xem một phiếu: gõ số, ví dụ {n}.").format(n="/phieu 123")
        older = [self._("Phiếu kết thúc đã lâu thì tìm ở trang điều hành.")] if page.older else []
        return "\n".join([f"{head}{self._page(number, last)}.", *lines, foot, *older])

    def search_longer(self) -> str:
        """Too few letters to search for."""
        return self._("Anh/chị gõ ít nhất 3 chữ cái, ví dụ: /tim cầu tràn.")

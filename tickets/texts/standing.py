"""Where a ticket stands, in the commune's words: who has it, and what comes next by when."""

from datetime import datetime

from storage.tickets import Status, Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Standing(Pieces):
    """Sentences that are true at one moment, and are said anew when it has passed."""

    def stage(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """Who has the ticket at this moment, and what comes next."""
        _ = self._
        if ticket.status == Status.NEW and ticket.carded_at is None:
            return _("Chưa gửi đơn vị nào.")
        if ticket.status == Status.NEW:
            sent = (
                _("Đã gửi người trực {lead}; chưa ai nhận. Trực ban: {duty}.")
                if ticket.urgency == "emergency"
                else _("Đã gửi {lead}; chưa ai nhận.")
            ).format(lead=bold(self.units.short_name(ticket.lead)), duty=bold(duty))
            return f"{sent} {self.deadline(ticket.acknowledge_by, now, proposed=proposed)}".strip()
        if ticket.status == Status.ACKNOWLEDGED:
            took = _("{lead} đã tiếp nhận lúc {time}.").format(
                lead=bold(self.units.short_name(ticket.lead)),
                time=self.time(ticket.acknowledged_at or now, now),
            )
            if ticket.answer_by:
                took += " " + _("Trả lời bước đầu trước {time}.").format(
                    time=bold(self.time(ticket.answer_by, now))
                )
            return took
        return self._goes_on(ticket, now)

    def _goes_on(self, ticket: Ticket, now: datetime) -> str:
        """Where a ticket stands once the department has said something."""
        _ = self._
        text = _("Trạng thái: {status}.").format(status=bold(self.status(ticket)))
        if Status(ticket.status) in {Status.RESOLVED, Status.CLOSED, Status.CANCELLED}:
            return text
        if ticket.promised_at is not None:
            return f"{text} {_('Hẹn {day}.').format(day=bold(self.day(ticket.promised_at)))}"
        if ticket.status == Status.IN_PROGRESS and ticket.result_by is not None:
            by = bold(self.time(ticket.result_by, now))
            return f"{text} {_('Xử lý xong trước {time}.').format(time=by)}"
        return text

    def deadline(self, by: datetime | None, now: datetime, *, proposed: bool) -> str:
        """By when it will be acknowledged, and whether anybody has decreed that time yet."""
        if by is None:
            return ""
        text = self._("Hạn tiếp nhận: {time}").format(time=bold(self.time(by, now)))
        return text + (f" ({self._('mức đề xuất')})." if proposed else ".")

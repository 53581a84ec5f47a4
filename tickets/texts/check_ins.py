"""The weekly message to a commune, its answers, and who stays silent."""

from collections.abc import Sequence
from datetime import datetime

from storage.people import Person
from storage.tickets import Status, Ticket
from tickets.check_ins import Silence
from tickets.owed import owed
from tickets.rich import bold
from tickets.texts.escalating import Escalating


class CheckIns(Escalating):
    """Sentences of the weekly question."""

    def check_in(self, commune: str, mine: Sequence[Ticket], count: int, now: datetime) -> str:
        """Where the commune's open tickets stand, of which some are named, and what is asked."""
        _ = self._
        head = _("{commune}, tuần này: {n} phiếu đang mở.").format(
            commune=bold(self.unit(commune)), n=count
        )
        lines = [head, *(self.where_it_stands(ticket, now) for ticket in mine)]
        if more := count - len(mine):
            lines.append(_("– và {n} phiếu khác: gõ /phieu").format(n=more))
        asks = bold(_("Tuần này xã có vướng mắc gì không ạ?"))
        how = _("Có thì gõ như nhắn tin, mỗi việc một tin; không thì chọn “Không có”.")
        return "\n".join([*lines, f"{asks} {how}"])

    def where_it_stands(self, ticket: Ticket, now: datetime) -> str:
        """A ticket in one line: who has it, and by when."""
        due = owed(ticket)
        if ticket.status == Status.WAITING:
            stands = self._("chờ xã bổ sung")
        elif ticket.status == Status.RESOLVED:
            stands = self._("chờ xã xác nhận đã xong")
        elif due is not None:
            text = self._("hạn {what} {time}") if due.by > now else self._("quá hạn {what} {time}")
            stands = text.format(what=self.owes(due), time=self.time(due.by, now))
        else:
            stands = self.status(ticket)
        return self._("– {code} {matter}: {lead}, {stands}").format(
            code=bold(ticket.code),
            matter=ticket.summary,
            lead=self.units.short_name(ticket.lead),
            stands=stands,
        )

    def nothing_noted(self, commune: str) -> str:
        """After Không có."""
        return self._(
            "Đã ghi: {commune} tuần này không có vướng mắc. Có việc gì anh/chị cứ nhắn."
        ).format(commune=self.unit(commune))

    def nothing_given(self, commune: str, by: Person | None, at: datetime, now: datetime) -> str:
        """Somebody of the commune has answered before."""
        return self._(
            "{commune}: {name} đã trả lời lúc {time}. Có việc gì anh/chị cứ nhắn."
        ).format(
            commune=self.unit(commune),
            name=by.name if by else "?",
            time=self.time(at, now),
        )

    def nothing_old(self) -> str:
        """A button of an earlier week."""
        return self._("Câu hỏi này là của tuần trước. Có việc gì anh/chị cứ nhắn.")

    def silent_communes(self, found: Sequence[Silence]) -> str:
        """Which communes have not answered, by name."""
        _ = self._
        if not found:
            return _("Xã nào cũng đã trả lời câu hỏi tuần.")
        head = _("{n} xã, phường chưa trả lời câu hỏi tuần, theo tên:").format(n=len(found))
        names = [
            _("{commune} ({n} tuần)").format(commune=self.unit(row.commune), n=row.weeks)
            for row in found
        ]
        return f"{bold(head)}\n{', '.join(names)}."

"""What is said because time has passed: reminders, the ladder, silence, broken promises."""

from datetime import datetime

from storage.tickets import Ticket
from tickets.escalation import Ladder
from tickets.owed import Owed
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Escalating(Pieces):
    """Sentences of the clock."""

    def owes(self, due: Owed) -> str:
        """What is owed, as a noun."""
        _ = self._
        return {
            "acknowledge": _("tiếp nhận"),
            "answer": _("trả lời bước đầu"),
            "update": _("cập nhật tình hình"),
            "result": _("xử lý xong"),
            "promise": _("việc đã hẹn"),
        }[due.what]

    def overdue(self, ticket: Ticket, due: Owed, asks: str, now: datetime) -> str:
        """A ticket whose deadline has passed; `asks` says what is wanted of a higher post."""
        text = self._("{title} · {where}: quá hạn {what} từ {time}.").format(
            title=self.title(ticket),
            where=self.where(ticket),
            what=bold(self.owes(due)),
            time=bold(self.time(due.by, now)),
        )
        lead = self._("Chủ trì: {lead}").format(lead=self.units.short_name(ticket.lead))
        return f"{text} {lead}. {asks}" if asks else text

    def due_today(self, ticket: Ticket, due: Owed, now: datetime) -> str:
        """A ticket on which something is owed today."""
        return self._("{title} · {where}: hôm nay đến hạn {what} ({time}).").format(
            title=self.title(ticket),
            where=self.where(ticket),
            what=bold(self.owes(due)),
            time=self.time(due.by, now),
        )

    def reminders(self, lines: list[str], n: int) -> str:
        """Several reminders in one message."""
        head = bold(self._("Nhắc việc: {n} phiếu.").format(n=n))
        foot = self._("Gõ số phiếu để mở, ví dụ: /phieu 123.")
        return "\n".join([head, *lines, foot])

    def rule_step(self, ladder: Ladder, index: int) -> str:
        """Which step of which ladder this is, and since when it counts."""
        return self._(
            "Bước {n}/{all} của quy trình đôn đốc “{urgency}” (gói {pack}): quá hạn {what}."
        ).format(
            n=index + 1,
            all=len(ladder.steps),
            urgency=self.urgency(ladder.urgency).lower(),
            pack=ladder.pack,
            what=self.owes(ladder.owed),
        )

    def rule_policy_applied(self, version: int) -> str:
        """An administrator has put the policy in force on running tickets."""
        return self._(
            "Quản trị viên áp dụng quy trình đôn đốc bản {version} cho phiếu đang xử lý."
        ).format(version=version)

    def rule_before(self, due: Owed) -> str:
        """Why the desk is reminded beforehand."""
        return self._("Nhắc trước: hôm nay đến hạn {what}.").format(what=self.owes(due))

    def rule_promise_broken(self) -> str:
        """Why a broken promise is noted."""
        return self._("Đã quá ngày đơn vị hẹn với xã.")

    def rule_ask_again(self) -> str:
        """Why the commune is asked again."""
        return self._("Xã chưa trả lời sau 3 ngày làm việc: hỏi lại một lần.")

    def rule_run_on(self) -> str:
        """Why the clock runs on."""
        return self._("Xã chưa trả lời sau 5 ngày làm việc: hạn của phiếu lại chạy.")

    def rule_review(self) -> str:
        """Why a ticket that waits for the centre is looked at."""
        return self._("Chờ hướng dẫn của Trung ương: xem lại mỗi tháng.")

    def hears_broken_promise(self, ticket: Ticket) -> str:
        """The commune hears that a promised day has passed."""
        assert ticket.promised_at is not None
        return self._(
            "{title}\n{lead} chưa làm được việc hẹn {day}; đã báo lãnh đạo đơn vị."
        ).format(
            title=self.title(ticket),
            lead=bold(self.unit(ticket.lead)),
            day=bold(self.day(ticket.promised_at)),
        )

    def nobody_has_it(self, ticket: Ticket, duty: str) -> str:
        """Nobody has acknowledged an emergency."""
        return self._(
            "{title}\nChưa ai nhận. Anh/chị gọi trực ban {lead}: {duty}. "
            "Phiếu đã báo lãnh đạo đơn vị và trực ban tỉnh."
        ).format(title=self.title(ticket), lead=self.units.short_name(ticket.lead), duty=bold(duty))

    def still_nobody_has_it(self, ticket: Ticket, duty: str, now: datetime) -> str:
        """All posts of the ladder have heard of an emergency, and nobody has acknowledged it."""
        return self._(
            "{title}\nĐến {time} vẫn chưa ai nhận, dù đã báo tới lãnh đạo cấp trên. "
            "Đừng chờ tin ở đây: anh/chị gọi ngay trực ban {lead}: {duty}. "
            "Máy còn nhắc tới khi có người nhận."
        ).format(
            title=self.title(ticket),
            time=bold(self.time(now, now)),
            lead=self.units.short_name(ticket.lead),
            duty=bold(duty),
        )

    def asked_again(self, ticket: Ticket, words: str) -> str:
        """The commune is asked once more."""
        return self._(
            "{title}\n{lead} còn chờ anh/chị trả lời: {words}\nChưa rõ thì gõ “không rõ”."
        ).format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), words=self.quote(words)
        )

    def desk_hears_silence(self, ticket: Ticket) -> str:
        """The desk hears that the commune stays silent."""
        return self._(
            "{title}\nXã chưa trả lời sau 5 ngày làm việc; hạn của phiếu lại chạy. "
            "Anh/chị xử lý theo những gì đã có hoặc gọi xã."
        ).format(title=self.title(ticket))

    def review_asked(self, ticket: Ticket) -> str:
        """A ticket that waits for the centre."""
        return self._(
            "{title} · {where}: Trung ương đã trả lời chưa? Có thì gõ số văn bản."
        ).format(title=self.title(ticket), where=self.where(ticket))

    def snoozed(self, ticket: Ticket) -> str:
        """After "Nhắc lại sau"."""
        assert ticket.snoozed_until is not None
        return self._("{code}: nhắc lại {day}. Quá hạn thì vẫn báo lãnh đạo đơn vị.").format(
            code=bold(ticket.code), day=bold(self.day(ticket.snoozed_until))
        )

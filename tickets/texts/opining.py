"""A leader's opinion on a ticket: read back, sent, and as those hear it who carry it out."""

from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold, quoted
from tickets.texts.pieces import Pieces


class Opining(Pieces):
    """Sentences about opinions; a leader's words are quoted whole, as they are an instruction."""

    def help_leader(self) -> str:
        """How to use the line, for provincial leaders."""
        return self._(
            "Tin sáng các ngày làm việc: việc mới, quá hạn, việc chờ ý kiến.\n"
            "Cho ý kiến: gõ số phiếu rồi ý kiến, ví dụ “101: …”; đọc lại rồi mới gửi.\n"
            "/toancanh: tình hình lúc này · /phieu 101: xem một phiếu · /imlang: xã im lặng\n"
            "/vang: báo vắng, người thay"
        )

    def opinion_read_back(self, ticket: Ticket, words: str) -> str:
        """Before it is sent: to whom, and in which words."""
        return self._(
            "{title} · {where}\nÝ kiến: {words}\nGửi ý kiến này tới {lead} và {office}?"
        ).format(
            title=self.title(ticket),
            where=self.unit(ticket.commune),
            words=quoted(words),
            lead=bold(self.unit(ticket.lead)),
            office=self.units.short_name(self.units.pack.coordinator),
        )

    def opinion_sent(self, ticket: Ticket, link: str) -> str:
        """After Gửi, with a link to the draft of the transfer slip where there is one."""
        text = self._("{code}: đã gửi ý kiến của đồng chí tới {lead}, {office}.").format(
            code=bold(ticket.code),
            lead=bold(self.unit(ticket.lead)),
            office=self.units.short_name(self.units.pack.coordinator),
        )
        return f"{text}\n{self.opinion_draft(link)}" if link else text

    def opinion_draft(self, link: str) -> str:
        """Where the draft of the slip is."""
        return self._("Dự thảo phiếu chuyển (trong 24 giờ): {link}").format(link=link)

    def opinion_asks(self, ticket: Ticket) -> str:
        """Other words are asked for."""
        return self._("{code}: đồng chí gõ lại ý kiến.").format(code=bold(ticket.code))

    def opinion_dropped(self, ticket: Ticket) -> str:
        """After Thôi."""
        return self._("{code}: ý kiến này không gửi.").format(code=bold(ticket.code))

    def opinion_done(self, ticket: Ticket, at: datetime | None, now: datetime) -> str:
        """A button that comes too late: sent at an instant (UTC), or dropped or changed since."""
        if at is not None:
            return self._("{code}: ý kiến này đã gửi lúc {time}.").format(
                code=bold(ticket.code), time=self.time(at, now)
            )
        return self._(
            "{code}: ý kiến này không còn chờ gửi. Đồng chí gõ lại số phiếu và ý kiến."
        ).format(code=bold(ticket.code))

    def opinion_ended(self, ticket: Ticket) -> str:
        """The ticket has ended, so that nobody is left to carry an opinion out."""
        return self._("{code}: phiếu ở trạng thái {status}, không nhận ý kiến nữa.").format(
            code=bold(ticket.code), status=bold(self.status(ticket))
        )

    def hears_opinion(self, ticket: Ticket, words: str, by: str) -> str:
        """What desk, head and coordinator hear; `by` is name and post, and in whose place."""
        return self._("{title} · {where}\nÝ kiến của đồng chí {by}: {words}").format(
            title=self.title(ticket),
            where=self.unit(ticket.commune),
            by=bold(by),
            words=quoted(words),
        )

    def opinion_by(self, name: str, post: str, absent: str) -> str:
        """Who gave an opinion; the post is that of the absent one where there is one."""
        if absent:
            whose = f"{absent} ({post})" if post else absent
            return self._("{who} thay đồng chí {absent}").format(who=name, absent=whose)
        return f"{name} ({post})" if post else name

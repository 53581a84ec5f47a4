"""What is said between an officer and the head who approves, and about the letters they issue."""

from collections.abc import Sequence
from datetime import datetime

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Approving(Pieces):
    """Sentences about what binds the department."""

    def act_name(self, act: str) -> str:
        """What is to be approved, as a noun."""
        _ = self._
        return {
            "resolve": _("đã xử lý"),
            "promise": _("hẹn ngày"),
            "plan": _("chưa có nguồn lực"),
            "outside": _("ngoài thẩm quyền"),
        }[act]

    def to_approve(
        self, ticket: Ticket, act: str, words: str, until: datetime | None, by: str
    ) -> str:
        """A head is asked to approve what binds the department."""
        day = f" ({self.day(until)})" if until else ""
        return self._(
            "{title} · {where}\n{by} trình duyệt: {act}{day}: {words}\n"
            "Đồng chí duyệt thì xã được báo ngay."
        ).format(
            title=self.title(ticket),
            where=bold(self.where(ticket)),
            by=by,
            act=bold(self.act_name(act)),
            day=day,
            words=self.quote(words),
        )

    def proposed(self, ticket: Ticket) -> str:
        """Told to the officer: the head has it."""
        return self._("{code}: đã trình lãnh đạo đơn vị duyệt; xã được báo sau khi duyệt.").format(
            code=bold(ticket.code)
        )

    def not_approved(self, ticket: Ticket) -> str:
        """After a head's "ok", which may only mean that it was read."""
        return self._("{code}: chưa duyệt. Đồng chí chọn, hoặc gõ “duyệt”.").format(
            code=bold(ticket.code)
        )

    def nobody_decides(self, ticket: Ticket) -> str:
        """There is no head to ask."""
        return self._(
            "{code}: việc này cần lãnh đạo đơn vị duyệt, mà đơn vị chưa có lãnh đạo ở kênh này. "
            "Gõ kèm số văn bản đã ký, ví dụ 125/STC-QLNS, hoặc nhờ VP UBND tỉnh mời lãnh đạo."
        ).format(code=bold(ticket.code))

    def no_evidence(self, ticket: Ticket) -> str:
        """A result that only says that it is one."""
        return self._(
            "{code}: chưa báo xã. Anh/chị ghi đã làm gì (ví dụ: đã thay nguồn máy chủ), "
            "hoặc gửi ảnh, số văn bản."
        ).format(code=bold(ticket.code))

    def signature(self, post: str, now: datetime) -> str:
        """Who approved: a post, never a name."""
        return self._("{post} duyệt {time}").format(
            post=post or self._("Lãnh đạo đơn vị"), time=self.time(now, now)
        )

    def approved_told(self, ticket: Ticket, by: str) -> str:
        """The officer hears that it was approved."""
        return self._("{code}: {by}, đã báo xã.").format(code=bold(ticket.code), by=by)

    def sent_back_told(self, ticket: Ticket, words: str) -> str:
        """The officer hears what to change."""
        return self._("{title}\nLãnh đạo đề nghị sửa: {words}\nSửa rồi trình lại.").format(
            title=self.title(ticket), words=self.quote(words)
        )

    def head_did(self, ticket: Ticket, *, approved: bool) -> str:
        """Told to the head."""
        if approved:
            return self._("{code}: đã duyệt, đã báo xã.").format(code=bold(ticket.code))
        return self._("{code}: đã chuyển ý kiến cho người trình.").format(code=bold(ticket.code))

    def no_proposal(self, ticket: Ticket) -> str:
        """An old button of an approval."""
        return self._("{code}: không còn gì chờ duyệt ở tin này.").format(code=bold(ticket.code))

    def coordinator_hears_disagreement(self, ticket: Ticket) -> str:
        """The coordinator hears that a commune does not agree."""
        return self._("{title} · {where}\nXã chưa đồng ý với trả lời của {lead}: {words}").format(
            title=self.title(ticket),
            where=bold(self.where(ticket)),
            lead=bold(self.unit(ticket.lead)),
            words=self.quote(ticket.resolution),
        )

    def drafts(self, ticket: Ticket, links: Sequence[tuple[str, str]]) -> str:
        """Links to draft letters: (kind, address)."""
        _ = self._
        names = {
            "reply": _("Công văn trả lời xã"),
            "transfer": _("Phiếu chuyển"),
            "proposal": _("Công văn đề nghị"),
        }
        lines = [f"– {names[kind]}: {link}" for kind, link in links]
        head = _("{code}: bản thảo (.docx), mở được trong 24 giờ:").format(code=bold(ticket.code))
        foot = _("Ban hành rồi, anh/chị gõ: {code} văn bản 125/STC-QLNS").format(
            code=ticket.code[-6:].lstrip("0")
        )
        return "\n".join([head, *lines, foot])

    def issued(self, ticket: Ticket) -> str:
        """After the number of an issued document was typed."""
        return self._("{code}: đã ghi văn bản {number}.").format(
            code=bold(ticket.code), number=ticket.document
        )

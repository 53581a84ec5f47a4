"""What the coordinator reads: the queue of decisions, one decision, a corrected category."""

from collections.abc import Sequence

from storage.tickets import Ticket
from tickets.needs import Need
from tickets.rich import bold, own
from tickets.texts.pieces import Pieces


class Overseeing(Pieces):
    """Sentences for the coordinator, and what a commune hears of a decision."""

    def need(self, need: Need) -> str:
        """Why a ticket is in the queue."""
        _ = self._
        return {
            Need.NOTHING_LIKELY: _("chưa rõ đơn vị nào"),
            Need.UNBOUND: _("đơn vị chưa có nhóm hay cán bộ nhận"),
            Need.BOUNCED: _("đã chuyển đi chuyển lại từ 2 lần"),
            Need.DISAGREED: _("xã chưa đồng ý với trả lời"),
            Need.DOUBTED: _("xã cho là sai đơn vị"),
            Need.TENTATIVE: _("mới tạm giao, xã chưa chọn"),
        }[need]

    def remote(self, commune: str) -> str:
        """The tag of a commune that is served first within equal urgency, or ''."""
        found = self.units.commune(commune)
        if found is None or not found.is_remote:
            return ""
        return self._("khu vực III") if found.area_class == "III" else self._("miền núi")

    def need_lines(self, ticket: Ticket, needs: Sequence[Need], units: Sequence[str]) -> str:
        """One ticket of the queue: what, where, why it is here, what triage thinks."""
        _ = self._
        tag = self.remote(ticket.commune)
        where = self.unit(ticket.commune) + (f" ({tag})" if tag else "")
        if ticket.restricted:
            lines = [f"{bold(ticket.code)} · {where} · {ticket.summary}"]
        else:
            lines = [f"{self.title(ticket)} · {where} · {self.urgency(ticket.urgency)}"]
        reasons = "; ".join(self.need(need) for need in needs)
        lines.append(_("Cần quyết: {why}. Đang ở {lead}.").format(
            why=reasons, lead=self.units.short_name(ticket.lead)
        ))  # fmt: skip
        if why := self._thought(ticket, units):
            lines.append(why)
        return "\n".join(lines)

    def _thought(self, ticket: Ticket, units: Sequence[str]) -> str:
        """What triage thinks; a restricted ticket's words are not repeated."""
        why = "" if ticket.restricted else str(ticket.verdict.get("why", ""))
        parts = [why] if why else []
        if units:
            parts.append(self._("Có thể: {units}.").format(units=self.shorts(units)))
        return " ".join(parts)

    def need_queue(self, lines: Sequence[str], count: int) -> str:
        """The queue of decisions."""
        if not lines:
            return self._("Không có phiếu nào cần quyết.")
        head = self._("{n} phiếu cần quyết:").format(n=count)
        foot = self._("Gõ ví dụ: 123 chuyển sở xây dựng: lý do; 123 lĩnh vực: cầu tràn.")
        return "\n".join([bold(head), *lines, foot])

    def to_decide(
        self,
        detail: str,
        ticket: Ticket,
        needs: Sequence[Need],
        options: Sequence[tuple[str, str]],
    ) -> str:
        """One ticket with why it waits and where it may go; options are (label, unit)."""
        lines = [detail]
        if needs:
            reasons = "; ".join(self.need(need) for need in needs)
            lines.append(self._("Cần quyết: {why}.").format(why=reasons))
        if why := str(ticket.verdict.get("why", "")):
            lines.append(own(why))
        lines += [f"– {bold(self.units.short_name(unit))}: {label}" for label, unit in options]
        return "\n".join(lines)

    def decide_ask(self, ticket: Ticket) -> str:
        """Another department than the proposed ones."""
        return self._("{code}: giao đơn vị nào, vì sao ạ? Ví dụ: sở xây dựng: đường tỉnh.").format(
            code=bold(ticket.code)
        )

    def decided(self, ticket: Ticket) -> str:
        """After the coordinator's decision."""
        return self._("{code}: đã giao {lead}; xã và đơn vị được báo.").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead))
        )

    def decided_why(self) -> str:
        """The reason of a decision that was made by a button."""
        return self._("Văn phòng UBND tỉnh quyết định")

    def hears_decision(self, ticket: Ticket, why: str, deadline: str) -> str:
        """The commune hears which department the coordinator chose."""
        text = self._("{title}: Văn phòng UBND tỉnh giao {lead} chủ trì.").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        )
        if why:
            text += " " + self._("Lý do: {why}.").format(why=self.quote(why))
        return f"{text} {deadline}".rstrip()

    def keep_ask(self, ticket: Ticket) -> str:
        """Why it stays."""
        return self._("{code}: giữ nguyên vì sao ạ? Lý do sẽ gửi cho xã.").format(
            code=bold(ticket.code)
        )

    def kept(self, ticket: Ticket) -> str:
        """After the coordinator let it stay."""
        return self._("{code}: giữ nguyên, đã báo xã.").format(code=bold(ticket.code))

    def hears_kept(self, ticket: Ticket, why: str) -> str:
        """The commune hears that it stays."""
        return self._(
            "{title}: Văn phòng UBND tỉnh đã xem ý kiến của xã, {lead} tiếp tục chủ trì. {why}"
        ).format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)),
            why=self.quote(why),
        )  # fmt: skip

    def category_ask(self, ticket: Ticket) -> str:
        """What the matter really is."""
        return self._("{code}: đúng ra là việc gì? Gõ vài chữ, ví dụ: cầu tràn: lý do.").format(
            code=bold(ticket.code)
        )

    def category_unknown(self, ticket: Ticket) -> str:
        """Words that fit no category."""
        return self._("{code}: chưa thấy lĩnh vực nào khớp. Anh/chị gõ chữ khác.").format(
            code=bold(ticket.code)
        )

    def categories(self, ticket: Ticket, titles: Sequence[str]) -> str:
        """The categories that fit best."""
        lines = [f"{n}. {title}" for n, title in enumerate(titles, 1)]
        head = self._("{code}: đúng ra là việc nào?").format(code=bold(ticket.code))
        return "\n".join([head, *lines])

    def recategorised(self, ticket: Ticket) -> str:
        """After a category was corrected."""
        return self._(
            "{code}: lĩnh vực là {matter}. Đơn vị chủ trì không đổi; phân loại sẽ được xem lại "
            "bằng thí dụ này."
        ).format(code=bold(ticket.code), matter=bold(ticket.summary))

    def coordinator_privately(self) -> str:
        """What is not done in a group."""
        return self._("Việc này anh/chị nhắn riêng cho kênh, không làm trong nhóm.")

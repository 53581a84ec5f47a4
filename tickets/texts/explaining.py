"""Why: each act of a rule in plain words, with what it went by and where the rule stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage.tickets import Ticket, TicketEvent
from tickets.rich import bold, own
from tickets.texts.grounds import Grounds


class Explaining(Grounds):
    """Sentences of /visao."""

    def act(self, kind: str) -> str:
        """What happened, in a few words."""
        _ = self._
        return {
            "triaged": _("phân loại"),
            "routed": _("giao đơn vị"),
            "raised": _("nâng mức"),
            "carried": _("đề nghị chung cho nhiều xã"),
            "located": _("lấy vị trí"),
            "reminded": _("nhắc việc"),
            "policy_applied": _("áp dụng quy trình đôn đốc mới"),
            "reminder_held": _("đến lượt nhắc, đơn vị đã hẹn nhắc lại sau"),
            "escalated": _("báo lãnh đạo"),
            "asked_again": _("hỏi lại xã"),
            "prompted": _("hỏi lại thông tin còn thiếu"),
            "ran_on": _("hạn chạy tiếp"),
            "promise_broken": _("quá ngày hẹn"),
            "files_expired": _("tệp hết thời hạn giữ"),
            "hastened": _("rút hạn vì bão lũ"),
            "closed": _("kết thúc"),
        }.get(kind, _("bước tự động"))

    def why_entry(self, n: int, event: TicketEvent, stood: dict[str, Any], now: datetime) -> str:
        """One act: when, what, by which rule and from which inputs; `stood` is the row after it."""
        head = f"{n}. {self.time(event.at, now)} {bold(self.act(event.kind))}"
        parts = [event.rule, *self._inputs(event, stood, now)]
        return f"{head}: {own(' '.join(part for part in parts if part))}"

    def _inputs(self, event: TicketEvent, stood: dict[str, Any], now: datetime) -> list[str]:
        """What the rule went by."""
        if verdict := event.inputs.get("verdict"):
            return self._verdict(verdict)
        by = stood.get("acknowledge_by")
        if by is None or event.kind not in {"routed", "raised"}:
            return []
        told = self._("Mức {urgency}: hạn tiếp nhận {time}.")
        time = self.time(datetime.fromisoformat(by), now)
        return [told.format(urgency=self.urgency(stood.get("urgency", "normal")), time=time)]

    def _verdict(self, verdict: dict[str, Any]) -> list[str]:
        """What triage saw, how sure it was, and what else it could have been."""
        _ = self._
        sure = {
            "sure": _("chắc chắn"),
            "unsure": _("chưa chắc, nên hỏi xã"),
            "nothing": _("không khớp lĩnh vực nào"),
        }.get(str(verdict.get("certainty")), "")
        percent = round(100 * float(verdict.get("confidence", 0)))
        said = [_("Độ tin: {percent} %, {sure}.").format(percent=percent, sure=sure)]
        units = dict.fromkeys(unit for _category, unit in verdict.get("alternatives", []) if unit)
        if units:
            said.append(_("Có thể: {units}.").format(units=self.shorts(list(units))))
        if why := verdict.get("urgency_why"):
            said.append(_("Mức gấp: {why}.").format(why=why))
        return said

    def why_stands(self, pack: str, version: int, since: date | None, issued_by: str) -> str:
        """Where the rules stand."""
        day = f"{since:%d/%m/%Y}" if since else "?"
        terms = (
            self._("thời hạn theo {document}").format(document=issued_by)
            if issued_by
            else self._("thời hạn là mức đề xuất, chưa có văn bản")
        )
        return self._("Quy tắc: gói dữ liệu {pack} bản {version}, dùng từ {day}; {terms}.").format(
            pack=pack, version=version, day=day, terms=terms
        )

    def why_page(self, ticket: Ticket, entries: Sequence[str], foot: str) -> str:
        """One message of the answer."""
        head = self._("{code}: chương trình đã tự làm").format(code=bold(ticket.code))
        body = entries or [self._("Chưa có bước tự động nào.")]
        return "\n".join([head, *body, *([foot] if foot else [])])

    def why_which(self) -> str:
        """No ticket was named, and none spoken of."""
        return self._("Phiếu nào ạ? Gõ ví dụ: /visao 123.")

"""What a morning's digest says of the channels: their quota, their cost, and whom they missed."""

from collections.abc import Sequence
from datetime import datetime

from storage.unheard import Unheard
from tickets import reach
from tickets.rich import bold
from tickets.texts.pieces import Pieces
from tickets.usage import Use


class Using(Pieces):
    """Sentences about what the channels carried this month."""

    def month_so_far(self, use: Use) -> str:
        """One line of a digest; '' where no channel has a quota or a price."""
        _ = self._
        parts = []
        if use.bots:
            most = len(use.bots) * reach.BOT_MONTH
            used = _("Zalo Bot {used}/{most} tin")
            told = used.format(used=self._dotted(sum(use.bots.values())), most=self._dotted(most))
            parts.append(told)
        if use.sent:
            told = _("Zalo OA {sent} tin, {late} tin sau 48 giờ, ước {price} đ")
            numbers = (self._dotted(n) for n in (use.sent, use.late, use.cost))
            parts.append(told.format(**dict(zip(("sent", "late", "price"), numbers, strict=True))))
        names = {"email": "e-mail", "sms": "SMS"}
        told = _("{channel} {n} tin")
        for name, number in use.one_way.items():
            parts.append(told.format(channel=names.get(name, name), n=self._dotted(number)))
        return f"{bold(_('Kênh tháng này:'))} {'; '.join(parts)}." if parts else ""

    def held_together(self, news: Sequence[str], since: datetime, now: datetime) -> str:
        """News that was held where each message costs, and why it comes only now."""
        if len(news) == 1:
            why = self._("(Tin lúc {time}, chờ gửi gộp để đỡ tốn lượt tin Zalo.)")
            return f"{news[0]}\n{why.format(time=self.time(since, now))}"
        head = self._("{n} tin từ {time}, gửi gộp để đỡ tốn lượt tin Zalo:")
        head = bold(head.format(n=len(news), time=self.time(since, now)))
        return "\n".join([head, *(f"– {text}" for text in news)])

    def _dotted(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")

    def missed(self, found: Sequence[Unheard], now: datetime, shown: int, more: int) -> str:
        """Of a digest: tickets whose news reached nobody since the last one; '' for none."""
        if not found:
            return ""
        names = [
            f"{row.ticket.code} ({self.unit(row.ticket.commune)}, {self.time(row.since, now)})"
            for row in found[:shown]
        ]
        more += max(0, len(found) - shown)
        head = bold(self._("Tin chưa tới ai ({n}):").format(n=len(names) + more))
        rest = self._(" và {n} phiếu khác").format(n=more) if more else ""
        return f"{head} {', '.join(names)}{rest}." if names else head

"""The words that sentences are made of: times, units, urgency, status, titles."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from province.lookup import Lookup
from storage.tickets import Outcome, Status, Ticket
from tickets.rich import bold, quoted
from tickets.translations import translator

SHOWN = 280
"""How many characters of a person's own words are quoted back."""


class Pieces:
    """Pieces in one language, with the province's names and local time."""

    def __init__(self, language: str, units: Lookup, zone: ZoneInfo) -> None:
        """`language` is vi or en; another one is answered in Vietnamese."""
        self._ = translator(language)
        self.units = units
        self.zone = zone

    def time(self, instant: datetime, now: datetime) -> str:
        """A time as people say it: 22:45, or 09:30 thứ Ba 24/11 on another day."""
        local, today = instant.astimezone(self.zone), now.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        if local.date() == today.date():
            return clock
        return f"{clock} {self.weekday(local)} {local:%d/%m}"

    def day(self, instant: datetime) -> str:
        """A day as a promise names it: thứ Sáu 27/11/2026."""
        local = instant.astimezone(self.zone)
        return f"{self.weekday(local)} {local:%d/%m/%Y}"

    def weekday(self, local: datetime) -> str:
        """The name of the day of the week."""
        _ = self._
        names = (
            _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"),
            _("Chủ nhật"),
        )  # fmt: skip
        return names[local.weekday()]

    def urgency(self, urgency: str) -> str:
        """The name of an urgency level."""
        _ = self._
        return {
            "emergency": _("KHẨN CẤP"),
            "urgent": _("Gấp"),
            "normal": _("Thường"),
            "low": _("Không gấp"),
        }[urgency]

    def status(self, ticket: Ticket) -> str:
        """The name of a ticket's status, with how it ended where that is not the commune's yes."""
        _ = self._
        if ticket.outcome == Outcome.UNCONFIRMED:
            return _("Kết thúc (chưa xác nhận)")
        if ticket.outcome == Outcome.MERGED:
            return _("Đã gộp vào phiếu khác")
        return self.status_name(Status(ticket.status))

    def status_name(self, status: Status) -> str:
        """The name of a status by itself."""
        _ = self._
        return {
            Status.NEW: _("Mới"),
            Status.ACKNOWLEDGED: _("Đã tiếp nhận"),
            Status.IN_PROGRESS: _("Đang xử lý"),
            Status.WAITING: _("Chờ xã bổ sung"),
            Status.PLANNED: _("Đã trả lời (chưa có nguồn lực)"),
            Status.AWAITING_GUIDANCE: _("Chờ hướng dẫn của Trung ương"),
            Status.RESOLVED: _("Đã xử lý"),
            Status.CLOSED: _("Kết thúc"),
            Status.CANCELLED: _("Đã hủy"),
        }[status]

    def title(self, ticket: Ticket) -> str:
        """The number and the matter, as every message about a ticket begins."""
        mark = "🔴 " if ticket.urgency == "emergency" else ""
        return f"{mark}{bold(ticket.code)} · {ticket.summary}"

    def unit(self, code: str) -> str:
        """A unit's full name."""
        return self.units.unit_name(code)

    def where(self, ticket: Ticket) -> str:
        """The commune, and the place in it if known."""
        name = self.unit(ticket.commune)
        place = f"{name}, {ticket.place}" if ticket.place and not ticket.restricted else name
        return f"{place}{self.beside(ticket)}"

    def beside(self, ticket: Ticket) -> str:
        """The communes that carry a request with the one named before; '' where it is alone."""
        if not ticket.carriers:
            return ""
        return " " + self._("(cùng {names})").format(names=self.shorts(ticket.carriers))

    def shorts(self, codes: Sequence[str]) -> str:
        """Some units by their short names."""
        return ", ".join(self.units.short_name(code) for code in codes)

    def quote(self, text: str) -> str:
        """A person's own words, cut when they are long."""
        return quoted(cut(text))


def cut(text: str) -> str:
    """A person's own words, the end left out when they are long."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"

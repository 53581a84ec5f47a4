"""What administrators hear when something falls short and only they can mend it."""

from collections.abc import Sequence
from datetime import datetime

from storage.shortfalls import Shortfall
from tickets.texts.pieces import Pieces


class Alarms(Pieces):
    """Each says what is wrong and what to do about it."""

    def holidays_missing(self, year: int) -> str:
        """Next year's decided days off are not in the pack yet."""
        return self._(
            "📅 Gói dữ liệu chưa có lịch nghỉ Tết, nghỉ lễ, ngày hoán đổi năm {year} "
            "theo quyết định. Thêm vào calendar.yaml (overrides, decided) rồi chạy thaogo apply; "
            "chưa có thì hạn của năm {year} tính theo lịch dự kiến."
        ).format(year=year)

    def falls_short(self, found: Sequence[Shortfall], now: datetime) -> str:
        """What should have happened by now and has not."""
        _ = self._
        names = {
            "forgotten": _("phiếu mở không có bước tiếp theo"),
            "steps": _("bước đến hạn của phiếu chưa chạy"),
            "tasks": _("việc phối hợp đến hạn chưa nhắc"),
            "rounds": _("việc định kỳ đến hạn chưa chạy"),
            "notices": _("tin chưa được xếp gửi"),
            "emergencies": _("tin khẩn cấp chưa tới nơi"),
            "messages": _("tin chưa tới nơi"),
            "albums": _("tin nhắn nhận rồi chưa xử lý"),
            "files": _("tệp chưa tải được"),
        }
        head = _("🛑 Hệ thống chậm hoặc hỏng một phần, cần xem ngay (thaogo doctor):")
        lines = [
            f"– {one.count} {names[one.kind]} ({_('từ')} {self.time(one.since, now)})"
            for one in found
        ]
        return "\n".join([head, *lines])

    def falls_short_no_more(self, now: datetime) -> str:
        """What fell short has happened by now."""
        return self._("✅ Hệ thống đã chạy đủ trở lại lúc {time}.").format(time=self.time(now, now))

    def round_failed_told(self, name: str) -> str:
        """What comes round by itself failed."""
        return self._("⚠ Việc định kỳ ({name}) không thực hiện được; thử lại sau 30 phút.").format(
            name=name
        )

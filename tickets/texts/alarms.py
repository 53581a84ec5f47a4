"""What administrators hear when something falls short and only they can mend it."""

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

    def round_failed_told(self, name: str) -> str:
        """What comes round by itself failed."""
        return self._("⚠ Việc định kỳ ({name}) không thực hiện được; thử lại sau 30 phút.").format(
            name=name
        )

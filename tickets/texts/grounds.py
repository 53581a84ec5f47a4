"""The rules behind automatic acts, in words a layman understands; kept with each event."""

from datetime import datetime

from province.pack import Route
from tickets.texts.pieces import Pieces


class Grounds(Pieces):
    """One sentence for each rule; events keep it in Vietnamese, as it was when it was applied."""

    def rule_routed(self, route: Route, lead: str, version: int) -> str:
        """The routing table names the lead of a category."""
        text = self._("Bảng phân công bản {version}: việc {matter} do {lead} chủ trì").format(
            version=version, matter=_quoted(route.title), lead=self.unit(lead)
        )
        text += self._(" (áp dụng từ {day})").format(day=f"{route.first:%d/%m/%Y}")
        basis = route.basis or self._("mức đề xuất, chưa có văn bản")
        return self._("{rule}. Căn cứ: {basis}.").format(rule=text, basis=basis)

    def rule_no_match(self, version: int) -> str:
        """No category fits."""
        return self._(
            "Bảng phân công bản {version}: không có lĩnh vực nào khớp, Văn phòng UBND tỉnh xem."
        ).format(version=version)

    def rule_unsure_urgent(self) -> str:
        """Several desks at once."""
        return self._("Việc gấp mà chưa rõ đơn vị: gửi ngay các đơn vị có thể chủ trì.")

    def rule_tentative(self) -> str:
        """Nobody chose within a quarter of an hour."""
        return self._("Quá 15 phút xã chưa chọn đơn vị: tạm giao đơn vị có khả năng nhất.")

    def rule_second_kept(self) -> str:
        """A second matter that nobody took back."""
        return self._("Việc thứ hai trong một tin: quá giờ chờ mà xã không gộp lại nên gửi đi.")

    def rule_guided(self) -> str:
        """Guidance was not enough."""
        return self._("Đã hướng dẫn: quá 15 phút xã không chọn “Không cần phiếu” nên gửi đi.")

    def rule_found(self) -> str:
        """A desk acted before it had the card."""
        return self._("Đơn vị đã xử lý theo số phiếu khi thẻ còn chờ: gửi thẻ để theo dõi.")

    def rule_prompted(self) -> str:
        """What a report lacks is asked for once more."""
        return self._("Phản ánh còn thiếu thông tin và đơn vị chưa trả lời: hỏi lại xã một lần.")

    def rule_located(self) -> str:
        """A photo says where it was taken."""
        return self._("Ảnh gửi kèm có ghi vị trí: lấy làm vị trí của phiếu.")

    def rule_answered(self, ask: str, shown: str) -> str:
        """An answer raised the urgency."""
        return self._("Câu hỏi {ask} được trả lời: {shown}.").format(ask=_quoted(ask), shown=shown)

    def rule_pressed_emergency(self) -> str:
        """The reporter's own button."""
        return self._("Cán bộ xã chọn KHẨN CẤP.")

    def rule_triaged(self, why: str, version: int) -> str:
        """What triage saw in the words."""
        return why or self.rule_no_match(version)

    def rule_taken_in(self, origin: str, unit: str) -> str:
        """A row of a list that was taken in."""
        return self._("Nhập từ danh sách: {origin}. Giao {unit}.").format(
            origin=origin, unit=self.unit(unit)
        )

    def rule_kept_long_enough(self, than: datetime) -> str:
        """Files of a ticket that ended before a day."""
        return self._("Đã giữ đủ thời hạn của tỉnh: phiếu kết thúc trước {day}.").format(
            day=f"{than:%d/%m/%Y}"
        )

    def rule_decided(self, unit: str, why: str) -> str:
        """The coordinator's decision."""
        text = self._("Văn phòng UBND tỉnh quyết định giao {unit}.").format(unit=self.unit(unit))
        return f"{text} {self._('Lý do: {why}.').format(why=_quoted(why))}" if why else text


def _quoted(text: str) -> str:
    """In quotation marks, without our own marks: it is kept in the event."""
    return f"“{text}”"

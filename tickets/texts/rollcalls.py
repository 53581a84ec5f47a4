"""The question to the communes of a storm, what it can be answered with, and what was noted."""

from collections.abc import Sequence
from datetime import datetime

from storage.storms import Storm
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Rollcalls(Pieces):
    """Sentences about roll-calls."""

    def state(self, code: str) -> str:
        """What can be answered, as its button says."""
        _ = self._
        return {
            "safe": _("An toàn"),
            "power": _("Mất điện"),
            "signal": _("Mất sóng"),
            "road": _("Đường chia cắt"),
            "hurt": _("Có người bị nạn"),
            "relief": _("Cần cứu trợ"),
        }[code]

    def state_words(self, codes: Sequence[str]) -> str:
        """Several of them in a sentence."""
        return ", ".join(self.state(code) for code in codes).lower()

    def roll_call(self, commune: str, every: int, *, is_first: bool) -> str:
        """The question to everybody who reports for a commune."""
        _ = self._
        lines = [bold(_("Tình hình {commune} lúc này?").format(commune=self.unit(commune)))]
        if is_first:
            told = _("Xã đang trong vùng bão lũ: sẽ hỏi mỗi {n} giờ, cả ban đêm.")
            lines.append(told.format(n=every))
        lines.append(
            _("Chọn nhiều mục được, rồi Xong (gõ “2 4” cũng được). Việc cần giúp: nhắn như thường.")
        )
        return "\n".join(lines)

    def roll_again(self, commune: str) -> str:
        """The question while somebody chooses."""
        return self._("{head} Chọn tiếp, hoặc Xong.").format(
            head=bold(self._("Tình hình {commune} lúc này?").format(commune=self.unit(commune)))
        )

    def rule_roll_hurt(self) -> str:
        """Why a ticket became an emergency."""
        return self._("Cán bộ xã chọn “Có người bị nạn” khi được hỏi tình hình.")

    def roll_done(self) -> str:
        """The button that ends the choice."""
        return self._("Xong")

    def roll_answered(self, commune: str, states: Sequence[str]) -> str:
        """What was noted."""
        return self._("Đã ghi {commune}: {states}. Có gì thay đổi anh/chị cứ nhắn.").format(
            commune=self.unit(commune), states=bold(self.state_words(states))
        )

    def roll_noted(self, states: Sequence[str]) -> str:
        """A few words where the finger is."""
        return self._("Đã ghi: {states}").format(states=self.state_words(states) or "…")

    def roll_which(self) -> str:
        """Xong without a choice."""
        return self._("Anh/chị chọn ít nhất một mục, ví dụ An toàn.")

    def roll_over(self, storm: Storm, now: datetime) -> str:
        """A button of a roll-call that is over."""
        if storm.until is not None:
            return self._("Chế độ bão lũ đã tắt lúc {time}.").format(
                time=self.time(storm.until, now)
            )
        return self._("Lần hỏi này đã qua; đây là lần mới nhất.")

    def roll_hurt(self, time: str) -> str:
        """The report that “Có người bị nạn” makes."""
        return self._("Xã báo có người bị nạn (trả lời câu hỏi tình hình lúc {time})").format(
            time=time
        )

    def rule_roll_call(self, every: int) -> str:
        """Why the communes are asked at night too."""
        return self._(
            "Chế độ bão lũ: hỏi tình hình mỗi {n} giờ, cả giờ nghỉ, vì im lặng có thể là nguy hiểm."
        ).format(n=every)

    def rule_silence(self) -> str:
        """Why the coordinator hears who is silent."""
        return self._("Quá giờ trả lời mà xã chưa có tin: báo điều phối viên gọi điện.")

"""What is said about the channels themselves: several of one person, and what they cannot carry."""

from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Channels(Pieces):
    """Sentences about being reached."""

    def channel(self, name: str) -> str:
        """A channel as people call it."""
        names = {"telegram": "Telegram", "zalo_bot": "Zalo Bot", "zalo_oa": "Zalo OA"}
        return names.get(name, self._("trang chat"))

    def quota_told(self, channel: str, sender: str) -> str:
        """Administrators hear that a channel takes nothing more for now."""
        return self._(
            "⚠ {channel} ({sender}) không nhận thêm tin: hết hạn mức. Tin được gửi qua kênh khác "
            "nếu có; người chỉ có kênh này thì chưa nhận được. Xem: thaogo doctor."
        ).format(channel=bold(self.channel(channel)), sender=sender or "–")

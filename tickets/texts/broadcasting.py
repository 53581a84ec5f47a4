"""A broadcast, from its preview to its count."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from storage.broadcasts import Broadcast
from tickets.rich import bold
from tickets.texts.pieces import Pieces

if TYPE_CHECKING:
    from tickets.acts.broadcasts import Outcome

NAMED = 10
"""How many units a preview names."""


class Broadcasting(Pieces):
    """Sentences about one message to many."""

    def broadcast(self, words: str, *, urgent: bool) -> str:
        """What the receivers read."""
        head = self._("📢 Văn phòng UBND tỉnh thông báo:")
        if urgent:
            head = self._("📢 GẤP. Văn phòng UBND tỉnh thông báo:")
        return f"{bold(head)}\n{words}"

    def broadcast_help(self) -> str:
        """How to write one."""
        return self._(
            "Gõ: /thongbao tất cả xã: nội dung. Nơi nhận: tất cả xã, xã miền núi, "
            "huyện cũ Kỳ Sơn, tên các xã cách nhau bằng dấu phẩy, tất cả sở, tên một sở. "
            "Gấp thì thêm chữ gấp trước nơi nhận."
        )

    def broadcast_unknown(self, names: Sequence[str]) -> str:
        """Names that mean no unit, or several."""
        return self._("Chưa rõ nơi nhận: {names}. Anh/chị gõ lại cả tin.").format(
            names=", ".join(self.quote(name) for name in names)
        )

    def broadcast_preview(self, row: Broadcast, receivers: int, missing: Sequence[str]) -> str:
        """What will go to whom, before it goes."""
        _ = self._
        head = _("Gửi {units} nơi, {people} người và nhóm: {names}.").format(
            units=bold(str(len(row.units))), people=bold(str(receivers)), names=self._few(row.units)
        )
        lines = [head]
        if missing:
            lines.append(_("Chưa có ai nhận ở {n} nơi: {names}.").format(
                n=len(missing), names=self._few(missing)
            ))  # fmt: skip
        lines.append(self.broadcast(row.text, urgent=row.urgent))
        lines.append(_("Chưa gửi. Gửi thì chọn Gửi."))
        return "\n".join(lines)

    def _few(self, units: Sequence[str]) -> str:
        """The first names, and how many more."""
        names = ", ".join(self.unit(unit) for unit in units[:NAMED])
        more = len(units) - NAMED
        return names + (self._(" và {n} nơi khác").format(n=more) if more > 0 else "")

    def broadcast_going(self, row: Broadcast) -> str:
        """After the confirmation."""
        return self._("Đang gửi tới {n} người và nhóm. Gửi xong sẽ báo kết quả.").format(
            n=bold(str(row.receivers))
        )

    def broadcast_edit(self, row: Broadcast) -> str:
        """Other words are asked for."""
        return self._("Anh/chị gõ lại nội dung (nơi nhận giữ nguyên): {words}").format(
            words=self.quote(row.text)
        )

    def broadcast_dropped(self) -> str:
        """After Thôi."""
        return self._("Vâng ạ, thông báo này không gửi.")

    def broadcast_done(self, row: Broadcast, now: datetime) -> str:
        """A button that comes too late: what became of the broadcast."""
        if row.sent_at is not None:
            return self._("Thông báo này đã gửi lúc {time} tới {n} người và nhóm.").format(
                time=self.time(row.sent_at, now), n=row.receivers
            )
        if row.dropped_at is not None:
            return self._("Thông báo này đã bỏ lúc {time}, không gửi.").format(
                time=self.time(row.dropped_at, now)
            )
        return self._("Nội dung đã sửa: anh/chị dùng nút ở bản mới nhất.")

    def broadcast_report(self, row: Broadcast, outcome: "Outcome") -> str:
        """How it went, told to the sender."""
        _ = self._
        lines = [
            _("Thông báo {words}: đã đến {n}/{all}.").format(
                words=self.quote(row.text[:60]), n=bold(str(outcome.delivered)), all=row.receivers
            )
        ]
        if outcome.unknown:
            lines.append(_("Chưa rõ đã đến chưa: {n}.").format(n=outcome.unknown))
        if outcome.failed:
            lines.append(_("Không đến được: {n}.").format(n=outcome.failed))
        if outcome.unreached:
            lines.append(_("Chưa đến ai ở: {names}. Anh/chị gọi điện giúp.").format(
                names=", ".join(self.unit(unit) for unit in outcome.unreached)
            ))  # fmt: skip
        return "\n".join(lines)

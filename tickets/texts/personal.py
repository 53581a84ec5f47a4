"""What is said about people's own data: requests, their clocks, their answers."""

from datetime import datetime

from storage.data_requests import DataRequest
from tickets.rich import bold, own
from tickets.texts.pieces import Pieces


class Personal(Pieces):
    """Requests about one's own data."""

    def nameless(self) -> str:
        """What stands in place of a name that was erased."""
        return self._("Cán bộ (đã xóa tên)")

    def data_kind(self, kind: str) -> str:
        """What is asked for."""
        _ = self._
        return {
            "delete": _("xóa dữ liệu cá nhân"),
            "restrict": _("ngừng xử lý dữ liệu cá nhân"),
            "correct": _("sửa dữ liệu cá nhân"),
        }[kind]

    def data_request_made(self, row: DataRequest, now: datetime) -> str:
        """To the person, after asking."""
        return self._(
            "Đã ghi yêu cầu {kind} số {number}. Anh/chị được trả lời trước {answer}; nếu đồng ý "
            "thì làm xong trước {stop} (Luật 91/2025/QH15)."
        ).format(
            kind=self.data_kind(row.kind), number=bold(str(row.id)),
            answer=self.time(row.answer_by, now), stop=self.time(row.stop_by, now),
        )  # fmt: skip

    def data_request_told(self, row: DataRequest, name: str, units: str, now: datetime) -> str:
        """To the administrators."""
        return self._(
            "{name} ({units}) yêu cầu {kind} (số {number}). Trả lời trước {answer}, làm xong trước "
            "{stop}: mở trang điều hành, mục Dữ liệu cá nhân."
        ).format(
            name=own(name), units=units, kind=self.data_kind(row.kind), number=row.id,
            answer=self.time(row.answer_by, now), stop=self.time(row.stop_by, now),
        )  # fmt: skip

    def data_request_answered(self, row: DataRequest, now: datetime, *, yes: bool) -> str:
        """To the person: accepted or refused."""
        _ = self._
        head = (
            _("Yêu cầu {kind} số {number} được chấp nhận, làm xong trước {stop}.")
            if yes
            else _("Yêu cầu {kind} số {number} chưa được chấp nhận.")
        ).format(
            kind=self.data_kind(row.kind), number=row.id, stop=self.time(row.stop_by, now)
        )  # fmt: skip
        lines = [head, own(row.answer)] if row.answer else [head]
        if yes and row.kind == "delete":
            lines.append(_("Xóa xong, anh/chị không nhận và gửi tin ở đây được nữa."))
        return "\n".join(lines)

    def data_request_extended(self, row: DataRequest, why: str, now: datetime) -> str:
        """To the person: it takes longer."""
        return self._("Yêu cầu số {number} được gia hạn tới {stop}. Lý do: {why}").format(
            number=row.id, stop=self.time(row.stop_by, now), why=own(why)
        )

    def data_request_due(self, row: DataRequest, name: str, now: datetime) -> str:
        """To the administrators, on the day and after it."""
        _ = self._
        due = row.stop_by if row.answered_at else row.answer_by
        what = _("làm xong") if row.answered_at else _("trả lời")
        said = (
            _("🔴 Quá hạn {what}: yêu cầu {kind} số {number} của {name}, hạn {due}.")
            if due < now
            else _("Hôm nay đến hạn {what}: yêu cầu {kind} số {number} của {name}, trước {due}.")
        )
        return said.format(
            what=what, kind=self.data_kind(row.kind), number=row.id, name=own(name),
            due=self.time(due, now),
        )  # fmt: skip

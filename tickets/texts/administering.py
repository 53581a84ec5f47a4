"""What administrators read: invitations, people shut out, what failed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.inbox import Received
from storage.invitations import Standing
from storage.outbox import Kind, Notice
from storage.people import Invitation, Person
from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces

NAMED = 10
"""How many communes are named at most."""


class Administering(Pieces):
    """Sentences for administrators and coordinators."""

    # Invitations.

    def role_name(self, role: str) -> str:
        """What an invitation makes somebody."""
        _ = self._
        return {
            "reporter": _("cán bộ phản ánh"),
            "staff": _("cán bộ xử lý"),
            "head": _("lãnh đạo đơn vị"),
            "coordinator": _("điều phối viên"),
            "leader": _("lãnh đạo tỉnh"),
            "admin": _("quản trị viên"),
            "desk": _("nhóm tiếp nhận"),
        }[role]

    def pack_change_failed(self, why: str) -> str:
        """A change of the pack whose day has come no longer fits."""
        return self._(
            "Thay đổi gói dữ liệu đến ngày nhưng chưa áp dụng được: {why}. Gói cũ vẫn có hiệu lực; "
            "sửa lại ở trang điều hành, mục Gói dữ liệu."
        ).format(why=why)

    def invite_which_unit(self, found: Sequence[str]) -> str:
        """No unit was named, or a name that several have."""
        if found:
            return self._("Có vài nơi tên đó: {names}. Anh/chị gõ đủ tên.").format(
                names=", ".join(self.unit(unit) for unit in found)
            )
        return self._("Chưa rõ đơn vị. Gõ ví dụ: /moi xã Chiêu Lưu cán bộ Lan.")

    def invite_which_role(self, unit: str) -> str:
        """No word of a role."""
        return self._(
            "{unit}: mời làm gì ạ? Sau tên đơn vị, gõ cán bộ, nhân viên, trực, lãnh đạo, nhóm "
            "hoặc quản trị, rồi tên."
        ).format(unit=bold(self.unit(unit)))

    def invite_not_yours(self) -> str:
        """A head invites for the own unit only; administrators are made by their like."""
        return self._("Anh/chị mời được cho đơn vị của mình thôi; mời khác thì nhờ quản trị viên.")

    def invitation_made(
        self, row: Invitation, code: str, links: Mapping[str, str], now: datetime
    ) -> str:
        """The code and where it can be used; said once."""
        _ = self._
        who = ", ".join(part for part in (row.name, row.post) if part)
        head = _("Mã mời {role} {unit}: {code}").format(
            role=self.role_name(row.role), unit=self.unit(row.unit), code=bold(code)
        )
        lines = [f"{head} · {who}" if who else head]
        lines += [f"{channel}: {link}" for channel, link in links.items()]
        until = self.time(row.expires_at, now)
        lines.append(_("Dùng một lần, đến {time}. Chuyển riêng cho người được mời.").format(
            time=until
        ))  # fmt: skip
        return "\n".join(lines)

    def invitation_line(self, row: Invitation, standing: Standing, now: datetime) -> str:
        """One invitation of the list."""
        _ = self._
        times = {
            Standing.OPEN: _("còn đến {time}").format(time=self.time(row.expires_at, now)),
            Standing.USED: _("đã dùng {time}").format(time=self.time(row.used_at or now, now)),
            Standing.EXPIRED: _("hết hạn {time}").format(time=self.time(row.expires_at, now)),
            Standing.WITHDRAWN: _("đã rút {time}").format(time=self.time(row.expires_at, now)),
        }
        name = f" {row.name}" if row.name else ""
        return (
            f"{row.id}. {self.unit(row.unit)}: {self.role_name(row.role)}{name}, "
            + (times[standing])
        )

    def invitations(self, lines: Sequence[str], without: Sequence[str] | None) -> str:
        """The list, and how many communes have nobody yet."""
        _ = self._
        head = [] if lines else [_("Chưa có mã mời nào.")]
        foot = [_("Mời: /moi xã Chiêu Lưu cán bộ Lan.")]
        if without:
            names = ", ".join(self.units.short_name(unit) for unit in without[:NAMED])
            more = "…" if len(without) > NAMED else ""
            foot.insert(0, _("{n} xã, phường chưa có ai: {names}").format(
                n=bold(str(len(without))), names=names + more
            ))  # fmt: skip
        return "\n".join([*head, *lines, *foot])

    # People.

    def person_line(self, person: Person, duties: Sequence[str]) -> str:
        """Somebody with number, name and duties."""
        return f"{person.id}. {bold(person.name or '–')}: {'; '.join(duties) or '–'}"

    def freeze_whom(self, lines: Sequence[str]) -> str:
        """Nobody, or several, are called so."""
        if not lines:
            return self._("Chưa rõ là ai. Gõ: /khoa tên hoặc số; mở lại: /mokhoa tên hoặc số.")
        return "\n".join([self._("Có vài người tên đó, anh/chị gõ số:"), *lines])

    def freeze_sure(self, line: str, held: Sequence[Ticket]) -> str:
        """Before somebody is shut out."""
        ask = self._("Khóa người này? Họ không vào, không nhận được gì nữa.")
        return "\n".join([line, *self._held(held), ask])

    def _held(self, held: Sequence[Ticket]) -> list[str]:
        """What somebody has in hand."""
        if not held:
            return [self._("Không phụ trách phiếu nào.")]
        codes = ", ".join(ticket.code for ticket in held)
        return [self._("Đang phụ trách {n} phiếu: {codes}.").format(n=len(held), codes=codes)]

    def thaw_sure(self, line: str) -> str:
        """Before somebody is let in again."""
        return "\n".join([line, self._("Mở khóa cho người này?")])

    def frozen(self, name: str, held: Sequence[Ticket]) -> str:
        """After somebody was shut out."""
        told = self._("Đã khóa {name}; phiên và liên kết hết hiệu lực ngay.").format(
            name=bold(name)
        )
        hint = [self._("Phân công lại: gõ số phiếu, chữ phân công, tên người mới.")] if held else []
        return "\n".join([told, *self._held(held), *hint])

    def thawed(self, name: str) -> str:
        """After somebody was let in again."""
        return self._("Đã mở khóa {name}; trên web phải vào lại bằng liên kết mới.").format(
            name=bold(name)
        )

    def frozen_already(self, name: str, *, active: bool) -> str:
        """A press or command that changes nothing."""
        text = self._("{name} không bị khóa.") if active else self._("{name} đang bị khóa rồi.")
        return text.format(name=bold(name))

    def freeze_late(self) -> str:
        """A button that is too old for what it does."""
        return self._("Nút này đã quá 10 phút: gõ lại /khoa hoặc /mokhoa.")

    def frozen_told(self, name: str, by: str) -> str:
        """Administrators hear who shut whom out."""
        return self._("{by} đã khóa {name}.").format(by=by, name=bold(name))

    def thawed_told(self, name: str, by: str) -> str:
        """Administrators hear who let whom in."""
        return self._("{by} đã mở khóa {name}.").format(by=by, name=bold(name))

    # What failed.

    def failures(self, lines: Sequence[str]) -> str:
        """The list of what waits for a person."""
        if not lines:
            return self._("Không có tin hỏng nào.")
        return "\n".join([bold(self._("Tin hỏng, chờ xử lý:")), *lines])

    def kind_of_notice(self, kind: int) -> str:
        """What kind of message it was."""
        _ = self._
        return {
            Kind.EMERGENCY: _("tin khẩn"),
            Kind.ANSWER: _("câu trả lời"),
            Kind.CARD: _("phiếu gửi đơn vị"),
            Kind.NOTICE: _("tin báo"),
            Kind.EDIT: _("tin sửa"),
            Kind.REMINDER: _("tin nhắc"),
            Kind.BULK: _("thông báo chung"),
            Kind.DIGEST: _("tin tổng hợp"),
        }[Kind(kind)]

    def dead_line(self, notice: Notice, code: str, unit: str, reason: str, now: datetime) -> str:
        """One message that nobody got; never its words."""
        parts = [
            self._("Gửi {n}").format(n=notice.id),
            self.time(notice.ended_at or notice.created_at, now),
            self.kind_of_notice(notice.kind),
            *[part for part in (code, unit) if part],
            self.why_undelivered(reason),
        ]
        return " · ".join(parts)

    def backup_is_late(self, newest: datetime, now: datetime) -> str:
        """Administrators hear that backups have stopped: `newest` is the last one (UTC)."""
        return self._(
            "⚠ Đã {n} ngày không có bản sao lưu mới (bản gần nhất: {when}). Kiểm tra trên máy chủ: "
            "thaogo-backup.timer còn chạy không, đĩa còn chỗ không."
        ).format(n=(now - newest).days, when=self.time(newest, now))

    def why_undelivered(self, reason: str) -> str:
        """Why a message did not arrive: our own reasons in words, a channel's as it gave them."""
        ours = {
            "nobody can be reached": self._("không có kênh nào tới được"),
            "unknown": self._("không rõ đã tới chưa"),
            "": "?",
        }
        return ours.get(reason, reason)

    def aside_line(self, row: Received, unit: str, now: datetime) -> str:
        """One update that nobody could handle; never its words."""
        parts = [
            self._("Nhận {n}").format(n=row.id),
            self.time(row.received_at, now),
            row.channel,
            *([unit] if unit else []),
            row.error or "?",
        ]
        return " · ".join(parts)

    def failure_done(self, act: str, number: int) -> str:
        """After something was done about a failure."""
        _ = self._
        text = {
            "resend": _("{n}: đang gửi lại."),
            "drop": _("{n}: đã bỏ, không gửi nữa."),
            "rerun": _("{n}: đang xử lý lại; hỏng nữa sẽ báo."),
            "forget": _("{n}: đã bỏ, nội dung đã xóa."),
        }[act]
        return text.format(n=bold(str(number)))

    def failure_stale(self, number: int) -> str:
        """A press that comes too late, or one that cannot be done."""
        return self._("{n}: đã có người xử lý, hoặc không còn nội dung. Xem lại: /hong.").format(
            n=bold(str(number))
        )

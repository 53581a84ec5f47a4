"""What is said about one failure that many communes report."""

from collections.abc import Sequence

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces

NAMED = 12
"""Communes that are named on a card; the rest are counted."""


class Outages(Pieces):
    """Sentences about shared tickets."""

    def outage_proposed(self, subject: str, found: Sequence[Ticket]) -> str:
        """The lead's desk and the coordinator are asked whether it is one matter."""
        communes = dict.fromkeys(ticket.commune for ticket in found)
        head = self._("{n} xã cùng báo {subject} trong 2 giờ. Lập một việc chung cho cả ạ?").format(
            n=bold(str(len(communes))), subject=bold(subject)
        )
        lines = [
            f"– {ticket.code} · {self.units.short_name(ticket.commune)}: {ticket.summary}"
            for ticket in found[:NAMED]
        ]
        then = self._(
            "Đơn vị chủ trì lập là tiếp nhận luôn; cập nhật, trả lời một lần, mọi xã cùng nghe; "
            "xã báo sau tự nhập vào. Không lập thì từng phiếu vẫn chạy."
        )
        return "\n".join([head, *lines, then])

    def shared_summary(self, subject: str) -> str:
        """The matter of a shared ticket in a few words."""
        return self._("Sự cố chung: {subject}").format(subject=subject)

    def shared_made(self, shared: Ticket, count: int) -> str:
        """Whoever pressed hears what was made."""
        return self._(
            "Đã lập {title}, {n} xã. Mọi tin của phiếu này đến cả các xã; phiếu của từng xã nghỉ."
        ).format(title=self.title(shared), n=count)

    def shared_too_few(self) -> str:
        """Pressed when the reports have ended meanwhile."""
        return self._("Không còn đủ hai xã có phiếu đang mở về việc này; không lập việc chung.")

    def share_dropped(self, subject: str) -> str:
        """Somebody said that it is no shared matter."""
        return self._("Đã ghi: {subject} không phải việc chung; từng phiếu vẫn chạy.").format(
            subject=subject
        )

    def share_decided(self, name: str, subject: str, code: str) -> str:
        """A second press on a proposal."""
        if code:
            return self._("{subject}: {name} đã lập việc chung {code}.").format(
                subject=subject, name=name, code=bold(code)
            )
        return self._("{subject}: {name} đã chọn không lập việc chung.").format(
            subject=subject, name=name
        )

    def gathered(self, ticket: Ticket, shared: Ticket, count: int) -> str:
        """A commune hears that its report goes on within a shared ticket."""
        return self._(
            "{title} · {where}\nĐã có {n} xã báo việc này: nhập vào việc chung {shared}, {lead} "
            "chủ trì. Có tin là anh/chị nghe ngay; xong thì xã tự xác nhận."
        ).format(
            title=self.title(ticket), where=self.where(ticket), n=bold(str(count)),
            shared=bold(shared.code), lead=bold(self.unit(shared.lead)),
        )  # fmt: skip

    def carried(self, shared: Ticket, stage: str) -> str:
        """Below a report that goes on within a shared ticket: how that one stands."""
        return self._("Việc chung {code}: {stage}").format(code=bold(shared.code), stage=stage)

    def carries(self, communes: Sequence[str]) -> str:
        """On the card of a shared ticket: which communes it is for."""
        named = self.shorts(communes[:NAMED])
        more = len(communes) - NAMED
        names = self._("{names} và {n} xã nữa").format(names=named, n=more) if more > 0 else named
        return self._("Đã có {n} xã báo: {names}.").format(n=bold(str(len(communes))), names=names)

    def not_asked_together(self, ticket: Ticket) -> str:
        """A desk cannot ask all communes of a shared ticket at once."""
        return self._(
            "{code} là việc chung của nhiều xã: cần hỏi xã nào thì gõ “123 tách ra” với số phiếu "
            "của xã đó rồi hỏi; tin cho cả các xã thì dùng Cập nhật."
        ).format(code=bold(ticket.code))

    def rule_gathered(self, subject: str, code: str) -> str:
        """Why a report joined by itself, or was linked."""
        return self._(
            "Báo cùng sự cố {subject} như các xã trong việc chung {code}: tự nhập vào; việc khẩn "
            "cấp thì giữ phiếu riêng, chỉ liên kết."
        ).format(subject=subject, code=code)

    def rule_objected(self, code: str) -> str:
        """Why reports of communes for which it is not done go on together."""
        return self._(
            "Từ hai xã trở lên báo chưa xong việc chung {code}: đi chung một phiếu, đơn vị xử lý "
            "một lần."
        ).format(code=code)

    def rule_parted(self, code: str) -> str:
        """Why a report goes its own way again by itself."""
        return self._("{code} thành việc khẩn cấp: tách khỏi việc chung.").format(code=code)

    def rule_shared_ended(self) -> str:
        """Why a shared ticket has ended by itself."""
        return self._("Mọi xã trong việc chung đã xác nhận hoặc đã tách ra: kết thúc việc chung.")

"""What is said about one request that several communes carry."""

from collections.abc import Sequence
from datetime import datetime

from storage.carriers import Carrying
from storage.tickets import Status, Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Joint(Pieces):
    """Sentences about joint requests."""

    def told_together(self, ticket: Ticket, absent: Sequence[str]) -> str:
        """After the receipt of a report that names other communes."""
        lines = []
        if ticket.carriers:
            lines.append(
                self._(
                    "{code} là đề nghị chung với {names}: các xã cùng xem, bổ sung, mỗi xã tự xác "
                    "nhận kết quả; xã nào không cùng thì rút được."
                ).format(code=bold(ticket.code), names=bold(self.shorts(ticket.carriers)))
            )
        if absent:
            lines.append(self._absent(absent))
        return "\n".join(lines)

    def _absent(self, communes: Sequence[str]) -> str:
        return self._("{names} chưa có cán bộ nào trên kênh này, nên chưa báo được.").format(
            names=self.shorts(communes)
        )

    def named_together(self, ticket: Ticket) -> str:
        """An official hears that another commune has asked for theirs as well."""
        return self._(
            "{title} · {where}\n{words}\n{first} đề nghị chung cho cả xã anh/chị. Có tin là "
            "anh/chị nghe ngay; bổ sung thì nhắn vào đây. Xã không cùng đề nghị: bấm Rút xã."
        ).format(
            title=self.title(ticket), where=self.where(ticket), words=self.quote(ticket.text),
            first=bold(self.unit(ticket.commune)),
        )  # fmt: skip

    def invited_together(self, ticket: Ticket) -> str:
        """An official is asked whether the commune carries another's request."""
        return self._(
            "{first} mời xã anh/chị cùng đề nghị: {title}\n{words}\nĐồng ý thì xã cùng xem, "
            "bổ sung và nghe mọi tin; không trả lời thì phiếu vẫn chạy. Gõ được: {n} đồng ý, "
            "{n} từ chối."
        ).format(
            first=bold(self.unit(ticket.commune)), title=self.title(ticket),
            words=self.quote(ticket.text), n=int(ticket.code.rsplit("-", 1)[-1]),
        )  # fmt: skip

    def which_neighbours(self, ticket: Ticket, *, again: bool = False) -> str:
        """Which communes are to be invited?"""
        if again:
            return self._(
                "Chưa rõ xã nào. Anh/chị gõ tên các xã, cách nhau dấu phẩy; không mời nữa: gõ thôi."
            )
        return self._(
            "{code}: mời xã nào cùng đề nghị ạ? Bấm tên, hoặc gõ tên các xã, cách nhau dấu phẩy."
        ).format(code=bold(ticket.code))

    def neighbours_invited(
        self,
        ticket: Ticket,
        asked: Sequence[str],
        absent: Sequence[str],
        already: Sequence[str],
    ) -> str:
        """Which of the communes were asked."""
        lines = []
        if asked:
            lines.append(
                self._("{code}: đã mời {names}. Xã nào đồng ý, anh/chị nghe ngay.").format(
                    code=bold(ticket.code), names=bold(self.shorts(asked))
                )
            )
        if absent:
            lines.append(self._absent(absent))
        if already:
            lines.append(self._("Đã mời hoặc đã cùng: {names}.").format(names=self.shorts(already)))
        return "\n".join(lines)

    def not_joint(self, ticket: Ticket) -> str:
        """A ticket that no other commune may see, or that goes on within another."""
        return self._(
            "{code} không mời xã khác được: phiếu hạn chế, đã gộp hoặc là việc chung của nhiều xã."
        ).format(code=bold(ticket.code))

    def carries_now(self, ticket: Ticket, commune: str) -> str:
        """After an invited commune's yes."""
        return self._("{unit} cùng đề nghị {code} từ bây giờ. Rút ra lúc nào cũng được.").format(
            unit=bold(self.unit(commune)), code=bold(ticket.code)
        )

    def declined(self, ticket: Ticket, commune: str) -> str:
        """After an invited commune's no."""
        return self._(
            "Đã ghi: {unit} không cùng đề nghị {code}. Việc của xã, cứ nhắn riêng."
        ).format(unit=self.unit(commune), code=bold(ticket.code))

    def carrier_stands(self, ticket: Ticket, commune: str, state: str, *, is_over: bool) -> str:
        """An answer to an invitation that was answered before, or that is over."""
        said = {
            Carrying.CARRIES: self._("{unit} đã cùng đề nghị {code}."),
            Carrying.DECLINED: self._("{unit} đã trả lời không cùng đề nghị {code}."),
            Carrying.LEFT: self._("{unit} đã rút khỏi {code}."),
            Carrying.INVITED: self._("{code} không còn nhận thêm xã."),
        }[Carrying(state)]
        text = said.format(unit=self.unit(commune), code=bold(ticket.code))
        again = self._("Muốn cùng lại: nhờ {first} mời.").format(first=self.unit(ticket.commune))
        return f"{text} {again}" if is_over and state != Carrying.INVITED else text

    def carrier_answered(self, ticket: Ticket, commune: str, *, agrees: bool) -> str:
        """The others hear what an invited commune said."""
        said = self._("cùng đề nghị") if agrees else self._("không cùng đề nghị")
        return f"{self.title(ticket)}: {bold(self.unit(commune))} {said}."

    def carrier_left(self, ticket: Ticket, commune: str) -> str:
        """The others and the desk hear that a commune carries it no more."""
        return self._("{title}: {unit} đã rút; còn {names}.").format(
            title=self.title(ticket), unit=bold(self.unit(commune)),
            names=self.shorts((ticket.commune, *ticket.carriers)),
        )  # fmt: skip

    def left_together(self, ticket: Ticket, commune: str) -> str:
        """After leaving."""
        return self._(
            "Đã rút {unit} khỏi {code}; các xã còn lại đi tiếp. Xã có việc riêng, cứ nhắn một tin."
        ).format(unit=bold(self.unit(commune)), code=bold(ticket.code))

    def not_together(self, ticket: Ticket) -> str:
        """Nobody else carries it."""
        return self._("{code} chỉ của một xã. Không cần nữa thì gõ “hủy”.").format(
            code=bold(ticket.code)
        )

    def nobody_to_carry(self, ticket: Ticket) -> str:
        """The commune that reported cannot go: no other has said a word yet."""
        return self._(
            "{code}: chưa xã nào khác lên tiếng để đi tiếp. Không cần nữa thì gõ “hủy”."
        ).format(code=bold(ticket.code))

    def carrier_added(self, ticket: Ticket, commune: str, name: str, what: str) -> str:
        """The others hear what a commune added."""
        return self._("{title}: {name} ({unit}) bổ sung {what}").format(
            title=self.title(ticket), name=name, unit=self.unit(commune), what=what
        ).rstrip()  # fmt: skip

    def carrier_did(self, ticket: Ticket, commune: str, now: datetime) -> str:
        """The others hear what a commune did with it."""
        return self._("{title}: {unit} vừa đổi thành {status} lúc {time}.").format(
            title=self.title(ticket), unit=self.unit(commune), status=bold(self.status(ticket)),
            time=self.time(now, now),
        )  # fmt: skip

    def confirmed_own(self, ticket: Ticket, left: Sequence[str]) -> str:
        """A commune has confirmed for itself."""
        return self._("Đã ghi xã xác nhận {code}; còn chờ {names}. Cảm ơn anh/chị.").format(
            code=bold(ticket.code), names=self.shorts(left)
        )

    def carried_together(self, ticket: Ticket, left: Sequence[str]) -> str:
        """On the card: how many communes ask, and which have not confirmed the result yet."""
        number = bold(str(1 + len(ticket.carriers)))
        text = self._("Cùng đề nghị: {n} xã.").format(n=number)
        if ticket.status == Status.RESOLVED and left:
            text += " " + self._("Chưa xác nhận: {names}.").format(names=self.shorts(left))
        return text

    def rule_together(self) -> str:
        """Why other communes carry a new report."""
        return self._(
            "Phản ánh nêu rõ đề nghị chung cho các xã: các xã được báo, xã nào cũng rút được."
        )

"""What is said about answers that a department publishes for all communes."""

from collections.abc import Sequence

from storage.guidances import Guidance
from storage.tickets import Ticket
from tickets.rich import bold, own
from tickets.texts.pieces import Pieces

SHOWN = 60
"""Letters of what was searched for that are said back."""


class Guidances(Pieces):
    """Sentences about published answers."""

    def published_answer(self, row: Guidance) -> str:
        """An answer as communes read it."""
        return self._("{question}\n{answer}\nCăn cứ: {basis}. {unit}, áp dụng đến {day}.").format(
            question=bold(row.question), answer=own(row.answer), basis=own(row.basis),
            unit=bold(self.unit(row.unit)), day=f"{row.last:%d/%m/%Y}",
        )  # fmt: skip

    def may_need(self, ticket: Ticket, row: Guidance) -> str:
        """Shown with a new ticket, which runs whatever is answered."""
        return self._(
            "Có thể anh/chị cần: {answer}\nĐủ rồi thì chọn “Không cần phiếu”; không chọn thì "
            "{code} vẫn chạy."
        ).format(answer=self.published_answer(row), code=bold(ticket.code))

    def guidance_preview(self, row: Guidance) -> str:
        """The officer reads it once more before every commune can."""
        return self._(
            "Sẽ công bố cho mọi xã:\n{answer}\nKhông để tên, số của ai trong đó. Muốn dễ tìm hơn, "
            "gõ lại kèm câu hỏi (hỏi: …)."
        ).format(answer=self.published_answer(row))

    def guidance_published(self, row: Guidance) -> str:
        """Told to whoever published."""
        return self._(
            "Đã công bố. Xã báo việc tương tự sẽ thấy ngay; tìm bằng /hoi. Hết {day} "
            "sẽ hỏi lại đơn vị."
        ).format(day=f"{row.last:%d/%m/%Y}")

    def guidance_help(self, ticket: Ticket) -> str:
        """How to publish: the basis is missing, or there are no words."""
        return self._(
            "{code}: công bố cần căn cứ. Gõ: {example} (bỏ phần trả lời thì lấy lời đã trả lời xã)."
        ).format(
            code=bold(ticket.code),
            example=own(self._("trả lời; hỏi: câu hỏi; căn cứ: văn bản; đến 31/12/2027")),
        )

    def guidance_too_early(self, ticket: Ticket) -> str:
        """Only what is solved can be published."""
        return self._(
            "{code}: chỉ công bố được phiếu đã trả lời xong, không phải phiếu hạn chế hay đã gộp."
        ).format(code=bold(ticket.code))

    def guidance_done(self, row: Guidance) -> str:
        """A second press on what was decided."""
        if row.withdrawn_at is not None:
            return self._("Hướng dẫn này đã được rút.")
        return self._("Hướng dẫn này đang áp dụng đến {day}.").format(day=f"{row.last:%d/%m/%Y}")

    def guidance_withdrawn(self) -> str:
        """After it was taken back."""
        return self._("Đã rút; xã không còn thấy hướng dẫn này.")

    def guidance_expired(self, row: Guidance) -> str:
        """A department is asked to review what has expired."""
        return self._(
            "Hướng dẫn hết hạn ngày {day}, xã không còn thấy. Đã hiện {shown} lần, đỡ {helped} "
            "phiếu. Còn đúng thì gia hạn, không thì rút.\n{answer}"
        ).format(
            day=f"{row.last:%d/%m/%Y}", shown=row.shown, helped=row.helped + len(row.thanked),
            answer=self.published_answer(row),
        )  # fmt: skip

    def guidances_found(self, rows: Sequence[Guidance]) -> str:
        """What /hoi has found."""
        return "\n\n".join(self.published_answer(row) for row in rows)

    def guidances_none(self, words: str) -> str:
        """/hoi has found nothing."""
        return self._(
            "Chưa có hướng dẫn nào về {words}. Anh/chị nhắn việc đang vướng, phiếu có số ngay."
        ).format(words=own(words[:SHOWN]))

    def guidances_how(self) -> str:
        """/hoi without words."""
        return self._("Gõ /hoi và vài chữ, ví dụ: /hoi cấp lại chữ ký số.")

    def guidance_thanked(self) -> str:
        """After Có ích."""
        return self._("Cảm ơn anh/chị, đã ghi.")

    def rule_answer_shown(self) -> str:
        """Why an answer was shown with a ticket."""
        return self._(
            "Có hướng dẫn đã công bố cùng lĩnh vực, trùng ít nhất hai cụm từ với tin báo."
        )

"""What a reporter is asked once more, hours later."""

from collections.abc import Sequence

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.reporting import Reporting


class Prompting(Reporting):
    """Sentences of the one message that follows a report which lacks something."""

    def asked_once_more(self, ask: str, *, danger_first: bool) -> str:
        """A question that nobody has answered; this is the last time."""
        if danger_first:
            return self._("Xin hỏi lại: {ask}").format(ask=ask)
        return self._("Xin hỏi lại một lần: {ask} (bỏ qua cũng được)").format(ask=ask)

    def photo_wanted(self) -> str:
        """A category that is best understood by a picture."""
        return self._("Phiếu chưa có ảnh. Nếu chỗ đó an toàn, anh/chị gửi một, hai ảnh vào đây.")

    def second_hinted(self, words: str) -> str:
        """Words of the report that may be another department's."""
        return self._(
            "Trong tin còn câu: {words} Nếu là việc khác, anh/chị bấm “Lập phiếu riêng”."
        ).format(words=self.quote(words))

    def others_lack(self, tickets: Sequence[Ticket]) -> str:
        """Other tickets of the same reporter that lack something, in one line."""
        codes = ", ".join(bold(ticket.code) for ticket in tickets)
        return self._(
            "Còn thiếu thông tin hoặc ảnh: {codes}. Anh/chị gõ số phiếu rồi nội dung, "
            "ví dụ: {code} ở km 3."
        ).format(codes=codes, code=tickets[0].code)

    def no_second(self, ticket: Ticket) -> str:
        """Asked to open a second matter of a report that holds one."""
        return self._(
            "{code}: trong tin không thấy việc thứ hai. Có việc khác, anh/chị nhắn “vụ mới: …”."
        ).format(code=bold(ticket.code))

    def opened_apart(self, ticket: Ticket) -> str:
        """The second matter has a ticket already."""
        return self._("Việc này đã có phiếu riêng: {title}.").format(title=self.title(ticket))

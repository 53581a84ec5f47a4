"""What is said after a report has gone out: progress, its end, ratings, the chair, merging."""

from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.reporting import Reporting


class Afterwards(Reporting):
    """Sentences of the commune's own part in its ticket."""

    # Cancelling.

    def why_cancelled(self) -> str:
        """Asked after a ticket was cancelled; it is cancelled whatever is answered."""
        return self._("Vì sao hủy ạ? Anh/chị gõ vài chữ, hoặc bỏ qua.")

    def reason_kept(self, ticket: Ticket) -> str:
        """After the reason for cancelling."""
        return self._("{code}: đã ghi lý do.").format(code=bold(ticket.code))

    def skipped(self) -> str:
        """After "Bỏ qua" where nothing follows."""
        return self._("Vâng ạ.")

    def desk_hears_reason(self, ticket: Ticket, words: str) -> str:
        """The desk hears why the commune cancelled."""
        return self._("{title}\n{commune} hủy vì: {words}").format(
            title=self.title(ticket), commune=bold(self.unit(ticket.commune)),
            words=self.quote(words),
        )  # fmt: skip

    # Asking how far it is.

    def progress_asked(self, ticket: Ticket, stage: str) -> str:
        """After the commune asked how far its ticket is."""
        return self._("{title}: đã hỏi {lead}.").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        ) + f" {stage}"  # fmt: skip

    def progress_asked_before(self, ticket: Ticket, stage: str) -> str:
        """The second time on one day."""
        asked = self._("{title}: hôm nay xã đã hỏi {lead}, mai hỏi lại được.").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        )
        return f"{asked} {stage}"

    def stands(self, ticket: Ticket, stage: str) -> str:
        """Where a ticket stands, when there is nobody to ask."""
        return f"{self.title(ticket)}: {stage}"

    def desk_hears_progress(self, ticket: Ticket, by: str) -> str:
        """The desk hears that a commune (`by`) asks."""
        return self._("{title}\n{commune} hỏi tiến độ.").format(
            title=self.title(ticket), commune=bold(self.unit(by))
        )

    # The end.

    def done_yet(self, ticket: Ticket) -> str:
        """The one follow-up after two working days without an answer."""
        return self._("{title}: {lead} báo đã xử lý, đã xong chưa ạ?").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        )

    def closed_unconfirmed(self, ticket: Ticket) -> str:
        """The commune hears that its silence has closed a ticket."""
        return self._(
            "{title}: kết thúc (chưa xác nhận) vì 5 ngày làm việc xã chưa trả lời."
        ).format(title=self.title(ticket))

    def how_good(self) -> str:
        """Asked after the end."""
        return self._("Anh/chị chấm mấy điểm, 1 (kém) đến 5 (rất tốt)?")

    def points(self, n: int) -> str:
        """The label of a rating."""
        return self._("{n} điểm").format(n=n)

    def rated(self, ticket: Ticket) -> str:
        """After a rating; a word more is welcome."""
        return self._(
            "{code}: đã ghi {n} điểm, cảm ơn anh/chị. Góp ý thêm vài chữ, hoặc bỏ qua."
        ).format(code=bold(ticket.code), n=ticket.rating)

    def word_kept(self, ticket: Ticket) -> str:
        """After the word that goes with a rating."""
        return self._("{code}: đã ghi góp ý, cảm ơn anh/chị.").format(code=bold(ticket.code))

    def not_to_rate(self, ticket: Ticket) -> str:
        """A rating of what has not ended."""
        return self._("{code} chưa kết thúc; xong việc mới chấm điểm.").format(
            code=bold(ticket.code)
        )

    def rule_follow_up(self, days: int) -> str:
        """Why the commune is asked once more."""
        return self._("đã xử lý, {n} ngày làm việc xã chưa trả lời: hỏi lại một lần").format(n=days)

    def rule_expired(self, days: int) -> str:
        """Why a ticket ended that nobody confirmed."""
        return self._(
            "đã xử lý, {n} ngày làm việc xã chưa trả lời: kết thúc, chưa xác nhận"
        ).format(n=days)

    def rule_merged(self, code: str) -> str:
        """Why a ticket became more pressing when another was merged into it."""
        return self._("gộp {code}, mức cao hơn").format(code=code)

    # Colleagues.

    def colleague_added(self, ticket: Ticket, name: str, what: str) -> str:
        """The reporter hears what a colleague added."""
        return self._("{title}: {name} (cùng xã) bổ sung {what}").format(
            title=self.title(ticket), name=name, what=what
        ).rstrip()  # fmt: skip

    def colleague_asked(self, ticket: Ticket, name: str) -> str:
        """The reporter hears that a colleague asked how far it is."""
        return self._("{title}: {name} (cùng xã) vừa hỏi tiến độ.").format(
            title=self.title(ticket), name=name
        )

    # The chair of the commune.

    def chair_asked(self, ticket: Ticket, name: str) -> str:
        """The chair sees what was asked for in the commune's name; it runs already."""
        words = "" if ticket.restricted else f"\n{self.quote(ticket.text)}"
        sent = self._("Đã gửi {lead}, không phải chờ. Đồng chí đồng ý hay rút?").format(
            lead=bold(self.unit(ticket.lead))
        )
        asks = self._("{title}: {name} đề nghị thay mặt {commune}.").format(
            title=self.title(ticket), name=name, commune=bold(self.unit(ticket.commune))
        )
        return f"{asks}{words}\n{sent}"

    def chair_told(self, ticket: Ticket, name: str) -> str:
        """The chair only hears of an emergency."""
        return self._("{title}: {name} báo khẩn, đã gửi ngay {lead}. Báo để đồng chí biết.").format(
            title=self.title(ticket), name=name, lead=bold(self.unit(ticket.lead))
        )

    def chair_agreed(self, commune: str) -> str:
        """What the desk's card says."""
        return self._("Chủ tịch {kind} đồng ý").format(kind=self.kind_of(commune))

    def kind_of(self, commune: str) -> str:
        """Whether it is a xã or a phường."""
        found = self.units.commune(commune)
        return found.kind if found else "xã"

    def chair_has_agreed(self, ticket: Ticket) -> str:
        """The chair's own answer."""
        return self._("{code}: đã ghi ý kiến đồng ý, {lead} được báo.").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead))
        )

    def withdrawn(self, ticket: Ticket) -> str:
        """The chair's own answer after taking a request back."""
        return self._("{code}: đã rút, người phản ánh và {lead} được báo.").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead))
        )

    def withdrawn_told(self, ticket: Ticket, name: str) -> str:
        """The reporter hears that the chair took the request back."""
        return self._("{title}: {name}, Chủ tịch {kind}, đã rút phiếu này.").format(
            title=self.title(ticket), name=name, kind=self.kind_of(ticket.commune)
        )

    def not_withdrawn(self, ticket: Ticket) -> str:
        """An emergency waits for nobody."""
        return self._("{code} là việc khẩn cấp, không rút được; cần dừng thì gọi {lead}.").format(
            code=bold(ticket.code), lead=bold(self.unit(ticket.lead))
        )

    # Merging.

    def same_matter(self, code: str, summary: str, where: str) -> str:
        """Asked after a receipt when something like it is open already."""
        return self._(
            "Có phải cùng việc với {code} ({summary}, {where})? Không trả lời cũng được."
        ).format(code=bold(code), summary=summary, where=where)

    def kept_apart(self, ticket: Ticket) -> str:
        """After "another matter"."""
        return self._("{code} vẫn là phiếu riêng.").format(code=bold(ticket.code))

    def merged_into(self, ticket: Ticket, target: Ticket) -> str:
        """Whoever reported what was merged hears of it."""
        return self._("{code} đã gộp vào {target} ({lead}); kết quả sẽ báo anh/chị.").format(
            code=bold(ticket.code), target=self.title(target), lead=bold(self.unit(target.lead))
        )

    def merged_told(self, ticket: Ticket, target: Ticket) -> str:
        """The reporter of the target, and its desk, hear who reported the same."""
        return self._("{target}: {commune} cũng báo việc này ({code}), đã gộp vào đây.").format(
            target=self.title(target), commune=bold(self.unit(ticket.commune)),
            code=bold(ticket.code),
        )  # fmt: skip

    def unmerged(self, ticket: Ticket, target: Ticket) -> str:
        """Both reporters hear that a ticket stands by itself again."""
        return self._("{title}: đã tách khỏi {target}, {lead} xử lý riêng.").format(
            title=self.title(ticket), target=bold(target.code), lead=bold(self.unit(ticket.lead))
        )

    def as_joined(self, ticket: Ticket) -> str:
        """Below what the reporter of a merged ticket hears of the target."""
        return self._("({code} của anh/chị đã gộp vào phiếu này.)").format(code=bold(ticket.code))

    def merge_into_which(self, ticket: Ticket) -> str:
        """The desk is asked into which ticket."""
        return self._("{code}: gộp vào phiếu số mấy ạ? (trả lời tin này)").format(
            code=bold(ticket.code)
        )

    def not_merged(self, ticket: Ticket) -> str:
        """The number named cannot take the ticket in."""
        return self._("{code} không gộp được vào phiếu đó: phải là một phiếu khác đang mở.").format(
            code=bold(ticket.code)
        )

"""What coordinating units are asked, what they answer, and what the lead hears of it."""

from collections.abc import Sequence
from datetime import datetime

from province.pack import Route
from storage.tasks import CALL, CALLS, OPEN, UNTAKEN, Task, TaskStatus
from storage.tickets import Ticket
from tickets.rich import bold
from tickets.texts.pieces import Pieces


class Coordinating(Pieces):
    """Sentences about tasks."""

    def task(self, ticket: Ticket, task: Task, now: datetime) -> str:
        """A unit's part in a ticket, under its card."""
        _ = self._
        lines = []
        if task.question:
            asks = _("{lead} hỏi: {question}").format(
                lead=self.units.short_name(ticket.lead), question=self.quote(task.question)
            )
            lines.append(task.question if task.asked_by in CALLS else asks)
        lines.append(self.task_state(task, now))
        return "\n".join(lines)

    def task_state(self, task: Task, now: datetime) -> str:
        """Where a unit's part stands, and what comes next."""
        _ = self._
        until = self.time(task.answer_by, now) if task.answer_by else ""
        match TaskStatus(task.status):
            case TaskStatus.ASKED:
                return _("Việc phối hợp: trả lời trước {time}.").format(time=bold(until))
            case TaskStatus.ACKNOWLEDGED:
                at = self.time(task.acknowledged_at or now, now)
                return _("✅ Đã nhận việc {at} · trả lời trước {time}.").format(
                    at=at, time=bold(until)
                )
            case TaskStatus.ANSWERED:
                at = self.time(task.answered_at or now, now)
                return _("✅ Đã trả lời đơn vị chủ trì {at}.").format(at=at)
            case _:
                return _("Việc phối hợp đã dừng: phiếu đã chuyển hoặc kết thúc.")

    def who_blocks(self, tasks: Sequence[Task], now: datetime) -> str:
        """Who still owes the lead an answer, and who has given one; '' when nobody was asked."""
        _ = self._
        waiting = [
            task for task in tasks if TaskStatus(task.status) in OPEN and task.asked_by not in CALLS
        ]
        answered = [task for task in tasks if task.status == TaskStatus.ANSWERED]
        parts = [self._waited_for(task, now) for task in waiting]
        for task in answered:
            parts.append(_("{unit} đã trả lời").format(unit=self.units.short_name(task.unit)))
        if not parts:
            return ""
        head = _("Chờ: {units}") if waiting else _("Phối hợp: {units}")
        return head.format(units=", ".join(parts)) + "."

    def _waited_for(self, task: Task, now: datetime) -> str:
        by = task.answer_by or now
        is_late = by <= now
        shown = self._("{unit} (quá hạn {time})") if is_late else self._("{unit} (hạn {time})")
        return shown.format(unit=self.units.short_name(task.unit), time=self.time(by, now))

    def task_answers(self, tasks: Sequence[Task]) -> str:
        """What the units have answered so far, one line each."""
        return "\n".join(
            f"{bold(self.units.short_name(task.unit))}: {self.quote(task.answer)}"
            for task in tasks
            if task.status == TaskStatus.ANSWERED
        )

    def lead_hears_taken(self, ticket: Ticket, task: Task, name: str, now: datetime) -> str:
        """The lead's desk hears that a unit has taken its task."""
        return self._("{title}\n{unit} đã nhận việc ({name}), trả lời trước {time}.").format(
            title=self.title(ticket), unit=bold(self.unit(task.unit)), name=name,
            time=bold(self.time(task.answer_by or now, now)),
        )  # fmt: skip

    def lead_hears_answer(
        self, ticket: Ticket, task: Task, tasks: Sequence[Task], name: str, now: datetime
    ) -> str:
        """The lead's desk hears an answer, beside all the others."""
        head = self._("{title}\n{unit} trả lời ({name}). Đến nay:").format(
            title=self.title(ticket), unit=bold(self.unit(task.unit)), name=name
        )
        is_waiting = any(TaskStatus(other.status) in OPEN for other in tasks)
        foot = (
            self.who_blocks(tasks, now)
            if is_waiting
            else self._("Đã đủ ý kiến: anh/chị trả lời xã.")
        )
        return f"{head}\n{self.task_answers(tasks)}\n{foot}"

    def which_helper(self, ticket: Ticket) -> str:
        """Asked after "Mời phối hợp"."""
        return self._(
            "{code}: mời đơn vị nào ạ? Chọn, hoặc gõ tên kèm câu hỏi: "
            "Sở Tài chính: bố trí được không? hạn 25/11."
        ).format(code=bold(ticket.code))

    def what_to_ask(self, ticket: Ticket, unit: str) -> str:
        """Asked when the unit is known and its question is not."""
        return self._("{code}: hỏi {unit} điều gì? Cần ngày cụ thể thì thêm hạn 25/11.").format(
            code=bold(ticket.code), unit=bold(self.unit(unit))
        )

    def no_such_helper(self, ticket: Ticket) -> str:
        """A name that is no unit's, or several units'."""
        return self._(
            "{code}: chưa rõ là đơn vị nào. Anh/chị gõ lại tên rồi đến dấu hai chấm và câu hỏi."
        ).format(code=bold(ticket.code))

    def helper_leads(self, ticket: Ticket) -> str:
        """The lead itself was named."""
        return self._("{code}: đơn vị này đang chủ trì. Anh/chị chọn đơn vị khác.").format(
            code=bold(ticket.code)
        )

    def date_has_passed(self, ticket: Ticket) -> str:
        """A deadline in the past."""
        return self._("{code}: hạn này đã qua. Anh/chị gõ lại câu hỏi với hạn khác.").format(
            code=bold(ticket.code)
        )

    def invited(self, ticket: Ticket, task: Task, now: datetime) -> str:
        """Told to whoever invited."""
        return self._("{code}: đã mời {unit} phối hợp, trả lời trước {time}.").format(
            code=bold(ticket.code), unit=bold(self.unit(task.unit)),
            time=bold(self.time(task.answer_by or now, now)),
        )  # fmt: skip

    def answer_task(self, ticket: Ticket) -> str:
        """The words of an answer, asked for after the press."""
        return self._(
            "{code}: anh/chị trả lời {lead} thế nào ạ? Gõ vài chữ, hoặc gửi ảnh (trả lời tin này)."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def task_taken(self, ticket: Ticket, task: Task, now: datetime) -> str:
        """Told to whoever took a task."""
        return self._("{code}: đã nhận việc, trả lời {lead} trước {time}.").format(
            code=bold(ticket.code), lead=bold(self.units.short_name(ticket.lead)),
            time=bold(self.time(task.answer_by or now, now)),
        )  # fmt: skip

    def task_answered(self, ticket: Ticket) -> str:
        """Told to whoever answered."""
        return self._("{code}: đã gửi {lead}; {lead} sẽ trả lời xã.").format(
            code=bold(ticket.code), lead=bold(self.units.short_name(ticket.lead))
        )

    def task_stale(self, ticket: Ticket, task: Task, now: datetime) -> str:
        """A press on a task that has moved on."""
        return f"{bold(ticket.code)}: {self.task_state(task, now)}"

    def lead_needs_no_task(self, ticket: Ticket) -> str:
        """The lead wants to answer: it answers the commune, and nobody else."""
        return self._(
            "{code}: đơn vị anh/chị chủ trì. Trả lời xã: gõ “cập nhật: …” hoặc “đã xử lý: …”."
        ).format(code=bold(ticket.code))

    def how_to_answer(self, ticket: Ticket) -> str:
        """Words of a coordinating unit that press nothing."""
        return self._(
            "{code}: chưa gửi {lead}. Gửi làm trả lời: gõ “trả lời: …” kèm nội dung."
        ).format(code=bold(ticket.code), lead=bold(self.units.short_name(ticket.lead)))

    def answer_unsent(self, ticket: Ticket, words: str) -> str:
        """The same in a chat of one's own: the words are kept, and one tap sends them."""
        return self._("{code}: trả lời {lead}: {words}\nChưa gửi. Gửi thì chọn Gửi.").format(
            code=bold(ticket.code),
            lead=bold(self.units.short_name(ticket.lead)),
            words=self.quote(words),
        )

    def task_due(self, ticket: Ticket, task: Task) -> str:
        """A unit is reminded that its answer is due."""
        if task.asked_by == CALL:
            return self.call_wanted(ticket, task.question)
        if task.asked_by == UNTAKEN:
            head = self._("{title}\nChưa ai nhận phiếu này.").format(title=self.title(ticket))
            return f"{head}\n{self.call_untaken(task.question)}"
        text = self._("{title}\n{lead} đang chờ {unit} trả lời, đã đến hạn.").format(
            title=self.title(ticket), lead=bold(self.units.short_name(ticket.lead)),
            unit=bold(self.units.short_name(task.unit)),
        )  # fmt: skip
        asks = self.quote(task.question) if task.question else ""
        return f"{text} {asks}".strip()

    def my_tasks(self, unit: str, lines: Sequence[str]) -> str:
        """What a unit still owes other departments."""
        if not lines:
            return self._("{unit}: không có việc phối hợp nào.").format(unit=bold(self.unit(unit)))
        head = self._("{unit}: {n} việc phối hợp.").format(unit=bold(self.unit(unit)), n=len(lines))
        foot = self._("Trả lời: gõ số phiếu kèm “trả lời”, ví dụ: 123 trả lời đã kiểm tra.")
        return "\n".join([head, *lines, foot])

    def task_line(self, ticket: Ticket, task: Task, now: datetime) -> str:
        """A task in one line of a list."""
        line = f"{self.title(ticket)}: {self.task_state(task, now)}"
        return f"{line}\n{task.question}" if task.asked_by in CALLS else line

    def call_wanted(self, ticket: Ticket, whom: str) -> str:
        """The duty office is asked to call those whom no channel has reached for a minute."""
        return self._(
            "☎ {title}\nTin khẩn này quá một phút chưa tới nơi. {whom}\n"
            "Gọi xong gõ “trả lời: …” (ai nghe máy, lúc mấy giờ). Máy vẫn tiếp tục gửi."
        ).format(title=self.title(ticket), whom=whom)

    def call_untaken(self, whom: str) -> str:
        """A duty office is asked to call those who do not acknowledge an emergency."""
        return self._("☎ {whom}\nGọi xong gõ “trả lời: …” (ai nghe máy, lúc mấy giờ).").format(
            whom=whom
        )

    def rule_untaken(self) -> str:
        """Why a duty office has to call."""
        return self._("Phiếu khẩn cấp quá hạn mà chưa ai nhận: trực ban gọi điện.")

    def call_whom(self, numbers: Sequence[tuple[str, str]], unit: str) -> str:
        """One of those to call, with the numbers that are known."""
        _ = self._
        missing = _("chưa có số, xem danh bạ")
        listed = ", ".join(f"{name} {bold(phone or missing)}" for name, phone in numbers)
        if not unit:
            return _("Gọi điện cho {whom}.").format(whom=listed or missing)
        return _("Gọi điện cho {unit}: {whom}.").format(
            unit=bold(self.unit(unit)), whom=listed or missing
        )

    def rule_call(self) -> str:
        """Why the duty office has to call."""
        return self._(
            "Tin khẩn quá 1 phút chưa tới ai trên kênh nào: Văn phòng UBND tỉnh gọi điện."
        )

    def rule_operator(self, route: Route | None, unit: str, version: int) -> str:
        """The routing table says who does the work: that unit needs no invitation."""
        text = self._("Bảng phân công bản {version}: {unit} ra hiện trường nên có việc ngay")
        return self._grounds(text.format(version=version, unit=self.unit(unit)), route)

    def rule_all_hands(self, route: Route | None, unit: str, version: int) -> str:
        """In an emergency nobody waits to be invited."""
        text = self._("Bảng phân công bản {version}: việc khẩn, {unit} phối hợp nên có việc ngay")
        return self._grounds(text.format(version=version, unit=self.unit(unit)), route)

    def rule_drawn_in(self, unit: str) -> str:
        """What the commune added to an emergency calls for a unit that nobody had asked."""
        text = self._("Lời xã bổ sung vào phiếu khẩn cấp là việc của {unit}, nên có việc ngay.")
        return text.format(unit=self.unit(unit))

    def drawn_in(self, unit: str) -> str:
        """The commune hears who else has it now."""
        return self._("Đã báo thêm {unit}.").format(unit=bold(self.unit(unit)))

    def _grounds(self, rule: str, route: Route | None) -> str:
        basis = (route.basis if route else "") or self._("mức đề xuất, chưa có văn bản")
        return self._("{rule}. Căn cứ: {basis}.").format(rule=rule, basis=basis)

    def rule_task_over(self) -> str:
        """The ticket ended, went to another lead, or no longer concerns the unit."""
        return self._("Phiếu đã chuyển, kết thúc hoặc đổi lĩnh vực nên việc phối hợp dừng.")

    def rule_task_due(self) -> str:
        """The answer is due."""
        return self._("Việc phối hợp đến hạn mà đơn vị chưa trả lời: nhắc một lần.")

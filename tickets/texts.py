"""Every sentence said in chat, in the hearer's language; Vietnamese is the source.

Over 300 lines on purpose: whoever checks the wording reads one file.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from province.lookup import Lookup
from storage.tickets import Status, Ticket
from tickets.rich import bold
from tickets.translations import translator

SHOWN = 280
"""How many characters of a person's own words are quoted back."""


class Texts:
    """The sentences in one language, with the province's names and local time."""

    def __init__(self, language: str, units: Lookup, zone: ZoneInfo) -> None:
        """`language` is vi or en; another one is answered in Vietnamese."""
        self._ = translator(language)
        self.units = units
        self.zone = zone

    # Pieces.

    def time(self, instant: datetime, now: datetime) -> str:
        """A time as people say it: 22:45, or 09:30 thứ Ba 24/11 on another day."""
        local, today = instant.astimezone(self.zone), now.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        if local.date() == today.date():
            return clock
        return f"{clock} {self.weekday(local)} {local:%d/%m}"

    def weekday(self, local: datetime) -> str:
        """The name of the day of the week."""
        _ = self._
        names = (
            _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"),
            _("Chủ nhật"),
        )  # fmt: skip
        return names[local.weekday()]

    def urgency(self, urgency: str) -> str:
        """The name of an urgency level."""
        _ = self._
        return {
            "emergency": _("KHẨN CẤP"),
            "urgent": _("Gấp"),
            "normal": _("Thường"),
            "low": _("Không gấp"),
        }[urgency]

    def status(self, ticket: Ticket) -> str:
        """The name of a ticket's status."""
        _ = self._
        return {
            Status.NEW: _("Mới"),
            Status.ACKNOWLEDGED: _("Đã tiếp nhận"),
            Status.IN_PROGRESS: _("Đang xử lý"),
            Status.WAITING: _("Chờ xã bổ sung"),
            Status.PLANNED: _("Đã trả lời (chưa có nguồn lực)"),
            Status.AWAITING_GUIDANCE: _("Chờ hướng dẫn của Trung ương"),
            Status.RESOLVED: _("Đã xử lý"),
            Status.CLOSED: _("Kết thúc"),
            Status.CANCELLED: _("Đã hủy"),
        }[Status(ticket.status)]

    def title(self, ticket: Ticket) -> str:
        """The number and the matter, as every message about a ticket begins."""
        mark = "🔴 " if ticket.urgency == "emergency" else ""
        return f"{mark}{bold(ticket.code)} · {ticket.summary}"

    def unit(self, code: str) -> str:
        """A unit's full name."""
        return self.units.unit_name(code)

    def where(self, ticket: Ticket) -> str:
        """The commune, and the place in it if known."""
        name = self.unit(ticket.commune)
        return f"{name}, {ticket.place}" if ticket.place else name

    def shorts(self, codes: Sequence[str]) -> str:
        """Some units by their short names."""
        return ", ".join(self.units.short_name(code) for code in codes)

    def quote(self, text: str) -> str:
        """A person's own words, cut when they are long."""
        return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"

    # Joining.

    def closed_line(self) -> str:
        """What a stranger is told."""
        return self._(
            "Đây là kênh của cán bộ xã, phường, cần mã mời. {not_kept} "
            "Có người gặp nạn: gọi {number}. "
            "Mã mời: hỏi Văn phòng UBND xã hoặc quản trị viên."
        ).format(not_kept=bold(self._("Tin này chưa được ghi nhận.")), number=bold("112"))

    def closed_group(self) -> str:
        """What a group is told that is bound to no unit."""
        return self._(
            "Chào các anh/chị. Để nhóm này nhận phiếu của đơn vị, "
            "một cán bộ của đơn vị gõ mã nhóm do quản trị viên cấp."
        )

    def wrong_code(self) -> str:
        """A code that opens nothing."""
        return self._(
            "Mã mời chưa đúng, đã dùng hoặc đã hết hạn. "
            "Anh/chị xem lại từng chữ, hoặc xin mã mới từ quản trị viên."
        )

    def too_many_codes(self) -> str:
        """After five wrong codes within an hour."""
        return self._("Đã nhập sai nhiều lần. Anh/chị thử lại sau một giờ.")

    def desk_code_outside(self) -> str:
        """A group's code typed in a private chat."""
        return self._("Mã này để gắn nhóm chat của đơn vị: anh/chị gõ mã trong nhóm đó.")

    def person_code_in_group(self) -> str:
        """A person's code typed in a group."""
        return self._("Mã mời cá nhân: anh/chị nhắn riêng cho kênh này, đừng gõ trong nhóm.")

    def welcome(self, name: str, role: str, unit: str) -> str:
        """The first words to somebody who joined."""
        hello = self._("Chào {name}.").format(name=name) if name else self._("Chào anh/chị.")
        return f"{hello} {self.role_of(role).format(unit=bold(self.unit(unit)))}"

    def role_of(self, role: str) -> str:
        """What a newcomer may do, by role."""
        _ = self._
        return {
            "reporter": _(
                "Anh/chị là cán bộ phản ánh của {unit}. "
                "Có khó khăn gì, cứ nhắn một tin: phiếu có số ngay."
            ),
            "staff": _("Anh/chị là cán bộ của {unit}. Phiếu của đơn vị sẽ đến đây."),
            "head": _("Đồng chí là lãnh đạo {unit}. Việc quá hạn và việc cần duyệt sẽ đến đây."),
            "coordinator": _("Anh/chị là điều phối viên ({unit}). Việc chưa rõ đơn vị sẽ đến đây."),
            "leader": _("Đồng chí là lãnh đạo tỉnh ({unit}). Bản tin sáng sẽ đến đây."),
            "admin": _("Anh/chị là quản trị viên ({unit})."),
        }[role]

    def privacy(self) -> str:
        """What is processed by whom and why, told once."""
        return self._(
            "Văn phòng UBND tỉnh xử lý tên, chức vụ, số điện thoại, nội dung anh/chị gửi để giải "
            "quyết công việc. Đừng gửi tên, ảnh giấy tờ của dân, văn bản Mật. "
            "Xem, sửa, yêu cầu xóa: /dulieu."
        )

    def my_data(self, name: str, phone: str, duties: str, channels: str, tickets: int) -> str:
        """What is kept about a person."""
        return self._(
            "Đang lưu về anh/chị: tên {name}; điện thoại {phone}; nhiệm vụ: {duties}; "
            "kênh: {channels}; {tickets} phiếu.\n"
            "Sửa tên: gõ “tên: …”; sửa số: gõ “điện thoại: …”. "
            "Yêu cầu xóa: gõ “xóa dữ liệu”; quản trị viên trả lời trong 2 ngày làm việc."
        ).format(
            name=bold(name or "–"), phone=phone or "–", duties=duties, channels=channels,
            tickets=tickets,
        )  # fmt: skip

    def data_corrected(self) -> str:
        """After a name or phone was corrected."""
        return self._("Đã sửa. Xem lại: /dulieu.")

    def erasure_asked(self) -> str:
        """After a request for deletion."""
        return self._(
            "Đã gửi yêu cầu xóa tới quản trị viên; "
            "anh/chị được trả lời trong 2 ngày làm việc (Luật 91/2025/QH15)."
        )

    def erasure_request(self, name: str, units: str) -> str:
        """The same, told to the administrators."""
        return self._(
            "{name} ({units}) yêu cầu xóa dữ liệu cá nhân. Trả lời trong 2 ngày làm việc."
        ).format(name=bold(name), units=units)

    def desk_bound(self, unit: str) -> str:
        """A group that has become a desk."""
        return self._("Nhóm này nhận phiếu của {unit} từ bây giờ.").format(
            unit=bold(self.unit(unit))
        )

    def desk_bound_told(self, unit: str, name: str) -> str:
        """The same, told to the coordinator."""
        return self._("{name} vừa gắn một nhóm chat làm nhóm tiếp nhận của {unit}.").format(
            name=name or self._("Một cán bộ"), unit=bold(self.unit(unit))
        )

    def desk_unbound(self, unit: str) -> str:
        """A desk that is none any more."""
        return self._(
            "{unit} không còn nhóm tiếp nhận; phiếu sẽ đến từng cán bộ của đơn vị."
        ).format(unit=bold(self.unit(unit)))

    # Reporting.

    def receipt(self, ticket: Ticket, *, why: str, now: datetime, proposed: bool, duty: str) -> str:
        """What was understood, who has it and by when: true at this moment, and no more."""
        lines = [f"{self.title(ticket)} · {self.where(ticket)}", self._leads(ticket, why)]
        lines.append(self.stage(ticket, now=now, proposed=proposed, duty=duty))
        if ticket.urgency == "emergency":
            lines.append(self.call())
        return "\n".join(lines)

    def _leads(self, ticket: Ticket, why: str) -> str:
        lead = self._("Chủ trì: {lead}").format(lead=bold(self.unit(ticket.lead)))
        helpers = [code for code in (ticket.operator, *ticket.coordinating) if code]
        if helpers:
            lead += self._("; phối hợp: {units}").format(units=self.shorts(helpers))
        lead += f". {self._('Mức')}: {self.urgency(ticket.urgency)}."
        return f"{lead} {why}" if why else lead

    def stage(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """Who has the ticket at this moment, and what comes next."""
        _ = self._
        if ticket.status == Status.NEW and ticket.carded_at is None:
            return _("Chưa gửi đơn vị nào.")
        if ticket.status == Status.NEW:
            sent = (
                _("Đã gửi người trực {lead}; chưa ai nhận. Trực ban: {duty}.")
                if ticket.urgency == "emergency"
                else _("Đã gửi {lead}; chưa ai nhận.")
            ).format(lead=bold(self.units.short_name(ticket.lead)), duty=bold(duty))
            return f"{sent} {self.deadline(ticket.acknowledge_by, now, proposed=proposed)}".strip()
        if ticket.status == Status.ACKNOWLEDGED:
            took = _("{lead} đã tiếp nhận lúc {time}.").format(
                lead=bold(self.units.short_name(ticket.lead)),
                time=self.time(ticket.acknowledged_at or now, now),
            )
            if ticket.answer_by:
                took += " " + _("Trả lời bước đầu trước {time}.").format(
                    time=bold(self.time(ticket.answer_by, now))
                )
            return took
        return _("Trạng thái: {status}.").format(status=bold(self.status(ticket)))

    def deadline(self, by: datetime | None, now: datetime, *, proposed: bool) -> str:
        """By when it will be acknowledged, and whether anybody has decreed that time yet."""
        if by is None:
            return ""
        text = self._("Hạn tiếp nhận: {time}").format(time=bold(self.time(by, now)))
        return text + (f" ({self._('mức đề xuất')})." if proposed else ".")

    def call(self) -> str:
        """The numbers to call when somebody is in danger."""
        return self._("Có người bị nạn: gọi {a} (cứu nạn), {b} (cấp cứu), {c}, {d}.").format(
            a=bold("112"), b=bold("115"), c=bold("114"), d=bold("113")
        )

    def call_now(self) -> str:
        """After the reporter says that somebody is in danger."""
        return self._(
            "Gọi {number} ngay: nơi, số người, tình trạng. "
            "Anh/chị gửi vào đây số máy người ở hiện trường."
        ).format(number=bold("112"))

    def ask_danger(self) -> str:
        """Asked back when words of danger stand alone."""
        return self._("Có ai đang gặp nguy hiểm không?")

    def choose(self, ticket: Ticket, options: Sequence[tuple[str, str]]) -> str:
        """Which department, when triage is unsure; options are (category label, unit)."""
        lines = [f"{self.title(ticket)} · {self.where(ticket)}"]
        lines.append(self._("Đã ghi. Việc này thuộc đơn vị nào ạ?"))
        lines += [f"– {bold(self.units.short_name(unit))}: {label}" for label, unit in options]
        lines.append(
            self._("Chưa chọn cũng được: sau 15 phút phiếu tạm giao {unit}.").format(
                unit=self.units.short_name(ticket.lead)
            )
        )
        return "\n".join(lines)

    def which_unit(self, ticket: Ticket, options: Sequence[tuple[str, str]]) -> str:
        """Which department instead, after "Sai đơn vị"."""
        lines = [self._("{code}: đơn vị nào đúng ạ?").format(code=bold(ticket.code))]
        lines += [f"– {bold(self.units.short_name(unit))}: {label}" for label, unit in options]
        lines.append(self._("Hoặc gõ tên đơn vị."))
        return "\n".join(lines)

    def unit_unknown(self) -> str:
        """A department's name that the pack does not know."""
        return self._(
            "Chưa rõ đơn vị nào. Anh/chị gõ tên khác, hoặc “khác” để Văn phòng UBND tỉnh chọn."
        )

    def sent_to(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """After a department was chosen or changed."""
        return f"{bold(ticket.code)}: {self.stage(ticket, now=now, proposed=proposed, duty=duty)}"

    def tentative(self, ticket: Ticket) -> str:
        """After nobody chose: the likeliest department has it."""
        return self._(
            "{code}: chưa thấy anh/chị chọn đơn vị, phiếu tạm giao {lead}. "
            "Sai thì anh/chị gõ “sai đơn vị”."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def to_coordinator(self, ticket: Ticket) -> str:
        """Nothing was likely: a person decides."""
        return self._(
            "{title} · {where}\nChưa rõ đơn vị: {unit} đang xem và chuyển. "
            "Anh/chị nói rõ thêm vài chữ thì nhanh hơn."
        ).format(
            title=self.title(ticket), where=self.where(ticket), unit=bold(self.unit(ticket.lead))
        )

    def guidance(self, ticket: Ticket, guidance: str) -> str:
        """An answer given at once, with a ticket that one tap cancels."""
        return self._(
            "{title} · {where}\n{guidance}\n"
            "Đủ rồi thì chọn “Không cần phiếu”; nếu không, sau 15 phút phiếu gửi {lead}."
        ).format(
            title=self.title(ticket), where=self.where(ticket), guidance=guidance,
            lead=bold(self.units.short_name(ticket.lead)),
        )  # fmt: skip

    def redirect(self) -> str:
        """Complaints and denunciations are not taken here."""
        return self._(
            "Khiếu nại, tố cáo không nhận qua kênh này và nội dung không được lưu. "
            "Đề nghị gửi {unit} theo quy định về tiếp công dân. Có nguy hiểm: gọi {number}."
        ).format(unit=bold(self.unit("ban_tiep_cong_dan")), number=bold("112"))

    def warned(self, what: str) -> str:
        """Words of secret documents or identity papers were seen."""
        if what == "secret":
            return self._("Đừng gửi nội dung, ảnh văn bản Mật vào đây; gửi qua đường văn thư mật.")
        return self._("Đừng gửi ảnh, số giấy tờ của dân vào đây; xin xóa tin đó ở máy anh/chị.")

    def second(self, first: Ticket, second: Ticket) -> str:
        """Two matters in one message: two tickets."""
        return self._(
            "Có 2 việc, đã lập 2 phiếu:\n{a} → {unit_a}\n{b} → {unit_b}\nĐúng không ạ?"
        ).format(
            a=self.title(first), unit_a=bold(self.units.short_name(first.lead)),
            b=self.title(second), unit_b=bold(self.units.short_name(second.lead)),
        )  # fmt: skip

    def question(self, ask: str, *, noted: str = "", danger_first: bool = False) -> str:
        """A follow-up question; `noted` is the answer that was just taken."""
        lines = [self._("Đã ghi: {answer}.").format(answer=noted)] if noted else []
        lines.append(ask if danger_first else self._("{ask} (bỏ qua cũng được)").format(ask=ask))
        return "\n".join(lines)

    def questions_done(self, ticket: Ticket, noted: str) -> str:
        """After the last question."""
        if not noted:
            return self._("{code}: vâng, phiếu vẫn đi tiếp.").format(code=bold(ticket.code))
        return self._("Đã ghi vào {code}: {answer}.").format(code=bold(ticket.code), answer=noted)

    def already_answered(self, ticket: Ticket) -> str:
        """A button of a question that is closed."""
        return self._("{code}: câu này đã trả lời rồi. Bổ sung gì, anh/chị cứ nhắn.").format(
            code=bold(ticket.code)
        )

    def added(self, ticket: Ticket, text: str, photos: int, others: int, *, place: bool) -> str:
        """What was added to a ticket."""
        _ = self._
        what = [_("{n} ảnh").format(n=photos)] if photos else []
        what += [_("{n} tệp").format(n=others)] if others else []
        what += [_("vị trí")] if place else []
        what += [self.quote(text)] if text else []
        return _("Đã thêm {what} vào {code}.").format(
            what=_(" và ").join(what), code=bold(ticket.code)
        )

    def add_or_new(self, ticket: Ticket) -> str:
        """Asked when a message may belong to the last ticket or be another matter."""
        return self._("Tin này là của {title}, hay vụ mới ạ?").format(title=self.title(ticket))

    def new_with_undo(self, ticket: Ticket, other: Ticket) -> str:
        """A clearly different matter became a ticket of its own."""
        return self._("Đã lập phiếu riêng {code}, tách khỏi {other}.").format(
            code=bold(ticket.code), other=other.code
        )

    def undone(self, ticket: Ticket, other: Ticket) -> str:
        """The separate ticket was taken back into the other one."""
        return self._("Đã gộp vào {other}; {code} đã hủy.").format(
            other=bold(other.code), code=ticket.code
        )

    def what_about(self) -> str:
        """A photo, file or place came without a word."""
        return self._("Đã nhận. Đây là việc gì ạ? Anh/chị gõ vài chữ.")

    def no_words(self, ticket: Ticket) -> str:
        """The same, when a ticket was made of it already."""
        return f"{self.title(ticket)} · {self.where(ticket)}\n{self.what_about()}"

    def send_photos(self, ticket: Ticket) -> str:
        """After "Thêm ảnh"."""
        return self._("Anh/chị gửi ảnh, vị trí vào đây, sẽ vào {code}.").format(
            code=bold(ticket.code)
        )

    def confirmed_right(self, ticket: Ticket) -> str:
        """After "Đúng"."""
        return self._("Vâng ạ. {code}: có tin mới sẽ báo anh/chị.").format(code=bold(ticket.code))

    def raised(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """After KHẨN CẤP, or an answer that means danger."""
        stage = self.stage(ticket, now=now, proposed=proposed, duty=duty)
        return f"{self.title(ticket)}\n{self._('Đã chuyển mức KHẨN CẤP.')} {stage}\n{self.call()}"

    def cancelled(self, ticket: Ticket) -> str:
        """After the reporter cancelled."""
        return self._("Đã hủy {code}.").format(code=bold(ticket.code))

    def corrected(self, ticket: Ticket) -> str:
        """After the reporter edited the message."""
        return self._("{code}: đã ghi nội dung anh/chị vừa sửa.").format(code=bold(ticket.code))

    def media_lost(self, ticket: Ticket) -> str:
        """A file that could not be fetched."""
        return self._("{code}: một tệp không tải được. Anh/chị gửi lại giúp.").format(
            code=bold(ticket.code)
        )

    def unsupported(self) -> str:
        """A kind of message that carries nothing we can read."""
        return self._("Loại tin này chưa đọc được. Anh/chị gõ chữ, gửi ảnh hoặc vị trí giúp.")

    # Following.

    def hears(self, ticket: Ticket, *, by: str, now: datetime) -> str:
        """The reporter hears that the department has it."""
        text = self._("{title}: {lead} đã tiếp nhận ({by}).").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)), by=by
        )
        if ticket.answer_by:
            text += " " + self._("Trả lời bước đầu trước {time}.").format(
                time=bold(self.time(ticket.answer_by, now))
            )
        return text

    def solved(self, ticket: Ticket) -> str:
        """The reporter hears that it is done, and is asked whether it really is."""
        return self._("{title}: {lead} báo đã xử lý: {words}\nViệc đã xong thật chưa ạ?").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead)),
            words=self.quote(ticket.resolution),
        )  # fmt: skip

    def closed(self, ticket: Ticket) -> str:
        """After the commune's yes."""
        return self._("{code} kết thúc. Cảm ơn anh/chị đã xác nhận.").format(code=bold(ticket.code))

    def reopened(self, ticket: Ticket) -> str:
        """After the commune's no."""
        return self._(
            "Đã mở lại {code}, gửi lại {lead}. Còn vướng gì, anh/chị nhắn vào đây."
        ).format(code=bold(ticket.code), lead=bold(self.unit(ticket.lead)))

    def my_tickets(self, lines: Sequence[str]) -> str:
        """The list of a commune's tickets."""
        if not lines:
            return self._("Chưa có phiếu nào. Có khó khăn gì, anh/chị cứ nhắn một tin.")
        return "\n".join(
            [*lines, self._("Xem một phiếu: gõ số, ví dụ {n}.").format(n="/phieu 123")]
        )

    def one_line(self, ticket: Ticket, now: datetime) -> str:
        """A ticket in one line of a list."""
        text = f"{self.title(ticket)}: {self.units.short_name(ticket.lead)}, {self.status(ticket)}"
        if ticket.status == Status.ACKNOWLEDGED and ticket.acknowledged_at:
            text += f" {self.time(ticket.acknowledged_at, now)}"
        return text

    def detail(self, ticket: Ticket, *, now: datetime, proposed: bool, duty: str) -> str:
        """One ticket with what is known and where it stands."""
        lines = [f"{self.title(ticket)} · {self.where(ticket)}", self._leads(ticket, "")]
        lines.append(self.stage(ticket, now=now, proposed=proposed, duty=duty))
        if ticket.text:
            lines.append(self.quote(ticket.text))
        if ticket.resolution:
            lines.append(self._("Kết quả: {words}").format(words=self.quote(ticket.resolution)))
        return "\n".join(lines)

    def no_such_ticket(self) -> str:
        """The same for a ticket that is absent and one that is not yours."""
        return self._("Không có phiếu này trong phạm vi của anh/chị. Xem danh sách: /phieu.")

    def not_allowed(self, ticket: Ticket | None = None) -> str:
        """Somebody pressed who may not."""
        if ticket is None:
            return self._("Anh/chị chưa được phân quyền việc này.")
        return self._("Phiếu này do {lead} xử lý; anh/chị chưa được phân quyền.").format(
            lead=self.unit(ticket.lead)
        )

    def stale(self, ticket: Ticket, now: datetime) -> str:
        """An old button: what the ticket is now."""
        at = ticket.closed_at or ticket.resolved_at or ticket.acknowledged_at or ticket.opened_at
        return self._("{code} hiện: {status} (lúc {time}). Nút này đã cũ.").format(
            code=bold(ticket.code), status=bold(self.status(ticket)), time=self.time(at, now)
        )

    def several(self, tickets: Sequence[Ticket]) -> str:
        """A number that fits several tickets."""
        lines = "\n".join(self.title(ticket) for ticket in tickets)
        return self._("Số này có vài phiếu, anh/chị gõ đủ số:\n{lines}").format(lines=lines)

    # Desks.

    def card(self, ticket: Ticket, *, now: datetime, proposed: bool, note: str = "") -> str:
        """What a desk sees of a ticket, in its present state."""
        _ = self._
        head = f"{self.title(ticket)} · {bold(self.urgency(ticket.urgency))}"
        place = bold(self.unit(ticket.commune)) + (f", {ticket.place}" if ticket.place else "")
        marks = [_("ảnh ({n})").format(n=ticket.files)] if ticket.files else []
        marks += ["📍"] if ticket.lat is not None else []
        line = " · ".join([place, self.time(ticket.opened_at, now), *marks])
        lines = [head, line]
        if ticket.restricted:
            lines.append(_("Nội dung hạn chế: xem ở tin nhắn riêng hoặc trang điều hành."))
        elif ticket.text:
            lines.append(f"“{ticket.text}”")
        if ticket.answers and not ticket.restricted:
            lines.append(_("Xã báo: {answers}.").format(answers="; ".join(ticket.answers.values())))
        if note:
            lines.append(note)
        lines.append(self._standing(ticket, now, proposed=proposed))
        return "\n".join(lines)

    def _standing(self, ticket: Ticket, now: datetime, *, proposed: bool) -> str:
        _ = self._
        if ticket.status == Status.NEW:
            lead = _("Chủ trì: {lead}").format(lead=self.units.short_name(ticket.lead))
            if helpers := [code for code in (ticket.operator, *ticket.coordinating) if code]:
                lead += _(" · phối hợp: {units}").format(units=self.shorts(helpers))
            if ticket.tentative:
                lead += f" · {bold(_('tạm giao'))}"
            if ticket.reopened:
                lead += f" · {_('mở lại lần {n}').format(n=ticket.reopened)}"
            if ticket.acknowledge_by:
                lead += _(" · tiếp nhận trước {time}").format(
                    time=bold(self.time(ticket.acknowledge_by, now))
                ) + (f" ({_('mức đề xuất')})" if proposed else "")
            return lead
        if ticket.status == Status.ACKNOWLEDGED:
            return self.stage(ticket, now=now, proposed=proposed, duty="")
        words = f": {self.quote(ticket.resolution)}" if ticket.resolution else ""
        return f"{bold(self.status(ticket))}{words}"

    def files_of(self, ticket: Ticket, n: int) -> str:
        """The line above a ticket's photos and files."""
        return self._("{code}: {n} ảnh, tệp kèm theo").format(code=bold(ticket.code), n=n)

    def sent_again(self) -> str:
        """Before a message of which nobody knows whether it arrived the first time."""
        return self._("(gửi lại)")

    def taken_by(self, name: str, ticket: Ticket, now: datetime) -> str:
        """Who took a ticket, for colleagues."""
        return self._("✅ {name} tiếp nhận {time}").format(
            name=name, time=self.time(ticket.acknowledged_at or now, now)
        )

    def no_desk(self, unit: str) -> str:
        """Added to a card that reached the coordinator because the department has no desk."""
        return self._("⚠ {unit} chưa có nhóm hay cán bộ tiếp nhận: anh/chị chuyển giúp.").format(
            unit=self.unit(unit)
        )

    def unsure_card(self) -> str:
        """Added to a card that several desks got because the matter is urgent and unsure."""
        return self._("⚠ Gấp và chưa rõ đơn vị: gửi cùng lúc cho các đơn vị có thể chủ trì.")

    def moved_on(self, ticket: Ticket) -> str:
        """What a former desk's card becomes."""
        return self._("{title}\nĐã chuyển {lead}.").format(
            title=self.title(ticket), lead=bold(self.unit(ticket.lead))
        )

    def ask_evidence(self, ticket: Ticket) -> str:
        """Asked after "Đã xử lý"."""
        return self._(
            "{code}: đã làm gì ạ? Gõ vài chữ, số văn bản, hoặc gửi ảnh (trả lời tin này)."
        ).format(code=bold(ticket.code))

    def photo_evidence(self) -> str:
        """Evidence that is a picture and no words."""
        return self._("(ảnh kèm theo)")

    def resolved(self, ticket: Ticket) -> str:
        """Told to the desk that resolved."""
        return self._("{code}: đã báo xã, chờ xã xác nhận.").format(code=bold(ticket.code))

    def desk_hears_reopened(self, ticket: Ticket, words: str) -> str:
        """The desk hears that the commune says no."""
        text = self._("{title}\n{commune} báo chưa xong (lần {n}).").format(
            title=self.title(ticket), commune=bold(self.unit(ticket.commune)), n=ticket.reopened
        )
        return f"{text} {self.quote(words)}" if words else text

    def desk_hears_added(self, ticket: Ticket, text: str, files: int) -> str:
        """The desk hears what the commune added."""
        what = self.quote(text) if text else ""
        if files:
            what = f"{what} +{files} 📎".strip()
        return self._("{title}\n{commune} bổ sung: {what}").format(
            title=self.title(ticket), commune=bold(self.unit(ticket.commune)), what=what
        )

    def queue(self, unit: str, lines: Sequence[str]) -> str:
        """A desk's open tickets."""
        if not lines:
            return self._("{unit}: không có phiếu nào đang mở.").format(unit=bold(self.unit(unit)))
        head = self._("{unit}: {n} phiếu đang mở.").format(unit=bold(self.unit(unit)), n=len(lines))
        return "\n".join([head, *lines, self._("Trả lời kèm số phiếu, ví dụ: 123 tiếp nhận.")])

    # Small talk and help.

    def thanks(self) -> str:
        """An answer to thanks."""
        return self._("Vâng ạ. Có việc gì anh/chị cứ nhắn.")

    def hello(self) -> str:
        """An answer to a greeting."""
        return self._("Chào anh/chị. Có khó khăn gì, anh/chị nhắn một tin, phiếu có số ngay.")

    def not_a_report(self) -> str:
        """An answer to something that is no report."""
        return self._("Tin này chưa lập phiếu. Nếu là khó khăn của xã, anh/chị gõ “lập phiếu”.")

    def help_reporter(self) -> str:
        """How to use the line, for a reporter."""
        return self._(
            "Gửi một tin là có phiếu. Ảnh, vị trí gửi vào đây.\n"
            "/phieu: các phiếu · “vụ mới …”: việc khác · /huy: hủy · /ngonngu: English\n"
            "KHẨN CẤP: gõ “khẩn cấp”. Có người bị nạn: gọi {number}."
        ).format(number=bold("112"))

    def help_desk(self) -> str:
        """How to use the line, for a department's staff."""
        return self._(
            "Phiếu của đơn vị đến đây. Bấm nút trên phiếu, hoặc gõ số kèm việc: "
            "“123 tiếp nhận”, “123 đã xử lý”.\n/phieu: các phiếu đang mở · /ngonngu: English"
        )

    def language_set(self) -> str:
        """After the language was changed."""
        return self._("Từ nay trả lời bằng tiếng Việt.")

    def apology(self) -> str:
        """After an update failed and was set aside."""
        return self._(
            "Tin vừa rồi gặp trục trặc, đã giữ lại và báo quản trị viên. "
            "Việc gấp: gọi {number} hoặc nhắn lại ngắn hơn."
        ).format(number=bold("112"))

    # Administrators.

    def set_aside_told(self, channel: str, n: int) -> str:
        """Administrators hear that an update failed."""
        return self._("⚠ Một tin từ {channel} không xử lý được, đã giữ lại (số {n}).").format(
            channel=channel, n=n
        )

    def dead_letter_told(self, kind: str, reason: str) -> str:
        """Administrators hear that a message could not be delivered."""
        return self._("⚠ Một tin ({kind}) không gửi được: {reason}. Xem: thaogo doctor.").format(
            kind=kind, reason=reason
        )

    # Buttons.

    def label(self, name: str) -> str:
        """A button's label: a verb of at most three words."""
        _ = self._
        return {
            "right": _("Đúng"),
            "wrong": _("Sai đơn vị"),
            "urgent": _("KHẨN CẤP"),
            "photos": _("Thêm ảnh"),
            "cancel": _("Hủy"),
            "other": _("Khác"),
            "yes": _("Có"),
            "no": _("Không"),
            "unclear": _("Chưa rõ"),
            "skip": _("Bỏ qua"),
            "no_ticket": _("Không cần phiếu"),
            "both": _("Đúng cả hai"),
            "one": _("Một việc"),
            "undo": _("Gộp lại"),
            "add": _("Thêm vào"),
            "new": _("Vụ mới"),
            "ack": _("Tiếp nhận"),
            "resolve": _("Đã xử lý"),
            "done": _("Đã xong"),
            "not_done": _("Chưa xong"),
            "reopen": _("Mở lại"),
            "view": _("Xem phiếu"),
            "unbind": _("Gỡ nhóm"),
            "open": _("Lập phiếu"),
        }[name]

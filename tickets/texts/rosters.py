"""Who is on duty, who is away and who stands in, handing work over, people who leave."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from tickets.rich import bold
from tickets.texts.pieces import Pieces

MIDNIGHT = time()


class Rosters(Pieces):
    """Sentences about people's time."""

    def in_place_of(self, names: str, until: datetime, now: datetime) -> str:
        """Under a message that a deputy gets: for whom it is."""
        return self._("(gửi anh/chị thay {names}, vắng đến {time})").format(
            names=names, time=self._end(until, now)
        )

    def _end(self, instant: datetime, now: datetime) -> str:
        """The end of a span; one at midnight ended with the day before."""
        local = instant.astimezone(self.zone)
        if local.time() != MIDNIGHT:
            return self.time(instant, now)
        day = local - timedelta(days=1)
        return self._("hết {day}").format(day=f"{self.weekday(day)} {day:%d/%m}")

    def _begin(self, instant: datetime, now: datetime) -> str:
        local = instant.astimezone(self.zone)
        if local.time() != MIDNIGHT:
            return self.time(instant, now)
        return f"{self.weekday(local)} {local:%d/%m}"

    def span(self, begins: datetime, ends: datetime, now: datetime) -> str:
        """From when to when."""
        return self._("từ {begins} đến {ends}").format(
            begins=self._begin(begins, now), ends=self._end(ends, now)
        )

    def roster(self, unit: str, lines: Sequence[str]) -> str:
        """A unit's duty roster."""
        foot = self._("Đặt lịch: /truc Minh từ 17:00 25/11 đến 07:00 26/11. Bỏ: /truc xóa 3.")
        if not lines:
            head = self._("{unit}: chưa có lịch trực; phiếu đến mọi cán bộ.")
            return f"{head.format(unit=bold(self.unit(unit)))}\n{foot}"
        head = self._("{unit}: lịch trực.").format(unit=bold(self.unit(unit)))
        return "\n".join([head, *lines, foot])

    def shift(self, number: int, name: str, begins: datetime, ends: datetime, now: datetime) -> str:
        """One line of a roster."""
        return f"{number}. {bold(name)}, {self.span(begins, ends, now)}"

    def on_duty_set(
        self, name: str, unit: str, begins: datetime, ends: datetime, now: datetime
    ) -> str:
        """Told to whoever set a shift."""
        return self._("Đã đặt: {name} trực {unit} {span}. Phiếu trong ca đến {name}.").format(
            name=bold(name), unit=self.unit(unit), span=self.span(begins, ends, now)
        )

    def you_are_on_duty(self, unit: str, begins: datetime, ends: datetime, now: datetime) -> str:
        """Told to whoever is on duty."""
        return self._("Anh/chị trực {unit} {span}; phiếu trong ca đến đây.").format(
            unit=bold(self.unit(unit)), span=self.span(begins, ends, now)
        )

    def shift_dropped(self, name: str, unit: str) -> str:
        """After a shift was taken out."""
        return self._("Đã bỏ một ca trực của {name}, {unit}.").format(
            name=bold(name), unit=self.unit(unit)
        )

    def no_such_shift(self) -> str:
        """A shift's number that is none of theirs."""
        return self._("Không có ca trực này trong đơn vị của anh/chị. Xem: /truc.")

    def how_to_set_duty(self) -> str:
        """A /truc without a time that can be read."""
        return self._(
            "Chưa rõ ca trực từ lúc nào đến lúc nào. "
            "Ví dụ: /truc Minh từ 17:00 25/11 đến 07:00 26/11."
        )

    def which_person(self, found: Sequence[str]) -> str:
        """A name that is nobody's here, or several people's."""
        if not found:
            return self._("Không có ai tên như vậy trong đơn vị của anh/chị. Gõ lại họ tên đầy đủ.")
        return self._("Có vài người tên như vậy: {names}. Gõ họ tên đầy đủ.").format(
            names=", ".join(found)
        )

    def absences(self, lines: Sequence[str]) -> str:
        """Who is away, now or soon."""
        foot = self._("Báo vắng: /vang từ 25/11 đến 27/11 thay: Hoa. Về sớm: /vang hết.")
        if not lines:
            return f"{self._('Không ai báo vắng.')}\n{foot}"
        return "\n".join([*lines, foot])

    def absence(
        self, name: str, deputy: str, begins: datetime, ends: datetime, now: datetime
    ) -> str:
        """One absence in a line."""
        text = self._("{name} vắng {span}").format(
            name=bold(name), span=self.span(begins, ends, now)
        )
        stands_in = self._("{name} thay").format(name=deputy) if deputy else self._("chưa ai thay")
        return f"{text}, {stands_in}."

    def you_stand_in(self, name: str, begins: datetime, ends: datetime, now: datetime) -> str:
        """Told to a deputy."""
        return self._(
            "Anh/chị thay {name} {span}: việc của {name} đến đây, "
            "anh/chị xử lý với quyền của {name}."
        ).format(name=bold(name), span=self.span(begins, ends, now))

    def you_are_away(
        self, by: str, deputy: str, begins: datetime, ends: datetime, now: datetime
    ) -> str:
        """Told to somebody whom the head has set as away."""
        text = self._("{by} đã báo anh/chị vắng {span}").format(
            by=by, span=self.span(begins, ends, now)
        )
        stands_in = self._("{name} thay").format(name=deputy) if deputy else self._("chưa ai thay")
        return f"{text}, {stands_in}."

    def absence_over(self, name: str) -> str:
        """After an absence was ended early."""
        return self._("{name} đã về: từ giờ việc của {name} lại đến {name}.").format(
            name=bold(name)
        )

    def nobody_away(self, name: str) -> str:
        """Nothing to end."""
        return self._("{name} không báo vắng; không có gì thay đổi.").format(name=bold(name))

    def how_to_be_away(self) -> str:
        """A /vang without a time that can be read."""
        return self._(
            "Chưa rõ vắng từ ngày nào đến ngày nào. Ví dụ: /vang từ 25/11 đến 27/11 thay: Hoa."
        )

    def deputy_unfit(self, name: str) -> str:
        """A deputy who cannot be one."""
        return self._("{name} cũng vắng, hoặc chính là người vắng. Chọn người khác thay.").format(
            name=bold(name)
        )

    def still_deputy(self, names: str) -> str:
        """Somebody goes away who stands in for others."""
        return self._(
            "Đang nhận thay {names}: việc của {names} trong lúc này lại đến {names}."
        ).format(names=names)

    def hand_over(self, name: str, to: str, tickets: int, tasks: int, kept: int) -> str:
        """What a handover would move, before it is confirmed."""
        text = self._("Bàn giao của {name} cho {to}: {work}.").format(
            name=bold(name), to=bold(to), work=self._work(tickets, tasks)
        )
        if kept:
            more = self._("{n} việc của đơn vị khác giữ nguyên.").format(n=kept)
            text = f"{text} {more}"
        return f"{text} {self._('Bấm để bàn giao.')}"

    def _work(self, tickets: int, tasks: int) -> str:
        return self._("{tickets} phiếu, {tasks} việc phối hợp").format(tickets=tickets, tasks=tasks)

    def handed_over(self, name: str, to: str, tickets: int, tasks: int) -> str:
        """After a handover."""
        return self._("Đã bàn giao của {name} cho {to}: {work}.").format(
            name=bold(name), to=bold(to), work=self._work(tickets, tasks)
        )

    def you_were_handed(self, name: str, tickets: int, tasks: int) -> str:
        """Told to whoever got the work."""
        return self._("Anh/chị nhận bàn giao từ {name}: {work}. Xem: /hangdoi, /viec.").format(
            name=bold(name), work=self._work(tickets, tasks)
        )

    def nothing_to_hand_over(self, name: str) -> str:
        """Somebody has no open work."""
        return self._("{name} không có việc nào đang mở; không có gì thay đổi.").format(
            name=bold(name)
        )

    def how_to_hand_over(self) -> str:
        """A /bangiao that names nobody."""
        return self._("Ai bàn giao cho ai ạ? Ví dụ: /bangiao Minh cho Hoa.")

    def other_unit(self, to: str) -> str:
        """Work may not go to somebody of another department."""
        return self._("{to} không thuộc đơn vị giữ các việc này. Chọn người cùng đơn vị.").format(
            to=bold(to)
        )

    def leaves(self, name: str, tickets: int, tasks: int) -> str:
        """Before somebody leaves: what becomes of the work."""
        if tickets + tasks == 0:
            return self._("{name} không còn việc nào đang mở. Bấm để cho nghỉ khỏi kênh.").format(
                name=bold(name)
            )
        return self._(
            "{name} còn {work}. Bấm tên người nhận: việc được bàn giao rồi {name} nghỉ khỏi kênh."
        ).format(name=bold(name), work=self._work(tickets, tasks))

    def has_left(self, name: str) -> str:
        """After somebody left."""
        return self._("{name} đã nghỉ khỏi kênh; mọi phiên đăng nhập đã thu hồi.").format(
            name=bold(name)
        )

    def you_have_left(self) -> str:
        """The last word to somebody who leaves."""
        return self._("Anh/chị đã nghỉ khỏi kênh này. Cảm ơn anh/chị. Trở lại: xin mã mời mới.")

    def how_to_leave(self) -> str:
        """A /nghi that names nobody."""
        return self._("Ai nghỉ ạ? Ví dụ: /nghi Minh.")

    def not_oneself(self) -> str:
        """Somebody would take themselves out."""
        return self._("Anh/chị nhờ lãnh đạo đơn vị hoặc quản trị viên cho nghỉ giúp.")

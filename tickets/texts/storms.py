"""Storm mode: its preview, what changes, who is silent, and its report."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from province.pack import Deadline
from storage.people import Person
from storage.storms import Storm
from storage.tickets import Ticket
from tickets.rich import bold, own
from tickets.storms import State
from tickets.texts.rollcalls import Rollcalls

NAMED = 12
"""How many communes a sentence names."""
MOST_TO_CALL = 3
"""People of one commune whose numbers stand in the message."""
_UNITS = ("minutes", "hours", "days")


class Storms(Rollcalls):
    """Sentences about storms."""

    def storm_help(self) -> str:
        """How to switch it on."""
        return self._(
            "Chưa xã nào trong chế độ bão lũ. Gõ: /baolu huyện cũ Kỳ Sơn, Mỹ Lý (hoặc: tất cả xã, "
            "xã miền núi). Thêm “mỗi 2 giờ” để đổi nhịp hỏi. Sẽ hỏi lại trước khi bật."
        )

    def storm_unknown(self, names: Sequence[str]) -> str:
        """Names that mean no commune, or several."""
        return self._("Chưa rõ xã nào: {names}. Anh/chị gõ lại cả tin.").format(
            names=", ".join(self.quote(name) for name in names)
        )

    def storm_pace_wrong(self) -> str:
        """Hours that make no sense."""
        return self._("Nhịp hỏi từ 1 đến 24 giờ, ví dụ: /baolu mỗi 2 giờ.")

    def storm_same(self) -> str:
        """Nothing would change."""
        return self._("Như vậy thì không có gì thay đổi.")

    def storm_preview(
        self,
        storm: Storm,
        added: Sequence[str],
        removed: Sequence[str],
        people: int,
        without: Sequence[str],
        kept: int,
    ) -> str:
        """What would change, before it changes; `kept` tickets are open in the added communes."""
        _ = self._
        lines = [bold(_("Sửa chế độ bão lũ?") if storm.is_on else _("Bật chế độ bão lũ?"))]
        if added:
            told = _("Thêm {n} xã, {people} người: {names}.") if storm.is_on else _(
                "{n} xã, {people} người: {names}."
            )  # fmt: skip
            lines.append(told.format(n=len(added), people=people, names=self._some(added)))
        if without:
            lines.append(
                _("Chưa có ai để hỏi ở {n} xã: {names}.").format(
                    n=len(without), names=self._some(without)
                )
            )
        if removed:
            lines.append(
                _("Bớt {n} xã: {names}.").format(n=len(removed), names=self._some(removed))
            )
        lines.append(
            _(
                "Phiếu mới của các xã này có hạn ngắn hơn, câu hỏi ngắn; "
                "hỏi tình hình mỗi {n} giờ, cả ban đêm."
            ).format(n=storm.wanted["every"])
        )
        if kept:
            lines.append(_("{n} phiếu đang mở giữ nguyên hạn.").format(n=kept))
        lines.append(_("Chưa đổi gì. Đồng ý thì chọn {label}.").format(label=self.storm_yes(storm)))
        return "\n".join(lines)

    def storm_yes(self, storm: Storm) -> str:
        """The button that confirms."""
        _ = self._
        if storm.wanted.get("off"):
            return _("Tắt")
        return _("Áp dụng") if storm.is_on else _("Bật")

    def storm_off_preview(self, storm: Storm, silent: Sequence[State]) -> str:
        """What ends, before it ends."""
        _ = self._
        lines = [
            bold(_("Tắt chế độ bão lũ ở {n} xã?").format(n=len(storm.communes))),
            _("Phiếu mới lại theo hạn thường, thôi hỏi tình hình; phiếu đã mở giữ hạn đã hứa."),
        ]
        if silent:
            names = self._some([state.commune for state in silent])
            lines.append(_("Còn {n} xã chưa trả lời: {names}.").format(n=len(silent), names=names))
        return "\n".join([*lines, _("Chưa tắt. Đồng ý thì chọn Tắt.")])

    def storm_state(self, storm: Storm, now: datetime) -> str:
        """Where it stands: after a confirmation, and for a button that comes too late."""
        _ = self._
        if storm.until is not None and storm.since is not None:
            return _("Chế độ bão lũ đã tắt lúc {time}.").format(time=self.time(storm.until, now))
        if storm.since is None:
            return _("Bản xem trước này đã bỏ hoặc quá một giờ, chưa bật gì.")
        return _(
            "Chế độ bão lũ bật từ {time} ở {n} xã: {names}. Hỏi tình hình mỗi {every} giờ. "
            "Thêm, bớt xã: /baolu thêm …, /baolu bớt …; tắt: /baolu hết; xem: /tinhhinh."
        ).format(
            time=self.time(storm.since, now),
            n=len(storm.communes),
            names=self._some(storm.communes),
            every=storm.every,
        )

    def storm_dropped(self) -> str:
        """After Thôi."""
        return self._("Vâng ạ, không đổi gì.")

    def storm_told(self, name: str, storm: Storm, now: datetime) -> str:
        """Other coordinators and the leadership hear what somebody has switched."""
        return self._("🌀 {name} vừa đổi chế độ bão lũ. {state}").format(
            name=own(name), state=self.storm_state(storm, now)
        )

    def storm_kept(self, n: int) -> str:
        """Tickets from before keep their deadlines unless somebody says otherwise."""
        return self._(
            "{n} phiếu mở từ trước giữ hạn cũ. Muốn rút hạn theo bão thì chọn Rút hạn."
        ).format(n=bold(str(n)))

    def storm_hastened(self, n: int) -> str:
        """After Rút hạn."""
        return self._("Đã rút hạn {n} phiếu; các sở thấy hạn mới trên phiếu.").format(
            n=bold(str(n))
        )

    def rule_storm(self, storm: Storm, ticket: Ticket, promised: Deadline, version: int) -> str:
        """Why a ticket's deadlines are shorter."""
        since = storm.since.astimezone(self.zone) if storm.since else None
        return self._(
            "Chế độ bão lũ số {number} (bật {since} cho {commune}), quy định bản {version}: mức "
            "{urgency} tiếp nhận trong {acknowledge}, trả lời {answer}, xử lý {result}."
        ).format(
            number=storm.id,
            since=f"{since:%H:%M %d/%m/%Y}" if since else "",
            commune=self.unit(ticket.commune),
            version=version,
            urgency=self.urgency(ticket.urgency),
            acknowledge=self.period(promised.acknowledge),
            answer=self.period(promised.answer),
            result=self.period(promised.result),
        )

    def period(self, period: str) -> str:
        """A period of the pack in words: 30 phút, 2 giờ, 1 ngày."""
        _ = self._
        count, unit = period.split()
        words = (_("{n} phút"), _("{n} giờ"), _("{n} ngày"))
        return words[_UNITS.index(unit)].format(n=count)

    # The coordinator.

    def storm_count(
        self,
        states: Sequence[State],
        counts: Mapping[str, int],
        people: Mapping[str, Sequence[Person]],
        now: datetime,
    ) -> str:
        """How many said what, and who is silent, with the numbers to call."""
        _ = self._
        silent = [state for state in states if state.silent_since is not None]
        empty = [state.commune for state in states if not state.has_people]
        said = [f"{number} {self.state_words([code])}" for code, number in counts.items()]
        said.append(_("{n} chưa trả lời").format(n=bold(str(len(silent)))))
        lines = [
            _("🌀 {n} xã trong vùng bão lũ: {said}.").format(n=len(states), said=", ".join(said))
        ]
        lines += [self._to_call(state, people, now) for state in silent[:NAMED]]
        if len(silent) > NAMED:
            lines.append(_("Và {n} xã khác: /tinhhinh.").format(n=len(silent) - NAMED))
        if empty:
            names = self._some(empty)
            lines.append(
                _("Chưa có ai để hỏi ở {n} xã: {names}.").format(n=len(empty), names=names)
            )
        if silent:
            lines.append(_("Anh/chị gọi điện giúp; xã nhắn bất cứ tin gì là hết đỏ."))
        return "\n".join(lines)

    def _to_call(self, state: State, people: Mapping[str, Sequence[Person]], now: datetime) -> str:
        _ = self._
        known = people.get(state.commune, ())[:MOST_TO_CALL]
        phones = "; ".join(
            f"{own(person.name)} {person.phone or _('(chưa có số)')}".strip() for person in known
        )
        return _("🔴 {commune}, im lặng từ {time}: {phones}").format(
            commune=bold(self.unit(state.commune)),
            time=self.time(state.silent_since or now, now),
            phones=phones or _("(chưa có số)"),
        )

    def storm_list(self, storm: Storm, lines: Sequence[str], page: int, last: int) -> str:
        """/tinhhinh: one line a commune."""
        head = self._("Vùng bão lũ: {n} xã (trang {page}/{last})").format(
            n=len(storm.communes), page=page, last=last
        )
        return "\n".join([bold(head), *lines])

    def storm_line(self, state: State, now: datetime) -> str:
        """How one commune is."""
        _ = self._
        name = bold(self.unit(state.commune))
        if not state.has_people:
            return _("⚫ {commune}: chưa có ai để hỏi").format(commune=name)
        told = self._last_told(state, now)
        if state.silent_since is not None:
            since = self.time(state.silent_since, now)
            return _("🔴 {commune}: im lặng từ {time}{told}").format(
                commune=name, time=since, told=f" ({told})" if told else ""
            )
        mark = "🆘" if "hurt" in state.states else "🟢" if state.states == ("safe",) else "🟠"
        if not told:
            return _("⚪ {commune}: đang chờ trả lời").format(commune=name)
        if not state.states:
            mark = "⚪"
        return f"{mark} {name}: {told}"

    def _last_told(self, state: State, now: datetime) -> str:
        if state.answered_at is not None:
            time = self.time(state.answered_at, now)
            return f"{self.state_words(state.states)} ({time})"
        if state.heard_at is not None and state.asked_at and state.heard_at > state.asked_at:
            return self._("đã nhắn lúc {time}, chưa trả lời").format(
                time=self.time(state.heard_at, now)
            )
        return ""

    def no_storm(self) -> str:
        """/tinhhinh while none is on."""
        return self._("Không xã nào trong chế độ bão lũ.")

    # The end.

    def storm_over(self, commune: str) -> str:
        """The communes hear that it is over."""
        return self._(
            "Chế độ bão lũ ở {commune} đã kết thúc, thôi hỏi tình hình. "
            "Việc còn vướng anh/chị cứ nhắn."
        ).format(commune=self.unit(commune))

    def storm_report(
        self, storm: Storm, rows: Sequence[str], left: int, link: str, now: datetime
    ) -> str:
        """One table of the storm."""
        _ = self._
        head = _("🌀 Kết thúc chế độ bão lũ {since} – {until}, {n} xã.").format(
            since=self.time(storm.since or now, now), until=self.time(storm.until or now, now),
            n=len(rows) + left,
        )  # fmt: skip
        lines = [bold(head), _("Xã: trả lời/lần hỏi · đã báo · phiếu mở/đã xong"), *rows]
        if left:
            lines.append(_("Và {n} xã khác trong bảng.").format(n=left))
        if link:
            lines.append(_("Bảng đầy đủ (.docx, trong 24 giờ): {link}").format(link=link))
        return "\n".join(lines)

    def storm_row(self, commune: str, cells: Sequence[str]) -> str:
        """One commune in the table."""
        return f"{bold(self.unit(commune))}: {' · '.join(cells)}"

    def storm_columns(self) -> tuple[str, ...]:
        """The heads of the table's columns."""
        _ = self._
        return (_("Xã, phường"), _("Trả lời/lần hỏi"), _("Đã báo"), _("Phiếu mở/đã xong"))

    def storm_title(self, storm: Storm) -> str:
        """The table's title."""
        times = [
            f"{at.astimezone(self.zone):%H:%M %d/%m/%Y}" for at in (storm.since, storm.until) if at
        ]
        return self._("Báo cáo chế độ bão lũ {span}").format(span=" – ".join(times))

    def _some(self, units: Sequence[str]) -> str:
        names = ", ".join(self.unit(unit) for unit in units[:NAMED])
        more = len(units) - NAMED
        return names + (self._(" và {n} xã khác").format(n=more) if more > 0 else "")

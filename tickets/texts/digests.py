"""What digests say: the leaders' of a morning, and how a desk's day begins."""

from collections.abc import Sequence
from datetime import datetime

from storage.tallies import OfDesk
from storage.tickets import Ticket
from tickets.clusters import Picture
from tickets.digest import Asked, Digest
from tickets.rich import bold, units
from tickets.storms import State
from tickets.texts.clusters import Clusters
from tickets.texts.escalating import Escalating
from tickets.texts.using import Using

MOST = 1850
"""UTF-16 units of a digest: 2,000 with what a deputy's line and typed choices add."""
SHOWN = 5
"""How many of each kind are named at most; fewer where the message would grow too long."""
NOON = 11


class Digests(Escalating, Clusters, Using):
    """Sentences that sum up."""

    def desk_opens(self, desk: OfDesk) -> str:
        """How a desk's day begins; what there is none of is left out."""
        _ = self._
        counted = (
            (_("mới {n}"), desk.new),
            (_("đến hạn hôm nay {n}"), desk.due),
            (_("quá hạn {n}"), desk.overdue),
            (_("chờ xã bổ sung {n}"), desk.waiting),
        )
        parts = [text.format(n=bold(str(n))) for text, n in counted if n]
        head = bold(self.units.short_name(desk.unit))
        return _("{unit} hôm nay: {parts}.").format(unit=head, parts=", ".join(parts))

    def digest(
        self,
        found: Digest,
        posts: frozenset[str],
        now: datetime,
        link: str,
        *,
        asked: bool = False,
    ) -> str:
        """The leaders' digest: for a leader of these posts, or for a coordinator where there are
        none. `link` leads to the whole of it, '' where there is none; `asked` for it now.
        """
        head = self._head(found, now, asked=asked)
        for shown in range(SHOWN, -1, -1):
            text = "\n".join([head, *self._lines(found, posts, now, link, shown)])
            if units(text) <= MOST:
                break
        return text

    def _lines(
        self, found: Digest, posts: frozenset[str], now: datetime, link: str, shown: int
    ) -> list[str]:
        lines = [
            self._storm(found.storm, shown),
            *self._asked(found.asked, posts, now, shown),
            self._departments(found.overdue, shown),
            self._promises(found.promises, shown),
            self._needy(found.needy, shown),
            self._alike(found.alike, shown),
            self._silent([silence.commune for silence in found.silent], shown),
            self.missed(found.missed, now, shown, found.missed_more),
            self.month_so_far(found.use),
            self._seen(found.seen) if not posts else "",
            self._("Bản đầy đủ: {link}").format(link=link) if link else "",
        ]
        return [line for line in lines if line]

    def _head(self, found: Digest, now: datetime, *, asked: bool) -> str:
        _ = self._
        local, stands = now.astimezone(self.zone), found.overall
        day = f"{self.weekday(local)} {local:%d/%m}"
        is_early = local.hour < NOON and not asked
        when = _("Sáng {day}").format(day=day) if is_early else f"{local:%H:%M} {day}"
        return _(
            "{when} · {communes} xã, phường · {open} phiếu đang xử lý "
            "(mới {new}, quá hạn {overdue}, khẩn cấp {emergencies})"
        ).format(
            when=bold(when),
            communes=found.communes,
            open=bold(str(stands.open)),
            new=stands.new,
            overdue=stands.overdue,
            emergencies=stands.emergencies,
        )

    def _asked(
        self, asked: Sequence[Asked], posts: frozenset[str], now: datetime, shown: int
    ) -> list[str]:
        """What waits for an opinion; a leader hears of their own posts, a coordinator of all."""
        _ = self._
        mine = [row for row in asked if row.posts & posts] if posts else list(asked)
        if not mine:
            return []
        head = _("Cần đồng chí cho ý kiến ({n}):") if posts else _("Chờ lãnh đạo cho ý kiến ({n}):")
        lines = [bold(head.format(n=len(mine)))]
        lines += [self._waits(row, now) for row in mine[:shown]]
        if len(mine) > shown:
            lines.append(_("– và {n} phiếu khác").format(n=len(mine) - shown))
        if posts:
            number = mine[0].ticket.code[-6:].lstrip("0")
            lines.append(
                _(
                    "Cho ý kiến: gõ số phiếu rồi ý kiến, ví dụ “{n}: …”. Đọc lại rồi mới gửi."
                ).format(n=number)
            )
        return lines

    def _waits(self, row: Asked, now: datetime) -> str:
        return self._("– {code} {matter} · {commune}: {lead} quá hạn {what} từ {time}").format(
            code=bold(row.ticket.code),
            matter=row.ticket.summary,
            commune=self.unit(row.ticket.commune),
            lead=self.units.short_name(row.ticket.lead),
            what=self.owes(row.owed),
            time=self.time(row.owed.by, now),
        )

    def _storm(self, states: Sequence[State], shown: int) -> str:
        """The communes in the storm: who is silent, who has people hurt, whom nobody can ask."""
        if not states:
            return ""
        _ = self._
        silent = [state.commune for state in states if state.silent_since is not None]
        hurt = [state.commune for state in states if "hurt" in state.states]
        unknown = sum(not state.has_people for state in states)
        told = [
            (_("🔴 im lặng ({n}): {names}"), silent),
            (_("có người bị nạn ({n}): {names}"), hurt),
        ]
        parts = [
            text.format(
                n=len(codes),
                names=self._and_more(
                    [self.units.short_name(code) for code in codes[:shown]], len(codes) - shown
                ),
            )
            for text, codes in told
            if codes
        ]
        parts += [_("{n} xã chưa có ai để hỏi").format(n=unknown)] if unknown else []
        head = bold(_("🌀 Bão lũ, {n} xã:").format(n=len(states)))
        return f"{head} {'; '.join(parts) or _('xã nào cũng trả lời')}."

    def _departments(self, overdue: Sequence[tuple[str, int]], shown: int) -> str:
        if not overdue:
            return ""
        names = [f"{self.units.short_name(unit)} {count}" for unit, count in overdue[:shown]]
        return f"{bold(self._('Quá hạn:'))} {self._and_more(names, len(overdue) - shown)}."

    def _promises(self, late: Sequence[Ticket], shown: int) -> str:
        if not late:
            return ""
        names = [f"{ticket.code} ({self.units.short_name(ticket.lead)})" for ticket in late[:shown]]
        head = bold(self._("Quá ngày hẹn ({n}):").format(n=len(late)))
        return f"{head} {self._and_more(names, len(late) - shown)}."

    def _alike(self, found: Sequence[Picture], shown: int) -> str:
        if not found:
            return ""
        lines = [self.cluster_line(row) for row in found[:shown]]
        head = bold(self._("Nhu cầu giống nhau chờ quyết ({n}):").format(n=len(found)))
        return f"{head} {self._and_more(lines, len(found) - shown)}."

    def _needy(self, needy: Sequence[Ticket], shown: int) -> str:
        if not needy:
            return ""
        names = [
            f"{self.unit(ticket.commune)} ({ticket.code} {ticket.summary})"
            for ticket in needy[:shown]
        ]
        return f"{bold(self._('Xã cần hỗ trợ:'))} {self._and_more(names, len(needy) - shown)}."

    def _silent(self, communes: Sequence[str], shown: int) -> str:
        if not communes:
            return ""
        names = [self.unit(code) for code in communes[:shown]]
        head = bold(self._("Chưa trả lời câu hỏi tuần ({n}):").format(n=len(communes)))
        return f"{head} {self._and_more(names, len(communes) - shown)}."

    def _seen(self, seen: tuple[int, int] | None) -> str:
        """Whether leaders read it at all: told to those who are not asked for an opinion."""
        if seen is None:
            return ""
        return self._("Tin trước: {n}/{all} người đã xem.").format(n=seen[0], all=seen[1])

    def _and_more(self, names: Sequence[str], more: int) -> str:
        """The first names, and how many more there are."""
        if not names:
            return self._("{n} nơi").format(n=more)
        rest = self._(" và {n} nơi khác").format(n=more) if more > 0 else ""
        return ", ".join(names) + rest

    def digest_seen(self) -> str:
        """After Đã xem."""
        return self._("Đã ghi là đã xem.")

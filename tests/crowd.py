"""A crowd that presses whatever it has ever been shown, says odd things, and lets time pass."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import tasks
from storage.outbox import Delivery, Fate, Notice
from storage.people import Contact, Duty, Role
from storage.tasks import Task
from storage.tickets import Status, Ticket, TicketEvent
from tests.replay import differences
from tests.world import Actor, World
from tickets.moves import ENDED, MOVES

REPORTS = (
    "Trung tâm phục vụ hành chính công xã có 2 máy scan hỏng, xin cấp máy mới, mã {word}",
    "Phần mềm một cửa từ sáng không đăng nhập được, mã {word}",
    "Sạt lở đất tràn vào 2 nhà dân, có người bị vùi, mã {word}",
    "Cầu tràn bản hỏng nặng, xe máy không qua được, mã {word}",
    "Chồng đánh vợ con, cháu bé 5 tuổi bị bạo hành, mã {word}",
)
DESK_WORDS = (
    "hỏi thêm: máy mua năm nào?", "cập nhật: đang làm", "hẹn: thứ 6", "hẹn: cuối tháng sau",
    "chuyển: sở tài chính vì liên quan tiền", "chuyển: sở y tế vì nhầm",
    "đã xử lý: đã cấp 25/QĐ-UBND",
    "chưa có nguồn lực: chưa có tiền, báo lại 15/3", "ngoài thẩm quyền: theo Luật Ngân sách",
    "hạ mức: không ai bị sao", "phân công: tài", "đã xong", "thứ 6", "cuối năm", "vì nhầm đơn vị",
    "gộp: {other}", "gộp: {other}", "tách ra", "/hangdoi quá hạn", "/tim may scan",
    "mời phối hợp: sở tài chính có tiền không?", "mời phối hợp: sở y tế có ai bị sao? hạn t6",
    "nhận việc", "trả lời: được",
)  # fmt: skip
TALK = (
    "không", "có", "đã xong", "chưa xong", "hủy", "mở lại", "KHẨN CẤP", "1", "2", "3", "cảm ơn em",
    "đến đâu rồi", "mua năm 2019", "sai đơn vị", "", "5", "bỏ qua", "/phieu", "👍",
    "nước lên to quá", "hỏi tiến độ", "gộp vào", "việc khác", "chấm: 4", "hủy: trùng", "trang sau",
    "đồng ý", "rút", "Rất nhanh",
)  # fmt: skip
UNITS = {
    "so_tai_chinh", "so_khoa_hoc_cong_nghe", "so_nong_nghiep_moi_truong", "so_xay_dung", "so_y_te",
}  # fmt: skip


@dataclass
class Crowd:
    """People of two communes and five departments, and every button that any of them was shown."""

    world: World
    chance: random.Random
    reporters: list[Actor] = field(default_factory=list)
    desks: list[Actor] = field(default_factory=list)
    others: list[Actor] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    notices: int = 0
    tickets: int = 0

    @classmethod
    async def gathered(cls, world: World, seed: int) -> "Crowd":
        crowd = cls(world, random.Random(seed))
        for commune, name in (("chieu_luu", "Lan"), ("chieu_luu", "Minh"), ("con_cuong", "Hoa")):
            crowd.reporters.append(await world.joins(commune, name=name))
        crowd.reporters.append(await world.joins("chieu_luu", Role.HEAD, name="Chủ tịch"))
        for unit in sorted(UNITS):
            crowd.desks.append(await world.joins(unit, Role.STAFF, name=f"Tài {unit}"))
            crowd.desks.append(await world.joins(unit, Role.HEAD, name=f"Bình {unit}"))
        for role in (Role.COORDINATOR, Role.LEADER, Role.ADMIN):
            crowd.others.append(await world.joins("van_phong_ubnd", role))
        crowd.others.append(world.stranger())
        return crowd

    @property
    def everybody(self) -> Sequence[Actor]:
        return [*self.reporters, *self.desks, *self.others]

    async def run(self, steps: int) -> None:
        """One matter, and what a crowd does to it; then every ticket of it is looked at."""
        word = f"zq{self.chance.randrange(10**9)}"
        report = self.chance.choice(REPORTS).format(word=word)
        await self.chance.choice(self.reporters[:3]).says(f"vụ mới: {report}")
        await self._look()
        for _ in range(steps):
            await self._step()
        await self.check(word)

    async def _step(self) -> None:
        what = self.chance.random()
        who = self.chance.choice(self.everybody)
        if what < 0.5 and self.shown:
            press = self.chance.choice(self.shown[-40:])
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                await who.presses_data(press)
        elif what < 0.75:
            await self._desk_speaks()
        elif what < 0.9:
            await self.chance.choice(self.reporters).says(self.chance.choice(TALK))
        else:
            await self.world.forward(minutes=self.chance.choice((1, 20, 300, 2000, 6000)))
        await self._look()

    async def _desk_speaks(self) -> None:
        who = self.chance.choice(self.desks)
        recent = range(max(1, self.tickets - 2), self.tickets + 1)
        words = self.chance.choice(DESK_WORDS).format(other=self.chance.choice(recent))
        number = f"{self.chance.choice(recent)} "
        await who.says((number if self.chance.random() < 0.7 else "") + words)

    async def _look(self) -> None:
        """Remember the new buttons, whoever they were meant for."""
        async with self.world.database.reading() as session:
            rows = await session.execute(
                select(Notice).where(col(Notice.id) > self.notices).order_by(col(Notice.id))
            )
            for notice in rows.scalars():
                self.notices = notice.id or 0
                self.shown += [b["press"] for row in notice.buttons for b in row]
            found = await session.execute(select(col(Ticket.id)).order_by(col(Ticket.id).desc()))
            self.tickets = found.scalars().first() or 0

    async def check(self, word: str) -> None:
        """Nothing impossible has happened to any ticket that is still fresh."""
        async with self.world.database.reading() as session:
            rows = await session.execute(
                select(Ticket).where(col(Ticket.id) > max(0, self.tickets - 3))
            )
            for ticket in rows.scalars().all():
                found = await session.execute(
                    select(TicketEvent)
                    .where(col(TicketEvent.ticket_id) == ticket.id)
                    .order_by(col(TicketEvent.id))
                )
                check_history(ticket, list(found.scalars()))
                check_tasks(ticket, await tasks.of_ticket(session, ticket.id or 0))
            await self._check_words(session, word)
            await self._check_deliveries(session)

    async def _check_words(self, session: AsyncSession, word: str) -> None:
        """The word of this matter was read by nobody who may not see one of its tickets."""
        tickets = list(
            (await session.execute(select(Ticket).where(col(Ticket.text).contains(word)))).scalars()
        )
        allowed = {"van_phong_ubnd"}
        for ticket in tickets:
            found = await session.execute(
                select(TicketEvent).where(col(TicketEvent.ticket_id) == ticket.id)
            )
            for event in found.scalars():
                changes = event.inputs.get("set", {})
                if event.kind == "merged":
                    allowed |= await _leads_of(session, event.inputs["into"])
                allowed |= {changes.get("lead"), changes.get("operator")}
                allowed |= set(changes.get("coordinating") or ())
                allowed |= {guess[1] for guess in ticket.verdict.get("alternatives", ())}
            allowed.add(ticket.commune)
        heard = await session.execute(
            select(col(Contact.person_id), col(Notice.text))
            .join(Delivery, col(Delivery.contact_id) == col(Contact.id))
            .join(Notice, col(Notice.id) == col(Delivery.notice_id))
            .where(col(Notice.text).contains(word))
        )
        for person, text in set(heard.all()):
            units = await session.execute(select(col(Duty.unit)).where(Duty.person_id == person))
            assert set(units.scalars()) & allowed, f"person {person} read {text!r}"

    async def _check_deliveries(self, session: AsyncSession) -> None:
        """Every notice has ended, and none reached anybody twice."""
        waiting = [Fate.PENDING, Fate.SENDING]
        unended = await session.execute(
            select(Notice.text).where(
                col(Notice.fate).in_(waiting), col(Notice.not_before) <= self.world.now
            )
        )
        assert not unended.all()
        rows = await session.execute(
            select(Delivery).where(col(Delivery.notice_id) > self.notices - 400)
        )
        seen = set()
        for delivery in rows.scalars():
            call = (delivery.notice_id, delivery.contact_id, str(delivery.part), delivery.edits)
            assert call not in seen, f"twice: {call}"
            seen.add(call)


async def _leads_of(session: AsyncSession, code: str) -> set[str]:
    """The departments that ever led a ticket: they read what was merged into it."""
    into = (await session.execute(select(Ticket).where(col(Ticket.code) == code))).scalar_one()
    found = await session.execute(select(TicketEvent).where(col(TicketEvent.ticket_id) == into.id))
    return {event.inputs.get("set", {}).get("lead", into.lead) for event in found.scalars()}


def check_tasks(ticket: Ticket, found: Sequence[Task]) -> None:
    """A ticket that has ended keeps nobody busy, and no unit is asked twice at a time."""
    busy = [task.unit for task in found if task.status in tasks.OPEN]
    assert not (busy and Status(ticket.status) in ENDED), f"{ticket.code}: {busy}"
    assert len(busy) == len(set(busy)) and ticket.lead not in busy, f"{ticket.code}: {busy}"
    due = [task for task in found if task.next_due_at is not None]
    assert {task.id for task in due} <= {task.id for task in found if task.status in tasks.OPEN}


def check_history(ticket: Ticket, events: list[TicketEvent]) -> None:
    """Each step of a ticket's history is in the table of moves, and explained."""
    steps = {(start, end) for starts, end in MOVES.values() for start in starts}
    status = ""
    for event in events:
        assert event.actor, event.kind
        assert event.rule or event.actor not in {"clock", "triage"}, event.kind
        changes = event.inputs.get("set", {})
        assert changes.get("lead", "some"), f"{ticket.code}: no lead after {event.kind}"
        new = changes.get("status", status)
        assert not status or new == status or (Status(status), Status(new)) in steps, (
            f"{ticket.code}: {status} → {new} by {event.kind}"
        )
        status = new
    assert status == ticket.status
    assert not differences(ticket, events)

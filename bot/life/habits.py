"""What people of the made-up province do with what they hear: a table of buttons and words."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.base import Part
from bot.life.members import Member
from storage.people import Role
from tickets.buttons import Press, unpack
from tickets.calendar import OfficeCalendar

CODE = re.compile(r"\b[A-Z]{2,4}-\d\d-\d{6}\b")
ALARM = "🔴"
WORDS = {
    "result": (45, (
        "đã xử lý: đã khắc phục xong sáng nay, theo Biên bản số 12/BB",
        "đã xử lý: trả lời tại 145/CV ngày 20/11",
        "đã xử lý: đã hướng dẫn xã làm theo 210/HD, xong chiều qua",
    )),
    "update": (25, (
        "cập nhật: đã cử người xuống xem, chiều báo lại",
        "cập nhật: đang phối hợp với xã làm hồ sơ",
        "cập nhật: đã giao phòng chuyên môn kiểm tra, có kết quả sẽ báo",
        "cập nhật: vật tư đang về, tuần này làm",
    )),
    "question": (12, (
        "hỏi thêm: ở đoạn nào, có ảnh không ạ?",
        "hỏi thêm: xã đã có tờ trình chưa?",
        "hỏi thêm: bị từ hôm nào, còn dùng tạm được không?",
    )),
    "promise": (8, ("hẹn: thứ 6", "hẹn: mai", "hẹn: tuần sau", "hẹn: 3 ngày nữa")),
    "reroute": (7, ("chuyển: {unit} vì đúng lĩnh vực hơn",)),
    "plan": (3, ("chưa có nguồn lực: chưa bố trí được vốn, báo lại 15/3",)),
}  # fmt: skip
"""What a desk says next about a ticket it is at work on: how often, and in which words."""
LAST = (" đã xử lý", " chuyển", " chưa có")
"""Words after which a desk is done with a ticket."""
ANSWERS = ("có rồi anh, tuần trước xã gửi", "từ thứ hai, giờ không dùng được", "gần trường bản")
CONFIRMS, OBJECTS, CHOOSES, ANSWERS_DESK = 0.72, 0.06, 0.65, 0.75
"""How often a commune says that a matter is done, that it is not, presses and answers at all."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody is going to do: words or a press."""

    at: datetime
    by: Member
    text: str = ""
    press: str | None = None


@dataclass(slots=True)
class Habits:
    """Turns what a member hears into what they will do; remembers who is at work on what."""

    chance: random.Random
    calendar: OfficeCalendar
    units: list[str]
    """Names of departments, as people type them."""
    at_work: set[tuple[str, str]] = field(default_factory=set)

    def hear(self, member: Member, part: Part, now: datetime) -> list[Deed]:
        """What a message leads to."""
        presses = [press for row in part.buttons for _, packed in row if (press := unpack(packed))]
        for press in presses:
            react = REACTIONS.get((_kind(member.role), press.do))
            if react is not None:
                return react(self, member, part, press, now)
        if member.role == Role.REPORTER:
            return self._answer_desk(member, part, now)
        at_desk = {Role.STAFF, Role.HEAD}
        return self._reminded(member, part, now) if member.role in at_desk else []

    # Desks.

    def take(self, member: Member, part: Part, press: Press, now: datetime) -> list[Deed]:
        """A new card: taken, and worked on; or left lying."""
        code, is_alarm = _code(part.text), ALARM in part.text
        if not code or self.chance.random() > member.reliable:
            return []
        at = self.later(now, 0.05 if is_alarm else 2.5, alarm=is_alarm)
        return [Deed(at, member, press=press.pack()), *self.work(member, code, at, alarm=is_alarm)]

    def work(
        self, member: Member, code: str, since: datetime, *, alarm: bool = False
    ) -> list[Deed]:
        """The next things somebody does for a ticket, up to its result; or they forget it."""
        if (member.address, code) in self.at_work:
            return []
        self.at_work.add((member.address, code))
        deeds, at = [], since
        for _ in range(6):
            at = self.later(at, 0.6 if alarm else 14, alarm=alarm)
            if self.chance.random() > member.reliable:
                break
            words = self._next_words(code)
            deeds.append(Deed(at, member, words))
            if any(end in words for end in LAST):
                break
        last = deeds[-1].at if deeds else at
        deeds.append(Deed(last + timedelta(minutes=1), member, f"quên {code}"))
        return deeds

    def _next_words(self, code: str) -> str:
        (kind,) = self.chance.choices(list(WORDS), weights=[share for share, _ in WORDS.values()])
        words = self.chance.choice(WORDS[kind][1])
        return f"{code} {words}".format(unit=self.chance.choice(self.units))

    def _reminded(self, member: Member, part: Part, now: datetime) -> list[Deed]:
        deeds = []
        for code in dict.fromkeys(CODE.findall(part.text)):
            if self.chance.random() < (0.5 + member.reliable) / 2:
                is_alarm = ALARM in part.text
                at = self.later(now, 0.1 if is_alarm else 3, alarm=is_alarm)
                work = self.work(member, code, at, alarm=is_alarm)
                deeds += [Deed(at, member, f"{code} tiếp nhận"), *work] if work else []
        return deeds

    # Heads, the commune's chair, reporters.

    def approve(self, member: Member, _: Part, press: Press, now: datetime) -> list[Deed]:
        """What waits for a yes gets it, most of the time."""
        if self.chance.random() > member.reliable:
            return []
        return [Deed(self.later(now, 4), member, press=press.pack())]

    def confirm(self, member: Member, _: Part, press: Press, now: datetime) -> list[Deed]:
        """Đã xong, Chưa xong, or nothing."""
        roll = self.chance.random()
        do = "done" if roll < CONFIRMS else "notdone"
        if roll > CONFIRMS + OBJECTS:
            return []
        packed = Press(do, press.ticket, press.seen).pack()
        return [Deed(self.later(now, 8), member, press=packed)]

    def choose(self, member: Member, part: Part, _: Press, now: datetime) -> list[Deed]:
        """A question with buttons: one of them, or none."""
        if self.chance.random() > CHOOSES:
            return []
        offered = [packed for row in part.buttons for _label, packed in row]
        minutes = self.chance.expovariate(1 / 6)
        return [Deed(now + timedelta(minutes=minutes), member, press=self.chance.choice(offered))]

    def call_back(self, member: Member, part: Part, _: Press, now: datetime) -> list[Deed]:
        """A roll-call: one of its states, or silence; by day and by night."""
        if self.chance.random() > member.reliable:
            return []
        (safe, *_worse), *_rows = part.buttons
        at = now + timedelta(minutes=self.chance.expovariate(1 / 8))
        return [Deed(at, member, press=safe[1])]

    def at_once(self, member: Member, _: Part, press: Press, now: datetime) -> list[Deed]:
        """A preview is confirmed."""
        return [Deed(now + timedelta(minutes=1), member, press=press.pack())]

    def _answer_desk(self, member: Member, part: Part, now: datetime) -> list[Deed]:
        code = _code(part.text)
        if " hỏi: “" not in part.text or not code or self.chance.random() > ANSWERS_DESK:
            return []
        is_alarm = ALARM in part.text
        at = self.later(now, 0.2 if is_alarm else 5, alarm=is_alarm)
        return [Deed(at, member, f"{code} {self.chance.choice(ANSWERS)}")]

    def later(self, now: datetime, hours: float, *, alarm: bool = False) -> datetime:
        """Some time after `now`, `hours` on average: office time, unless it is an alarm."""
        minutes = self.chance.expovariate(1 / (hours * 60)) + 1
        if alarm:
            return now + timedelta(minutes=minutes)
        return self.calendar.add_office_minutes(now, int(minutes)) + timedelta(
            seconds=self.chance.randrange(60)
        )


def _code(text: str) -> str:
    found = CODE.search(text)
    return found.group() if found else ""


def _kind(role: Role) -> str:
    return {Role.REPORTER: "commune", Role.STAFF: "desk", Role.HEAD: "head"}.get(role, "other")


React = Callable[[Habits, Member, Part, Press, datetime], list[Deed]]
REACTIONS: dict[tuple[str, str], React] = {
    ("desk", "outmake"): Habits.at_once,
    ("desk", "clmake"): Habits.at_once,
    ("desk", "ack"): Habits.take,
    ("desk", "taskack"): Habits.approve,
    ("head", "approve"): Habits.approve,
    ("head", "chairyes"): Habits.approve,
    ("commune", "done"): Habits.confirm,
    ("commune", "agree"): Habits.approve,
    ("commune", "rate"): Habits.choose,
    ("commune", "answer"): Habits.choose,
    ("commune", "pick"): Habits.choose,
    ("commune", "join"): Habits.choose,
    ("commune", "nothing"): Habits.approve,
    ("commune", "roll"): Habits.call_back,
    ("other", "seen"): Habits.approve,
    ("other", "stormyes"): Habits.at_once,
}
"""By kind of member and what a button does: the first button of a message that is known counts."""

"""Which matter a message belongs to: pure rules, in the order in which they are asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from province.pack import Question
from province.text import fold
from tickets.turns import is_over

RECENT = 30
"""Minutes within which words without a matter of their own go on with the ticket last spoken of."""
ENOUGH_WORDS = 4
"""Fewer words than this never open a ticket beside an open question."""
AFTER_ALARM = 180
"""Minutes within which a few words to an emergency's chat are more of it: rescue takes hours."""
NAMELESS = 24 * 60
"""Minutes within which words that come are taken to name a ticket that has no matter yet."""
PART_WORDS = 6
"""Up to so many words are read once more after the last ticket's own."""
DETAIL_WORDS = 12
"""Up to so many words that no category surely fits are taken for a detail of the last ticket."""
TROUBLE = frozenset(
    (
        "bi",
        "hong",
        "thieu",
        "loi",
        "mat",
        "chua",
        "khong",
        "ko",
        "k",
        "no",
        "sap",
        "tac",
        "xin",
        "nghi",
        "mong",
        "can",
        "cham",
        "het",
        "kho",
        "vuong",
        "tre",
        "treo",
        "do",
        "dut",
        "gay",
        "nut",
        "sat",
        "ngap",
        "lut",
        "chay",
        "chet",
        "dich",
        "keu",
        "chap",
        "dan",
        "sao",
        "rang",
        "nao",
        "dau",
        "mo",
        "ai",
        "yeu",
        "qua",
        "lun",
        "troi",
        "lo",
        "han",
        "ket",
        "nghen",
        "giat",
        "quay",
        "choi",
        "lai",
        "sai",
        "lech",
        "nham",
        "trung",
        "cap",
        "dot",
        "tham",
        "ro",
        "tro",
        "gap",
        "khan",
        "trom",
        "lua",
        "danh",
        "nhiem",
        "cung",
        "con",
        "them",
        "hoi",
        "nong",
        "don",
    )
)
"""Of these, folded, a matter of its own has one: it says what is wrong, or asks for something."""
PHONE = re.compile(r"\b0[\d .]{8,12}\d\b")
COUNTED = re.compile(
    r"(?:(?:con|co|thieu|duoc|khoang|tam|mat|ca)\W+)*\d{1,3} (?:ho|nha|khau|nguoi|ng|chau|em|cu)"
    r"(?: (?:dan|nua|roi|thoi|chua ra|a|em|be|gia))*\W*"
)
"""Nothing but how many households or people there are: "còn 3 hộ"."""


class Belongs(StrEnum):
    """Where a message goes."""

    ADD = "add"
    ANSWER = "answer"
    NEW = "new"
    NEW_WITH_UNDO = "new_with_undo"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a person's message comes in.

    `current` is the open ticket last spoken of in this chat (None if there is none),
    `minutes` how long ago that was, and `asked` the question that is open about it.
    """

    text: str
    replied_to: int | None = None
    named: int | None = None
    begins_new: bool = False
    current: int | None = None
    current_category: str = ""
    current_group: str = ""
    minutes: float = 0.0
    asked: Question | None = None
    is_report: bool = False
    is_sure: bool = False
    is_pressing: bool = False
    """Triage sees danger or haste in the text by itself."""
    is_emergency: bool = False
    """Triage sees danger to life in the text by itself."""
    category: str = ""
    group: str = ""
    is_elsewhere: bool = False
    """The text names a place that the current ticket does not speak of."""
    is_here: bool = False
    """The text names a place that the current ticket speaks of."""
    is_awaited: bool = False
    """The department has asked the commune about the current ticket and waits."""
    is_part: bool = False
    """A few words that, read after the current ticket's, are no matter beside it."""
    is_nameless: bool = False
    """Nobody can tell yet what the current ticket is about."""
    is_current_emergency: bool = False
    is_beside_emergency: bool = False
    """The text's category is one that an emergency brings with it, as the pack says."""
    ended: int | None = None
    """The ticket last spoken of here, where it ended lately and the text says that it has not."""
    is_current_unsure: bool = False
    """The department of the current ticket is only a guess."""


def belongs(now: Situation) -> tuple[Belongs, int | None]:
    """Where the message goes, and to which ticket.

    A reply to a message of a ticket adds to it; a number in the text adds to that ticket;
    "vụ mới" begins one; an open question takes what can be its answer; a clearly different
    matter opens a ticket with an Undo; words that only go on, or give a nameless ticket its
    matter, are added, as is what a department waits for; else it asks.
    """
    if now.replied_to is not None and not now.begins_new:
        is_answer = now.asked is not None and now.replied_to == now.current
        return (Belongs.ANSWER if is_answer else Belongs.ADD), now.replied_to
    if now.named is not None:
        return Belongs.ADD, now.named
    if now.ended is not None and not now.begins_new:
        return Belongs.ADD, now.ended
    if now.begins_new or now.current is None:
        return Belongs.NEW, None
    if _is_another_matter(now):
        return Belongs.NEW_WITH_UNDO, None
    if now.asked is not None:
        return Belongs.ANSWER, now.current
    if now.is_awaited or (not now.is_report and is_over(now.text)):
        return Belongs.ADD, now.current
    recent = NAMELESS if now.is_nameless else RECENT
    if now.minutes <= recent and (now.is_nameless or _only_goes_on(now)):
        return Belongs.ADD, now.current
    if _is_of_the_emergency(now):
        return Belongs.ADD, now.current
    return Belongs.ASK, now.current


def _is_another_matter(now: Situation) -> bool:
    """Whether the text tells, by itself, of something else than the current ticket.

    Surely so, or with danger or haste in it; but words of danger are the answer when the open
    question asks about danger, and in the first half hour of an emergency they are more of it.
    Beside an open question another matter of the same group needs danger to life: buried people
    are no answer to whether a road is blocked.
    """
    if not now.is_report or now.category == now.current_category or now.is_nameless:
        return False
    if _is_of_the_emergency(now):
        return False
    if len(now.text.split()) < ENOUGH_WORDS or _is_awaited_there(now):
        return False
    if now.is_part or _tells_no_trouble(now):
        return False
    is_answer = now.asked is not None and bool(now.asked.danger) and now.is_pressing
    if is_answer and not (now.is_sure and now.is_current_unsure):
        return False
    if now.group == now.current_group:
        waits = now.asked is not None and not now.is_emergency
        return now.is_sure and now.is_pressing and not waits
    return now.is_sure or now.is_pressing


def _is_awaited_there(now: Situation) -> bool:
    """Whether a few words about the ticket's own place are what the department has asked for."""
    is_short = len(now.text.split()) <= DETAIL_WORDS
    return now.is_awaited and now.is_here and is_short and not now.is_pressing


def _only_goes_on(now: Situation) -> bool:
    """Whether the words say nothing surely by themselves: a number, a place, a detail more.

    The same matter at the same place goes on as well.
    """
    if not now.is_report:
        return True
    if now.category == now.current_category and not now.is_elsewhere:
        return True
    if now.is_part or _tells_no_trouble(now):
        return True
    return not now.is_sure and len(now.text.split()) <= DETAIL_WORDS


def _tells_no_trouble(now: Situation) -> bool:
    """Whether a few words right after others only say more: "hồ sơ nộp tháng 8 rồi".

    By themselves they may surely sound like another department's matter.
    """
    is_soon = now.minutes <= RECENT and len(now.text.split()) <= DETAIL_WORDS
    return is_soon and not now.is_pressing and not tells_trouble(now.text)


def tells_trouble(text: str) -> bool:
    """Whether words tell what is wrong, or ask for something, in more than a word or two."""
    words = re.findall(r"\w+", fold(text))
    return len(words) >= ENOUGH_WORDS and not TROUBLE.isdisjoint(words)


def _is_of_the_emergency(now: Situation) -> bool:
    """Whether words soon after an emergency are more of it.

    In the first half hour doubtful ones are, and what is of its kind and names no other place: "2
    người bị vùi" after a landslide is who lies under it, whichever category that would be by
    itself. For as long as a rescue takes, so are a few words of what an emergency brings with it,
    a number to call, and whatever asks for nothing.
    """
    if not now.is_current_emergency or now.minutes > AFTER_ALARM:
        return False
    is_of_its_kind = now.group == now.current_group and not now.is_elsewhere
    if now.minutes <= RECENT and (is_of_its_kind or not now.is_sure):
        return True
    if len(now.text.split()) > DETAIL_WORDS:
        return False
    if COUNTED.fullmatch(fold(now.text).strip()):
        return True
    if not now.is_report or PHONE.search(now.text) is not None:
        return True
    return now.is_beside_emergency and not now.is_elsewhere

"""What a desk's officer says of the ticket just shown, without its number or a colon."""

import re

from handlers.twins import after
from province.text import fold

LONGEST = 300
_TAKES = re.compile(
    r"^(?:(?:ok|oke|da|vang|roi) )*"
    r"(?:(?:toi|em|anh|chi|minh|tui|so|don vi|ben (?:em|anh|toi|minh|nay)) (?:da |se |xin )?nhan"
    r"|de (?:toi|em|anh|chi|minh|tui) (?:nhan|lo|xu ly|lam|xem|kiem tra)|nhan (?:roi|phieu|viec))"
    r"(?: (?:phieu|viec|vu|nay|roi|nhe|nha|a|do|cho|xu ly|da|lai))*$"
)
_UNIT = (
    r"(?:(?:so|cong an|ban|van phong|bo chi huy|bo chqs|chi cuc|cong ty|trung tam"
    r"|s[bcdghklmnptvx]+)\b"
    r"|ben (?:nong nghiep|tai chinh|y te|giao duc|cong thuong|noi vu|tu phap|xay dung|giao thong"
    r"|van hoa|khoa hoc|cong an|quan su|moi truong|dan toc|dien luc|bao hiem)\b)"
)
_DAY = r"(?:t[2-7]\b|mai|mot|thu|chu nhat|ngay|tuan|thang|cuoi|dau|chieu|sang|toi|hom|\d)"
_LEAD = r"^(?:(?:ok|oke|da|vang|roi|thoi|the)\b[ ,.]*)*"
_SAYS = (
    (re.compile(rf"{_LEAD}hen (?:lai |voi )?(?:xa )?(?:ngay )?(?={_DAY})"), "promise"),
    (re.compile(r"^(?:phan cong|giao) (?:cho )?(?=(?:anh|chi|em|dong chi|dc|ong|ba) )"), "assign"),
    (re.compile(r"^(?:bao|nhan|noi) (?:cho |voi )?xa (?:(?:la|rang) )?(?=\S)"), "update"),
    (re.compile(r"^hoi (?:lai )?xa (?:(?:la|xem) )?(?=\S)"), "ask"),
    (
        re.compile(rf"{_LEAD}(?:chuyen|tra) (?:lai |ve |tra |cho |sang |qua |giup )*(?={_UNIT})"),
        "reroute",
    ),
)


_NOT_OURS = re.compile(
    r"\b(?:khong|ko|k|chua) (?:phai |thuoc )+(?:la )?"
    r"(?:viec|cua|tham quyen|trach nhiem|linh vuc|ben)\b"
    r"|\b(?:gui|giao|chuyen|phan) nham\b|\bnham (?:so|don vi|noi|cho)\b|\btra lai\b"
)


def plain_act_of(text: str) -> tuple[str, str] | None:
    """The act and the words that finish it: "hẹn mai", "tôi nhận", "báo xã là cấm qua cầu".

    Only for somebody who reports nothing, in a chat of their own: elsewhere it is talk.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    if _TAKES.match(folded.strip(" .!,")):
        return "ack", ""
    for pattern, act in _SAYS:
        if found := pattern.match(folded):
            return act, after(text, found.group())
    return None


def is_disowned(text: str) -> bool:
    """Whether a desk says that a matter is not theirs: a note, beside which Chuyển is offered."""
    return _NOT_OURS.search(fold(text[:LONGEST])) is not None

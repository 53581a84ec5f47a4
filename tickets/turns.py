"""What a short message does in a talk, whatever it is about: asks back, asks on, takes back."""

import re

from province.text import fold

LONGEST = 90
"""Letters: longer messages tell more than one such thing."""
_BACK = re.compile(
    r"\?\s*$"
    r"|\b(?:lam|man|phai|biet|lo) (?:the nao|lam sao|sao|rang|chi|gi)"
    r"(?: (?:a|em|anh|chi|bay gio|chu))*\W*$"
    r"|\b(?:y|hoi|nghia)\b.*\b(?:chi|gi|sao|rang|the nao)\W*$"
    r"|^(?:\w+ ){0,2}la (?:rang|sao|gi|chi|the nao)\b"
    r"|^(?:\w+ ){0,2}(?:co )?(?:can|nen|phai) .*\b(?:khong|ko|k)\W*$"
    r"|^(?:what|when|who|how|why|where)\b"
)
"""Words that ask the asker: "chừ mần răng", "ý anh hỏi chi", "có cần sơ tán không"."""
_ON = re.compile(
    r"\b(?:xuong|xe|doan|doi|nguoi|ai|bo doi|cong an|cuu ho|tho|can bo|thuyen|truc thang)\b"
    r"(?: \w+){0,3} (?:toi|den|len|vao|qua|ve)(?: \w+)? ?(?:chua|khong|ko|k|chu)\W*$"
    r"|\b(?:khi|chung|bao) (?:mo|nao|gio|lau)\b(?: \w+){0,2} (?:xong|co|toi|den|sua|len)\b"
    r"|\b(?:(?:xem|lam|giai quyet|xu ly) )?(?:den|toi) (?:dau|mo) roi\b"
    r"|\bai (?:dang )?(?:giu|lo|xu ly|phu trach|chiu trach nhiem)\b"
    r"|^(?:phieu|don|viec)\b.*\b(?:dau|mo|chua) (?:roi|ha|a)?\W*$"
    r"|\b(?:no|chua|khong|ko|k) (?:thay )?ai (?:tra loi|goi lai|hoi|tra)\b"
    r"|^when will\b"
)
"""Words that ask how a matter stands: "xuồng tới chưa", "mai có người lên không"."""
_FALSE = re.compile(
    r"^(?:\W|a |oi |thoi |em |xin loi )*(?:(?:bao|go|bam|gui) )?nham"
    r"(?:(?: (?:roi|thoi|a|em|anh|nhe))*\W*$| (?:roi|thoi)[,.;] )"
    r"|\b(?:tin don|tin gia|bao nham|bao dong gia|dien tap|gui thu|thu thoi)\b"
    r"|\b(?:khong co that|noi dua)\b"
    r"|^(?:\w+ ){0,3}(?:kiem tra|xac minh) (?:lai|roi)\b.*\b(?:khong|ko|k) (?:co|phai|chay|sao)\b"
    r"|^(?:thoi )?(?:bo di|khoi|khong can nua|ko can nua|k can nua)(?: (?:a|em|anh|nhe|roi))*\W*$"
    r"|^thoi (?:bo di|khoi|khong can|ko can|k can)\b"
)
"""Words that take a whole report back: "nhầm rồi, đốt rơm thôi", "tin đồn thôi", "thôi bỏ đi"."""
_SAFE = re.compile(
    r"\b(?:tim (?:thay|duoc|dc)|cuu (?:duoc|dc)"
    r"|dap (?:xong|tat|duoc|dc|het)|khong che (?:duoc|dc|xong)"
    r"|dua (?:het|duoc het|dc het)|so tan (?:het|xong)|on|an toan|xuong|ra het|ve het)"
    r"(?: (?:het|ca|ra|ve|lai|xong|nguoi|nha|xac))* (?:roi|r)\b"
)
_NOT_SAFE = re.compile(
    r"\b(?:chua|khong|ko|k|nhung|van|con|can|xac|chet|mat|nang|bi|thieu|cuu voi|chi moi|moi)\b"
)
_WANTED_AGAIN = re.compile(
    r"^(?:\W|a |o |u |ui |thoi |em |oi |nham )*"
    r"(?:khoan|dung|khong|ko|k|chua)(?: da)?\W+(?:dung )?huy\b"
    r"|^(?:\w+ ){0,3}lai (?:mat|hong|loi|tac|sat|ngap|bi|nhu cu|the)"
    r"(?: (?:tiep|nua|roi|r|the|a))*\W*$"
    r"|^(?:\w+ )?van (?:chua|con|mat|hong|the|nhu cu|y nguyen)(?: \w+){0,3}\W*$"
)
"""Words on a ticket that has ended: "khoan đừng hủy", "lại mất rồi", "vẫn chưa được"."""
_LEADS_IN = re.compile(
    r"^(?:\W|da |anh |chi |em |oi |a |alo |cac |ben |xa |minh |toi |cho )*"
    r"(?:hoi(?: (?:ti|chut|cai|tham|nay|chuyen|viec|nay))*"
    r"|(?:co |muon )?(?:hoi|nho|bao|phan anh) (?:chut|ti|mot chut)"
    r"|chuyen (?:la|no la)(?: (?:the nay|ri|nhu ri|ni))?|co (?:viec|chuyen|viec nay|viec ni))"
    r"(?: (?:a|anh|chi|em|voi|ti|chut|ni|nay|nhe))*\W*$"
)
"""Words that only begin: "anh ơi cho em hỏi", "chuyện là thế này", "bên em có việc"."""
_MAY_ON = re.compile(
    r"\?|d?en dau|(?:den|toi) mo|toi dau|the nao|ra sao|sao roi|rang roi|bao gio|khi nao|khi mo"
    r"|tien do"
    r"|(?:xong|quyet|nhan|duoc|loi|qua|ly) chua|lau (?:the|qua|vay|rua)|\b(?:status|any news)\b"
    r"|\b(?:ai|toi|den|len|vao|di|xuat phat) chua\W*$|\bchua (?:thay|co) (?:ai|gi|xe|doan)\b"
    r"|\bco ai\b.*\b(?:khong|ko|chua)\b|\bthi (?:rang|sao)\b"
    r"|\b(?:bao|khoang|con) (?:lau|may phut) nua\b|\bmay gio (?:thi )?(?:toi|den|co|xong)\b"
)
"""Words that may ask how a matter stands, where there is one to ask about."""
_OVER = re.compile(
    r"\b(?:co (?:dien |mang |song |nuoc )?lai |co (?:dien|mang|song|nuoc) "
    r"|(?:vao|dung|chay|nhan|ky|in|goi|di|dang nhap)(?: lai)? (?:\w+ )?(?:duoc|dc|lai)(?: \w+)? "
    r"|(?:sua|lam|xu ly|khac phuc|giai quyet|thong xe|thong duong|thong)(?: xong| duoc)? "
    r"|on |binh thuong |xong |rut (?:het )?)(?:tro lai |ca |het )?(?:roi|r)\b"
)
_NOT_OVER = re.compile(r"\b(?:chua|khong|ko|nhung|van|lai (?:mat|hong|loi))\b")
_CORRECTION = re.compile(
    r"^(?:a |ui |y em la |xin loi )*(?:nham|sua lai|viet nham|go nham|dinh chinh)\b"
)


def asks_back(text: str) -> bool:
    """Whether words ask something of their own, and so answer no question."""
    folded = fold(text).strip()
    return len(text) <= LONGEST and (_BACK.search(folded) is not None or asks_on(text))


def asks_on(text: str) -> bool:
    """Whether words ask how a matter stands, in any dialect, and tell nothing."""
    return len(text) <= LONGEST and _ON.search(fold(text).strip()) is not None


def may_ask_on(text: str) -> bool:
    """Whether words ask how a matter stands, or may where there is one to ask about."""
    return asks_on(text) or _MAY_ON.search(fold(text)) is not None


def takes_back(text: str) -> bool:
    """Whether words say that a report was none: a mistake, a rumour, a drill."""
    return len(text) <= LONGEST and _FALSE.search(fold(text).strip()) is not None


def tells_safe(text: str) -> bool:
    """Whether words say that the danger is past, and nothing is missing, wanted or worse."""
    folded = fold(text).strip()
    if len(text) > LONGEST or _NOT_SAFE.search(folded):
        return False
    return _SAFE.search(folded) is not None


def wants_again(text: str) -> bool:
    """Whether words, with no matter of their own, say that an ended one is not at its end."""
    return len(text) <= LONGEST and _WANTED_AGAIN.match(fold(text).strip()) is not None


def leads_in(text: str) -> bool:
    """Whether words only announce that something will be told."""
    return len(text) <= LONGEST and _LEADS_IN.match(fold(text).strip()) is not None


def is_over(text: str) -> bool:
    """Whether words say that the trouble has ended by itself: "có điện lại rồi nhé"."""
    folded = fold(text[:80])
    return _OVER.search(folded) is not None and _NOT_OVER.search(folded) is None


def corrects(text: str) -> bool:
    """Whether words take back what was said before: "à nhầm, bản Lưu Hòa"."""
    return _CORRECTION.match(fold(text[:40])) is not None

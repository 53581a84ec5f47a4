"""What those who report nothing ask in passing: for a list, a ticket, why it is theirs."""

import re

from province.text import fold

LONGEST = 90
"""Longer words are told, not asked."""
_PILE = r"(?:phieu|viec|yeu cau|danh sach|ds)"
_ENDS = (
    r"(?: (?:khong|ko|k|chua|nua|vay|the|a|nhi|nhe|nha|het|roi|day|di|em|anh|chi|voi|giup|hom nay"
    r"|tuan nay|bay gio|luc nay))*$"
)
_STATE = (
    r"(?:(?: (?:chua|dang|da|ai|duoc|bi|cho|sap|can|cua|em|toi|xa|so))*"
    r" (?:xong|nhan|xu ly|giai quyet|tra loi|mo|khan|gap|moi|het han|den han|qua han|tre han|tre"
    r"|duyet|ton|lam))*"
)
"""What narrows a pile: "chưa ai nhận", "đang chờ xử lý"."""
_MANY = re.compile(
    rf"^(?P<before>(?:\w+ ){{0,7}})(?:con|co|duoc|dang co|tong) (?:lai )?(?:may|bao nhieu)"
    rf"(?: cai)? {_PILE}\b{_STATE}{_ENDS}"
)
_ANY = re.compile(
    rf"^(?P<before>(?:\w+ ){{0,7}})(?:con|co)(?: them)? {_PILE}(?: (?:nao|gi|moi))?{_STATE}"
    r"(?: (?:nao|gi))?(?: (?:can|phai) (?:lam|xu ly|duyet))?"
    r"(?: (?:khong|ko|k|chua|nua|vay|the|a))+$"
)
_UNDONE = re.compile(rf"^(?:con|nhung|cac) {_PILE} (?:nao|gi){_STATE}{_ENDS}")
_SHOWN = re.compile(
    r"^(?:cho (?:xem|xin|em xin|toi xem)|gui|xem|mo|dua)(?: lai)? (?:giup |lai |cho (?:em|toi) )?"
    r"(?:danh sach|ds)\b(?P<after>(?: phieu)?)" + _ENDS
)
_HOW_IS = re.compile(
    r"^tinh hinh (?P<after>.+?) (?:the nao|ra sao|sao roi|toi dau|den dau)(?: .*)?$"
)
_HEARD = re.compile(
    r"^(?:hom nay |bua ni )?(?:bao nhieu|may) phieu (?P<after>khan|gap|moi|qua han)\b.*$"
)
_FILTERS = (
    (re.compile(r"\b(?:qua|tre) han\b"), "qua han"),
    (re.compile(r"\bkhan\b"), "khan"),
    (re.compile(r"\bgap\b"), "gap"),
    (re.compile(r"\bchua (?:ai |co ai |duoc )?(?:tiep )?nhan\b|\bmoi\b"), "chua nhan"),
    (re.compile(r"\bcho xa\b"), "cho xa"),
    (re.compile(r"\bcua toi\b"), "cua toi"),
)
_WHERE = re.compile(r"\b(?:so|xa|phuong|cong an|ban|van phong) (?!nao\b|em\b|minh\b|toi\b).*")
_ONE = r"(?:(?:phieu|viec|vu|cai)(?: (?:nay|do|tren|kia|so))*)"
_NUMBER = r"(?:[a-z]{2,4}-\d\d-)?\d{1,6}"
_HELD = re.compile(
    rf"^(?:{_ONE}(?: {_NUMBER})? )?(?:hien |gio |la |do |cua |thi )*(?:ai|so nao|don vi nao|xa nao)"
    r"(?: (?:dang|da|se|duoc))*"
    r"(?: (?:giu|cam|nhan|xu ly|phu trach|lam|theo doi|chu tri|giao|bao))?"
    rf"(?: {_ONE})?(?: {_NUMBER})?{_ENDS}"
    r"|^(?:hien )?ai (?:dang |da )?(?:giu|cam|nhan|xu ly|lam|lo) phieu(?: (?!thi\b)\w+){1,4}$"
)
_UNTIL = re.compile(
    rf"^(?:{_ONE}(?: {_NUMBER})? )?(?:(?:co )?han(?: tra loi| xu ly| nhan)? (?:den |toi |la )*"
    rf"(?:bao gio|khi nao|luc nao|ngay nao|may gio)"
    rf"|(?:bao gio|khi nao|ngay nao) (?:thi )?(?:het|den|toi) han){_ENDS}"
)
_STANDS = re.compile(
    rf"^{_ONE}(?: {_NUMBER})? (?:dang |da )?(?:(?:den|toi) (?:dau|mo)|(?:the nao|ra sao|sao) roi)"
    rf"{_ENDS}"
)
"""Who holds it, until when, how it stands: one look at the ticket answers all of these."""
_SEEN = re.compile(rf"^(?:cho )?(?:em |toi |anh )?(?:xin )?(?:xem|mo)(?: lai| giup)* {_ONE}\b.*$")
_WHY = re.compile(
    rf"^(?:sao|vi sao|tai sao|co gi ma|li do gi|ly do gi)\b(?:.*\b{_ONE}\b)?.*"
    rf"\b(?:cua|ve|cho|sang|den|giao|chuyen|gui|dua)(?: cho| sang| ve)*"
    r" (?:toi|em|so|ben|don vi|minh|chung toi|anh|tui)\b"
)


def list_asked_in(text: str) -> str | None:
    """The list that a question asks for, as a command: "còn mấy phiếu", "phiếu mới không".

    A question, by its end: "còn mấy việc chưa làm, mai làm" is told and stays what it is.
    """
    words = fold(text).strip(" .!?,")
    if len(text) > LONGEST:
        return None
    for pattern in (_MANY, _ANY, _UNDONE, _SHOWN, _HOW_IS, _HEARD):
        if found := pattern.match(words):
            return f"/hangdoi {_narrowed(words, found)}".strip()
    return None


def _narrowed(words: str, found: re.Match[str]) -> str:
    """What the list is narrowed to, in words that a queue knows."""
    filters = [name for pattern, name in _FILTERS if pattern.search(words)][:1]
    where = _WHERE.search(found.groupdict().get("before") or "")
    if found.re is _HOW_IS:
        return found["after"]
    return " ".join([*filters, *([where.group().strip()] if where else [])])


def one_asked_in(text: str) -> tuple[str, str] | None:
    """What is asked of one ticket ("view" or "why") and its digits, '' for the one spoken of."""
    words = fold(text).strip(" .!?,")
    if len(text) > LONGEST or "," in words:
        return None
    act = ""
    if _WHY.match(words):
        act = "why"
    elif any(pattern.match(words) for pattern in (_HELD, _UNTIL, _STANDS, _SEEN)):
        act = "view"
    if not act:
        return None
    number = re.search(rf"\b(?:phieu|viec|so)(?: so)? ({_NUMBER})\b|\b({_NUMBER})$", words)
    return act, (number.group(1) or number.group(2)) if number else ""

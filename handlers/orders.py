"""What coordinators and desks order or ask in whole words that has a command: storm, duty, away."""

import re

from province.text import fold

LONGEST = 80
"""Longer words are told; only a broadcast may be longer."""
_STORM_OFF = re.compile(
    r"^(?:(?:tat|dung|ket thuc) (?:che do )?bao(?: lu)?|het bao(?: lu)?)(?: roi)?$"
)
_STORM_ON = re.compile(
    r"^(?:(?:bat|mo|kich hoat|vao) (?:che do )?bao(?: lu)?(?: (?:cho|o|tai))?|che do bao(?: lu)?"
    r"|co bao(?: roi)?)(?P<rest> .+)?$"
)
_TO_MANY = re.compile(
    r"^(?:thong bao|nhan tin|gui tin|gui|nhan)(?: (?:cho|toi|den))?"
    r"(?P<urgent> (?:khan|gap))?(?: (?:cho|toi|den))? (?:tat ca |toan bo )?(?:cac )?"
    r"(?P<whom>xa|so|xa phuong|so nganh)\b(?P<more>[^:]*)"
)
_OVERSEES = (
    (
        re.compile(r"^(?:so|xa|don vi) nao (?:dang )?(?:cham|tre|kem|lau)(?: nhat)?\b.*$"),
        "/toancanh",
    ),
    (re.compile(r"^(?:co gi|gi dang) (?:nong|khan|dang lo)\b.*$"), "/toancanh"),
    (
        re.compile(
            r"^(?:phieu nao|co gi|con gi|nhung gi|co phieu nao)(?: dang| con)?"
            r" (?:tranh chap|can quyet|can xem|cho quyet)\b.*$"
        ),
        "/canxem",
    ),
)
_WORKS = (
    (
        re.compile(
            r"^(?:ok |toi |em )*(?:tiep )?nhan (?:luon )?(?:ca|het|tat ca)\b.{0,24}$"
            r"|^(?:phieu )?\d+(?:\s*(?:,|va|\+)\s*\d+)+ (?:tiep )?nhan\b.{0,12}$"
        ),
        "/hangdoi chua nhan",
    ),
    (re.compile(r"^(?:bao vang|xin nghi|nghi phep|ai (?:dang )?(?:vang|nghi)\b.*)$"), "/vang"),
    (
        re.compile(
            r"^(?:\w+ ){0,3}(?:em|toi|anh|chi|minh|tui) (?:xin |se |duoc |phai )*"
            r"(?:nghi(?: phep| om)?|di cong tac|di hoc|vang(?: mat)?|om|di vien)\b.*$"
        ),
        "/vang",
    ),
    (re.compile(r"^(?:toi |em )?(?:da )?(?:di lam|ve) lai roi$"), "/vang hết"),
    (re.compile(r"^(?:(?:hom nay|toi nay|dem nay|mai) )?ai (?:dang )?truc\b.*$"), "/truc"),
    (re.compile(r"^ban giao (?:phieu|viec|cong viec)$"), "/bangiao"),
    (re.compile(r"^(?:viec|phieu) phoi hop\b.{0,24}$"), "/viec"),
)


def overseer_order(text: str) -> str | None:
    """The command that a coordinator's or leader's words stand for, with its argument."""
    words = fold(text).strip(" .!?")
    if many := _TO_MANY.match(fold(text)):
        return _broadcast(text, many)
    if len(text) > LONGEST:
        return None
    if _STORM_OFF.match(words):
        return "/baolu hết"
    if on := _STORM_ON.match(words):
        return f"/baolu{on['rest'] or ''}"
    return next((command for pattern, command in _OVERSEES if pattern.match(words)), None)


def _broadcast(text: str, found: re.Match[str]) -> str:
    """Words for all communes or departments as a preview; without a colon, how to write them."""
    _, colon, words = text.partition(":")
    if not colon or not words.strip():
        return "/thongbao"
    names = f"{found['whom']}{found['more']}".strip()
    whom = {"xa": "tất cả xã", "xa phuong": "tất cả xã", "so": "tất cả sở"}.get(names, names)
    return f"/thongbao{found['urgent'] or ''} {whom}: {words.strip()}"


def desk_order(text: str) -> str | None:
    """The same for those who work at a desk: duty, absence, handing over, tasks."""
    words = fold(text).strip(" .!?,")
    if len(text) > LONGEST:
        return None
    return next((command for pattern, command in _WORKS if pattern.match(words)), None)

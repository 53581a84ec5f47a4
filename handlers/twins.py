"""The typed twin of every button and command: pure, from words to what they press."""

import re
import unicodedata
from collections.abc import Sequence

from province.text import fold

LONGEST = 40
"""Longer messages are never taken for a button."""
NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            ("1", "mot", "một"),
            ("2", "hai"),
            ("3", "ba"),
            ("4", "bon", "tu"),
            ("5", "nam"),
            ("6", "sau"),
            ("7", "bay"),
            ("8", "tam"),
            ("9", "chin"),
        )
    )
    for word in words
}
COMMANDS = {
    "phieu": "/phieu",
    "cac phieu": "/phieu",
    "phieu cua toi": "/phieu",
    "danh sach": "/phieu",
    "hang doi": "/hangdoi",
    "giup": "/giup",
    "tro giup": "/giup",
    "huong dan": "/giup",
    "help": "/giup",
    "ngon ngu": "/ngonngu",
    "english": "/ngonngu en",
    "tieng anh": "/ngonngu en",
    "tieng viet": "/ngonngu vi",
    "vao web": "/vao",
    "kenh": "/kenh",
    "cac kenh": "/kenh",
    "them kenh": "/kenh",
    "noi kenh": "/kenh",
    "viec phoi hop": "/viec",
    "lich truc": "/truc",
    "ai vang": "/vang",
    "du lieu": "/dulieu",
    "can xem": "/canxem",
    "loi moi": "/moi",
    "tin hong": "/hong",
    "xoa du lieu": "/suadulieu",
    "ngung xu ly du lieu": "/suadulieu ngung xu ly du lieu",
    "toan canh": "/toancanh",
    "tinh hinh": "/toancanh",
    "tinh hinh the nao": "/toancanh",
    "tinh hinh sao roi": "/toancanh",
    "hom nay co gi moi": "/phieu",
    "co gi moi": "/phieu",
    "co gi moi khong": "/phieu",
    "tinh hinh hom nay": "/toancanh",
    "tinh hinh chung": "/toancanh",
    "bao cao": "/toancanh",
    "bao cao nhanh": "/toancanh",
    "bao cao hom nay": "/toancanh",
    "tin sang": "/toancanh",
    "so lieu": "/toancanh",
    "so lieu hom nay": "/toancanh",
    "im lang": "/imlang",
    "xa im lang": "/imlang",
}
ACTS = {
    "dung": "right",
    "dung roi": "right",
    "sai don vi": "wrong",
    "sai noi": "wrong",
    "sai so": "wrong",
    "khan cap": "urgent",
    "them anh": "photos",
    "huy": "cancel",
    "huy phieu": "cancel",
    "khong can phieu": "noticket",
    "da xong": "done",
    "xong roi": "finished",
    "chua xong": "notdone",
    "mo lai": "reopen",
    "tiep nhan": "ack",
    "nhan": "ack",
    "da xu ly": "resolve",
    "xong": "finished",
    "xem": "view",
    "hoi them": "ask",
    "hen ngay": "promise",
    "cap nhat": "update",
    "gui xa": "tell",
    "gui xa di": "tell",
    "gui cho xa": "tell",
    "chuyen don vi": "reroute",
    "phan cong": "assign",
    "moi phoi hop": "invite",
    "moi xa ben": "jointask",
    "lap phieu rieng": "second",
    "rut xa": "jointleave",
    "tu choi": "jointno",
    "nhan viec": "taskack",
    "tra loi": "taskanswer",
    "chua co nguon luc": "plan",
    "ngoai tham quyen": "outside",
    "ha muc": "lower",
    "viec khac": "more",
    "soan van ban": "draft",
    "hoi tien do": "progress",
    "den dau roi": "progress",
    "den mo roi": "progress",
    "dong y": "agree",
    "rut": "withdraw",
    "gop vao": "join",
    "gop phieu": "merge",
    "tach ra": "unmerge",
    "tach": "unmerge",
    "vi sao": "why",
    "tai sao": "why",
    "giu nguyen": "keep",
    "sua linh vuc": "category",
    "right": "right",
    "wrong department": "wrong",
    "emergency": "urgent",
    "add photos": "photos",
    "own ticket": "second",
    "cancel": "cancel",
    "drop ticket": "noticket",
    "done": "done",
    "not done": "notdone",
    "reopen": "reopen",
    "acknowledge": "ack",
    "resolved": "resolve",
}
"""Words that press a button of the ticket last spoken of, or of the one whose digits precede."""

WORDED = {
    "hoi them": "ask",
    "hoi": "ask",
    "hoi xa": "ask",
    "hen ngay": "promise",
    "hen": "promise",
    "cap nhat": "update",
    "bao xa": "update",
    "chuyen": "reroute",
    "phan cong": "assign",
    "giao": "assign",
    "da xu ly": "resolve",
    "xong": "resolve",
    "chua co nguon luc": "plan",
    "ngoai tham quyen": "outside",
    "ha muc": "lower",
    "moi phoi hop": "invite",
    "tra loi": "taskanswer",
    "gop": "merge",
    "cong bo": "publish",
    "van ban": "number",
    "so van ban": "number",
    "linh vuc": "category",
    "sua linh vuc": "category",
    "giu nguyen": "keep",
}
"""Acts that words follow: "123 hẹn thứ 6", "hỏi thêm: máy xúc vào được tới đâu?"."""
OWN_WORDED = {
    "huy": "cancel",
    "mo lai": "reopen",
    "cham": "rate",
    "moi xa": "jointask",
    "moi cac xa": "jointask",
    "moi phuong": "jointask",
}
"""The same for the commune: "hủy vì trùng", "1 mở lại: đất lại tràn", "1 chấm 5"."""
CODE = r"(?:phieu\s+)?((?:[a-z]{2,4}-\d\d-)?\d{1,6})"
_ONLY_ENDS = re.compile(r"(?:(?:rồi|roi|nhé|nhe|nha|ạ|đó|hết|het)(?!\w)[\s,.:;!]*)+", re.IGNORECASE)
_VERB = "(" + "|".join(sorted(WORDED, key=len, reverse=True)) + ")"
_NUMBERED_WORDS = re.compile(rf"^{CODE}\s+{_VERB}(?:\s*:\s*|\s+)(?=\S)")
_OWN_WORDS = re.compile(
    rf"^(?:{CODE}\s+)?(huy|mo lai)(?:\s+phieu(?:\s+nay)?)?(?:\s*:\s*|\s+(?:vi|do)\s+)(?=\S)"
)
_OWN_INVITES = re.compile(rf"^(?:{CODE}\s+)?(moi (?:cac )?xa|moi phuong)(?:\s*:\s*|\s+)(?=\S)")
_OWN_RATING = re.compile(rf"^(?:{CODE}\s+)?(cham)\s*:?\s*(?=[1-5](?:\s*(?:diem|sao))?$)")
_WORDS_OF_NUMBER = re.compile(
    r"^(chuyen|giao|phan cong|hen|moi phoi hop|gop)\s+(?:cho\s+)?phieu\s+(?:so\s+)?"
    r"((?:[a-z]{2,4}-\d\d-)?\d{1,6})(?:\s*:\s*|\s+)(?=\S)"
)
_BARE_WORDS = re.compile(rf"^{_VERB}\s*:\s*(?=\S)")

_TICKET = re.compile(r"^(?:phieu\s+)?((?:[a-z]{2,4}-\d\d-)?\d{1,6})$")
_DIGITS_AND_ACT = re.compile(r"^(?:phieu\s+)?((?:[a-z]{2,4}-\d\d-)?\d{1,6})\s+(\D+)$")
_ACT_AND_DIGITS = re.compile(r"^(\D+?)\s+(?:phieu\s+)?(?:so\s+)?((?:[a-z]{2,4}-\d\d-)?\d{1,6})$")
_NOT_DONE = re.compile(
    r"^(?:van|(?:da )?chua|khong (?:xong|duoc)|k[oh]? (?:xong|duoc|dc)|lai hong)\b"
)
_DONE = re.compile(
    r"^(?:(?:ok|da|vang|cung|viec|the la) )*(?:xong|roi|on roi|duoc roi|dc roi)\b"
    r"|^(?:da |vang )*(?:dung|chuan|chinh xac|vang|ok|xac nhan)(?: (?:roi|a|em|anh|chi|nhe|the))*$"
)
_BUT = re.compile(r"\b(?:chua|van|nhung|ma|khong|ko|k)\b")
LONGEST_END = 200
"""Longer messages are a report, not an answer to "Việc đã xong thật chưa ạ?"."""
DONE_WORDS = 6
"""Longer words say more than that it is done."""
_LISTS = re.compile(r"^hang doi (?=\S)")
_WHICH = re.compile(
    r"^(?:(?:cac|nhung|con|co) )*phieu"
    r" (?:(?:nao|gi|dang|da|bi|con|cua (?:so|don vi|xa|minh|tinh)) )*"
    r"(qua han|tre han|khan|gap|chua(?: \w+)? nhan)(?: (?:khong|ko|k|nao|chua|vay|het))?$"
    r"|^(qua han|tre han|chua(?: \w+)? nhan)$"
)
"""A queue asked for in passing: "phiếu nào đang quá hạn"."""
_HELP = re.compile(r"^tim huong dan (?:ve )?(?=\S)")
_SEARCH = re.compile(r"^(?:tim phieu |tim ?: ?|tim (?=\S+(?: \S+){0,3}$))(?=\S)")
_CANCELS = re.compile(
    r"^(?:(?:em|cho|xin|nho|giup|anh|chi|thoi|toi|minh) )*(?:huy|xoa)"
    r"(?: (?:giup|ho|dum|em|toi|minh|bo|cai|lai|luon|di))*"
    r"(?: (?:phieu|tin|bao cao|yeu cau)(?: (?:nay|tren|do|kia|vua|roi|gui|bao|luc|hoi|nay))*)?"
    r"(?: (?P<digits>(?:[a-z]{2,4}-\d\d-)?\d{1,6}))?"
    r"(?: (?:giup|ho|dum|cho|em|di|nhe|nha|voi|a|anh|chi|toi|minh))*$"
)
"""The last ticket taken back in passing: "huỷ cái phiếu trên giúp em"."""
_MISSED = re.compile(
    r"\b(?:nguoi|kiem|nan nhan|mat tich|chau|tre|em|be|xac|cuu|ho|lac|nan|cu|ba|ong|chi|anh|gap"
    r"|dap|ngung|dau|benh)\b"
)
"""Words beside "tìm" that tell of somebody who is looked for: a report, and no search."""
_COMMAND = re.compile(r"^/(\w+)(?:@\w+)?")
_CORRECTS = re.compile(r"^(ten|dien thoai|so dien thoai)\s*:")
_SLASH_ACT = re.compile(r"^/?(huy|tiep nhan|tiepnhan)(?:\s+((?:[a-z]{2,4}-\d\d-)?\d{1,6}))?$")


def command_of(text: str) -> str | None:
    """The command that some words stand for, with its argument."""
    words = fold(text).strip(" .!?")
    if words in COMMANDS:
        return COMMANDS[words]
    if listing := _LISTS.match(words):
        return f"/hangdoi {words[listing.end() :]}"
    if which := _WHICH.match(words):
        wanted = which.group(1) or which.group(2)
        return "/hangdoi chua nhan" if wanted.endswith("nhan") else f"/hangdoi {wanted}"
    if helped := _HELP.match(words):
        return f"/hoi {words[helped.end() :]}"
    if (asked := _SEARCH.match(words)) and not _MISSED.search(words):
        return f"/tim {words[asked.end() :]}"
    if words.startswith("phieu ") and (number := _TICKET.match(words)):
        return f"/phieu {number.group(1)}"
    return None


def corrects_data(text: str) -> bool:
    """Whether somebody corrects what is kept about them: "tên: …", "điện thoại: …"."""
    return _CORRECTS.match(fold(text)) is not None


def act_of(text: str) -> tuple[str, str] | None:
    """The act and the ticket's digits ('' for the one last spoken of) that some words stand for."""
    words = fold(text).strip(" .!")
    if slashed := _SLASH_ACT.match(words):
        act = "cancel" if slashed.group(1) == "huy" else "ack"
        return act, slashed.group(2) or ""
    if words in ACTS:
        return ACTS[words], ""
    if cancels := _CANCELS.match(words):
        return "cancel", cancels.group("digits") or ""
    numbered = _DIGITS_AND_ACT.match(words)
    if numbered and numbered.group(2).strip() in ACTS:
        return ACTS[numbered.group(2).strip()], numbered.group(1)
    after = _ACT_AND_DIGITS.match(words)
    if after and after.group(1) in ACTS:
        return ACTS[after.group(1)], after.group(2)
    return None


def worded_act_of(text: str) -> tuple[str, str, str] | None:
    """The act, the ticket's digits ('' for the one spoken of) and the words that finish the act.

    Without digits a colon must follow the verb, so that talk is not taken for an act.
    """
    folded = fold(text[:LONGEST])
    if found := _NUMBERED_WORDS.match(folded):
        return WORDED[found.group(2)], found.group(1), _finishing(text, found.group())
    if found := _WORDS_OF_NUMBER.match(folded):
        return WORDED[found.group(1)], found.group(2), _finishing(text, found.group())
    if found := _BARE_WORDS.match(folded):
        return WORDED[found.group(1)], "", _finishing(text, found.group())
    return None


def _finishing(text: str, head: str) -> str:
    """The words after an act, without those that only end it: "xong rồi nhé, đã đắp đường"."""
    words = after(text, head)
    said = _ONLY_ENDS.match(words)
    return words[said.end() :] if said else words


def own_worded_act_of(text: str) -> tuple[str, str, str] | None:
    """The same for what a commune does with its own ticket: only with "vì" or a colon."""
    folded = fold(text[:LONGEST])
    found = (
        _OWN_WORDS.match(folded)
        or _OWN_INVITES.match(folded)
        or _OWN_RATING.match(fold(text) if len(text) < LONGEST else "")
    )
    if found is None:
        return None
    return OWN_WORDED[found.group(2)], found.group(1) or "", after(text, found.group())


def after(text: str, head: str) -> str:
    """The rest of a text, as typed, after a beginning that folds to `head`."""
    folded = head.strip()
    end = next(n for n in range(len(text) + 1) if fold(text[:n]) == folded)
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[end:].strip()


def end_of(text: str) -> str:
    """Whether words say that a matter is done or not, after "Việc đã xong thật chưa ạ?"."""
    if len(text) > LONGEST_END:
        return ""
    words = fold(text).strip(" .!")
    if _NOT_DONE.match(words):
        return "notdone"
    is_short = len(words.split()) <= DONE_WORDS
    return "done" if is_short and _DONE.match(words) and not _BUT.search(words) else ""


def as_command(text: str) -> str:
    """A command without the bot's name, in small letters: /PHIEU@thaogo_bot is /phieu."""
    return _COMMAND.sub(lambda found: f"/{fold(found.group(1))}", text)


def may_be_twin(text: str) -> bool:
    """Whether a message is short enough to be looked up among the buttons last shown."""
    if not 0 < len(text) <= LONGEST:
        return False
    is_label = len(text.split()) <= 4  # noqa: PLR2004  labels are short
    return is_label or _CANCELS.match(fold(text).strip(" .!")) is not None


BOTH = 2
"""Buttons of a question "do it, or let it be"."""
GIVES_UP = frozenset({"thoi", "keep as is", "never mind"})
AGREES = frozenset({"co", "ok", "dong y", "u", "uh", "vang", "da", "yes", "duoc"})
REFUSES = frozenset({"khong", "ko", "k", "no", "dung"})


def press_of(
    text: str, buttons: Sequence[Sequence[dict[str, str]]], *, numbered: bool
) -> str | None:
    """The button that a text presses: by number, by label, or by the label's first word.

    A first word that two labels share presses neither; a bare number presses only where the
    message was numbered.
    """
    flat = [button for row in buttons for button in row]
    words = fold(text).strip(" .!)")
    if numbered and words in NUMBERS and NUMBERS[words] < len(flat):
        return flat[NUMBERS[words]]["press"]
    if words in NUMBERS and words.isdigit():
        return None
    if pressed := label_of(text, buttons):
        return pressed
    if len(flat) == BOTH and fold(flat[1]["label"]) in GIVES_UP:
        if words in AGREES:
            return flat[0]["press"]
        if words in REFUSES:
            return flat[1]["press"]
    if words in {"khong", "co", "no", "yes"}:
        return None
    first = [button for button in flat if fold(button["label"]).split(" ")[0] == words]
    return first[0]["press"] if len(first) == 1 else None


def label_of(text: str, buttons: Sequence[Sequence[dict[str, str]]]) -> str | None:
    """The button whose whole label a text is."""
    words = fold(text).strip(" .!)")
    flat = (button for row in buttons for button in row)
    return next((button["press"] for button in flat if fold(button["label"]) == words), None)

"""What typed words answer: yes and no as people type them, places, numbers, news beside it."""

import re

from province.pack import Question
from province.text import fold

ENOUGH_WORDS = 4
"""Fewer words than this are taken for the answer to a question for a number."""
PLAIN_WORDS = 4
"""A yes or no of more words is read as a sentence, never by its first word."""
UNSURE_WORDS = frozenset({"ro", "biet", "chac", "nghe", "hinh", "phai", "di"})
"""Words that make "không rõ", "không biết", "có phải đi vòng" something else than no and yes."""
YES = frozenset({"co", "yes", "y", "ok", "dung", "vang", "u", "roi", "co roi", "x"})
NO = frozenset({"khong", "ko", "k", "no", "n", "hong", "no co", "chua", "khong co", "ko co"})
UNKNOWN = frozenset({"biet", "bt", "bit", "ro", "nam duoc", "nam dc", "chac"})
HAPPENING = frozenset(
    (
        "roi",
        "dang",
        "bi",
        "chua",
        "mat",
        "het",
        "chet",
        "can",
        "xin",
        "cuu",
        "duoc",
        "khong",
        "ko",
        "k",
        "dc",
        "r",
        "sap",
        "troi",
        "bao",
        "gap",
        "them",
    )
)
"""Words that tell what happens; where no place is found beside them, none was named."""
SPOT = frozenset(
    (
        "ban",
        "xom",
        "thon",
        "khoi",
        "lang",
        "to",
        "duong",
        "km",
        "cau",
        "khe",
        "suoi",
        "song",
        "doc",
        "deo",
        "truong",
        "tram",
        "cho",
        "ngo",
        "nha",
        "gan",
        "canh",
        "dau",
        "cuoi",
        "giua",
        "nga",
        "cong",
        "dap",
        "ho",
        "nui",
        "doi",
        "rung",
        "khu",
        "sau",
        "truoc",
    )
)
"""Words with which people describe where something is."""
PLACE_WORDS = 5
"""Without such a word a place's name is no longer than this."""
NUMBERS = frozenset(
    (
        "mot",
        "hai",
        "ba",
        "bon",
        "nam",
        "sau",
        "bay",
        "tam",
        "chin",
        "muoi",
        "chuc",
        "tram",
        "nhieu",
        "may",
        "vai",
        "it",
        "ca",
        "het",
        "chua",
        "khong",
    )
)
_COUNT = (
    r"(?:[1-9]\d{0,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|may|nhieu|vai)"
    r" (?:nguoi|em|chau|tre em|tre|cu gia|cu|me con|hoc sinh|dan|khau)(?: (?:nho|be|gia|lon))?"
)
PEOPLE = re.compile(
    rf"(?:(?:co|con|ca|khoang|tam)\W+)*{_COUNT}(?:\W+(?:(?:va|voi)\W+)?{_COUNT})*\W*"
)
"""Nothing but how many people, in folded words: "5 nguoi, 2 tre em"."""
NOBODY = re.compile(
    r"(?:khong|ko|k|no|chua) (?:co )?(?:ai|nguoi)(?: nao)? (?:o )?"
    r"(?:trong|tren|duoi|bi|mac|ket|sao|thuong|chet|het|ca)\b"
)
"""A whole sentence that says no: "không có người trong xe"."""
OTHERWISE = re.compile(r"\b(?:nhung|ma|chi|con|cuu|vao|ra|tru|ngoai)\b")
"""Words after which it says something else."""
SKIP = frozenset({"bo qua", "skip", "thoi", "de sau", "chiu", "unclear", "not sure"}) | {
    f"{no} {known}" for no in ("khong", "ko", "k", "kh", "hong", "no", "chua") for known in UNKNOWN
}


def read_answer(question: Question, text: str, *, found: str = "", alarming: bool = False) -> str:
    """What a typed text answers: one of the choices, `yes`, `no`, `skip`, or the text itself.

    `found` is what triage reads the text to say to this very question ('' when nothing), and
    `alarming` that it sees somebody in danger in it: in doubt a safety question is answered yes.
    """
    folded = fold(text).strip(" .!,")
    if folded in SKIP:
        return "skip"
    if question.kind == "yes_no":
        plain = _yes_or_no(folded)
        if plain:
            return plain
        if "yes" in question.danger and (alarming or counts_people(text)):
            return "yes"
        return found if found in {"yes", "no"} else text.strip()
    for choice in question.choices:
        if folded == fold(choice):
            return choice
    return text.strip()


def counts_people(text: str) -> bool:
    """Whether words say how many people there are and nothing else."""
    return PEOPLE.fullmatch(fold(text).strip(" .!,")) is not None


def is_beside_question(question: Question, text: str, *, found: str = "") -> bool:
    """Whether words surely do not answer a question for a place or a number.

    "chau mat roi" is no village, "con dang dao" no number of people: they are news. `found` is
    what triage reads the text to say to the question ('' when nothing).
    """
    words = re.findall(r"\w+", fold(text))
    if found or not words or fold(text).strip(" .!,") in SKIP:
        return False
    if question.kind == "place":
        is_told = not HAPPENING.isdisjoint(words)
        return is_told or (len(words) > PLACE_WORDS and SPOT.isdisjoint(words))
    if question.kind == "count":
        has_number = any(word[0].isdigit() or word in NUMBERS for word in words)
        return not has_number and len(words) >= ENOUGH_WORDS
    return False


def denies(text: str) -> bool:
    """Whether a sentence says that nobody is hurt or caught there, and nothing else."""
    folded = fold(text).strip()
    return NOBODY.match(folded) is not None and OTHERWISE.search(folded) is None


def _yes_or_no(folded: str) -> str:
    if folded in NO:
        return "no"
    if folded in YES:
        return "yes"
    if denies(folded):
        return "no"
    words = folded.split()
    if len(words) > PLAIN_WORDS or any(word in UNSURE_WORDS for word in words):
        return ""
    if words[0] in {"khong", "ko", "k", "chua"} or words[:2] in (["no", "co"], ["co", "chi"]):
        return "no"
    return "yes" if words[0] in {"co", "yes", "roi"} else ""


def is_danger(question: Question, answer: str) -> bool:
    """Whether an answer is one that makes the ticket an emergency at once."""
    return answer in question.danger

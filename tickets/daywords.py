"""The words of a date brought to one form: numbers in digits, ranges by their end, no amounts."""

import re
import unicodedata

from province.text import fold

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "a": 1, "one": 1, "two": 2, "three": 3, "vai": 3,
}  # fmt: skip
_ONE = "mot|hai|ba|bon|nam|sau|bay|tam|chin"
_TENS = rf"(?:(?:{_ONE}) )?muoi(?: (?:{_ONE}|tu|lam))?"
_SPAN = r"(?:ngay|hom|bua|tuan|thang|day|week|month)s?\b"

_MARKED = (
    (r"\b(?:anh|chị|cô|bác|ông|bà|em|chú|bản|thôn|xóm|làng) Mai\b(?! sau)", " "),
    (r"(?i)\btháng sáu\b", "tháng 6"),
    (r"(?i)\bquý hai\b", "quý 2"),
    (r"(?i)(?<!mươi )(?<!ngày )\bmốt\b", "ngày mốt"),
)
"""What only the marks or a capital tell: the name Mai, the month "sáu" beside the next, "mốt"."""
_COUNTED = (
    r"ho|xa|phuong|thon|ban|xom|nguoi|nha|may|ca|diem|cau|truong|lop|phong|vi tri|tram|phan|don vi"
    r"|ho so|em|chau|con|chiec|cai|bao|tan|ta|kg|km|m|ha|gio|h|tieng|phut|ty|ti|trieu|tr|nghin|ngan"
    r"|dong|d"
)
_AMOUNT = re.compile(
    rf"(?<!ngay )(?<!truoc )(?<!hen )(?<!den )(?<!sau )(?<!han )(?<!nhat )(?<![\d/.-])"
    rf"\b\d{{1,2}}\s?[/.-]\s?\d{{1,2}}(?![\d/.-])(?:\s?%|\s(?:{_COUNTED})\b)"
    r"|\b\d{1,2}\.\d{1,2}(?= (?:sang|trua|chieu|toi)\b)|\bkm ?\d+[/+]\d+\b"
    r"|\b\d{1,2}\s?(?:ty|trieu)\s?\d*\b"
)
"""Two numbers that are no day and month: "1.2 tỷ", "3/5 hộ", "8.30 sáng", "km 12/7"."""
_RANGES = (
    re.compile(
        r"\b(?:tu )?(?:ngay )?\d{1,2}(?:\s?[/.]\s?\d{1,2})?\s?(?:-|den|toi)\s?(?:het )?(?:ngay )?"
        r"(?=\d{1,2}\s?[/.]\s?\d{1,2}\b)"
    ),
    re.compile(rf"\b\d{{1,3}}\s?(?:-|den|toi|hoac)\s?(?=\d{{1,3}} {_SPAN})"),
    re.compile(rf"(?<!thu )\b(?:{_ONE}) (?=(?:{_ONE}) {_SPAN})"),
)
"""Beginnings of "10-15/12", "từ 10 đến 15/12", "5-7 ngày", "hai ba hôm": its end is the promise."""
_WRITTEN = (
    re.compile(rf"(?<=\bngay )({_TENS})\b"),
    re.compile(rf"(?<=\bmung |\bmong )({_TENS}|{_ONE})\b"),
    re.compile(r"(?<=\bthang )(muoi(?: mot| hai)?|mot|hai|ba|tu|bon|bay|tam|chin)\b"),
    re.compile(r"(?<=\bquy )(mot|hai|ba|tu|bon)\b"),
    re.compile(rf"\b({_TENS}|{_ONE}|a|one|two|three|vai)(?= {_SPAN})"),
)
"""Numbers in words, where a day, month or quarter is named or days are counted."""
_WEEKDAY = re.compile(r"\bthu (?:hai|ba|tu|nam|sau|bay)\b")


def plain(text: str) -> str:
    """Folded words of a text in which a date can be looked for; '' for a day of the moon."""
    text = unicodedata.normalize("NFC", text)
    for pattern, better in _MARKED:
        text = re.sub(pattern, better, text)
    words = fold(text)
    if re.search(r"\b(?:am lich|\d am|thang (?:gieng|chap))\b", words):
        return ""
    words = _AMOUNT.sub(" ; ", words)
    for begins in _RANGES[:2]:
        words = begins.sub("", words)
    return _outside_weekdays(words)


def _outside_weekdays(words: str) -> str:
    """Numbers in digits, but for the names of days: "thứ hai tuần sau" counts no weeks."""
    parts, last = [], 0
    for day in _WEEKDAY.finditer(words):
        parts += [_in_digits(words[last : day.start()]), day[0]]
        last = day.end()
    return "".join([*parts, _in_digits(words[last:])])


def _in_digits(words: str) -> str:
    words = _RANGES[2].sub("", words)
    for pattern in _WRITTEN:
        words = pattern.sub(lambda found: str(_number(found[1])), words)
    return words


def _number(words: str) -> int:
    """Up to 99: "hai muoi lam" is 25, "muoi hai" 12."""
    tens, is_tens, ones = words.partition("muoi")
    if not is_tens:
        return _DIGITS[words]
    return 10 * _DIGITS.get(tens.strip(), 1) + _DIGITS.get(ones.strip(), 0)

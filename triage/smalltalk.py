"""Which texts surely report nothing: greetings, thanks, tests, advertising."""

from typing import Final

from triage.text import Message, pattern
from triage.verdict import SmallTalk
from triage.words import words

_FILLERS: Final = words("fillers")
_GREETING: Final = {"chao", "alo", "hello", "hi", "hey", "helo", "lo", "buoi", "sang", "chieu",
                    "toi", "trua", "ngay", "lanh", "kinh", "bot", "admin", "ad", "shop"}  # fmt: skip
_THANKS: Final = {
    "cam",
    "on",
    "thank",
    "biet",
    "tuyet",
    "voi",
    "hoan",
    "ho",
    "tot",
    "you",
    "very",
    "much",
    "so",
}
_HELLO = pattern(r"(?<!\w)(?:chào|alo+|hello|hi|hey|xin chào|kính chào)(?!\w)")
_THANKING = pattern(r"(?<!\w)(?:cảm ơn|cám ơn|biết ơn|thanks?|tks|tuyệt vời|hoan hô)(?!\w)")
_SPAM = pattern(
    r"(?<!\w)(?:khuyến mãi|khuyến mại|giảm giá|trúng thưởng|nhận quà|click (?:vào|ngay)|cá độ|"
    r"tài xỉu|nổ hũ|casino|lô đề|soi cầu|vay (?:tiền )?nhanh|giải ngân (?:ngay|trong ngày)|"
    r"tuyển (?:cộng tác viên|ctv)|việc nhẹ lương cao|kiếm tiền online|thu nhập thụ động|"
    r"bán sim|sim số đẹp|đầu tư (?:forex|coin|sinh lời)|inbox ngay|liên hệ zalo|free ?ship|"
    r"chốt đơn|hàng hiệu|order|combo)(?!\w)"
)
_OTHER = pattern(
    r"^\W*(?:test(?:ing)?|thử(?: tí| xem| máy| tin| nghiệm)?|\d{1,3}|[.?!,…]+)\W*(?:[123])?\W*$"
)
SHORT: Final = 14
"""Words up to which a greeting can be nothing but a greeting."""
FEW: Final = 4
"""Words up to which fillers alone say nothing."""


def small_talk(message: Message) -> SmallTalk:
    """Return what kind of small talk the whole text is, '' when it may hold anything else.

    Only a text whose every word belongs to small talk counts: a report behind a greeting is one.
    """
    if not message.folded or _OTHER.match(message.plain):
        return "other"
    if len(_SPAM.findall(message.plain)) >= 2:  # noqa: PLR2004 - one such word is met in reports
        return "spam"
    if len(message.folded) > SHORT:
        return ""
    said = set(message.folded)
    if _THANKING.search(message.plain) and said <= _FILLERS | _THANKS | _GREETING:
        return "thanks"
    if _HELLO.search(message.plain) and said <= _FILLERS | _GREETING:
        return "greeting"
    return "other" if len(message.folded) <= FEW and said <= _FILLERS else ""


_STATUS = pattern(
    r"(?<!\w)(?:phiếu (?:phản ánh|yêu cầu|của|số|kia|đó|này|hôm|trước|\d)|phản ánh|kiến nghị|"
    r"ticket|na-\d\d-\d+)(?: \S+){0,8}? "
    r"(?:đến đâu|tới đâu|đi đến mô|đến mô|xử lí chưa|xử lí (?:đến|tới|xong)|xong chưa|"
    r"giải quyết chưa|"
    r"trả lời chưa|có kết quả chưa|kết quả (?:thế nào|ra sao|chưa)|bao giờ (?:xong|có|trả lời|"
    r"xử lí)|"
    r"ai (?:đang )?(?:xử lí|phụ trách|nhận)|tiến độ)(?!\w)"
)
_ENGLISH = pattern(
    r"(?<!\w)(?:status of|any news (?:on|about)|what about|where is|when will) (?:my|our|the) "
    r"(?:ticket|report)"
)
_NUMBER = pattern(r"(?<!\w)(?:na-\d\d-\d{4,6}|phiếu (?:số )?#?\d{1,6})(?!\w)")
_ASKING = pattern(
    r"(?<!\w)(?:chưa|đâu|mô|nào|sao|bao giờ|khi nào|mấy|ai|xem|tra|hỏi|tiến độ)(?!\w)"
)


def asks_status(message: Message) -> bool:
    """Tell whether a short text asks how far an earlier report has come."""
    if len(message.folded) > 2 * SHORT:
        return False
    if _NUMBER.search(message.plain) and _ASKING.search(message.plain):
        return True
    if _ENGLISH.search(message.plain):
        return True
    return _STATUS.search(message.plain) is not None and len(message.folded) <= SHORT

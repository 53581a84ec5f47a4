"""Which documents a text cites by number: "CV 125/UBND ngày 20/11", "NĐ 178"."""

import re

from triage.text import Message

_CITED = re.compile(
    r"(?<!\w)(?P<kind>công văn|cong van|cv|quyết định|quyet dinh|qđ|qd|nghị định|nghi dinh|nđ|nd|"
    r"nghị quyết|nghi quyet|nq|thông tư|thong tu|thông báo|thong bao|tb|kết luận|ket luan|kl|"
    r"tờ trình|to trinh|ttr|kế hoạch|ke hoach|kh|báo cáo|bao cao|bc|giấy mời|giay moi)"
    r"(?:\s*số|"
    r"\s*so)?[\s:.]*(?P<number>\d{1,5}(?:/\d{4})?(?:\s?[/-]\s?[A-ZĐƯ][A-ZĐƯa-zđư&.]*(?:[-/.][A-ZĐƯ][\wĐđƯư&.]*)*)?)"
    r"(?P<day>\s+(?:ngày|ngay)\s+\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)?(?!\w)",
    re.IGNORECASE,
)


def find(message: Message) -> tuple[str, ...]:
    """Return each document as cited, number and day together."""
    return tuple(dict.fromkeys(" ".join(m[0].split()) for m in _CITED.finditer(message.raw)))

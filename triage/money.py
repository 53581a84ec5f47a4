"""Whether a text asks for money."""

from triage.text import Message, pattern

_ASKS = pattern(
    r"(?<!\w)(?:xin|đề nghị|cấp|bố trí|bổ sung|hỗ trợ|cần|thiếu|chưa có|hết|không có|kiến nghị|"
    r"phân bổ|"
    r"ứng|cân đối|cho)(?: [^\s.,;]+){0,5}? "
    r"(?:kinh phí|nguồn vốn|vốn|tiền|ngân sách|nguồn|dự toán|[\d.,]+ (?:tỷ|tỉ|triệu|"
    r"tr)(?: đồng)?)(?!\w)"
)
_NOT = pattern(
    r"(?<!\w)(?:tiền điện|tiền nước|nguồn nước|nguồn gốc|nguồn điện|tiền sử|vốn vay)(?!\w)"
)


def asks_money(message: Message) -> bool:
    """Tell whether money is asked for, whatever the matter."""
    found = _ASKS.search(message.plain)
    return found is not None and not _NOT.search(message.plain, found.start(), found.end() + 8)

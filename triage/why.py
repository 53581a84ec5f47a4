"""One Vietnamese sentence that says why triage decided so."""

from province.pack import Route, Urgency
from province.text import fold

_LEVELS: dict[Urgency, str] = {
    "emergency": "khẩn cấp",
    "urgent": "gấp",
    "normal": "thường",
    "low": "không gấp",
}

STATUS = "Tin hỏi tiến độ của phiếu đã gửi."
UNREAD = "Phần mềm chưa đọc được các chữ trong tin, nên để người xem."
NOTHING = "Tin không nêu khó khăn, vướng mắc nào."


def of_route(route: Route, words: tuple[str, ...], level: Urgency, level_why: str) -> str:
    """Explain a category and the level: the words that weighed most, the basis, what raised it.

    Category and lead stand beside it wherever it is shown.
    """
    said = ", ".join(f"“{word}”" for word in words)
    issued = "; ".join(b.strip() for b in route.basis.split(";") if fold(b) not in ("", "de xuat"))
    reasons = [f"có {said}"] if said else []
    reasons += [f"theo {issued}"] if issued else []
    reasons += [f"mức {_LEVELS[level]} do {level_why}"] if level_why else []
    return f"Vì {'; '.join(reasons)}." if reasons else "Xếp theo nội dung gần nhất."

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
NOTHING = "Tin không nêu khó khăn, vướng mắc nào."


def of_route(
    route: Route, lead: str, words: tuple[str, ...], level: Urgency, level_why: str
) -> str:
    """Explain a category, its lead and the level, from the words that weighed most."""
    said = ", ".join(f"“{word}”" for word in words)
    because = f" vì có {said}" if said else ""
    issued = "; ".join(b.strip() for b in route.basis.split(";") if fold(b) not in ("", "de xuat"))
    basis = f" theo {issued}" if issued else ""
    fast = f"; mức {_LEVELS[level]}" + (f" do {level_why}" if level_why else "")
    return f"Xếp vào “{route.label}”{because}; {lead} chủ trì{basis}{fast}."

"""Texts that today's model is unsure about: another training may be sure of one, not of all."""

from tests.world import BUNDLED
from triage import triage
from triage.verdict import Verdict

DOUBTFUL = (
    "bà con ở bản cứ kêu mãi mà chưa thấy ai trả lời, nhờ em xem giúp việc đó với",
    "việc hôm họp nói rồi mà vẫn y nguyên, xã không biết làm sao",
    "nhờ tỉnh xem giúp cái chỗ đó hỏng lâu rồi",
    "đề nghị hỗ trợ xã giải quyết khó khăn đã nêu",
    "có cái này vướng quá không biết hỏi ai, xã lúng túng",
    "cái ni bị lỗi hoài, không làm được",
)


DANGEROUS = (
    "nuoc suoi len ngap duong va nha, dan ban Luu Tien dang chay",
    "sập hầm mỏ có người",
    "tường trạm y tế đổ, có người bên trong",
    "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan",
    "đá lăn trúng xe khách, có người kẹt, nhà bên đường cũng sập",
    "nước cuốn mất nửa cầu, nhà hai bên trôi theo, có người",
)


TWO_MATTERS = (
    "chỗ đó nguy hiểm lắm không ai làm. Thêm nữa loa bản câm hết",
    "Đường vào bản bị xói lở nặng. Còn vụ chế độ cho thôn đội nữa chưa thấy gì",
    "Mái nhà văn hóa dột. Thêm nữa chợ xã nước thải chảy ra đường",
    "cái mương bị lấp. Với lại vụ phụ cấp mấy người ở bản nữa",
    "Bờ rào trường đổ rồi. Ngoài ra chuyện thẻ của mấy cụ cũng chưa xong",
)


def hinted_text() -> tuple[str, str]:
    """A text in which today's model sees a second matter without being sure, and its words."""
    for text in TWO_MATTERS:
        verdict = triage(text, BUNDLED)
        second = triage(verdict.second_text, BUNDLED) if verdict.second is not None else None
        if second is not None and "unsure" in {verdict.certainty, second.certainty}:
            return text, verdict.second_text
    raise AssertionError("the model is sure of every one of these")


def unsure_text() -> str:
    """A text that today's model is unsure about and does not find pressing."""
    for text in DOUBTFUL:
        verdict = triage(text, BUNDLED)
        is_calm = verdict.urgency in {"normal", "low"} and not verdict.ask_danger
        if verdict.certainty == "unsure" and is_calm:
            return text
    raise AssertionError("the model is sure of everything: find more doubtful texts")


def unsure_emergency() -> tuple[str, Verdict]:
    """A text that tells of danger to people and might be one of two departments' matter."""
    for text in DANGEROUS:
        verdict = triage(text, BUNDLED)
        leads = {guess.lead for guess in verdict.alternatives}
        if (verdict.certainty, verdict.urgency) == ("unsure", "emergency") and len(leads) > 1:
            return text, verdict
    raise AssertionError("the model is sure of every danger: find more doubtful texts")

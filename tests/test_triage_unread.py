"""Texts whose words nobody taught: no alarm by chance letters, no department by chance."""

import pytest

from tests.world import BUNDLED
from triage import triage


@pytest.mark.parametrize("text", ["x" * 10_000, "hjkl", "ooooooo", "ккк ссс", "asdf qwer"])
def test_keys_hit_at_random_report_nothing(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert (verdict.kind, verdict.urgency, verdict.ask_danger) == ("not_a_report", "low", False)


@pytest.mark.parametrize(
    "text",
    ["quousque tandem abutere patientia nostra", "zwei Häuser stehen unter Wasser"],
)
def test_a_sentence_of_unknown_words_goes_to_people_and_asks_about_danger(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert (verdict.kind, verdict.certainty, verdict.ask_danger) == ("report", "nothing", True)
    assert verdict.urgency == "normal"
    assert (verdict.category, verdict.alternatives) == ("", ())


@pytest.mark.parametrize(
    ("text", "lead", "urgency"),
    [
        ("the bridge is broken and people are stuck on the other side", "", "emergency"),
        ("we cannot log in to the one-stop software", "so_khoa_hoc_cong_nghe", "urgent"),
        ("no electricity in our village since yesterday", "so_cong_thuong", "urgent"),
        ("need 2 scanners for the office", "so_tai_chinh", "normal"),
        ("there is a fire in the market", "cong_an_tinh", "emergency"),
    ],
)
def test_a_report_in_english_is_read_by_its_words(text: str, lead: str, urgency: str) -> None:
    verdict = triage(text, BUNDLED)
    assert (verdict.kind, verdict.language, verdict.urgency) == ("report", "en", urgency)
    assert verdict.lead == lead or not lead
    assert verdict.certainty == "unsure"


@pytest.mark.parametrize("text", ["how are you", "thanks a lot for your help", "good morning"])
def test_english_talk_reports_nothing(text: str) -> None:
    assert triage(text, BUNDLED).kind == "not_a_report"


@pytest.mark.parametrize("text", ["help", "HELP HELP", "sos mayday"])
def test_a_cry_for_help_in_english_is_asked_about(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert verdict.ask_danger or verdict.urgency == "emergency"


@pytest.mark.parametrize("text", ["satlo", "kjsdhf sạt lở kjh", "Chiêu Lưu sạt lở", "mat dien"])
def test_one_known_word_in_three_is_read(text: str) -> None:
    assert triage(text, BUNDLED).certainty != "nothing"

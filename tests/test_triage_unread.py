"""Texts whose words nobody taught: no alarm by chance letters, no department by chance."""

import pytest

from tests.world import BUNDLED
from triage import triage


@pytest.mark.parametrize("text", ["x" * 10_000, "hjkl", "ooooooo", "ккк ссс", "asdf qwer zxcv"])
def test_keys_hit_at_random_report_nothing(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert (verdict.kind, verdict.urgency, verdict.ask_danger) == ("not_a_report", "low", False)


@pytest.mark.parametrize(
    "text", ["the bridge is broken and people are stuck", "lorem ipsum dolor sit amet"]
)
def test_a_sentence_of_unknown_words_goes_to_people_and_asks_about_danger(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert (verdict.kind, verdict.certainty, verdict.ask_danger) == ("report", "nothing", True)
    assert verdict.urgency == "normal"
    assert verdict.confidence < 0.25


@pytest.mark.parametrize("text", ["help", "HELP HELP", "sos mayday"])
def test_a_cry_for_help_in_english_is_asked_about(text: str) -> None:
    verdict = triage(text, BUNDLED)
    assert verdict.ask_danger or verdict.urgency == "emergency"


@pytest.mark.parametrize("text", ["satlo", "kjsdhf sạt lở kjh", "Chiêu Lưu sạt lở", "mat dien"])
def test_one_known_word_in_three_is_read(text: str) -> None:
    assert triage(text, BUNDLED).certainty != "nothing"

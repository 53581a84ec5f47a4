"""Rich text: what people send is cleaned, escaped once, and cut without losing a word."""

from hypothesis import given
from hypothesis import strategies as st

from tickets.rich import as_html, bold, clean, plain, split, units


def test_nothing_that_people_send_is_a_mark_of_ours() -> None:
    assert clean("a\ue000b\ue001\x00\u202ec\ud83d") == "abc"
    assert as_html(bold(clean("<b>&\ue000"))) == "<b>&lt;b&gt;&amp;</b>"


@given(st.text(max_size=300))
def test_what_is_cleaned_can_be_stored_and_is_clean(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.integers(20, 90))
def test_pieces_fit_and_hold_every_word(text: str, limit: int) -> None:
    pieces = split(clean(text), limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(clean(text).split())


def test_bold_that_is_cut_goes_on() -> None:
    pieces = split(bold("một hai ba bốn năm sáu bảy tám chín mười"), 20)
    assert len(pieces) > 1
    assert all(as_html(piece).count("<b>") == as_html(piece).count("</b>") for piece in pieces)
    assert "mười" in plain(pieces[-1])

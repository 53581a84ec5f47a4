"""Reading an answer to be published, and finding it again."""

from datetime import date

import pytest

from storage.guidances import Guidance
from tests.world import START
from tickets.answers import found_by, needed_by, read_draft

TODAY = date(2026, 11, 23)


def row(number: int, search: str) -> Guidance:
    return Guidance(
        id=number, unit="so_tu_phap", category="civil_status", ticket_id=1, by=1, question="",
        answer="", basis="", first=TODAY, last=TODAY, search=search, created_at=START,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nộp ở sở; căn cứ: NĐ 123/2015; đến 31/12/2027",
         ("", "Nộp ở sở", "NĐ 123/2015", TODAY, date(2027, 12, 31))),
        ("căn cứ NĐ 123/2015\nNộp ở sở\nhỏi: Nộp ở đâu?\ntừ 1/12/2026",
         ("Nộp ở đâu?", "Nộp ở sở", "NĐ 123/2015", date(2026, 12, 1), date(2027, 11, 23))),
        ("Nộp ở sở", ("", "Nộp ở sở", "", TODAY, date(2027, 11, 23))),
        ("", ("", "", "", TODAY, date(2027, 11, 23))),
    ],
)  # fmt: skip
def test_what_was_typed(words: str, expected: tuple[object, ...]) -> None:
    found = read_draft(words, TODAY)
    assert (found.question, found.answer, found.basis, found.first, found.last) == expected


def test_the_nearest_answer_is_needed() -> None:
    known = [row(1, "khai sinh cap lai ban chinh"), row(2, "ket hon co yeu to nuoc ngoai")]
    assert needed_by("Xin hỏi kết hôn có yếu tố nước ngoài", known) is known[1]
    assert needed_by("giay to khac", known) is None
    assert found_by("khai sinh", known) == [known[0]]
    assert found_by("", known) == []

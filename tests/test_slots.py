"""Which questions a text has answered already: two hand-written messages of every category."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from province.load import load_pack
from triage.reading import Reader
from triage.slots import slots

PACK: Final = load_pack(Path(__file__).parents[1] / "province" / "nghe_an")
READER: Final = Reader(PACK)
QUESTIONS: Final = {r.category: r.questions for r in PACK.routing if r.last is None}
ROWS: Final[list[dict[str, Any]]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "slots.jsonl").read_text("utf-8").splitlines()
]


def answers(text: str, category: str) -> dict[str, str]:
    reading = READER.read(text)
    return slots(
        reading.message,
        QUESTIONS[category],
        places=reading.places,
        things=reading.things,
        documents=reading.documents,
        in_danger=reading.danger.victim and reading.danger.plain,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['category']}: {row['text']}")
def test_a_text_which_holds_the_answer_is_not_asked(row: dict[str, Any]) -> None:
    found = answers(row["text"], row["category"])
    assert set(row["answers"]) <= set(found)
    assert not set(row["asks"]) & set(found), found


def test_every_category_that_asks_has_a_message() -> None:
    assert {row["category"] for row in ROWS} == set(QUESTIONS)

"""Which questions a text has answered already: two hand-written messages of every category."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from province.load import load_pack
from storage.tickets import Ticket
from tickets.acts import reporting
from tickets.moment import Moment
from triage import triage
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


@pytest.mark.parametrize("category", QUESTIONS)
def test_a_text_which_holds_the_answer_is_not_asked(category: str) -> None:
    for row in ROWS:
        if row["category"] == category:
            found = answers(row["text"], category)
            assert set(row["answers"]) <= set(found), row["text"]
            assert not set(row["asks"]) & set(found), (row["text"], found)


def test_every_category_that_asks_has_a_message() -> None:
    assert {row["category"] for row in ROWS} == set(QUESTIONS)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Sạt lở QL7 km 12, tắc đường hoàn toàn, không ai bị vùi", []),
        ("Sạt lở QL7 km 12, tắc đường hoàn toàn, chưa rõ có ai bị vùi không", ["people_at_risk"]),
        ("Trường THCS Hạnh Dịch thiếu 2 giáo viên tiếng Anh", []),
        ("thieu giao vien qua", ["place", "subject", "people"]),
        ("Trung tâm PVHCC hỏng 2 máy scan, phải dừng tiếp nhận hồ sơ", []),
    ],
)
def test_what_is_asked_is_what_the_text_lacks(text: str, asked: list[str]) -> None:
    verdict = triage(text, PACK)
    route = next(r for r in PACK.routing if r.category == verdict.category and r.last is None)
    moment = cast("Moment", SimpleNamespace(route=lambda _: route))
    ticket = cast(
        "Ticket",
        SimpleNamespace(
            category=verdict.category, tentative=False, answers={}, lat=None, storm_id=None
        ),
    )
    assert reporting.questions(moment, ticket, verdict) == asked

"""`thaogo classify` and `train --evaluate`: what scripts get for files, pipes and odd rows."""

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.app import BUNDLED_PACK
from tests.conftest import Run

REPORT = "Cầu tràn bản Xiêng Thù bị nước cuốn trôi một nhịp"
FIELDS = [
    "text",
    "language",
    "category",
    "lead",
    "coordinating",
    "urgent",
    "urgency",
    "confidence",
    "alternatives",
    "places",
    "explanation",
]


def test_classify_answers_a_line_for_a_line_in_order(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"text": "cảm ơn em nhé"}\n\n{"text": "phiếu hôm trước đến đâu rồi"}\n', "utf-8"
    )
    lines = tmp_path / "lines"
    lines.write_text(f"{REPORT}\r\n\ntố cáo ông trưởng thôn ăn chặn tiền\n", "utf-8")
    status, out, _ = run("classify", str(rows), str(lines), "máy scan hỏng 2 cái", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [list(row) for row in told] == [FIELDS] * 6
    assert [row["lead"] for row in told] == [
        *["not_a_report"] * 2,
        "so_xay_dung",
        *["not_a_report"] * 2,
        "so_tai_chinh",
    ]
    assert told[1]["category"] == "status_question"
    assert told[2]["text"] == REPORT
    for row in told:
        assert row["alternatives"][0]["lead"] == row["lead"]
        assert (
            len({guess["lead"] for guess in row["alternatives"]}) == len(row["alternatives"]) <= 3
        )


def test_classify_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "máy in hỏng\n\nsat lo vui 2 nha, con nguoi mac ket\n".encode()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(said + b"\xff hong may in\n"), "ascii"))
    status, out, _ = run("classify", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["urgent"] for row in told] == [False, False, True, False]


def test_classify_answers_many_in_order_and_one_at_once() -> None:
    command = [sys.executable, "-m", "bot", "classify", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=BUNDLED_PACK.parents[1]
    ) as classify:
        assert classify.stdin is not None and classify.stdout is not None
        classify.stdin.write("máy in hỏng\n".encode())
        classify.stdin.flush()
        assert json.loads(classify.stdout.readline())["lead"] == "so_tai_chinh"
        many = [f"máy in số {number} hỏng" for number in range(900)]
        out, _ = classify.communicate("\n".join(many).encode())
    assert [json.loads(line)["text"] for line in out.splitlines()] == many
    assert classify.returncode == 0


def test_classify_names_the_line_that_holds_no_message(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "mất điện"}\n{"words": "mất điện"}\n', "utf-8")
    status, _, complaint = run("classify", str(rows))
    assert (status, "rows.jsonl:2" in complaint) == (1, True)
    assert run("classify", "missing.txt")[0] == 1


def test_train_measures_the_model_on_labelled_messages(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"text": "máy scan hỏng 2 cái", "lead": "so_tai_chinh"}\n'
        '{"text": "cảm ơn em nhé", "category": "not_a_report"}\n',
        "utf-8",
    )
    status, out, _ = run("train", "--evaluate", str(rows))
    assert status == 0
    assert "lead, first                            1.000" in out
    rows.write_text("no JSON", "utf-8")
    status, _, complaint = run("train", "--evaluate", str(rows))
    assert (status, "rows.jsonl" in complaint) == (1, True)

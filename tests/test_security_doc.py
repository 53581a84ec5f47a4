"""The security review names only tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
REVIEW = (ROOT / "docs" / "an-toan.md").read_text("utf-8")


def test_every_test_that_the_review_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", REVIEW))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(
            r"^ *(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE
        )
    }
    assert len(named) > 50
    assert named - there == set()


def test_every_kind_of_threat_has_rows_and_every_row_what_stands_against_it() -> None:
    parts = re.split(r"^## ", REVIEW, flags=re.MULTILINE)
    for letter in "STRIDE":
        (part,) = [part for part in parts if part.startswith(f"{letter}. ")]
        rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")]
        assert len(rows) > 2, letter
        for threat, against, test, _left in rows[2:]:
            assert threat.strip() and against.strip() and test.strip(), threat
